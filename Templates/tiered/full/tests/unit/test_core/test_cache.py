import pytest
from fakeredis import FakeAsyncRedis, FakeServer
from prometheus_client import REGISTRY

from src.core.cache import Cache


class Source:
    """Data that changes, and that counts how often it is read."""

    def __init__(self) -> None:
        self.value = "old"
        self.loads = 0

    async def __call__(self) -> str:
        self.loads += 1
        return self.value


def reads(outcome: str) -> float:
    return REGISTRY.get_sample_value("cache_reads_total", {"outcome": outcome}) or 0.0


async def test_what_was_loaded_is_remembered(redis: FakeAsyncRedis) -> None:
    cache, source = Cache(redis), Source()
    hits, misses = reads("hit"), reads("miss")

    assert [await cache.get_or_load("ann", "page", source) for _ in range(3)] == ["old"] * 3

    assert source.loads == 1
    assert (reads("hit"), reads("miss")) == (hits + 2, misses + 1)


async def test_keys_and_scopes_are_kept_apart(redis: FakeAsyncRedis) -> None:
    cache, source = Cache(redis), Source()

    for scope, key in (("ann", "1"), ("ann", "2"), ("ben", "1")):
        await cache.get_or_load(scope, key, source)

    assert source.loads == 3


async def test_invalidating_a_scope_drops_all_its_keys_and_no_others(
    redis: FakeAsyncRedis,
) -> None:
    cache, source = Cache(redis), Source()
    for scope, key in (("ann", "1"), ("ann", "2"), ("ben", "1")):
        await cache.get_or_load(scope, key, source)
    source.value = "new"

    await cache.invalidate("ann")

    assert await cache.get_or_load("ann", "1", source) == "new"
    assert await cache.get_or_load("ann", "2", source) == "new"
    assert await cache.get_or_load("ben", "1", source) == "old"


async def test_a_reader_that_was_overtaken_by_a_change_leaves_nothing_old_behind(
    redis: FakeAsyncRedis,
) -> None:
    cache, source = Cache(redis), Source()

    async def load_slowly() -> str:
        value = await source()
        # Somebody else commits a change before the value is stored
        source.value = "new"
        await cache.invalidate("ann")
        return value

    await cache.get_or_load("ann", "page", load_slowly)

    assert await cache.get_or_load("ann", "page", source) == "new"


async def test_entries_expire_and_so_do_versions(redis: FakeAsyncRedis) -> None:
    cache = Cache(redis, ttl_seconds=7)
    await cache.get_or_load("ann", "page", Source())
    await cache.invalidate("ben")

    lifetimes = {key: await redis.ttl(key) for key in await redis.keys()}

    assert len(lifetimes) == 3
    assert all(lifetime > 0 for lifetime in lifetimes.values())
    assert min(lifetimes.values()) <= 7


async def test_without_redis_everything_is_loaded() -> None:
    cache, source = Cache(None), Source()

    await cache.invalidate("ann")
    assert [await cache.get_or_load("ann", "page", source) for _ in range(2)] == ["old"] * 2
    assert source.loads == 2


async def test_an_outage_costs_time_and_nothing_else(
    redis: FakeAsyncRedis, redis_server: FakeServer
) -> None:
    redis_server.connected = False
    cache, source = Cache(redis), Source()
    errors = reads("error")

    assert await cache.get_or_load("ann", "page", source) == "old"
    await cache.invalidate("ann")

    assert reads("error") == errors + 1


async def test_an_outage_while_loading_is_no_error(
    redis: FakeAsyncRedis, redis_server: FakeServer
) -> None:
    cache = Cache(redis)

    async def load() -> str:
        redis_server.connected = False
        return "value"

    assert await cache.get_or_load("ann", "page", load) == "value"


async def test_a_failing_load_is_not_remembered(redis: FakeAsyncRedis) -> None:
    cache, source = Cache(redis), Source()

    async def fail() -> str:
        raise LookupError("no such page")

    with pytest.raises(LookupError):
        await cache.get_or_load("ann", "page", fail)
    assert await cache.get_or_load("ann", "page", source) == "old"
