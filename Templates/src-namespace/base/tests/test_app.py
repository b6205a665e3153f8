<<@if EXAMPLE>>
import asyncio
<<@end>>
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from quart import Response
from quart.typing import TestClientProtocol
from werkzeug.datastructures import Authorization

<<@fit 100>>
from <<PACKAGE>>.app import MAX_BODY_BYTES, <<PACKAGE|pascal>>WebServer
<<@else>>
from <<PACKAGE>>.app import (
    MAX_BODY_BYTES,
    <<PACKAGE|pascal>>WebServer,
)
<<@end>>
<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
<<@if EXAMPLE>>
from <<PACKAGE>>.stores import StoreUnavailableError
<<@end>>

README = Path(__file__).parents[1] / "README.md"
<<@if EXAMPLE>>
CHANGE = {"exchange": "bybit", "account_id": "main", "symbol": "BTCUSDT", "quantity": "0.5"}
PATH, BODY = "/increase_position", CHANGE
<<@else>>
PATH, BODY = "/availability", {"available": False}
<<@end>>

type Post = Callable[..., Awaitable[Response]]


@pytest.fixture
def post(http: TestClientProtocol, ann: Authorization) -> Post:
    """Posts JSON as Ann."""

    async def post(path: str, content: object) -> Response:
        response = await http.post(path, json=content, auth=ann)
        assert isinstance(response, Response)
        return response

    return post


async def error_of(response: Response, status: int, code: str) -> dict[str, Any]:
    """The error, once it is known to have the shape that all errors have."""
    assert response.status_code == status
    assert response.mimetype == "application/json"
    error: dict[str, Any] = await response.get_json()
    assert set(error) == {"code", "detail", "errors"}
    assert error["code"] == code
    assert isinstance(error["detail"], str)
    return error


async def test_health(http: TestClientProtocol) -> None:
    response = await http.get("/health")

    assert response.status_code == 200
    assert await response.get_json() == {"status": "alive"}


<<@fit 100>>
async def test_ready_while_the_server_serves(server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol) -> None:
<<@else>>
<<@fit 100>>
async def test_ready_while_the_server_serves(
    server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol
) -> None:
<<@else>>
async def test_ready_while_the_server_serves(
    server: <<PACKAGE|pascal>>WebServer,
    http: TestClientProtocol,
) -> None:
<<@end>>
<<@end>>
    await error_of(await http.get("/ready"), 503, "not_ready")

    async with server.app.test_app():
        response = await http.get("/ready")
        assert response.status_code == 200
        assert await response.get_json() == {"status": "ready"}

    server.ready = False
    await error_of(await http.get("/ready"), 503, "not_ready")


<<@if EXAMPLE>>
<<@fit 100>>
async def test_not_ready_without_the_store(
    server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol, monkeypatch: pytest.MonkeyPatch
) -> None:
<<@else>>
async def test_not_ready_without_the_store(
    server: <<PACKAGE|pascal>>WebServer,
    http: TestClientProtocol,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
<<@end>>
    async def unavailable(_client: object) -> None:
        raise StoreUnavailableError

    monkeypatch.setattr(<<PACKAGE|pascal>>Client, "check_store", unavailable)
    server.ready = True

    error = await error_of(await http.get("/ready"), 503, "not_ready")
    assert error["detail"] == "positions cannot be reached at the moment"


async def test_positions_change(http: TestClientProtocol, post: Post, ann: Authorization) -> None:
    increased = await post("/increase_position", CHANGE)
    assert increased.status_code == 200
    assert await increased.get_json() == CHANGE
    decreased = await post("/decrease_position", CHANGE | {"quantity": 0.2})
    assert await decreased.get_json() == CHANGE | {"quantity": "0.3"}

    response = await http.get("/positions", auth=ann)
    assert await response.get_json() == {"positions": [CHANGE | {"quantity": "0.3"}]}


async def test_many_changes_at_once(post: Post) -> None:
    responses = await asyncio.gather(*(post("/increase_position", CHANGE) for _ in range(20)))
    assert {response.status_code for response in responses} == {200}

    responses = await asyncio.gather(*(post("/decrease_position", CHANGE) for _ in range(25)))
    assert sorted(response.status_code for response in responses) == [200] * 20 + [409] * 5


async def test_commands_and_interactions(post: Post) -> None:
    asked = await (await post("/commands", {"text": "increase bybit main BTCUSDT 1"})).get_json()
    assert asked["text"] == "Increase bybit:main:BTCUSDT by 1?"
    answer = {"confirmation": asked["confirmation"], "approved": True}

    done = await post("/interactions", answer)
    assert await done.get_json() == {"text": "Done: bybit:main:BTCUSDT has 1 now."}
    await error_of(await post("/interactions", answer), 409, "confirmation_refused")

    shown = await post("/commands", {"text": "show"})
    assert await shown.get_json() == {"text": "bybit:main:BTCUSDT 1", "confirmation": None}


async def test_what_is_not_approved_does_not_happen(post: Post) -> None:
    asked = await (await post("/commands", {"text": "increase bybit main BTCUSDT 1"})).get_json()

    dropped = await post(
        "/interactions", {"confirmation": asked["confirmation"], "approved": False}
    )

    assert (await dropped.get_json())["text"].startswith("Dropped: ")
    shown = await post("/commands", {"text": "show"})
    assert (await shown.get_json())["text"] == "There are no positions."


<<@else>>
<<@fit 100>>
async def test_what_is_not_available_is_not_ready(
    server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol, post: Post
) -> None:
<<@else>>
async def test_what_is_not_available_is_not_ready(
    server: <<PACKAGE|pascal>>WebServer,
    http: TestClientProtocol,
    post: Post,
) -> None:
<<@end>>
    server.ready = True

    changed = await post("/availability", {"available": False})
    assert await changed.get_json() == {"available": False}
    await error_of(await http.get("/ready"), 503, "not_ready")

    changed = await post("/availability", {"available": True})
    assert await changed.get_json() == {"available": True}
    assert (await http.get("/ready")).status_code == 200


<<@end>>
def test_readme_lists_all_routes(server: <<PACKAGE|pascal>>WebServer) -> None:
    api = README.read_text(encoding="utf-8").partition("\n## The API\n")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`]*)`", api))
    routes = {
        (method, rule.rule)
        for rule in server.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

<<@if EXAMPLE and SLACK>>
    # Those for Slack are there with SLACK_MODE alone
    assert {route for route in documented if not route[1].startswith("/slack/")} == routes
<<@else>>
    assert documented == routes
<<@end>>


async def test_malformed_json(http: TestClientProtocol, ann: Authorization) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"", b"{", b"\xff"):
        response = await http.post(PATH, data=body, headers=headers, auth=ann)
        await error_of(response, 400, "bad_request")


async def test_only_json_is_read(http: TestClientProtocol, ann: Authorization) -> None:
    response = await http.post(PATH, form={"a": "1"}, auth=ann)

    await error_of(response, 415, "unsupported_media_type")


async def test_large_bodies_are_refused(post: Post) -> None:
    response = await post(PATH, {"text": "x" * MAX_BODY_BYTES})

    await error_of(response, 413, "request_entity_too_large")


async def test_unknown_paths_and_methods(http: TestClientProtocol) -> None:
    await error_of(await http.get("/~nowhere"), 404, "not_found")
    response = await http.trace(PATH)
    await error_of(response, 405, "method_not_allowed")
    assert {"POST", "OPTIONS"} <= set(response.headers["Allow"].split(", "))


<<@if EXAMPLE>>
async def test_all_malformed_fields_are_named(post: Post) -> None:
    response = await post("/decrease_position", {"exchange": "nyse", "quantity": -1, "more": 1})

    error = await error_of(response, 422, "unprocessable_entity")
    fields = [one["field"] for one in error["errors"]]
    assert fields == ["exchange", "account_id", "symbol", "quantity", "more"]
    assert all(one["message"] for one in error["errors"])


@pytest.mark.parametrize(
    ("path", "content", "field"),
    [
        ("/increase_position", CHANGE | {"account_id": "foreign"}, "account_id"),
        ("/increase_position", [CHANGE], "body"),
        ("/commands", {"text": "jump"}, "text"),
        ("/commands", {"text": 1}, "text"),
        ("/commands", {"text": "show", "user_id": "eve"}, "user_id"),
        ("/interactions", {"confirmation": "x", "approved": "yes"}, "approved"),
    ],
)
async def test_the_malformed_field_is_named(
    post: Post, path: str, content: object, field: str
) -> None:
    error = await error_of(await post(path, content), 422, "unprocessable_entity")

    assert [one["field"] for one in error["errors"]] == [field]


async def test_a_position_that_is_too_small(post: Post) -> None:
    error = await error_of(await post("/decrease_position", CHANGE), 409, "insufficient_position")

    assert error["errors"] == []


async def test_an_unavailable_store(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unavailable(*_: object) -> None:
        raise StoreUnavailableError

    monkeypatch.setattr(<<PACKAGE|pascal>>Client, "apply", unavailable)

    await error_of(await post("/increase_position", CHANGE), 503, "store_unavailable")


<<@else>>
async def test_all_malformed_fields_are_named(post: Post) -> None:
    response = await post("/availability", {"available": "no", "more": 1})

    error = await error_of(response, 422, "unprocessable_entity")
    assert [one["field"] for one in error["errors"]] == ["available", "more"]
    assert all(one["message"] for one in error["errors"])


async def test_what_is_no_object_is_malformed(post: Post) -> None:
    error = await error_of(await post("/availability", [True]), 422, "unprocessable_entity")

    assert [one["field"] for one in error["errors"]] == ["body"]


<<@end>>
async def test_an_unexpected_error_tells_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
<<@if EXAMPLE>>
    async def fail(*_: object) -> None:
        raise RuntimeError("a password, perhaps")

    monkeypatch.setattr(<<PACKAGE|pascal>>Client, "apply", fail)
<<@else>>
    def fail(*_: object) -> None:
        raise RuntimeError("a password, perhaps")

    monkeypatch.setattr(<<PACKAGE|pascal>>Client, "set_available", fail)
<<@end>>
    error = await error_of(await post(PATH, BODY), 500, "internal_server_error")

    assert "password" not in error["detail"]
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "a password, perhaps"
<<@if EXAMPLE>>


<<@fit 100>>
async def test_the_exit_handler_closes_the_client(
    server: <<PACKAGE|pascal>>WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
<<@else>>
async def test_the_exit_handler_closes_the_client(
    server: <<PACKAGE|pascal>>WebServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
<<@end>>
    closed = []

    async def close(client: <<PACKAGE|pascal>>Client) -> None:
        closed.append(client)

    monkeypatch.setattr(<<PACKAGE|pascal>>Client, "close", close)
    await server.exit_handler((None, None, None))

    assert closed == [server.client]
<<@end>>
