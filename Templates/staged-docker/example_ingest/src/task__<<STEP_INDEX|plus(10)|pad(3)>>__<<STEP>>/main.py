"""Takes the input into the database and prepares all that the database knows."""

import json
import logging
from pathlib import Path

from shared_utils.database import transaction
from shared_utils.document_results import write_documents
from shared_utils.document_store import DocumentStore, PostgresDocumentStore
from shared_utils.documents import Document, document_frequencies, index_document
from shared_utils.errors import MALFORMED, StepError
from shared_utils.step import run_step, step_name

from .py_args import PyArgs

STEP = step_name(__file__)
log = logging.getLogger(STEP)


def read_input(path: Path) -> list[Document]:
    """JSON Lines, each an object with the texts `id`, `title` and `text`; every id once."""
    try:
        # Not splitlines(), which also splits at line separators that JSON allows in a text.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise StepError(f"the input {path} cannot be read: {error}") from None
    documents: dict[str, Document] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        document = _read_document(line, f"{path}:{number}")
        if document.id in documents:
            raise StepError(f"{path}:{number}: the id {document.id!r} occurs twice")
        documents[document.id] = document
    if not documents:
        raise StepError(f"the input {path} has no documents")
    return list(documents.values())


def _read_document(line: str, place: str) -> Document:
    try:
        entry = json.loads(line)
        document = Document(entry["id"], entry["title"], entry["text"])
    except MALFORMED:
        raise StepError(f'{place}: expected an object with "id", "title" and "text"') from None
    for name, value in vars(document).items():
        # PostgreSQL stores neither NUL nor half a surrogate pair, which JSON can spell.
        if not isinstance(value, str) or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
            raise StepError(f'{place}: expected text in "{name}", without NUL or lone surrogates')
    if not document.id.strip():
        raise StepError(f'{place}: expected an "id" that is not blank')
    return document


def prepare(args: PyArgs, store: DocumentStore) -> None:
    documents = read_input(args.input_file)
    log.info("read %d documents from %s", len(documents), args.input_file)
    changes = store.save(documents, replace=args.input_replace)
    log.info(
        "database %s: %d added, %d changed, %d unchanged, %d removed",
        args.database,
        changes.added,
        changes.changed,
        changes.unchanged,
        changes.removed,
    )
    prepared = [index_document(document) for document in store.load_all()]
    write_documents(args.result_file, STEP, prepared)
    words = len(document_frequencies(prepared))
    log.info("wrote %d documents with %d words to %s", len(prepared), words, args.result_file)


def main() -> None:
    args = PyArgs.from_env(STEP)
    with transaction(args.database) as connection:
        prepare(args, PostgresDocumentStore(connection))


if __name__ == "__main__":
    run_step(STEP, main)
