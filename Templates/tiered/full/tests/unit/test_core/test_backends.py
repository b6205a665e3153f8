import json

from fakeredis import FakeAsyncRedis

from src.analytics.events import UserLoggedIn
from src.background.tasks import delete_old_events
from src.core.backends import build_backends, open_backends
from src.core.config import Settings
from src.core.record_effects import RecordEffects
from src.core.redis import create_redis
from src.schemas.base import PageOf


class Record:
    id = 7
    owner_id = 3


class Numbers(PageOf[int]):
    """A page of something."""


async def test_without_redis_everything_is_there_and_does_nothing(settings: Settings) -> None:
    async with open_backends(settings.model_copy(update={"redis_url": None})) as backends:
        assert backends.redis is None
        assert backends.queue is None
        assert await backends.tracker.track(UserLoggedIn(user_id=1)) is False
        assert await backends.tasks.enqueue(delete_old_events) is False


async def test_with_redis_all_of_them_use_it(settings: Settings) -> None:
    url = "redis://redis.test:6390/2"
    async with open_backends(settings.model_copy(update={"redis_url": url})) as backends:
        assert backends.redis is not None
        assert backends.queue is not None
        connection = backends.redis.connection_pool.connection_kwargs
        assert (connection["host"], connection["port"], connection["db"]) == ("redis.test", 6390, 2)


async def test_the_client_gives_up_soon_and_decodes() -> None:
    async with create_redis("redis://redis.test", timeout_seconds=0.5) as redis:
        connection = redis.connection_pool.connection_kwargs
    assert connection["socket_timeout"] == 0.5
    assert connection["socket_connect_timeout"] == 0.5
    assert connection["decode_responses"] is True


async def test_a_change_drops_the_lists_of_its_owner_and_is_told(
    settings: Settings, redis: FakeAsyncRedis
) -> None:
    backends = build_backends(settings, redis)
    effects = RecordEffects("thing", backends)
    loads = 0

    async def load() -> Numbers:
        nonlocal loads
        loads += 1
        return Numbers(items=[loads], total=1, limit=1, offset=0)

    async def first_item(owner_id: int) -> int:
        return (await effects.cached_page(Numbers, owner_id, "1:0", load)).items[0]

    assert [await first_item(3), await first_item(3), await first_item(4)] == [1, 1, 2]

    await effects.changed(Record(), "updated")

    assert [await first_item(3), await first_item(4)] == [3, 2]
    assert backends.queue is not None
    await backends.queue.ensure_group()
    (message,) = await backends.queue.receive("test")
    event = json.loads(message.body)
    assert (event["name"], event["model"]) == ("record_changed", "thing")
    assert (event["user_id"], event["record_id"], event["action"]) == (3, 7, "updated")
