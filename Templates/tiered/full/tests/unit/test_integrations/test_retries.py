from datetime import UTC, datetime

import pytest

from src.integrations.external_apis.retries import RetryPolicy, parse_retry_after

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def highest(_low: float, high: float) -> float:
    return high


def lowest(low: float, _high: float) -> float:
    return low


def test_the_ceiling_doubles_up_to_the_maximum() -> None:
    policy = RetryPolicy(attempts=6, base_seconds=0.5, max_seconds=3.0, uniform=highest)

    assert [policy.delay(attempt) for attempt in range(1, 6)] == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_the_delay_may_be_anything_below_the_ceiling() -> None:
    assert RetryPolicy(uniform=lowest).delay(1) == 0.0


def test_there_is_no_delay_after_the_last_attempt() -> None:
    policy = RetryPolicy(attempts=3)

    assert policy.delay(2) is not None
    assert policy.delay(3) is None


def test_the_server_says_how_long_to_wait_unless_that_is_too_long() -> None:
    policy = RetryPolicy(attempts=3, max_seconds=5.0)

    assert policy.delay(1, retry_after=4.0) == 4.0
    assert policy.delay(1, retry_after=5.1) is None
    assert policy.delay(3, retry_after=1.0) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        ("Fri, 02 Jan 2026 03:04:15 GMT", 10.0),
        ("Fri, 02 Jan 2026 03:04:15 -0000", 10.0),
        ("Fri, 02 Jan 2026 03:04:00 GMT", 0.0),
        ("-3", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds
