import pytest
from fakeredis import FakeRedis

from src.background.idempotency import OnceGuard, RunningElsewhereError
from src.core.redis import KEY_PREFIX

KEY = f"{KEY_PREFIX}once:a"


@pytest.fixture
def redis() -> FakeRedis:
    """A blocking one, as a worker has."""
    return FakeRedis(decode_responses=True)


@pytest.fixture
def guard(redis: FakeRedis) -> OnceGuard:
    return OnceGuard(redis, lease_seconds=60, keep_seconds=600)


def test_the_first_does_it_and_the_others_do_not(guard: OnceGuard) -> None:
    with guard.once("a") as first:
        pass
    with guard.once("a") as second, guard.once("b") as other:
        pass

    assert (first, second, other) == (True, False, True)


def test_a_failure_leaves_it_to_the_next(guard: OnceGuard) -> None:
    with pytest.raises(ValueError, match="not now"), guard.once("a"):
        raise ValueError("not now")

    with guard.once("a") as is_first:
        assert is_first is True


def test_two_at_once_are_refused(guard: OnceGuard) -> None:
    with guard.once("a"), pytest.raises(RunningElsewhereError), guard.once("a"):
        pytest.fail("both do it")

    with guard.once("a") as is_first:
        assert is_first is False


def test_a_dead_run_blocks_for_its_lease_only_and_success_lasts(
    guard: OnceGuard, redis: FakeRedis
) -> None:
    with guard.once("a"):
        assert 0 < redis.ttl(KEY) <= 60

    assert 60 < redis.ttl(KEY) <= 600


@pytest.mark.parametrize("fails", [True, False])
def test_a_run_that_outlived_its_lease_leaves_the_claim_of_the_next_alone(
    guard: OnceGuard, redis: FakeRedis, fails: bool
) -> None:
    try:
        with guard.once("a"):
            redis.set(KEY, "the claim of another run")
            if fails:
                raise ValueError
    except ValueError:
        pass

    assert redis.get(KEY) == "the claim of another run"
