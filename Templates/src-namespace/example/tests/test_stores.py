from decimal import Decimal

import pytest
from fakeredis import FakeAsyncRedis, FakeServer

from <<PACKAGE>>.exchanges import Exchange
from <<PACKAGE>>.positions import PositionKey
<<@fit 100>>
from <<PACKAGE>>.stores import MemoryStore, PositionStore, RedisStore, StoreUnavailableError, open_store
<<@else>>
from <<PACKAGE>>.stores import (
    MemoryStore,
    PositionStore,
    RedisStore,
    StoreUnavailableError,
    open_store,
)
<<@end>>

KEY = PositionKey(Exchange.bybit, "main", "BTCUSDT")


async def test_a_token_is_claimed_once(store: PositionStore) -> None:
    assert await store.claim("token", seconds=60)
    assert not await store.claim("token", seconds=60)
    assert await store.claim("other", seconds=60)


async def test_a_claim_in_memory_ends() -> None:
    store = MemoryStore()

    assert await store.claim("token", seconds=0)
    assert await store.claim("token", seconds=60)


async def test_a_claim_in_redis_ends() -> None:
    redis = FakeAsyncRedis()
    await RedisStore(redis).claim("token", seconds=60)

    (key,) = await redis.keys("*")
    assert 0 < await redis.ttl(key) <= 60
    await redis.aclose()


async def test_positions_in_redis_are_shared() -> None:
    server = FakeServer()
    one, other = (RedisStore(FakeAsyncRedis(server=server)) for _ in range(2))

    await one.change(KEY, Decimal(2))
    await other.change(KEY, Decimal(1))

    assert [position.quantity for position in await one.positions()] == [Decimal(3)]
    await one.close()
    await other.close()


async def test_an_unavailable_redis_is_reported_as_such() -> None:
    server = FakeServer()
    server.connected = False
    store = RedisStore(FakeAsyncRedis(server=server))

    with pytest.raises(StoreUnavailableError):
        await store.ping()
    with pytest.raises(StoreUnavailableError):
        await store.positions()
    with pytest.raises(StoreUnavailableError):
        await store.change(KEY, Decimal(1))
    with pytest.raises(StoreUnavailableError):
        await store.claim("token", seconds=60)


async def test_which_store_is_opened() -> None:
    assert isinstance(open_store(None), MemoryStore)
    # Port 1: nobody listens there, and opening does not connect
    store = open_store("redis://127.0.0.1:1/0")
    assert isinstance(store, RedisStore)
    with pytest.raises(StoreUnavailableError):
        await store.ping()
    await store.close()
