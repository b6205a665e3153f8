"""Makes `data/samples`: events of made-up customers, and which of them left.

Run it as `python -m src.feature_engineering.sample_data`; it writes the same bytes each time.
"""

import argparse
import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from src.utils.config import PROJECT_ROOT

SAMPLES = PROJECT_ROOT / "data" / "samples"
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
CUSTOMERS = 40

_SEED = 20260301
_HISTORY_DAYS = 60.0

type Row = tuple[str, ...]


def generate() -> tuple[list[Row], list[Row]]:
    """Rows of events, by time, and of labels, by customer."""
    # Only `random()` is used: it is what Python promises to keep the same from version to version.
    chance = random.Random(_SEED)  # noqa: S311 - no secret depends on it # nosec B311
    events: list[tuple[datetime, str]] = []
    labels: list[Row] = []
    for number in range(1, CUSTOMERS + 1):
        customer = f"c{number:03}"
        leaves = chance.random() < 0.4
        events += _events_of(customer, leaves, chance)
        labels.append((customer, str(int(leaves))))
    events.sort()
    return [
        (f"e{number:04}", customer, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for number, (moment, customer) in enumerate(events, start=1)
    ], labels


def _events_of(
    customer: str, leaves: bool, chance: random.Random
) -> Iterable[tuple[datetime, str]]:
    """Who is about to leave comes more seldom, and was here longer ago; some others as well."""
    days_ago = _HISTORY_DAYS * (0.5 + 0.5 * chance.random())
    silent_days = 1 + (22 if leaves else 12) * chance.random()
    while days_ago > silent_days:
        yield (AS_OF - timedelta(days=days_ago)).replace(microsecond=0), customer
        days_ago -= (6 if leaves else 4) * (0.25 + 1.5 * chance.random())


def to_csv(header: Sequence[str], rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write(directory: Path) -> None:
    events, labels = generate()
    directory.mkdir(parents=True, exist_ok=True)
    files = {
        "events.csv": to_csv(["event_id", "customer_id", "occurred_at"], events),
        "labels.csv": to_csv(["customer_id", "churned"], labels),
    }
    for name, content in files.items():
        (directory / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes the sample data again.")
    parser.add_argument("--output", type=Path, default=SAMPLES, help="folder to write to")
    write(parser.parse_args().output)
