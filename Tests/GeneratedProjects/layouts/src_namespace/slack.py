"""Slack's requests to the service, and the service's to Slack: nothing leaves the machine."""

import hashlib
import hmac
import json
import queue
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from typing import Any

from layouts.src_namespace.answers import operator, positions
from layouts.src_namespace.project import ACCOUNTS
from layouts.src_namespace.service import Service
from verification.claims import require, require_equal
from verification.commands import CheckError
from verification.http_api import Answer, Client
from verification.report import Check
from verification.servers import LOOPBACK, stand_in

_SECRET = "signing-secret"  # noqa: S105
_USER = "U0APPROVED"
_SECONDS = 60


@dataclass(frozen=True)
class Slack:
    """The service with SLACK_MODE, and a proxy that keeps it from reaching the real Slack."""

    service: Service

    def checks(self, title: str) -> list[Check]:
        """Commands are a part of the example."""
        found = [Check(f"Slack is told of a failure that ends the service{title}", self._failure)]
        if self.service.project_has_example:
            name = f"Slack: commands, buttons, signatures, notifications{title}"
            found.append(Check(name, self._slack))
        return found

    def _failure(self) -> str:
        """It fails as its port is taken, by somebody who also is in the place of Slack."""
        told: queue.Queue[str] = queue.Queue()
        settings = self._settings() | {"SERVER_PORT": str(self.service.port + 2)}
        with (
            stand_in(self.service.port + 2, refusing(told)),
            self.service.process(settings, "slack-failure") as started,
        ):
            require_equal("the exit code", started.wait(), 1)
        require_equal("notified", _next(told, "slack.com"), "slack.com:443")
        return "slack.com is called once more"

    def _settings(self) -> dict[str, str]:
        settings = {
            "SLACK_MODE": "true",
            "SLACK_OAUTH_DEV_MOTHER": "xoxb-not-a-token",
            "HTTPS_PROXY": f"http://{LOOPBACK}:{self.service.port + 2}",
            "NO_PROXY": LOOPBACK,
        }
        if self.service.project_has_example:
            users = f"{_USER},U0ANOTHER"
            settings |= {"SLACK_SIGNING_SECRET": _SECRET, "APPROVED_USER_IDS": users}
        return settings

    def _slack(self) -> str:
        """A proxy that refuses is Slack being away: the service goes on."""
        told: queue.Queue[str] = queue.Queue()
        port = self.service.port + 2
        with (
            stand_in(port, refusing(told)),
            self.service.running(self._settings(), "slack") as started,
        ):
            refused = self._require_signatures()
            command = f"increase bybit {ACCOUNTS[0]} BTCUSDT 2"
            message = self._command(_USER, command).require(200).text
            require_equal("positions", positions(operator(self.service.port)), {})
            buttons = _buttons(json.loads(message))
            self._press(_USER, buttons[0], port)
            require("BTCUSDT" in _next(told, "{"), "the button's message is not replaced")
            expected = {(ACCOUNTS[0], "BTCUSDT"): Decimal(2)}
            require_equal("positions", positions(operator(self.service.port)), expected)
            require_equal("notified", _next(told, "slack.com"), "slack.com:443")
            started.wait_until(lambda: "slack_message_failed" in started.output, "a log line")
            self._press(_USER, buttons[0], port)
            require_equal("positions", positions(operator(self.service.port)), expected)
            for secret in (_SECRET, "xoxb-not-a-token"):
                require(secret not in started.output, f"the log has {secret}")
        return f"{refused} refused, a position by a button"

    def _send(
        self, path: str, body: str, *, secret: str = _SECRET, age: int = 0, **headers: str
    ) -> Answer:
        timestamp = str(int(time.time()) - age)
        signed = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }
        return Client(self.service.port).call("POST", path, raw=body, headers=sent | headers)

    def _command(self, user: str, text: str, **changed: Any) -> Answer:
        body = urllib.parse.urlencode({"user_id": user, "text": text, "command": "/positions"})
        return self._send("/slack/commands", body, **changed)

    def _press(self, user: str, button: Mapping[str, Any], port: int) -> None:
        payload = {
            "type": "block_actions",
            "user": {"id": user},
            "actions": [{"action_id": button["action_id"], "value": button["value"]}],
            "response_url": f"http://{LOOPBACK}:{port}/response",
        }
        body = urllib.parse.urlencode({"payload": json.dumps(payload)})
        self._send("/slack/interactions", body).require(200)

    def _require_signatures(self) -> int:
        """Somebody else's, an old one, none; and users who are not approved learn nothing."""
        wrong: list[dict[str, Any]] = [
            {"secret": "another"},
            {"age": 3600},
            {"age": -3600},
            {"X-Slack-Signature": ""},
            {"X-Slack-Signature": "v0=ünï"},
            {"X-Slack-Request-Timestamp": "now"},
        ]
        for changed in wrong:
            self._command(_USER, "show", **changed).require(401)
        told = self._command("U0STRANGER", "show").require(200).text
        require("not approved" in told, f"a stranger is told {told}")
        self._command(_USER, "show").require(200)
        return len(wrong) + 1


def refusing(told: queue.Queue[str]) -> type[BaseHTTPRequestHandler]:
    """A proxy that connects nobody, and tells what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            told.put(self.path)
            self._end(502)

        def do_POST(self) -> None:
            told.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._end(200)

        def _end(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    return Handler


def _buttons(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [
        one
        for block in message["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]


def _next(told: queue.Queue[str], beginning: str) -> str:
    """What was told, of what begins so: the order is chance."""
    other: list[str] = []
    try:
        while not (found := told.get(timeout=_SECONDS)).startswith(beginning):
            other.append(found)
    except queue.Empty:
        raise CheckError(f"nothing that begins with {beginning} was sent: {other}") from None
    for one in other:
        told.put(one)
    return found
