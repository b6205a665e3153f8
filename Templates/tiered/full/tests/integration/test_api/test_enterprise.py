"""What the service does besides answering: metrics, ids, events, tasks, cached lists."""

from fakeredis import FakeAsyncRedis, FakeServer
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event

from src.analytics.events import RecordChanged, UserLoggedIn, UserRegistered, parse_event
from src.analytics.tracking import STREAM, store_event
from src.core.backends import Backends
from src.core.redis import KEY_PREFIX
from src.models.user import User
from tests.conftest import PASSWORD, RecordingDispatcher, bearer

COLLECTION = "/api/v1/<<MODELS|first|plural|kebab>>"
MODEL = "<<MODELS|first>>"


async def published(app: FastAPI) -> list[UserRegistered | UserLoggedIn | RecordChanged]:
    backends: Backends = app.state.backends
    assert backends.queue is not None
    await backends.queue.ensure_group()
    return [parse_event(message.body) for message in await backends.queue.receive("test")]


class Statements:
    """Counts what the database is asked."""

    def __init__(self, app: FastAPI) -> None:
        self.count = 0
        event.listen(app.state.engine.sync_engine, "before_cursor_execute", self)

    def __call__(self, *_: object) -> None:
        self.count += 1


async def test_metrics_name_routes_and_not_paths(client: AsyncClient, user: User) -> None:
    await client.get(f"{COLLECTION}/987654321", headers=bearer(user))
    await client.get("/some/path/that/is/not/there")

    answer = await client.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert f'http_requests_total{{method="GET",route="{COLLECTION}/{{record_id}}"' in answer.text
    assert 'route="unmatched"' in answer.text
    assert "987654321" not in answer.text
    assert "that/is/not/there" not in answer.text
    assert f'queue_depth{{state="waiting",stream="{STREAM}"}}' in answer.text


async def test_metrics_are_no_part_of_the_public_api(client: AsyncClient) -> None:
    assert "/metrics" not in (await client.get("/openapi.json")).json()["paths"]


async def test_every_answer_has_a_request_id(client: AsyncClient) -> None:
    kept = await client.get("/health", headers={"X-Request-ID": "abc"})
    assert kept.headers["X-Request-ID"] == "abc"
    for path in ("/health", "/nowhere", "/api/v1/users/me"):
        assert len((await client.get(path)).headers["X-Request-ID"]) == 32


async def test_an_unexpected_error_names_the_request_to_look_for(
    app: FastAPI, client: AsyncClient
) -> None:
    def fail() -> None:
        raise RuntimeError("a secret of the inside")

    app.add_api_route("/failing", fail)
    try:
        answer = await client.get("/failing", headers={"X-Request-ID": "abc"})
    finally:
        app.router.routes.pop()

    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] == "abc"
    assert answer.json()["code"] == "internal_error"
    assert "secret" not in answer.text


async def test_readiness_includes_redis(client: AsyncClient, redis_server: FakeServer) -> None:
    assert (await client.get("/health/ready")).status_code == 200

    redis_server.connected = False

    assert (await client.get("/health/ready")).status_code == 503
    assert (await client.get("/health")).status_code == 200


async def test_who_registers_is_greeted_and_counted(
    app: FastAPI, client: AsyncClient, dispatcher: RecordingDispatcher
) -> None:
    body = {"email": "ann@example.com", "password": PASSWORD}
    registered = await client.post("/api/v1/auth/register", json=body)
    user_id = registered.json()["id"]
    await client.post(
        "/api/v1/auth/token", data={"username": "ann@example.com", "password": PASSWORD}
    )
    await client.post(
        "/api/v1/auth/token", data={"username": "ann@example.com", "password": "wrong"}
    )

    assert dispatcher.enqueued == [("send_welcome_message", (user_id,))]
    events = await published(app)
    assert [(event.name, event.user_id) for event in events] == [
        ("user_registered", user_id),
        ("user_logged_in", user_id),
    ]


async def test_a_registration_that_fails_greets_nobody(
    app: FastAPI, client: AsyncClient, user: User, dispatcher: RecordingDispatcher
) -> None:
    body = {"email": user.email, "password": PASSWORD}
    assert (await client.post("/api/v1/auth/register", json=body)).status_code == 409

    assert dispatcher.enqueued == []
    assert await published(app) == []


async def test_whose_password_is_forgotten_is_told_to_the_workers_only(
    client: AsyncClient, user: User, dispatcher: RecordingDispatcher
) -> None:
    answers = [
        await client.post("/api/v1/auth/password-reset", json={"email": email})
        for email in (user.email, "nobody@example.com")
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(202, None)] * 2
    assert dispatcher.enqueued == [
        ("send_reset_message", (user.email,)),
        ("send_reset_message", ("nobody@example.com",)),
    ]


async def test_changes_of_records_are_events(app: FastAPI, client: AsyncClient, user: User) -> None:
    headers = bearer(user)
    record = (await client.post(COLLECTION, json={"name": "First"}, headers=headers)).json()
    url = f"{COLLECTION}/{record['id']}"
    await client.patch(url, json={"name": "Second"}, headers=headers)
    await client.delete(url, headers=headers)
    await client.delete(url, headers=headers)

    events = await published(app)

    assert [event.properties() for event in events] == [
        {"model": MODEL, "record_id": record["id"], "action": action}
        for action in ("created", "updated", "deleted")
    ]
    assert {event.user_id for event in events} == {user.id}


async def test_a_list_is_remembered_until_something_in_it_changes(
    app: FastAPI, client: AsyncClient, user: User
) -> None:
    headers = bearer(user)

    async def names() -> list[str]:
        answer = await client.get(COLLECTION, headers=headers)
        assert answer.status_code == 200
        return [record["name"] for record in answer.json()["items"]]

    assert await names() == []
    record = (await client.post(COLLECTION, json={"name": "First"}, headers=headers)).json()
    assert await names() == ["First"]

    statements = Statements(app)
    assert await names() == ["First"]
    # The user of the token is looked up each time; the list is not
    assert statements.count == 1

    url = f"{COLLECTION}/{record['id']}"
    await client.patch(url, json={"name": "Second"}, headers=headers)
    assert await names() == ["Second"]
    await client.delete(url, headers=headers)
    assert await names() == []


async def test_lists_of_users_and_pages_are_kept_apart(
    client: AsyncClient, user: User, other_user: User
) -> None:
    for name in ("First", "Second"):
        await client.post(COLLECTION, json={"name": name}, headers=bearer(user))

    async def names(owner: User, query: str) -> list[str]:
        answer = await client.get(f"{COLLECTION}?{query}", headers=bearer(owner))
        return [record["name"] for record in answer.json()["items"]]

    assert await names(user, "limit=1") == ["First"]
    assert await names(user, "limit=1&offset=1") == ["Second"]
    assert await names(user, "limit=2") == ["First", "Second"]
    assert await names(other_user, "limit=1") == []


async def test_the_api_works_while_redis_is_down(
    client: AsyncClient, user: User, redis: FakeAsyncRedis, redis_server: FakeServer
) -> None:
    redis_server.connected = False
    headers = bearer(user)

    created = await client.post(COLLECTION, json={"name": "First"}, headers=headers)
    listed = await client.get(COLLECTION, headers=headers)
    metrics = await client.get("/metrics")

    assert created.status_code == 201
    assert [record["name"] for record in listed.json()["items"]] == ["First"]
    assert "redis_up 0.0" in metrics.text


async def test_what_is_kept_in_redis_has_the_name_of_the_service(
    client: AsyncClient, user: User, redis: FakeAsyncRedis
) -> None:
    await client.post(COLLECTION, json={"name": "First"}, headers=bearer(user))
    await client.get(COLLECTION, headers=bearer(user))

    keys = [str(key) for key in await redis.keys("*")]
    assert len(keys) >= 3
    assert all(key.startswith(KEY_PREFIX) for key in keys), keys


async def test_superusers_see_how_often_things_happen(
    app: FastAPI, client: AsyncClient, user: User, superuser: User
) -> None:
    async with app.state.session_factory() as session:
        for stored in (UserRegistered(user_id=1), UserLoggedIn(user_id=1), UserLoggedIn(user_id=2)):
            await store_event(session, stored.model_dump_json())

    answer = await client.get("/api/v1/analytics/events?days=1", headers=bearer(superuser))

    assert answer.status_code == 200
    assert answer.json()["counts"] == {"user_logged_in": 2, "user_registered": 1}
    url = "/api/v1/analytics/events"
    assert (await client.get(url, headers=bearer(user))).status_code == 403
    assert (await client.get(url)).status_code == 401
    for days in ("0", "366"):
        wrong = await client.get(f"{url}?days={days}", headers=bearer(superuser))
        assert wrong.status_code == 422
