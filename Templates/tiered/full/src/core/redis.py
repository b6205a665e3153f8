"""Connections to Redis."""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

# Of all keys, so that several services can share one Redis.
KEY_PREFIX = "<<PROJECT_NAME>>:"


def create_redis(url: str, *, timeout_seconds: float = 1.0) -> Redis:
    """A client with its own pool, which connects when it is first used.

    It fails fast, by default: what Redis does for a request is a cache, or can be done without.
    A blocking read needs a timeout that is longer than its block.
    """
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=timeout_seconds,
        socket_timeout=timeout_seconds,
        health_check_interval=30,
        # One more try, for a pooled connection that Redis has closed meanwhile.
        retry=Retry(NoBackoff(), 1),
    )
