"""What a feature store is, whichever server keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class FeatureStoreUnavailableError(Exception):
    """The server does not answer as it should."""


@dataclass(frozen=True)
class FeatureRow:
    """The features of a customer at a moment."""

    customer_id: str
    values: Mapping[str, float]
    as_of: datetime


def newest_rows(rows: Sequence[FeatureRow]) -> list[FeatureRow]:
    """One row for each customer, in an order that all writers keep to."""
    newest = {row.customer_id: row for row in sorted(rows, key=lambda row: row.as_of)}
    return [newest[customer_id] for customer_id in sorted(newest)]


class FeatureStore(Protocol):
    """The newest features of each customer, in one version of the schema.

    Rows of another version are neither seen nor touched, so that the service of one version reads
    while the pipeline of the next one already writes. A row that is not written again within the
    time to live is gone. All methods raise `FeatureStoreUnavailableError`.
    """

    def write(self, rows: Sequence[FeatureRow]) -> int:
        """Writes those that are not older than what is there, and says how many these were.

        Of several rows of one customer the newest counts.
        """

    def read(self, customer_ids: Sequence[str]) -> dict[str, FeatureRow]:
        """What is known of these customers, in one round trip."""

    def ping(self) -> None:
        """Raises unless the server answers."""

    def close(self) -> None:
        """Gives connections back."""
