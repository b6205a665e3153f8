"""Drops from each document the words that say least about it."""

import logging
from collections.abc import Sequence

from shared_utils.document_results import read_documents, write_documents
from shared_utils.documents import IndexedDocument, document_frequencies, word_weight
from shared_utils.step import run_step, step_name

from .py_args import PyArgs

STEP = step_name(__file__)
log = logging.getLogger(STEP)


def refine(documents: Sequence[IndexedDocument], keep_percent: int) -> list[IndexedDocument]:
    """Keeps the given share of each document's words, rounded up; of equal ones the first."""
    frequencies = document_frequencies(documents)

    def refined(document: IndexedDocument) -> IndexedDocument:
        def rank(word: str) -> tuple[float, str]:
            weight = word_weight(document.words[word], frequencies[word], len(documents))
            return (-weight, word)

        keep = -(-len(document.words) * keep_percent // 100)
        kept = sorted(sorted(document.words, key=rank)[:keep])
        return IndexedDocument(
            document.id, document.title, {word: document.words[word] for word in kept}
        )

    return [refined(document) for document in documents]


def main() -> None:
    args = PyArgs.from_env(STEP)
    documents = read_documents(args.previous_result, args.previous_step)
    log.info("read %d documents from %s", len(documents), args.previous_result)
    refined = refine(documents, args.keep_percent)
    log.info(
        "kept %d%% of each document's words: %d of %d different ones",
        args.keep_percent,
        len(document_frequencies(refined)),
        len(document_frequencies(documents)),
    )
    write_documents(args.result_file, STEP, refined)
    log.info("wrote %d documents to %s", len(refined), args.result_file)


if __name__ == "__main__":
    run_step(STEP, main)
