"""The service really runs: from the console script, over HTTP, on loopback."""

import contextlib
import http.client
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from layouts.src_namespace.answers import (
    ERROR,
    GUARDED,
    basic,
    operator,
    positions,
    require_answers,
)
from layouts.src_namespace.project import ACCOUNTS, PASSWORD, USERNAME, Project
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.http_api import Client
from verification.project import in_path
from verification.python_code import Used
from verification.redis import redis_server
from verification.report import Check
from verification.servers import LOOPBACK, Server, answers, server

# From the signal to the end of the process.
_ODD = Path(__file__).with_name("odd_service.py")


@dataclass(frozen=True)
class Service:
    """A project's service, started by its owner."""

    used: Used[Project]
    scratch: Path
    port: int
    project_has_example: bool = True

    @property
    def project(self) -> Project:
        return self.used.project()

    @property
    def settings(self) -> dict[str, str]:
        return self.project.settings(self.port)

    def environment(
        self, extra: Mapping[str, str] | None = None, *, complete: bool = True
    ) -> dict[str, str]:
        settings = self.settings if complete else {}
        return self.project.environment(self.used.python(), settings | dict(extra or {}))

    def ready(self) -> bool:
        return answers(self.port, "/ready")

    @contextmanager
    def process(
        self,
        settings: Mapping[str, str],
        name: str,
        *,
        command: Command | None = None,
        cwd: Path | None = None,
    ) -> Iterator[Server]:
        """From its first moment on; whoever starts it stops it."""
        log = self.scratch / f"{self.project.name}-{name}.log"
        env = self.environment(settings)
        chosen = command or [in_path(env, self.project.script)]
        where = cwd or self.scratch
        with server(chosen, log, cwd=where, env=env, ports=[self.port]) as started:
            yield started

    @contextmanager
    def running(
        self,
        settings: Mapping[str, str],
        name: str,
        *,
        command: Command | None = None,
        cwd: Path | None = None,
    ) -> Iterator[Server]:
        """Ready; that SIGTERM stops it cleanly is part of it."""
        with self.process(settings, name, command=command, cwd=cwd) as started:
            started.wait_until(self.ready, f"the service on {self.port}")
            yield started
            code = started.stop()
            require(
                code == 0 and "Traceback" not in started.output,
                f"SIGTERM ended the service with {code}\n{started.output}",
            )

    @property
    def odd(self) -> Command:
        """The service with requests that last or fail; -P: it does not import from here."""
        return [self.used.python(), "-P", _ODD, self.project.package]

    def require_answers(self) -> str:
        return require_answers(self.port, self.project)

    # The checks

    def checks(self, title: str) -> list[Check]:
        """What is about positions, where there are any."""
        found = {
            f"commands are confirmed before they change anything{title}": self._commands,
            f"positions in Redis outlive the service{title}": self._redis,
        }
        return [
            Check(f"health, ready, guarded routes and errors over HTTP{title}", self._http),
            *(Check(name, make) for name, make in found.items() if self.project_has_example),
            Check(f"all variables at fault are told at once{title}", self._variables),
            Check(f"modes differ as documented{title}", self._modes),
            Check(f"an unexpected error, in the answer and in the log{title}", self._unexpected),
            Check(f"a route that says nothing is guarded{title}", self._unsaid),
            Check(f"README's requests{title}", self._documented_requests),
        ]

    def _http(self) -> str:
        with self.running({}, "http") as started:
            seen = self.require_answers()
            require(PASSWORD not in started.output, "the log has the password")
            return seen

    def _commands(self) -> str:
        with self.running({}, "commands"):
            api = operator(self.port)
            asked = f"increase bybit {ACCOUNTS[0]} BTCUSDT 2"
            told = api.call("POST", "/commands", {"text": asked}).require(200).json
            require_equal("positions", positions(api), {})
            answer = {"confirmation": told["confirmation"], "approved": True}
            api.call("POST", "/interactions", answer).require(200)
            require_equal("positions", positions(api), {(ACCOUNTS[0], "BTCUSDT"): Decimal(2)})
            api.call("POST", "/interactions", answer).require(409)
            forged = answer | {"confirmation": told["confirmation"][:-2] + "xx"}
            api.call("POST", "/interactions", forged).require(409)
            api.call("POST", "/commands", {"text": "sell everything"}).require(422)
            shown = api.call("POST", "/commands", {"text": "show"}).require(200).json
            require("BTCUSDT 2" in shown["text"], f"show says {shown['text']!r}")
            return "asked, confirmed, spent"

    def _redis(self) -> str:
        """And where Redis is gone, the service is alive but not ready."""
        folder = self.scratch / f"redis-{self.project.name}"
        change = {"exchange": "bybit", "account_id": ACCOUNTS[1], "symbol": "ETHUSDT"}
        with redis_server(self.port + 1, folder) as redis:
            settings = {"REDIS_URL": redis.url}
            for quantity in ("1.5", "0.25"):
                with self.running(settings, "redis"):
                    api = operator(self.port)
                    api.call("POST", "/increase_position", change | {"quantity": quantity})
            with self.running(settings, "redis"):
                expected = {(ACCOUNTS[1], "ETHUSDT"): Decimal("1.75")}
                require_equal("positions", positions(operator(self.port)), expected)
        with self.process(settings, "no-redis") as started:
            started.wait_until(lambda: answers(self.port, "/health"), "the service")
            Client(self.port).call("GET", "/ready").require(503)
            operator(self.port).call("GET", "/positions").require(503)
            require_equal("the exit code", started.stop(), 0)
        return "1.5 and 0.25 are 1.75 after a restart"

    def _refused(self, settings: Mapping[str, str], names: Sequence[str]) -> None:
        """One line for each, none about another variable, and no traceback."""
        env = self.environment(settings, complete=False)
        command = [in_path(env, self.project.script)]
        result = run(command, cwd=self.scratch, env=env, codes=None)
        known = self._documented() | {"SLACK_OAUTH_MOTHER"}
        told = {name for name in known if re.search(rf"\b{name}\b", result.err)}
        require(
            result.code not in (0, None) and told == set(names) and "Traceback" not in result.text,
            f"it ended with {result.code}; told are {sorted(told)}, expected {sorted(names)}\n"
            f"{result.text}",
        )
        for secret in (PASSWORD, settings.get("QUART_SECRET_KEY", "")):
            require(not secret or secret not in result.text, f"a secret is shown\n{result.text}")

    def _documented(self) -> set[str]:
        """All that .env.example has, in use or not."""
        text = (self.project.folder / ".env.example").read_text(encoding="utf-8")
        return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))

    def _variables(self) -> str:
        complete = self.settings
        demanded = set(complete) - {"SERVER_PORT"}
        lacking = demanded - self._documented()
        require(not lacking, f".env.example lacks {', '.join(sorted(lacking))}")
        self._refused({}, sorted(demanded))
        self._refused(dict.fromkeys(complete, ""), sorted(demanded))
        for name in demanded:
            self._refused({key: complete[key] for key in complete if key != name}, [name])
        wrong = {
            "MODE": "production",
            "SERVER_IP": "localhost:80",
            "SERVER_PORT": "70000",
            f"{self.project.variable}_API_AUTH_USERNAME": "with:colon",
            "SHUTDOWN_GRACE_SECONDS": "soon",
            "SHUTDOWN_DEADLINE_SECONDS": "-1",
        }
        if self.project.example:
            wrong |= {"BYBIT_ACCOUNT_IDS": "main,,main", "REDIS_URL": "http://localhost"}
        if self.project.slack:
            wrong["SLACK_MODE"] = "perhaps"
        self._refused(complete | wrong, sorted(wrong))
        early = {"SHUTDOWN_GRACE_SECONDS": "5", "SHUTDOWN_DEADLINE_SECONDS": "5"}
        self._refused(complete | early, ["SHUTDOWN_DEADLINE_SECONDS"])
        return f"{4 + len(demanded)} starts"

    def _modes(self) -> str:
        """Production is stricter; so is staging. Development says more."""
        prefix = self.project.variable
        weak = {f"{prefix}_API_AUTH_PASSWORD": "short", "QUART_SECRET_KEY": "short"}
        for mode in ("prod", "staging"):
            self._refused(self.settings | weak | {"MODE": mode}, sorted(weak))
            with self.running({"MODE": mode}, mode) as started:
                operator(self.port).call(*GUARDED[self.project.example]).require(200)
                lines = started.output.splitlines()
            broken = [line for line in lines if not line.startswith("{")]
            require(bool(lines) and not broken, f"not JSON in the log of {mode}: {broken}")
        with self.running(weak | {"MODE": "dev"}, "dev"):
            pass
        if self.project.slack:
            tokens = {"prod": "SLACK_OAUTH_MOTHER", "dev": "SLACK_OAUTH_DEV_MOTHER"}
            tokens["staging"] = tokens["dev"]
            for mode, token in tokens.items():
                slack = {"MODE": mode, "SLACK_MODE": "true"}
                names = [token]
                if self.project.example:
                    names += ["SLACK_SIGNING_SECRET", "APPROVED_USER_IDS"]
                self._refused(self.settings | slack, names)
        return "prod, dev, staging"

    def _unexpected(self) -> str:
        """The log has the reason and the request's id, the answer does not; locals have neither."""
        for mode in ("prod", "dev"):
            with self.process({"MODE": mode}, f"odd-{mode}", command=self.odd) as started:
                started.wait_until(self.ready, "the service")
                answer = Client(self.port).call("GET", "/fail", headers={"X-Request-ID": "id-7"})
                require_equal("an error", set(answer.require(500).json), ERROR)
                require_equal("x-request-id", answer.headers.get("x-request-id"), "id-7")
                require_equal("the exit code", started.stop(), 0)
            log = started.output
            for told in ("the reason, of 20 letters", "ArithmeticError", "id-7", "/fail"):
                require(told in log, f"the log of {mode} lacks {told!r}\n{log}")
            require("nobody-may-read-this" not in log, f"{mode} logs local variables\n{log}")
            require("letters" not in answer.text, f"the answer tells the reason: {answer.text}")
        return "prod, dev"

    def _unsaid(self) -> str:
        """Neither by a request nor by a WebSocket does anybody get in without credentials."""
        authorization = basic(USERNAME, PASSWORD)
        with self.process({}, "unsaid", command=self.odd) as started:
            started.wait_until(self.ready, "the service")
            Client(self.port).call("GET", "/unsaid").require(401)
            Client(self.port, authorization).call("GET", "/unsaid").require(200)
            seen = [self._open_socket("/unsaid-socket", one) for one in ("", authorization)]
            require_equal("WebSockets without and with credentials", seen, [401, 101])
            require_equal("the exit code", started.stop(), 0)
        return "401 without credentials, by HTTP and WebSocket"

    def _open_socket(self, path: str, authorization: str) -> int:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=10)
        headers = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        }
        if authorization:
            headers["Authorization"] = authorization
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status

    def _documented_requests(self) -> str:
        """With the `.env` that a project comes with."""
        text = (self.project.folder / ".env").read_text(encoding="utf-8")
        settings = dict(re.findall(r"^([A-Z][A-Z0-9_]+)=(.*)$", text, re.MULTILINE))
        given = settings.pop("SERVER_PORT")
        with self.running(settings, "requests"):
            tried = self.project.try_requests({f":{given}": f":{self.port}"})
        return f"{tried} requests"
