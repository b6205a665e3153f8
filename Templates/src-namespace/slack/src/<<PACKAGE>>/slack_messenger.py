"""Messages to Slack. They are sent on the side, and nothing depends on their arrival."""

import asyncio
from collections.abc import Mapping

import httpx
import structlog

<<@if EXAMPLE>>
from <<PACKAGE>>.positions import Action, Position, PositionChange

<<@end>>
POST_MESSAGE_URL = "https://slack.com/api/chat.postMessage"
TIMEOUT_SECONDS = 5.0
# More than that wait only while Slack does not answer.
MAX_PENDING = 100
CLOSING_SECONDS = 0.1

logger = structlog.get_logger(__name__)


class SlackMessenger:
<<@if EXAMPLE>>
    """Posts to one channel, and answers what Slack has sent."""
<<@else>>
    """Posts to one channel."""
<<@end>>

    def __init__(
        self, token: str, channel: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._token = token
        self._channel = channel
        self._http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, transport=transport)
        self._pending: set[asyncio.Task[None]] = set()

<<@if EXAMPLE>>
    def position_changed(self, action: Action, change: PositionChange, position: Position) -> None:
        """Tells the channel what has happened to a position."""
        self.post(f"{change.key}: {action} by {change.quantity:f}, now {position.quantity:f}")

<<@end>>
    def post(self, text: str) -> None:
        """Posts to the channel."""
        headers = {"Authorization": f"Bearer {self._token}"}
<<@if EXAMPLE>>
        self._send(POST_MESSAGE_URL, {"channel": self._channel, "text": text}, headers)
<<@else>>
        self._send({"channel": self._channel, "text": text}, headers)
<<@end>>

<<@if EXAMPLE>>
    def respond(self, response_url: str, text: str) -> None:
        """Puts a text in the place of the message whose button was pressed."""
        self._send(response_url, {"replace_original": True, "text": text})

<<@end>>
    async def close(self, *, seconds: float = CLOSING_SECONDS) -> None:
        """Gives what is under way a moment to arrive."""
        if self._pending:
            _, overdue = await asyncio.wait(self._pending, timeout=seconds)
            for task in overdue:
                task.cancel()
            if overdue:
                logger.warning("slack_messages_dropped", count=len(overdue))
        await self._http.aclose()

<<@if EXAMPLE>>
    def _send(
        self, url: str, content: dict[str, object], headers: Mapping[str, str] | None = None
    ) -> None:
<<@else>>
    def _send(self, content: dict[str, object], headers: Mapping[str, str]) -> None:
<<@end>>
        if len(self._pending) >= MAX_PENDING:
            logger.warning("slack_messages_dropped", count=1)
            return
<<@if EXAMPLE>>
        task = asyncio.create_task(self._deliver(url, content, headers), name="slack message")
<<@else>>
        task = asyncio.create_task(self._deliver(content, headers), name="slack message")
<<@end>>
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

<<@if EXAMPLE>>
    async def _deliver(
        self, url: str, content: dict[str, object], headers: Mapping[str, str] | None
    ) -> None:
        try:
            response = await self._http.post(url, json=content, headers=headers)
            response.raise_for_status()
            # The API says 200 to what it refuses; a response URL answers with a bare "ok"
            if url == POST_MESSAGE_URL and not response.json()["ok"]:
<<@else>>
    async def _deliver(self, content: dict[str, object], headers: Mapping[str, str]) -> None:
        try:
            response = await self._http.post(POST_MESSAGE_URL, json=content, headers=headers)
            response.raise_for_status()
            # The API says 200 to what it refuses
            if not response.json()["ok"]:
<<@end>>
                logger.warning("slack_message_refused", reason=response.json().get("error"))
        except Exception as error:  # noqa: BLE001 - whatever it is, the service goes on
            logger.warning("slack_message_failed", reason=repr(error))
