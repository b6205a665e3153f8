import hmac

import pytest
from quart import Response, websocket
from quart.testing.connections import WebsocketResponseError
from quart.typing import TestClientProtocol
from werkzeug.datastructures import Authorization
from werkzeug.routing import Rule

<<@fit 100>>
from <<PACKAGE>>.app import <<PACKAGE|pascal>>WebServer
<<@else>>
from <<PACKAGE>>.app import (
    <<PACKAGE|pascal>>WebServer,
)
<<@end>>

# All that anybody may call.
OPEN = {("GET", "/health"), ("GET", "/ready")}
<<@if EXAMPLE>>
GUARDED = "/increase_position"
BODY = {"exchange": "bybit", "account_id": "main", "symbol": "BTCUSDT", "quantity": "0.5"}
<<@else>>
GUARDED, BODY = "/availability", {"available": False}
<<@end>>


async def answers_to(http: TestClientProtocol, rule: Rule) -> list[tuple[str, int]]:
    """What a route says to somebody without credentials, to each of its methods."""
    built = rule.build(dict.fromkeys(rule.arguments, 1))
    assert built is not None
    _, path = built
    if rule.websocket:
        with pytest.raises(WebsocketResponseError) as raised:
            async with http.websocket(path) as connection:
                await connection.receive()
        return [("websocket", raised.value.response.status_code)]
    methods = sorted(methods_of(rule))
    responses = [await http.open(path, method=method, json=BODY) for method in methods]
    return [(method, one.status_code) for method, one in zip(methods, responses, strict=True)]


def methods_of(rule: Rule) -> set[str]:
    """Without those that Quart adds."""
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


<<@fit 100>>
async def test_every_route_is_guarded_but_those_that_are_open(
    server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol
) -> None:
<<@else>>
async def test_every_route_is_guarded_but_those_that_are_open(
    server: <<PACKAGE|pascal>>WebServer,
    http: TestClientProtocol,
) -> None:
<<@end>>
    answers = {
        (method, rule.rule): status
        for rule in server.app.url_map.iter_rules()
        for method, status in await answers_to(http, rule)
    }

    assert answers[("POST", GUARDED)] == 401
    assert {route for route, status in answers.items() if status != 401} == OPEN


<<@fit 100>>
async def test_a_route_without_a_decorator_is_guarded(
    server: <<PACKAGE|pascal>>WebServer, http: TestClientProtocol, ann: Authorization
) -> None:
<<@else>>
async def test_a_route_without_a_decorator_is_guarded(
    server: <<PACKAGE|pascal>>WebServer,
    http: TestClientProtocol,
    ann: Authorization,
) -> None:
<<@end>>
    @server.app.get("/forgotten/<int:number>")
    async def forgotten_endpoint(number: int) -> str:
        return f"secret {number}"

    @server.app.websocket("/forgotten")
    async def forgotten_websocket() -> None:
        await websocket.send("secret")

    for rule in server.app.url_map.iter_rules():
        if "forgotten" in rule.rule:
            assert {status for _, status in await answers_to(http, rule)} == {401}
    response = await http.get("/forgotten/1", auth=ann)
    assert await response.get_data(as_text=True) == "secret 1"
    async with http.websocket("/forgotten", auth=ann) as connection:
        assert await connection.receive() == "secret"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        (None, None),
        ("ann", "wrong"),
        ("bob", "correct-horse-battery"),
        ("ann", ""),
        ("", "correct-horse-battery"),
        ("Änn", "pässword"),
    ],
)
async def test_nobody_gets_in_without_credentials(
    http: TestClientProtocol, username: str | None, password: str | None
) -> None:
    given = {"username": username, "password": password}
    credentials = Authorization("basic", given) if username is not None else None

    response = await http.post(GUARDED, auth=credentials, json=BODY)

    assert isinstance(response, Response)
    assert response.status_code == 401
    assert (await response.get_json())["code"] == "unauthorized"
    assert response.headers["WWW-Authenticate"].startswith("Basic realm=")


async def test_another_scheme_does_not_get_in(http: TestClientProtocol) -> None:
    response = await http.post(GUARDED, headers={"Authorization": "Bearer token"})

    assert response.status_code == 401


async def test_both_fields_are_compared_whatever_the_first_says(
    http: TestClientProtocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bytes] = []

    def compare_digest(given: bytes, _expected: bytes) -> bool:
        compared.append(given)
        return False

    monkeypatch.setattr(hmac, "compare_digest", compare_digest)
    eve = Authorization("basic", {"username": "eve", "password": "guess"})
    await http.post(GUARDED, auth=eve)

    assert compared == [b"eve", b"guess"]
