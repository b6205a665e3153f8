import asyncio

import pytest

from src.integrations.external_apis.circuit_breaker import (
    CircuitBreaker,
    CircuitOpenError,
    CircuitState,
)


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(failure_threshold=3, recovery_seconds=10.0, clock=clock)


def state_of(breaker: CircuitBreaker) -> CircuitState:
    # A call, since mypy takes an attribute to be what the last assertion said
    return breaker.state


def fail(breaker: CircuitBreaker, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(ConnectionError), breaker.call():
            raise ConnectionError


def test_opens_after_failures_in_a_row(breaker: CircuitBreaker) -> None:
    fail(breaker, 2)
    assert state_of(breaker) is CircuitState.CLOSED

    fail(breaker)

    assert state_of(breaker) is CircuitState.OPEN
    with pytest.raises(CircuitOpenError) as refusal, breaker.call():
        pytest.fail("an open circuit made a call")
    assert refusal.value.retry_after == pytest.approx(10.0)


def test_a_success_between_failures_starts_the_count_again(breaker: CircuitBreaker) -> None:
    fail(breaker, 2)
    with breaker.call():
        pass
    fail(breaker, 2)

    assert state_of(breaker) is CircuitState.CLOSED


def test_a_successful_trial_closes_it(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 10.0
    assert state_of(breaker) is CircuitState.HALF_OPEN

    with breaker.call():
        pass

    assert state_of(breaker) is CircuitState.CLOSED
    fail(breaker, 2)
    assert state_of(breaker) is CircuitState.CLOSED


def test_a_failed_trial_opens_it_for_the_whole_time_again(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    fail(breaker, 3)
    clock.now += 15.0

    fail(breaker)

    assert state_of(breaker) is CircuitState.OPEN
    clock.now += 9.9
    assert state_of(breaker) is CircuitState.OPEN


def test_one_trial_at_a_time(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 10.0

    with breaker.call(), pytest.raises(CircuitOpenError), breaker.call():
        pytest.fail("two trials at once")


def test_a_cancelled_trial_makes_room_for_the_next(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 10.0

    with pytest.raises(asyncio.CancelledError), breaker.call():
        raise asyncio.CancelledError

    with breaker.call():
        pass
    assert state_of(breaker) is CircuitState.CLOSED
