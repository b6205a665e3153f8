"""Postman's collections: their schema, one request for each endpoint, each sent over HTTP."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from layouts.orchestrator_config.project import SECRET, Copies, Copy, Project, checks_of
from layouts.orchestrator_config.service import Running, running
from verification.claims import require, require_equal
from verification.http_api import Client
from verification.linters import accepts, refuses
from verification.report import Check, Once

_SCHEMA = Path(__file__).with_name("postman_collection.schema.json")
# What the schema has to refuse.
_PLANTED = {
    "v2.1.0": "v2.0.0",
    '"method": "GET"': '"method": "TAKE"',
    '"mode": "raw"': '"mode": "rough"',
    '"raw": "{{base_url}}': '"rough": "{{base_url}}',
}
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True)
class Postman:
    """A project's collections and environment."""

    copies: Copies
    # Whether the schema has to refuse what is wrong; one project is enough for that.
    plant: bool = False

    def checks(self, title: str) -> list[Check]:
        copy = Once("a copy for Postman", lambda: self.copies.make("postman"))
        found: dict[str, Callable[[Copy], str]] = {
            "Postman: schema v2.1, environment": partial(_schema, self.plant),
            "Postman: one request per endpoint, each sent": _replay,
        }
        return checks_of(found, copy, title)


def _environment(project: Project) -> Path:
    found = list((project.folder / "tests/postman").glob("*.postman_environment.json"))
    require(len(found) == 1, f"{len(found)} files are Postman's environment")
    return found[0]


def _collections(project: Project) -> list[Path]:
    """One for each domain."""
    found = sorted((project.folder / "tests/postman").glob("*.postman_collection.json"))
    names = {path.name.partition(".")[0] for path in found}
    require_equal("collections", names, {*project.simple, *project.complex})
    return found


def _schema(plant: bool, copy: Copy) -> str:
    project = copy.project
    collections = _collections(project)
    options: list[str | Path] = ["--schemafile", _SCHEMA]
    if plant:
        for old, new in _PLANTED.items():
            refuses("check-jsonschema", options, collections[0], old, new)
    accepts("check-jsonschema", options, collections, project.folder)
    titles = [json.loads(path.read_text(encoding="utf-8"))["info"]["name"] for path in collections]
    require_equal("different names", len(set(titles)), len(collections))
    environment = json.loads(_environment(project).read_text(encoding="utf-8"))
    require(bool(environment["name"]), "the environment has no name")
    require_equal("scope", environment["_postman_variable_scope"], "environment")
    for one in environment["values"]:
        require_equal("a variable", set(one), {"key", "value", "type", "enabled"})
    names = [one["key"] for one in environment["values"]]
    require_equal("variables", len(set(names)), len(names))
    used = {
        name for path in collections for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    require_equal("variables that requests have", used, set(names))
    return f"{len(collections)} collections, {len(names)} variables"


@dataclass(frozen=True)
class _Request:
    """What Postman would send, its variables replaced."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str | None

    @property
    def target(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _requests(project: Project) -> Iterator[_Request]:
    environment = json.loads(_environment(project).read_text(encoding="utf-8"))
    values = {one["key"]: one["value"] for one in environment["values"] if one["enabled"]}

    def filled(text: str) -> str:
        return _VARIABLE.sub(lambda match: str(values[match[1]]), text)

    def found(items: list[Any]) -> Iterator[_Request]:
        for item in items:
            if "item" in item:
                yield from found(item["item"])
                continue
            request = item["request"]
            url = request["url"]
            query = "&".join(f"{one['key']}={one['value']}" for one in url.get("query", ()))
            address = "/".join([*url["host"], *url["path"]]) + (f"?{query}" if query else "")
            require_equal("an address and its parts", url["raw"], address)
            headers = {one["key"]: one["value"] for one in request.get("header", ())}
            body = request.get("body")
            yield _Request(
                request["method"], filled(address), headers, filled(body["raw"]) if body else None
            )

    for path in _collections(project):
        yield from found(json.loads(path.read_text(encoding="utf-8"))["item"])


def _replay(copy: Copy) -> str:
    """Against the address of the environment file, where `run.py` listens by default."""
    requests = list(_requests(copy.project))
    with running(copy, port=copy.project.port) as one:
        routes = one.recorded.routes
        sent = Counter(_route_of(request, routes) for request in requests)
        require_equal("requests for each endpoint", sent, Counter(routes))
        for request in requests:
            _send(request, copy.project.port)
        # Again: what the first left behind does not keep the next from being answered.
        for request in requests:
            _send(request, copy.project.port)
        asked = _require_asked(copy, one)
    return f"{len(requests)} requests, {asked} others asked"


def _route_of(request: _Request, routes: list[tuple[str, str]]) -> tuple[str, str]:
    path = urlsplit(request.url).path
    for method, route in routes:
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route))
        if method == request.method and re.fullmatch(pattern, path):
            return method, route
    require(False, f"no endpoint is {request.method} {path}")
    return "", ""


def _send(request: _Request, port: int) -> None:
    parts = urlsplit(request.url)
    require_equal("host", (parts.hostname, parts.port), ("localhost", port))
    answer = Client(port).call(
        request.method, request.target, raw=request.body, headers=request.headers
    )
    require(bool(answer.require(200).json), f"{answer.what} answered nothing: {answer.text}")
    require("$" not in answer.text, f"{answer.what} is not filled: {answer.text}")
    if request.body is not None:
        for name, value in json.loads(request.body).items():
            require_equal(f"{answer.what}: {name}", answer.json[name], value)


def _require_asked(copy: Copy, one: Running) -> int:
    """Other services with their own tokens; every source of the integrations by some endpoint."""
    asked = one.recorded.asked()
    if not copy.project.example:
        require_equal("asked", asked, [])
        return 0
    kinds = {entry["kind"] for entry in asked}
    require_equal("asked", kinds, {"api", "feast", "ml"})
    for entry in asked:
        if entry["kind"] == "api":
            require(entry["token"].startswith(SECRET), f"a token is {entry['token']}")
            require("{" not in entry["url"], f"an address is {entry['url']}")
    tokens = {entry["token"] for entry in asked if entry["kind"] == "api"}
    expected = 1 + len(copy.project.complex) if copy.project.simple else len(copy.project.complex)
    require_equal("different tokens", len(tokens), expected)
    return len(asked)
