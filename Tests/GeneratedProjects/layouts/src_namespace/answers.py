"""What a client of a project's service is answered."""

import base64
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial

from layouts.src_namespace.project import ACCOUNTS, PASSWORD, USERNAME, Project
from verification.claims import require, require_equal
from verification.http_api import Answer, Client

ERROR = {"code", "detail", "errors"}
# A route that needs credentials: with the example, and without.
GUARDED: Mapping[bool, tuple[str, str, object]] = {
    True: ("GET", "/positions", None),
    False: ("POST", "/availability", {"available": True}),
}
_JSON = "application/json"
_WAYS = ("increase", "decrease")


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
        require_equal(f"{answer.what}, an error", set(answer.json), ERROR)
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
