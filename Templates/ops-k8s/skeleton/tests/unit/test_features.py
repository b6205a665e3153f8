import random
from datetime import timedelta

import pytest

from src.feature_engineering.events import CustomerEvent, read_events
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
        an_event("e3", occurred_at=AS_OF - 10 * DAY),
        an_event("e4", occurred_at=AS_OF - 2.5 * DAY),
    )
    assert values == {"days_since_last_activity": 2.5, "active_days_30d": 2.0}


def test_they_are_those_of_the_schema(schema: FeatureSchema) -> None:
    assert tuple(features_of(an_event())) == schema.names


def test_the_future_is_not_seen() -> None:
    past = an_event("e1", occurred_at=AS_OF - DAY)
    at_once = an_event("e2", occurred_at=AS_OF)
    assert features_of(past, at_once) == features_of(past)
    assert compute_features([at_once], AS_OF) == {}


@pytest.mark.parametrize(
    ("age", "days"), [(timedelta(seconds=1), 1), (30 * DAY, 0), (29.999 * DAY, 1)]
)
def test_the_window_is_thirty_days(age: timedelta, days: int) -> None:
    assert features_of(an_event(occurred_at=AS_OF - age))["active_days_30d"] == days


def test_of_different_events_with_one_id_the_same_counts_in_any_order() -> None:
    events = [an_event("e1", occurred_at=AS_OF - days * DAY) for days in (1, 2)]
    assert features_of(*events) == features_of(*events[::-1]) == features_of(events[1])


def test_of_several_customers_with_one_id_the_same_counts_in_any_order() -> None:
    events = [an_event("e1", customer) for customer in ("c2", "c1")]
    assert compute_features(events, AS_OF).keys() == {"c1"}
    assert compute_features(events[::-1], AS_OF).keys() == {"c1"}


def test_customers_do_not_mix() -> None:
    events = [
        an_event("e1", "c1"),
        *(an_event(f"e{day}", "c2", AS_OF - day * DAY) for day in (2, 3)),
    ]
    values = compute_features(events, AS_OF)
    days = {customer: row["active_days_30d"] for customer, row in values.items()}
    assert days == {"c1": 1, "c2": 2}


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
