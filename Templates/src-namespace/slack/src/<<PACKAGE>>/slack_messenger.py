"""Messages to Slack. They are sent on the side, and nothing depends on their arrival."""

import asyncio
from collections.abc import Mapping

import httpx
import structlog

from <<PACKAGE>>.positions import Action, Position, PositionChange

POST_MESSAGE_URL = "https://slack.com/api/chat.postMessage"
TIMEOUT_SECONDS = 5.0
# More than that wait only while Slack does not answer.
MAX_PENDING = 100
CLOSING_SECONDS = 0.1

logger = structlog.get_logger(__name__)


class SlackMessenger:
    """Posts to one channel, and answers what Slack has sent."""

    def __init__(
        self, token: str, channel: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._token = token
        self._channel = channel
        self._http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, transport=transport)
        self._pending: set[asyncio.Task[None]] = set()

    def position_changed(self, action: Action, change: PositionChange, position: Position) -> None:
        """Tells the channel what has happened to a position."""
        self.post(f"{change.key}: {action} by {change.quantity:f}, now {position.quantity:f}")

    def post(self, text: str) -> None:
        """Posts to the channel."""
        headers = {"Authorization": f"Bearer {self._token}"}
        self._send(POST_MESSAGE_URL, {"channel": self._channel, "text": text}, headers)

    def respond(self, response_url: str, text: str) -> None:
        """Puts a text in the place of the message whose button was pressed."""
        self._send(response_url, {"replace_original": True, "text": text})

    async def close(self) -> None:
        """Gives what is under way a moment to arrive."""
        if self._pending:
            _, overdue = await asyncio.wait(self._pending, timeout=CLOSING_SECONDS)
            for task in overdue:
                task.cancel()
            if overdue:
                logger.warning("slack_messages_dropped", count=len(overdue))
        await self._http.aclose()

    def _send(
        self, url: str, content: dict[str, object], headers: Mapping[str, str] | None = None
    ) -> None:
        if len(self._pending) >= MAX_PENDING:
            logger.warning("slack_messages_dropped", count=1)
            return
        task = asyncio.create_task(self._deliver(url, content, headers), name="slack message")
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    async def _deliver(
        self, url: str, content: dict[str, object], headers: Mapping[str, str] | None
    ) -> None:
        try:
            response = await self._http.post(url, json=content, headers=headers)
            response.raise_for_status()
            # The API says 200 to what it refuses; a response URL answers with a bare "ok"
            if url == POST_MESSAGE_URL and not response.json()["ok"]:
                logger.warning("slack_message_refused", reason=response.json().get("error"))
        except Exception as error:  # noqa: BLE001 - whatever it is, the service goes on
            logger.warning("slack_message_failed", reason=repr(error))
