import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from quart import Response
from quart.typing import TestClientProtocol

<<@fit 100>>
from <<PACKAGE>>.app import <<PACKAGE|pascal>>WebServer
<<@else>>
from <<PACKAGE>>.app import (
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
from <<PACKAGE>>.commands import CommandHandler
<<@fit 100>>
from <<PACKAGE>>.environment import <<PACKAGE|pascal>>Environment
<<@else>>
from <<PACKAGE>>.environment import (
    <<PACKAGE|pascal>>Environment,
)
<<@end>>
from <<PACKAGE>>.interactions import InteractionHandler
<<@fit 100>>
from <<PACKAGE>>.slack_gateway import MAX_AGE_SECONDS, SlackGateway, sign
<<@else>>
from <<PACKAGE>>.slack_gateway import (
    MAX_AGE_SECONDS,
    SlackGateway,
    sign,
)
<<@end>>
from <<PACKAGE>>.slack_messenger import SlackMessenger

README = Path(__file__).parents[1] / "README.md"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
RESPONSE_URL = "https://hooks.slack.com/actions/1"
INCREASE = "increase bybit main BTCUSDT 1"


class Slack:
    """Slack, in front of the service: sends signed requests, and receives responses."""

    def __init__(self) -> None:
        self.http: TestClientProtocol
        # What there is besides, with Slack
        self.paths: set[str]
        self._responses: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def receive(self, request: httpx.Request) -> httpx.Response:
        await self._responses.put({"url": str(request.url), **json.loads(request.content)})
        return httpx.Response(200, text="ok")

    async def response(self) -> dict[str, Any]:
        """What has replaced the buttons."""
        async with asyncio.timeout(10):
            return await self._responses.get()

    async def send(
        self,
        path: str,
        form: dict[str, str],
        *,
        age: int = 0,
        headers: dict[str, str] | None = None,
    ) -> Response:
        timestamp = str(int(time.time()) - age)
        body = urlencode(form).encode()
        signed = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(SECRET, timestamp, body),
        }
        response = await self.http.post(path, data=body, headers=signed | (headers or {}))
        assert isinstance(response, Response)
        return response

    async def type(self, text: str, user_id: str = "U0ANN") -> dict[str, Any]:
        response = await self.send("/slack/commands", {"user_id": user_id, "text": text})
        assert response.status_code == 200
        message: dict[str, Any] = await response.get_json()
        return message

    async def press(self, button: dict[str, Any], user_id: str = "U0ANN") -> Response:
        payload = {
            "type": "block_actions",
            "user": {"id": user_id},
            "actions": [{"action_id": button["action_id"], "value": button["value"]}],
            "response_url": RESPONSE_URL,
        }
        return await self.send("/slack/interactions", {"payload": json.dumps(payload)})


@pytest.fixture
async def slack(
    env: <<PACKAGE|pascal>>Environment,
    client: <<PACKAGE|pascal>>Client,
    command_handler: CommandHandler,
    interaction_handler: InteractionHandler,
    server: <<PACKAGE|pascal>>WebServer,
) -> AsyncIterator[Slack]:
    slack = Slack()
    messenger = SlackMessenger("token", "alerts", transport=httpx.MockTransport(slack.receive))
    gateway = SlackGateway(
        signing_secret=SECRET,
        approved_user_ids=["U0ANN", "U0BOB"],
        command_handler=command_handler,
        interaction_handler=interaction_handler,
        messenger=messenger,
    )
    with_slack = <<PACKAGE|pascal>>WebServer(
        env=env,
        client=client,
        command_handler=command_handler,
        interaction_handler=interaction_handler,
        slack=gateway,
    )
    slack.http = with_slack.app.test_client()
    with_rules, rules = (
        {rule.rule for rule in one.app.url_map.iter_rules()} for one in (with_slack, server)
    )
    slack.paths = with_rules - rules
    yield slack
    await messenger.close()


async def test_a_change_by_command_and_button(slack: Slack) -> None:
    asked = await slack.type(INCREASE)
    assert asked["response_type"] == "ephemeral"
    assert asked["text"] == "Increase bybit:main:BTCUSDT by 1?"
    section, actions = asked["blocks"]
    assert section["text"]["text"] == asked["text"]
    yes, no = actions["elements"]
    assert (yes["text"]["text"], no["text"]["text"]) == ("Yes", "No")

    response = await slack.press(yes)
    assert (response.status_code, await response.get_data()) == (200, b"")
    assert await slack.response() == {
        "url": RESPONSE_URL,
        "replace_original": True,
        "text": "Done: bybit:main:BTCUSDT has 1 now.",
    }
    assert await slack.type("show") == {
        "response_type": "ephemeral",
        "text": "bybit:main:BTCUSDT 1",
    }


async def test_the_other_button_drops_the_change(slack: Slack) -> None:
    asked = await slack.type(INCREASE)
    _, no = asked["blocks"][1]["elements"]

    await slack.press(no)

    assert (await slack.response())["text"].startswith("Dropped: ")
    assert (await slack.type("show"))["text"] == "There are no positions."


async def test_what_is_wrong_is_told_to_the_user(slack: Slack) -> None:
    unknown = await slack.type("jump")
    assert unknown["text"].startswith("This is not a command.")
    assert "blocks" not in unknown

    asked = await slack.type(INCREASE)
    yes, _ = asked["blocks"][1]["elements"]
    await slack.press(yes, user_id="U0BOB")
    assert "another user" in (await slack.response())["text"]


async def test_only_approved_users_are_heard(slack: Slack) -> None:
    asked = await slack.type(INCREASE)
    yes, _ = asked["blocks"][1]["elements"]

    assert "not approved" in (await slack.type("show", user_id="U0EVE"))["text"]
    await slack.press(yes, user_id="U0EVE")
    assert "not approved" in (await slack.response())["text"]
    assert (await slack.type("show"))["text"] == "There are no positions."


async def test_every_route_wants_a_signature_and_is_in_readme(slack: Slack) -> None:
    readme = README.read_text(encoding="utf-8")

    assert slack.paths == set(re.findall(r"`POST (/slack/[^`]*)`", readme))
    for path in slack.paths:
        assert (await slack.http.post(path)).status_code == 401


@pytest.mark.parametrize("path", ["/slack/commands", "/slack/interactions"])
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "\u00fc"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Request-Timestamp": "\u00b2"},
    ],
)
async def test_only_slack_is_heard(slack: Slack, path: str, headers: dict[str, str]) -> None:
    response = await slack.send(path, {"user_id": "U0ANN", "text": "show"}, headers=headers)

    assert response.status_code == 401
    assert (await response.get_json())["code"] == "unauthorized"


@pytest.mark.parametrize(("age", "status"), [(MAX_AGE_SECONDS - 10, 200), (400, 401), (-400, 401)])
async def test_old_requests_are_refused(slack: Slack, age: int, status: int) -> None:
    form = {"user_id": "U0ANN", "text": "show"}

    response = await slack.send("/slack/commands", form, age=age)

    assert response.status_code == status


def test_the_signature() -> None:
    # printf 'v0:1531420618:user_id=U0ANN&text=show' | openssl dgst -sha256 -hmac "$SECRET"
    signature = sign(SECRET, "1531420618", b"user_id=U0ANN&text=show")

    assert signature == "v0=8112ac23a96877b03ab1a46918ad6bf571e444150c8a4ad14b5360ec0135bd1a"


async def test_there_are_no_slack_routes_without_slack(http: TestClientProtocol) -> None:
    for path in ("/slack/commands", "/slack/interactions"):
        response = await http.post(path)
        assert response.status_code == 404
