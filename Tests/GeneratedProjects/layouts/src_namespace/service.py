"""The service really runs: from the console script, over HTTP, on loopback."""

import base64
import contextlib
import http.client
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from layouts.src_namespace.project import ACCOUNTS, PASSWORD, USERNAME, Project
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.http_api import Answer, Client
from verification.project import in_path
from verification.python_code import Used
from verification.redis import redis_server
from verification.report import Check
from verification.servers import LOOPBACK, Server, answers, require_free, server

# From the signal to the end of the process.
SECONDS_TO_STOP = 2.0
_JSON = "application/json"
_WAYS = ("increase", "decrease")
_ERROR = {"code", "detail", "errors"}
# A route that needs credentials: with the example, and without.
GUARDED: Mapping[bool, tuple[str, str, object]] = {
    True: ("GET", "/positions", None),
    False: ("POST", "/availability", {"available": True}),
}
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
        require_free([self.port])
        log = self.scratch / f"{self.project.name}-{name}.log"
        env = self.environment(settings)
        chosen = command or [in_path(env, self.project.script)]
        with server(chosen, log, cwd=cwd or self.scratch, env=env) as started:
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
            started.wait_until(self.ready, 30, f"the service on {self.port}")
            yield started
            code = started.stop(20)
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
            started.wait_until(lambda: answers(self.port, "/health"), 30, "the service")
            Client(self.port).call("GET", "/ready").require(503)
            operator(self.port).call("GET", "/positions").require(503)
            require_equal("the exit code", started.stop(20), 0)
        return "1.5 and 0.25 are 1.75 after a restart"

    def _refused(self, settings: Mapping[str, str], names: Sequence[str]) -> None:
        """One line for each, none about another variable, and no traceback."""
        env = self.environment(settings, complete=False)
        command = [in_path(env, self.project.script)]
        result = run(command, cwd=self.scratch, env=env, codes=None, seconds=20)
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
                started.wait_until(self.ready, 30, "the service")
                answer = Client(self.port).call("GET", "/fail", headers={"X-Request-ID": "id-7"})
                require_equal("an error", set(answer.require(500).json), _ERROR)
                require_equal("x-request-id", answer.headers.get("x-request-id"), "id-7")
                require_equal("the exit code", started.stop(20), 0)
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
            started.wait_until(self.ready, 30, "the service")
            Client(self.port).call("GET", "/unsaid").require(401)
            Client(self.port, authorization).call("GET", "/unsaid").require(200)
            seen = [self._open_socket("/unsaid-socket", one) for one in ("", authorization)]
            require_equal("WebSockets without and with credentials", seen, [401, 101])
            require_equal("the exit code", started.stop(20), 0)
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


def basic(username: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode()}"


def operator(port: int) -> Client:
    return Client(port, basic(USERNAME, PASSWORD))


def positions(api: Client) -> dict[tuple[str, str], Decimal]:
    found = api.call("GET", "/positions").require(200).json["positions"]
    return {(one["account_id"], one["symbol"]): Decimal(one["quantity"]) for one in found}


def require_answers(port: int, project: Project) -> str:
    """Health, authentication, what it is for, errors: what a client meets."""
    nobody, api = Client(port), operator(port)
    for path in ("/health", "/ready"):
        nobody.call("GET", path).require(200)
    if project.example:
        change = _change(ACCOUNTS[0], "1")
        guarded = [GUARDED[True], *(("POST", f"/{way}_position", change) for way in _WAYS)]
        refused = _require_authentication(port, guarded)
        require_equal("positions", positions(api), {})
        _require_positions(api)
        errors = _require_errors(api)
    else:
        refused = _require_authentication(port, [GUARDED[False]])
        _require_availability(nobody, api)
        errors = _require_errors_of_skeleton(api)
    for answer in (*refused, *errors):
        require_equal(f"{answer.what}, an error", set(answer.json), _ERROR)
        require_equal(f"{answer.what}, its type", answer.headers["content-type"], _JSON)
    return f"{len(refused)} refused, {len(errors)} errors"


def _require_authentication(port: int, guarded: Sequence[tuple[str, str, object]]) -> list[Answer]:
    wrong = [
        "",
        basic(USERNAME, PASSWORD + "x"),
        basic(USERNAME + "x", PASSWORD),
        basic(USERNAME, ""),
        basic("", ""),
        basic(USERNAME, PASSWORD).replace("Basic", "Bearer"),
        "Basic",
        "Basic not-base64!",
        "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
        "Basic " + base64.b64encode(USERNAME.encode()).decode(),
    ]
    clients = [Client(port, authorization) for authorization in wrong]
    answered = [client.call(*one).require(401) for client in clients for one in guarded]
    for answer in answered:
        challenge = answer.headers.get("www-authenticate", "")
        require(challenge.lower().startswith("basic"), f"{answer.what} challenges by {challenge!r}")
    return answered


def _require_availability(nobody: Client, api: Client) -> None:
    for available, status in ((False, 503), (False, 503), (True, 200)):
        told = api.call("POST", "/availability", {"available": available}).require(200).json
        require_equal("the answer", told, {"available": available})
        nobody.call("GET", "/ready").require(status)
    nobody.call("GET", "/health").require(200)


def _require_errors_of_skeleton(api: Client) -> list[Answer]:
    path = "/availability"
    answered = [
        api.call("GET", "/nowhere").require(404),
        api.call("GET", path).require(405),
        api.call("POST", path, raw="{not JSON").require(400),
        api.call("POST", path, raw="").require(400),
        api.call("POST", path, form={"available": "true"}).require(415),
        api.call("POST", path, raw='"' + "x" * 20_000 + '"').require(413),
        api.call("POST", path, []).require(422),
        api.call("POST", path, {}).require(422),
        api.call("POST", path, {"available": "yes"}).require(422),
        api.call("POST", path, {"available": True, "unknown": 1}).require(422),
    ]
    _require_explained(answered)
    return answered


def _change(account: str, quantity: object) -> dict[str, object]:
    return {
        "exchange": "bybit",
        "account_id": account,
        "symbol": "BTCUSDT",
        "quantity": quantity,
    }


def _require_positions(api: Client) -> None:
    """Increased, decreased, exact, never below zero, each account for itself."""
    first, second = ACCOUNTS
    for quantity in ("0.1", "0.2"):
        api.call("POST", "/increase_position", _change(first, quantity)).require(200)
    api.call("POST", "/increase_position", _change(second, "5")).require(200)
    expected = {(first, "BTCUSDT"): Decimal("0.3"), (second, "BTCUSDT"): Decimal(5)}
    require_equal("positions", positions(api), expected)
    answer = api.call("POST", "/decrease_position", _change(first, "0.05")).require(200).json
    require_equal("the answer", Decimal(answer["quantity"]), Decimal("0.25"))
    api.call("POST", "/decrease_position", _change(first, "0.26")).require(409)
    require_equal("positions", positions(api), expected | {(first, "BTCUSDT"): Decimal("0.25")})
    api.call("POST", "/decrease_position", _change(first, "0.25")).require(200)
    api.call("POST", "/decrease_position", _change(second, "5")).require(200)
    require_equal("positions", positions(api), {})
    with ThreadPoolExecutor(8) as pool:
        send = partial(api.call, "POST", "/increase_position", _change(first, "1"))
        for answer in pool.map(lambda _: send(), range(40)):
            answer.require(200)
    require_equal("positions", positions(api), {(first, "BTCUSDT"): Decimal(40)})
    api.call("POST", "/decrease_position", _change(first, "40")).require(200)


def _require_errors(api: Client) -> list[Answer]:
    path, good = "/increase_position", _change(ACCOUNTS[0], "1")
    answered = [
        api.call("GET", "/nowhere").require(404),
        api.call("GET", path).require(405),
        api.call("DELETE", "/positions").require(405),
        api.call("POST", path, raw="{not JSON").require(400),
        api.call("POST", path, raw="").require(400),
        api.call("POST", path, raw="\x00").require(400),
        api.call("POST", path, form={"quantity": "1"}).require(415),
        api.call("POST", path, raw='"' + "x" * 20_000 + '"').require(413),
        api.call("POST", path, []).require(422),
        api.call("POST", path, {}).require(422),
        api.call("POST", path, good | {"unknown": 1}).require(422),
        api.call("POST", path, good | {"exchange": "nowhere"}).require(422),
        api.call("POST", path, good | {"account_id": "nobody"}).require(422),
        api.call("POST", path, good | {"symbol": "a b\n"}).require(422),
        api.call("POST", "/decrease_position", good).require(409),
    ]
    odd: list[object] = ["0", "-1", "NaN", "Infinity", "-Infinity", "1e999", "1e-999", "one", ""]
    for quantity in [*odd, None, True, [], {}]:
        answered.append(api.call("POST", path, good | {"quantity": quantity}).require(422))
    _require_explained(answered)
    require_equal("positions", positions(api), {})
    return answered


def _require_explained(answered: Sequence[Answer]) -> None:
    for answer in answered:
        if answer.status == 405:
            require("allow" in answer.headers, f"{answer.what} does not say what is allowed")
        if answer.status == 422:
            require(bool(answer.json["errors"]), f"{answer.what} does not say what is wrong")
