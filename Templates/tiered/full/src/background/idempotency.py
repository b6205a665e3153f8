"""Runs something once, although it may be asked for several times."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis

from src.core.redis import KEY_PREFIX

_DONE = "done"

# Only whoever holds the claim may change it: another run may have taken it over after its lease.
_FINISH = """
if redis.call("GET", KEYS[1]) == ARGV[1] then
    return redis.call("SET", KEYS[1], ARGV[2], "EX", ARGV[3])
end
"""
_RELEASE = """
if redis.call("GET", KEYS[1]) == ARGV[1] then
    return redis.call("DEL", KEYS[1])
end
"""


class RunningElsewhereError(Exception):
    """Another run with the same key has not ended yet."""


class OnceGuard:
    """Remembers in Redis which keys are done, and which are being worked on.

    A claim lasts for `lease_seconds`, so that a worker which dies does not block its task for good;
    it has to be longer than the task may take. What is done is remembered for `keep_seconds`.
    """

    def __init__(
        self, redis: Redis, *, lease_seconds: int = 300, keep_seconds: int = 7 * 24 * 3600
    ) -> None:
        self._redis = redis
        self._lease_seconds = lease_seconds
        self._keep_seconds = keep_seconds

    @contextmanager
    def once(self, key: str) -> Iterator[bool]:
        """True for whoever has to do it; false when it has been done.

        If the block raises, nothing is done and the key is free again.
        """
        full_key = f"{KEY_PREFIX}once:{key}"
        claim = uuid.uuid4().hex
        if not self._redis.set(full_key, claim, nx=True, ex=self._lease_seconds):
            if self._redis.get(full_key) == _DONE:
                yield False
                return
            raise RunningElsewhereError(f"{key} is being worked on")
        try:
            yield True
        except BaseException:
            self._redis.eval(_RELEASE, 1, full_key, claim)
            raise
        self._redis.eval(_FINISH, 1, full_key, claim, _DONE, str(self._keep_seconds))
