from pathlib import Path

from src.feature_engineering.events import read_events
from src.feature_engineering.sample_data import AS_OF, CUSTOMERS, SAMPLES, write
from src.models.training.dataset import read_labels


def test_the_sample_is_what_the_program_writes(tmp_path: Path) -> None:
    write(tmp_path / "again")
    for name in ("events.csv", "labels.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_it_holds_valid_events_of_all_customers_before_its_moment() -> None:
    events = read_events(SAMPLES / "events.csv")
    assert {event.customer_id for event in events} == read_labels().keys()
    assert len(read_labels()) == CUSTOMERS
    assert max(event.occurred_at for event in events) < AS_OF
    assert len({event.event_id for event in events}) == len(events)


def test_some_leave_and_some_stay() -> None:
    labels = list(read_labels().values())
    assert 0.2 < sum(labels) / len(labels) < 0.8
