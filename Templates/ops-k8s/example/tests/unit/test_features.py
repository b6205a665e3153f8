import random
from datetime import timedelta

import pytest

from src.feature_engineering.events import CustomerEvent, EventKind, read_events
from src.feature_engineering.features import CustomerActivity, compute_features
from src.feature_engineering.sample_data import SAMPLES
from src.feature_engineering.schema import FeatureSchema
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import AS_OF

DAY = timedelta(days=1)


def features_of(*events: CustomerEvent) -> dict[str, float]:
    return compute_features(events, AS_OF)["c1"]


def test_the_features_of_a_customer() -> None:
    values = features_of(
        an_event("e1", occurred_at=AS_OF - 40 * DAY),
        an_event("e2", occurred_at=AS_OF - 10 * DAY),
        an_event("e3", kind=EventKind.PURCHASE, amount="10.10", occurred_at=AS_OF - 10 * DAY),
        an_event("e4", kind=EventKind.PURCHASE, amount="0.20", occurred_at=AS_OF - 4 * DAY),
        an_event("e5", kind=EventKind.SUPPORT_TICKET, occurred_at=AS_OF - 2.5 * DAY),
    )
    assert values == {
        "tenure_days": 40.0,
        "days_since_last_activity": 2.5,
        "active_days_30d": 3.0,
        "sessions_30d": 1.0,
        "purchases_30d": 2.0,
        "amount_spent_30d": 10.3,
        "support_tickets_30d": 1.0,
    }


def test_they_are_those_of_the_schema(schema: FeatureSchema) -> None:
    assert tuple(features_of(an_event())) == schema.names


def test_the_future_is_not_seen() -> None:
    past = an_event("e1", occurred_at=AS_OF - DAY)
    at_once = an_event("e2", occurred_at=AS_OF)
    assert features_of(past, at_once) == features_of(past)
    assert compute_features([at_once], AS_OF) == {}


@pytest.mark.parametrize(
    ("age", "sessions"), [(timedelta(seconds=1), 1), (30 * DAY, 0), (29.999 * DAY, 1)]
)
def test_the_window_is_thirty_days(age: timedelta, sessions: int) -> None:
    assert features_of(an_event(occurred_at=AS_OF - age))["sessions_30d"] == sessions


def test_only_purchases_are_spending() -> None:
    odd = an_event(kind=EventKind.SESSION, amount="5.00")
    assert features_of(odd)["amount_spent_30d"] == 0


def test_an_event_that_comes_twice_counts_once() -> None:
    assert features_of(an_event("e1"), an_event("e1"))["sessions_30d"] == 1


def test_of_different_events_with_one_id_the_same_counts_in_any_order() -> None:
    events = [
        an_event("e1", kind=kind, amount=amount, occurred_at=moment)
        for moment in (AS_OF - DAY, AS_OF - 2 * DAY)
        for kind in (EventKind.SESSION, EventKind.PURCHASE)
        for amount in ("2", "1")
    ]
    chosen = an_event("e1", kind=EventKind.PURCHASE, amount="1", occurred_at=AS_OF - 2 * DAY)
    assert features_of(*events) == features_of(*events[::-1]) == features_of(chosen)


def test_customers_do_not_mix() -> None:
    values = compute_features(
        [an_event("e1", "c1"), an_event("e2", "c2"), an_event("e3", "c2")], AS_OF
    )
    assert {customer: row["sessions_30d"] for customer, row in values.items()} == {"c1": 1, "c2": 2}


def test_parts_in_any_order_give_the_same_as_the_whole() -> None:
    events = [event for event in read_events(SAMPLES / "events.csv") if event.customer_id < "c010"]
    chance = random.Random(1)
    for customer, expected in compute_features(events, AS_OF).items():
        own = [event for event in events if event.customer_id == customer]
        chance.shuffle(own)
        parts = [CustomerActivity(AS_OF) for _ in range(3)]
        for event in own:
            chance.choice(parts).add(event)
        whole = CustomerActivity(AS_OF)
        for part in parts:
            whole.merge(part)
        assert whole.features() == expected
