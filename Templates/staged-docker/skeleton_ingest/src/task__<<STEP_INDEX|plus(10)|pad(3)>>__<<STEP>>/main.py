"""Takes the input into the database and hands on all that the database knows."""

import json
import logging
from pathlib import Path

from shared_utils.database import transaction
from shared_utils.errors import MALFORMED, StepError
from shared_utils.record_store import PostgresRecordStore, Record, RecordStore
from shared_utils.step import run_step, step_name
from shared_utils.step_results import write_result

from .py_args import PyArgs

STEP = step_name(__file__)
log = logging.getLogger(STEP)


def read_input(path: Path) -> list[Record]:
    """JSON Lines, each an object with a text `id`; every id once."""
    try:
        # Not splitlines(), which also splits at line separators that JSON allows in a text.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise StepError(f"the input {path} cannot be read: {error}") from None
    records: dict[str, Record] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _read_record(line, f"{path}:{number}")
        if record["id"] in records:
            raise StepError(f"{path}:{number}: the id {record['id']!r} occurs twice")
        records[record["id"]] = record
    if not records:
        raise StepError(f"the input {path} has no records")
    return list(records.values())


def _read_record(line: str, place: str) -> Record:
    try:
        record: Record = json.loads(line)
        record_id = record["id"]
    except MALFORMED:
        raise StepError(f'{place}: expected an object with an "id"') from None
    # What is printable has neither NUL nor half a surrogate pair, which PostgreSQL does not store.
    if not isinstance(record_id, str) or not record_id.strip() or not record_id.isprintable():
        raise StepError(f'{place}: expected an "id" that is a text of printable characters')
    return record


def prepare(args: PyArgs, store: RecordStore) -> None:
    records = read_input(args.input_file)
    log.info("read %d records from %s", len(records), args.input_file)
    store.save(records, replace=args.input_replace)
    known = store.load_all()
    write_result(args.result_file, STEP, known)
    log.info("wrote %d records to %s", len(known), args.result_file)


def main() -> None:
    args = PyArgs.from_env(STEP)
    with transaction(args.database) as connection:
        prepare(args, PostgresRecordStore(connection))


if __name__ == "__main__":
    run_step(STEP, main)
