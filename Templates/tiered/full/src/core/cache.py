"""A cache in Redis whose entries are dropped by scope."""

import uuid
from collections.abc import Awaitable, Callable

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from src.core.redis import KEY_PREFIX
from src.monitoring.metrics import CACHE_READS

logger = structlog.get_logger(__name__)

# So that scopes nobody asks for any more leave Redis; a new version costs a miss, nothing else.
_VERSION_SECONDS = 3600


class Cache:
    """Remembers texts for `ttl_seconds`, or until their scope is invalidated.

    Every key holds the current version of its scope, a random token. To invalidate is to change
    the version: one command, however many entries there are, and a reader that loaded old data
    meanwhile stores it under a version that nobody asks for any more. Without Redis, or while it
    does not answer, everything is loaded.
    """

    def __init__(
        self, redis: Redis | None, *, ttl_seconds: int = 30, prefix: str = f"{KEY_PREFIX}cache"
    ) -> None:
        self._redis = redis
        self._ttl_seconds = ttl_seconds
        self._prefix = prefix

    async def get_or_load(self, scope: str, key: str, load: Callable[[], Awaitable[str]]) -> str:
        """What is remembered for the key, else what `load` returns."""
        if self._redis is None:
            return await load()
        try:
            version = await self._version(self._redis, scope)
            full_key = f"{self._prefix}:{scope}:{version}:{key}"
            cached = await self._redis.get(full_key)
        except RedisError as error:
            logger.warning("cache_unreachable", error=str(error))
            CACHE_READS.labels("error").inc()
            return await load()
        if cached is not None:
            CACHE_READS.labels("hit").inc()
            return str(cached)
        CACHE_READS.labels("miss").inc()
        value = await load()
        try:
            await self._redis.set(full_key, value, ex=self._ttl_seconds)
        except RedisError as error:
            logger.warning("cache_unreachable", error=str(error))
        return value

    async def invalidate(self, scope: str) -> None:
        """Call it after the commit: before it, others would load the old data again."""
        if self._redis is None:
            return
        try:
            await self._redis.set(self._version_key(scope), uuid.uuid4().hex, ex=_VERSION_SECONDS)
        except RedisError as error:
            # Old entries are served for the rest of their time to live at most.
            logger.warning("cache_not_invalidated", scope=scope, error=str(error))

    def _version_key(self, scope: str) -> str:
        return f"{self._prefix}:{scope}:version"

    async def _version(self, redis: Redis, scope: str) -> str:
        key = self._version_key(scope)
        version = await redis.get(key)
        if version is None:
            # Random, not a counter: one that Redis has evicted would begin again with old numbers.
            await redis.set(key, uuid.uuid4().hex, ex=_VERSION_SECONDS, nx=True)
            version = await redis.get(key)
        return str(version)
