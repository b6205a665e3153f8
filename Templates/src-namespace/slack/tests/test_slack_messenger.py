import asyncio
import json
<<@if EXAMPLE>>
from decimal import Decimal
<<@end>>

import httpx
import pytest
from structlog.testing import capture_logs

from <<PACKAGE>> import slack_messenger
<<@if EXAMPLE>>
from <<PACKAGE>>.positions import Action, Position, PositionChange
<<@end>>
<<@fit 100>>
from <<PACKAGE>>.slack_messenger import POST_MESSAGE_URL, SlackMessenger
<<@else>>
from <<PACKAGE>>.slack_messenger import (
    POST_MESSAGE_URL,
    SlackMessenger,
)
<<@end>>


class Slack:
    """Answers as Slack does, and keeps what it was sent."""

    def __init__(self, answer: httpx.Response | Exception | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = answer or httpx.Response(200, json={"ok": True})

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def messenger_to(slack: Slack) -> SlackMessenger:
    return SlackMessenger("xoxb-token", "alerts", transport=httpx.MockTransport(slack))


<<@if EXAMPLE>>
async def test_changes_are_told(change: PositionChange) -> None:
    slack = Slack()
    messenger = messenger_to(slack)

    messenger.position_changed(Action.increase, change, Position(change.key, Decimal("1.50")))
    await messenger.close()

    (request,) = slack.requests
    assert (request.method, str(request.url)) == ("POST", POST_MESSAGE_URL)
    assert request.headers["Authorization"] == "Bearer xoxb-token"
    assert json.loads(request.content) == {
        "channel": "alerts",
        "text": "bybit:main:BTCUSDT: increase by 0.5, now 1.50",
    }


async def test_buttons_are_replaced() -> None:
    slack = Slack(httpx.Response(200, text="ok"))
    messenger = messenger_to(slack)

    with capture_logs() as log:
        messenger.respond("https://hooks.slack.com/actions/1", "Done.")
        await messenger.close()

    (request,) = slack.requests
    assert str(request.url) == "https://hooks.slack.com/actions/1"
    # The token is for the API alone
    assert "Authorization" not in request.headers
    assert json.loads(request.content) == {"replace_original": True, "text": "Done."}
    assert log == []


<<@else>>
async def test_the_channel_is_told() -> None:
    slack = Slack()
    messenger = messenger_to(slack)

    with capture_logs() as log:
        messenger.post("hello")
        await messenger.close()

    (request,) = slack.requests
    assert (request.method, str(request.url)) == ("POST", POST_MESSAGE_URL)
    assert request.headers["Authorization"] == "Bearer xoxb-token"
    assert json.loads(request.content) == {"channel": "alerts", "text": "hello"}
    assert log == []


<<@end>>
@pytest.mark.parametrize(
    ("answer", "event", "reason"),
    [
        (httpx.ConnectTimeout("too slow"), "slack_message_failed", "ConnectTimeout('too slow')"),
        (httpx.Response(500), "slack_message_failed", "HTTPStatusError"),
        (httpx.Response(200, text="nonsense"), "slack_message_failed", "JSONDecodeError"),
        (
            httpx.Response(200, json={"ok": False, "error": "not_in_channel"}),
            "slack_message_refused",
            "not_in_channel",
        ),
    ],
)
async def test_what_does_not_arrive_is_logged(
    answer: httpx.Response | Exception, event: str, reason: str
) -> None:
    messenger = messenger_to(Slack(answer))

    with capture_logs() as log:
        messenger.post("hello")
        await messenger.close()

    (line,) = log
    assert (line["event"], line["log_level"]) == (event, "warning")
    assert line["reason"].startswith(reason)


async def test_there_can_be_time_for_a_slow_answer() -> None:
    answered = asyncio.Event()

    async def answer(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(2 * slack_messenger.CLOSING_SECONDS)
        answered.set()
        return httpx.Response(200, json={"ok": True})

    messenger = SlackMessenger("xoxb-token", "alerts", transport=httpx.MockTransport(answer))
    messenger.post("hello")
    await messenger.close(seconds=10)

    assert answered.is_set()


async def test_an_answer_that_does_not_come_delays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_messenger, "MAX_PENDING", 2)
    started = 0

    async def hang(_request: httpx.Request) -> httpx.Response:
        nonlocal started
        started += 1
        await asyncio.Event().wait()
        raise AssertionError

    messenger = SlackMessenger("xoxb-token", "alerts", transport=httpx.MockTransport(hang))
    with capture_logs() as log:
        for _ in range(5):
            messenger.post("hello")
        async with asyncio.timeout(10):
            await messenger.close(seconds=0.01)

    assert started == 2
    assert [line["count"] for line in log] == [1, 1, 1, 2]
