"""The contract of feature stores, with a real Redis: REDIS_URL says where."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.fixtures.environment import url_of_server
from tests.fixtures.feature_store_contract import FeatureStoreContract
from tests.fixtures.redis_backend import RedisBackend


class TestRedisServer(FeatureStoreContract):
    @pytest.fixture
    def backend(self) -> Iterator[RedisBackend]:
        client = Redis.from_url(url_of_server("REDIS_URL"), socket_timeout=5)
        nobody_listens = Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0))
        backend = RedisBackend(client, lambda: nobody_listens, prefix=f"test-{uuid4().hex}-")
        yield backend
        if keys := backend.keys():
            client.delete(*keys)
        client.close()
