"""What Slack sends: commands that users type, and the buttons that they press."""

import hashlib
import hmac
import json
import time
from collections.abc import Collection
from urllib.parse import parse_qs

import structlog
from werkzeug.datastructures import Headers
from werkzeug.exceptions import Unauthorized

from <<PACKAGE>>.commands import CommandHandler, Reply
from <<PACKAGE>>.interactions import InteractionHandler
from <<PACKAGE>>.positions import RefusalError
from <<PACKAGE>>.slack_messenger import SlackMessenger

# An older request may be a recording that somebody plays back.
MAX_AGE_SECONDS = 300
APPROVE = "approve"
DROP = "drop"

logger = structlog.get_logger(__name__)


class SlackGateway:
    """Hands requests from Slack to the handlers, once they are known to be from an approved user."""

    def __init__(
        self,
        *,
        signing_secret: str,
        approved_user_ids: Collection[str],
        command_handler: CommandHandler,
        interaction_handler: InteractionHandler,
        messenger: SlackMessenger,
    ) -> None:
        self._signing_secret = signing_secret
        self._approved_user_ids = approved_user_ids
        self._command_handler = command_handler
        self._interaction_handler = interaction_handler
        self._messenger = messenger

    async def command(self, headers: Headers, body: bytes) -> dict[str, object]:
        """Answers a slash command with a message that only its user sees."""
        form = self._verified(headers, body)
        user_id = form.get("user_id", "")
        try:
            self._check_user(user_id)
            reply = await self._command_handler.handle(user_id, form.get("text", ""))
        except RefusalError as error:
            reply = Reply(str(error))
        return _message(reply)

    async def interaction(self, headers: Headers, body: bytes) -> None:
        """Carries out what a button stands for; the result takes the place of the buttons."""
        payload = json.loads(self._verified(headers, body)["payload"])
        user_id = payload["user"]["id"]
        button = payload["actions"][0]
        try:
            self._check_user(user_id)
            text = await self._interaction_handler.handle(
                user_id, button["value"], approved=button["action_id"] == APPROVE
            )
        except RefusalError as error:
            text = str(error)
        self._messenger.respond(payload["response_url"], text)

    def _verified(self, headers: Headers, body: bytes) -> dict[str, str]:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        expected = sign(self._signing_secret, timestamp, body)
        recent = timestamp.isdecimal() and abs(time.time() - int(timestamp)) <= MAX_AGE_SECONDS
        if not hmac.compare_digest(signature.encode(), expected.encode()) or not recent:
            raise Unauthorized("the request does not come from Slack, or comes too late")
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}

    def _check_user(self, user_id: str) -> None:
        if user_id not in self._approved_user_ids:
            logger.warning("slack_user_refused", user_id=user_id)
            raise UserNotApprovedError


class UserNotApprovedError(RefusalError):
    """Somebody in Slack who may not use this service."""

    def __init__(self) -> None:
        super().__init__("You are not approved to use this service.")


def sign(signing_secret: str, timestamp: str, body: bytes) -> str:
    """The signature that Slack makes of a request."""
    signed = b":".join([b"v0", timestamp.encode(), body])
    return "v0=" + hmac.new(signing_secret.encode(), signed, hashlib.sha256).hexdigest()


def _message(reply: Reply) -> dict[str, object]:
    message: dict[str, object] = {"response_type": "ephemeral", "text": reply.text}
    if reply.confirmation is not None:
        buttons = [
            _button("Yes", APPROVE, reply.confirmation, style="primary"),
            _button("No", DROP, reply.confirmation, style="danger"),
        ]
        message["blocks"] = [
            {"type": "section", "text": {"type": "plain_text", "text": reply.text}},
            {"type": "actions", "elements": buttons},
        ]
    return message


def _button(text: str, action_id: str, value: str, *, style: str) -> dict[str, object]:
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": text},
        "action_id": action_id,
        "value": value,
        "style": style,
    }
