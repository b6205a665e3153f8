"""What the pipeline is about: documents, their words, and how much a word says about a document."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True)
class Document:
    """A document as its author wrote it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class IndexedDocument:
    """A document as the engine needs it: how often each word occurs."""

    id: str
    title: str
    words: Mapping[str, int]


def words_of(text: str) -> list[str]:
    """The words in order, without case, with one form of every letter and of the apostrophe."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return _WORD.findall(plain)


def index_document(document: Document) -> IndexedDocument:
    counts = Counter(words_of(f"{document.title} {document.text}"))
    return IndexedDocument(document.id, document.title, dict(sorted(counts.items())))


def document_frequencies(documents: Iterable[IndexedDocument]) -> Counter[str]:
    """In how many documents each word occurs."""
    return Counter(word for document in documents for word in document.words)


def word_weight(count: int, frequency: int, documents: int) -> float:
    """High for a word that is frequent here and rare elsewhere (tf-idf)."""
    return count * math.log(1 + documents / frequency)
