"""What the project's sample says, read and computed without the project's code."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from verification.claims import require, require_equal

AS_OF = datetime.fromisoformat("2026-03-01T00:00:00+00:00")
_DAY = timedelta(days=1)

Features = dict[str, float]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labels(project: Path) -> dict[str, bool]:
    """Who left."""
    found = rows(project / "data/samples/labels.csv")
    return {row["customer_id"]: row["churned"] == "1" for row in found}


def features(project: Path) -> dict[str, Features]:
    """Of each customer, as `feature_metadata.json` describes them."""
    seen: dict[str, list[tuple[datetime, str, float]]] = defaultdict(list)
    for row in rows(project / "data/samples/events.csv"):
        moment = datetime.fromisoformat(row["occurred_at"])
        if moment < AS_OF:
            seen[row["customer_id"]].append((moment, row["kind"], float(row["amount"] or 0)))
    return {customer: _features(events) for customer, events in seen.items()}


def _features(events: list[tuple[datetime, str, float]]) -> Features:
    moments = [moment for moment, _, _ in events]
    recent = [event for event in events if AS_OF - event[0] < 30 * _DAY]
    kinds = [kind for _, kind, _ in recent]
    return {
        "tenure_days": (AS_OF - min(moments)) / _DAY,
        "days_since_last_activity": (AS_OF - max(moments)) / _DAY,
        "active_days_30d": float(len({(AS_OF - moment).days for moment, _, _ in recent})),
        "sessions_30d": float(kinds.count("session")),
        "purchases_30d": float(kinds.count("purchase")),
        "amount_spent_30d": sum(amount for _, kind, amount in recent if kind == "purchase"),
        "support_tickets_30d": float(kinds.count("support_ticket")),
    }


def require_alike(what: str, seen: Mapping[str, float], expected: Mapping[str, float]) -> None:
    require_equal(f"{what}: features", sorted(seen), sorted(expected))
    wrong = [name for name in expected if abs(seen[name] - expected[name]) > 1e-6]
    require(not wrong, f"{what}: {wrong} of {dict(seen)}, expected {dict(expected)}")


def require_features(project: Path, path: Path) -> int:
    """What the pipeline wrote is what the sample gives."""
    found = rows(path)
    expected = features(project)
    require_equal("customers", sorted(row["customer_id"] for row in found), sorted(expected))
    for row in found:
        customer = row.pop("customer_id")
        seen = {name: float(value) for name, value in row.items()}
        require_alike(customer, seen, expected[customer])
    return len(found)
