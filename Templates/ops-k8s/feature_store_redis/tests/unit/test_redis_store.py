from datetime import timedelta

import pytest
from fakeredis import FakeRedis, FakeServer
from pydantic import SecretStr
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from src.feature_store.redis_store import RedisFeatureStore, RedisSettings, open_redis_store
from tests.fixtures.builders import a_row
from tests.fixtures.feature_store_contract import HOUR, FeatureStoreContract
from tests.fixtures.redis_backend import RedisBackend


class TestRedisFeatureStore(FeatureStoreContract):
    @pytest.fixture
    def backend(self) -> RedisBackend:
        switched_off = FakeServer()
        switched_off.connected = False
        return RedisBackend(FakeRedis(server=FakeServer()), lambda: FakeRedis(server=switched_off))


def test_every_key_lives_for_the_time_of_the_settings() -> None:
    client = FakeRedis(server=FakeServer())
    RedisFeatureStore(client, HOUR, "1").write([a_row("c1"), a_row("c2")])
    keys = sorted(client.scan_iter())
    prefix = "<<PROJECT_NAME>>:features:1:"
    assert keys == [f"{prefix}{name}".encode() for name in ("c1", "c2")]
    for key in keys:
        assert HOUR - timedelta(minutes=1) < timedelta(milliseconds=client.pttl(key)) <= HOUR


def test_opens_the_redis_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:secret@cache.example:6380/3")
    opened: list[tuple[str, dict[str, object]]] = []

    def from_url(url: str, **options: object) -> FakeRedis:
        opened.append((url, options))
        return FakeRedis(server=FakeServer())

    monkeypatch.setattr("src.feature_store.redis_store.Redis.from_url", from_url)
    open_redis_store(HOUR, "1").ping()
    retry = Retry(ConstantBackoff(0.05), retries=1)
    options = {"socket_timeout": 2, "socket_connect_timeout": 2, "retry": retry}
    assert opened == [("redis://:secret@cache.example:6380/3", options)]


def test_the_password_is_not_shown() -> None:
    settings = RedisSettings(redis_url=SecretStr("redis://:secret@cache.example"))
    assert "secret" not in repr(settings)
