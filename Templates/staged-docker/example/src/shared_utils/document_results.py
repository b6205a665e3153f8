"""Results of steps whose records are documents and their words."""

from collections.abc import Sequence
from pathlib import Path

from shared_utils.documents import IndexedDocument
from shared_utils.errors import MALFORMED
from shared_utils.step_results import read_result, unusable, write_result


def write_documents(path: Path, step: str, documents: Sequence[IndexedDocument]) -> None:
    records = [
        {"id": document.id, "title": document.title, "words": dict(document.words)}
        for document in documents
    ]
    write_result(path, step, records)


def read_documents(path: Path, step: str) -> list[IndexedDocument]:
    records = read_result(path, step)
    try:
        return [
            IndexedDocument(
                str(record["id"]),
                str(record["title"]),
                {str(word): int(count) for word, count in record["words"].items()},
            )
            for record in records
        ]
    except MALFORMED:
        raise unusable(path, step, "has an entry of an unknown form") from None
