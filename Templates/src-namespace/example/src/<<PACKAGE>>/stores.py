"""Where positions are kept: in the process, or in Redis, where they outlive it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import RedisError

from <<PACKAGE>>.exchanges import Exchange
<<@fit 100>>
from <<PACKAGE>>.positions import InsufficientPositionError, Position, PositionKey, RefusalError
<<@else>>
from <<PACKAGE>>.positions import (
    InsufficientPositionError,
    Position,
    PositionKey,
    RefusalError,
)
<<@end>>

logger = structlog.get_logger(__name__)


class StoreUnavailableError(RefusalError):
    """The store does not answer; whether it did what was asked is not known."""

    def __init__(self) -> None:
        super().__init__("positions cannot be reached at the moment")


class PositionStore(Protocol):
    """What the client needs of a store. Every method raises `StoreUnavailableError`."""

    async def change(self, key: PositionKey, by: Decimal) -> Position:
        """Changes one position as one step.

        Raises:
            InsufficientPositionError: It would become negative; nothing has changed.
        """

    async def positions(self) -> list[Position]:
        """All positions that are not zero, in order."""

    async def claim(self, token: str, *, seconds: int) -> bool:
        """True for the first who claims a token, false for all others during so many seconds."""

    async def ping(self) -> None:
        """Returns if the store can be used."""

    async def close(self) -> None:
        """Lets go of its connections."""


class MemoryStore:
    """Keeps positions as long as the process runs.

    No method waits for anything between reading and writing, so no other task comes in between.
    """

    def __init__(self) -> None:
        self._quantities: dict[PositionKey, Decimal] = {}
        self._claims: dict[str, float] = {}

    async def change(self, key: PositionKey, by: Decimal) -> Position:
        position = _changed(key, self._quantities.get(key, Decimal()), by)
        self._quantities[key] = position.quantity
        return position

    async def positions(self) -> list[Position]:
        return _sorted(self._quantities)

    async def claim(self, token: str, *, seconds: int) -> bool:
        now = time.monotonic()
        self._claims = {known: end for known, end in self._claims.items() if end > now}
        if token in self._claims:
            return False
        self._claims[token] = now + seconds
        return True

    async def ping(self) -> None:
        pass

    async def close(self) -> None:
        pass


class RedisStore:
    """Keeps positions in one hash, so that several processes can share them."""

    POSITIONS = "<<PROJECT_NAME>>:positions"
    CLAIMS = "<<PROJECT_NAME>>:claims:"

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def change(self, key: PositionKey, by: Decimal) -> Position:
        # Started anew if somebody else changes the hash between reading and writing
        async def transaction(pipe: Pipeline) -> Position:
            stored = await pipe.hget(self.POSITIONS, str(key))
            position = _changed(key, Decimal(_text(stored or "0")), by)
            pipe.multi()  # type: ignore[no-untyped-call]
            pipe.hset(self.POSITIONS, str(key), str(position.quantity))
            return position

        with _unavailable():
            position: Position = await self._redis.transaction(
                transaction, self.POSITIONS, value_from_callable=True
            )
        return position

    async def positions(self) -> list[Position]:
        with _unavailable():
            stored = await self._redis.hgetall(self.POSITIONS)
        quantities = {}
        for name, quantity in stored.items():
            exchange, account_id, symbol = _text(name).split(":")
            key = PositionKey(Exchange(exchange), account_id, symbol)
            quantities[key] = Decimal(_text(quantity))
        return _sorted(quantities)

    async def claim(self, token: str, *, seconds: int) -> bool:
        with _unavailable():
            return bool(await self._redis.set(self.CLAIMS + token, "", nx=True, ex=seconds))

    async def ping(self) -> None:
        with _unavailable():
            await self._redis.ping()

    async def close(self) -> None:
        await self._redis.aclose()


def open_store(url: str | None) -> PositionStore:
    """The store in Redis, or without a URL the one in memory. Connects when it is first used."""
    if url is None:
        logger.warning("positions_in_memory", reason="REDIS_URL is not set")
        return MemoryStore()
    return RedisStore(Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1))


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        logger.error("store_unavailable", reason=repr(error))
        raise StoreUnavailableError from error


def _text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode()


def _changed(key: PositionKey, quantity: Decimal, by: Decimal) -> Position:
    if quantity + by < 0:
        raise InsufficientPositionError(Position(key, quantity))
    return Position(key, quantity + by)


def _sorted(quantities: Mapping[PositionKey, Decimal]) -> list[Position]:
    return [Position(key, quantities[key]) for key in sorted(quantities) if quantities[key]]
