"""A service as its clients meet it: over HTTP, on loopback."""

import http.client
import json
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verification.commands import CheckError
from verification.servers import LOOPBACK

_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What the service has answered."""

    what: str
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.text)
        except ValueError:
            raise CheckError(f"{self.what} answered without JSON: {self.text!r}") from None

    def require(self, *statuses: int) -> "Answer":
        if self.status not in statuses:
            expected = " or ".join(map(str, statuses))
            raise CheckError(f"{self.what} answered {self.status}, not {expected}: {self.text}")
        return self


@dataclass(frozen=True)
class Client:
    """`authorization` is the header of that name, if any."""

    port: int
    authorization: str = ""

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        form: Mapping[str, str] | None = None,
        raw: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        sent = dict(headers or {})
        if self.authorization:
            sent.setdefault("Authorization", self.authorization)
        data = raw
        if form is not None:
            data = urllib.parse.urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            data = json.dumps(body)
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=_SECONDS)
        try:
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            text = response.read().decode()
        except TimeoutError:
            raise CheckError(f"{method} {path}: no answer within {_SECONDS} s") from None
        finally:
            connection.close()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(f"{method} {path}", response.status, told, text)

    def attempt(self, path: str) -> Answer | None:
        """None where nothing answers yet, or what was about to has gone: both are waited out."""
        try:
            return self.call("GET", path)
        except (OSError, http.client.HTTPException, CheckError):
            return None

    def answers(self, path: str) -> bool:
        """Whether something there answers with 200, whatever it says."""
        answer = self.attempt(path)
        return answer is not None and answer.status == 200
