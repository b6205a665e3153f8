"""What stands in for a store in tests."""

from collections.abc import Sequence

from shared_utils.record_store import Record


class InMemoryRecordStore:
    """A `RecordStore` without a database."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    def save(self, records: Sequence[Record], *, replace: bool) -> None:
        if replace:
            self.records.clear()
        self.records.update((record["id"], record) for record in records)

    def load_all(self) -> list[Record]:
        return [self.records[key] for key in sorted(self.records)]
