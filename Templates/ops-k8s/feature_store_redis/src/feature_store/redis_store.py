"""Features in Redis: one hash for each customer, which expires by itself."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr
from redis import Redis, RedisError
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from src.feature_store.base import FeatureRow, FeatureStoreUnavailableError, newest_rows
from src.utils.settings import EnvironmentSettings

# One Redis may serve several services.
_SERVICE = "<<PROJECT_NAME>>"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Comparing and writing must not be torn apart, or of two writers the older one could win.
_WRITE_IF_NOT_OLDER = """
local current = redis.call('HGET', KEYS[1], 'as_of')
if current and tonumber(current) > tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'as_of', ARGV[1], 'values', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""


class RedisSettings(EnvironmentSettings):
    redis_url: SecretStr = SecretStr("redis://localhost:6379/0")


class RedisFeatureStore:
    def __init__(self, client: Redis, ttl: timedelta, schema_version: str) -> None:
        self._client = client
        self._ttl_milliseconds = ttl // timedelta(milliseconds=1)
        self._prefix = f"{_SERVICE}:features:{schema_version}:"
        self._write_if_not_older = client.register_script(_WRITE_IF_NOT_OLDER)

    def write(self, rows: Sequence[FeatureRow]) -> int:
        with _errors_as_unavailable(), self._client.pipeline(transaction=False) as pipeline:
            for row in newest_rows(rows):
                self._write_if_not_older(
                    keys=[self._prefix + row.customer_id],
                    args=[
                        (row.as_of - _EPOCH) // _MICROSECOND,
                        json.dumps(dict(row.values)),
                        self._ttl_milliseconds,
                    ],
                    client=pipeline,
                )
            return sum(pipeline.execute())

    def read(self, customer_ids: Sequence[str]) -> dict[str, FeatureRow]:
        with _errors_as_unavailable(), self._client.pipeline(transaction=False) as pipeline:
            for customer_id in customer_ids:
                pipeline.hmget(self._prefix + customer_id, ["as_of", "values"])
            answers = pipeline.execute()
        return {
            customer_id: FeatureRow(
                customer_id, json.loads(values), _EPOCH + int(as_of) * _MICROSECOND
            )
            for customer_id, (as_of, values) in zip(customer_ids, answers, strict=True)
            if as_of is not None
        }

    def ping(self) -> None:
        with _errors_as_unavailable():
            self._client.ping()

    def close(self) -> None:
        self._client.close()


@contextmanager
def _errors_as_unavailable() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise FeatureStoreUnavailableError(f"Redis: {type(error).__name__}") from error


def open_redis_store(ttl: timedelta, schema_version: str) -> RedisFeatureStore:
    client = Redis.from_url(
        RedisSettings().redis_url.get_secret_value(),
        socket_timeout=2,
        socket_connect_timeout=2,
        retry=Retry(ConstantBackoff(0.05), retries=1),
    )
    return RedisFeatureStore(client, ttl, schema_version)
