"""Finds documents by their words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from shared_utils.documents import IndexedDocument, word_weight, words_of


@dataclass(frozen=True)
class Hit:
    """A document that has at least one word of the query."""

    id: str
    title: str
    score: float
    words: tuple[str, ...]


class SearchIndex:
    """Every word with the documents that have it; read-only once it is made."""

    def __init__(self, documents: Sequence[IndexedDocument]) -> None:
        self._titles = {document.id: document.title for document in documents}
        self._counts: dict[str, dict[str, int]] = defaultdict(dict)
        for document in documents:
            for word, count in document.words.items():
                self._counts[word][document.id] = count

    @property
    def document_count(self) -> int:
        return len(self._titles)

    @property
    def word_count(self) -> int:
        return len(self._counts)

    def search(self, query: str, limit: int) -> list[Hit]:
        """The best hits first; equal ones in the order of their ids."""
        scores: dict[str, float] = defaultdict(float)
        matched: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(words_of(query)):
            counts = self._counts.get(word, {})
            for document_id, count in counts.items():
                scores[document_id] += word_weight(count, len(counts), self.document_count)
                matched[document_id].append(word)
        ranked = sorted(scores, key=lambda document_id: (-scores[document_id], document_id))
        return [
            Hit(found, self._titles[found], round(scores[found], 4), tuple(matched[found]))
            for found in ranked[:limit]
        ]
