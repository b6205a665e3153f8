"""The library as far as a project meets it: it is called, reads the configuration, and serves.

What it was called with goes into the folder STAND_IN_RECORD, with all it found in `config_path`.
SQL is run; other services, feature stores and models answer with the fields that are declared.
"""

import importlib
import json
import os
import re
import shutil
import sqlite3
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

yaml: Any = importlib.import_module("yaml")

_KINDS = {
    "databases": ("database.yaml", "database", "sources"),
    "operations": ("database.yaml", "database", "operations"),
    "api": ("integrations/api_sources.yaml", "api", "sources"),
    "feast": ("integrations/feast_config.yaml", "feast", "sources"),
    "ml": ("integrations/ml_config.yaml", "ml", "sources"),
}

Scope = Mapping[str, Mapping[str, Any]]


def run_server(host: str, port: int, reload: bool, config_path: str) -> None:
    """Serves until the process is told to end."""
    source, record = Path(config_path), Path(os.environ["STAND_IN_RECORD"])
    shutil.copytree(source, record / "files", dirs_exist_ok=True)
    call = {
        "host": host,
        "port": port,
        "reload": reload,
        "config_path": config_path,
        "CONFIG_PATH": os.environ.get("CONFIG_PATH"),
        "mode": source.stat().st_mode & 0o7777,
        "folder": os.getcwd(),
        "logs": Path("logs").is_dir(),
    }
    (record / "call.json").write_text(json.dumps(call), encoding="utf-8")
    if "STAND_IN_FAILURE" in os.environ:
        raise RuntimeError("the service has a fault of its own")
    service = Service(source, record, watches=reload)
    with ThreadingHTTPServer(("127.0.0.1", port), handler_of(service)) as server:
        server.daemon_threads = True
        server.serve_forever()


class Refused(Exception):
    """A request that gets another status than 200."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status


class Configuration:
    """All files, and the endpoints by where they are."""

    def __init__(self, folder: Path) -> None:
        self.settings = _read(folder / "config.yaml")
        shared = _scope(folder)
        self.endpoints: dict[tuple[str, str], tuple[Mapping[str, Any], Scope]] = {}
        for path in sorted((folder / "domains").iterdir()):
            scope, main = shared, path
            if path.is_dir():
                own = _scope(path)
                scope = {kind: {**shared[kind], **own[kind]} for kind in _KINDS}
                main = path / f"{path.name}.yaml"
            content = _read(main)
            for name, endpoint in content["endpoints"].items():
                self.endpoints[content["domain_id"], name] = endpoint, scope

    @property
    def prefix(self) -> str:
        return str(self.settings["api"]["prefix"])

    def routes(self) -> Iterator[tuple[str, str]]:
        for (domain, name), (endpoint, _) in self.endpoints.items():
            parts = [self.prefix, domain, name]
            parts += [f"{{{one}}}" for one in endpoint.get("request", {}).get("path_params", [])]
            yield endpoint["method"], "/".join(parts)


class Service:
    """Answers requests by the configuration that it has read last."""

    def __init__(self, source: Path, record: Path, *, watches: bool) -> None:
        self._source = source
        self._record = record
        self._watches = watches
        self.reload()

    def reload(self) -> None:
        self._state = self._look()
        self._configuration = Configuration(self._source)
        routes = json.dumps(list(self._configuration.routes()))
        (self._record / "routes.json").write_text(routes, encoding="utf-8")

    def _look(self) -> list[tuple[str, int]]:
        return [(str(path), path.stat().st_mtime_ns) for path in self._source.rglob("*.yaml")]

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Any:
        if self._watches and self._look() != self._state:
            self.reload()
        url = urllib.parse.urlsplit(target)
        settings = self._configuration.settings["api"].get("reload", {})
        if (method, url.path) == ("POST", settings.get("path")):
            if headers.get("Authorization") != f"Bearer {_resolved(settings['token'])}":
                raise Refused(401, "the token is not the one of the configuration")
            self.reload()
            return {"reloaded": True}
        endpoint, scope, entity = self._find(method, url.path)
        taken = endpoint.get("request", {})
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        given = json.loads(body) if body else {}
        if set(query) - set(taken.get("query_params", [])) or set(given) != set(
            taken.get("body", [])
        ):
            raise Refused(422, f"it takes {taken}, and not {query} with {given}")
        values: dict[str, Any] = {
            "request": {
                "path_params": dict(zip(taken.get("path_params", []), entity, strict=True)),
                "query_params": dict.fromkeys(taken.get("query_params", [])) | query,
                "body": given,
            }
        }
        for call in endpoint["data_sources"]:
            params = _filled(call["params"], values)
            values[call["name"]] = self._ask(call, scope, params)
        return _filled(endpoint["response_mapping"], values)

    def _find(self, method: str, path: str) -> tuple[Mapping[str, Any], Scope, list[str]]:
        prefix = f"{self._configuration.prefix}/"
        domain, name, *entity = [*path.removeprefix(prefix).split("/"), ""]
        found = self._configuration.endpoints.get((domain, name))
        if found is None or not path.startswith(prefix):
            raise Refused(404, f"there is no endpoint {path}")
        endpoint, scope = found
        if endpoint["method"] != method:
            raise Refused(405, f"{path} is asked with {endpoint['method']}")
        entity.pop()
        if len(entity) != len(endpoint.get("request", {}).get("path_params", [])):
            raise Refused(404, f"{path} has another number of parts")
        return endpoint, scope, [urllib.parse.unquote(part) for part in entity]

    def _ask(self, call: Mapping[str, Any], scope: Scope, params: Mapping[str, Any]) -> Any:
        kind = call["type"]
        if kind == "database":
            return _query(scope, call["operation"], params)
        source = scope[kind][call["source_id"]]
        asked: dict[str, Any] = {"kind": kind, "params": params}
        if kind == "api":
            operation = source["operations"][call["operation"]]
            named = [
                *operation.get("path_params", []),
                *operation.get("query_params", []),
                *operation.get("body", []),
            ]
            fields = operation["fields"]
            asked["url"] = source["base_url"] + operation["path"].format(**params)
            asked["token"] = _resolved(source["authentication"].get("token", ""))
        elif kind == "feast":
            service = source["feature_services"][call["feature_service"]]
            named = service["entities"]
            fields = [one.partition(":")[2] for one in service["features"]]
        else:
            model = source["models"][call["model"]]
            named, fields = model["inputs"], model["outputs"]
            asked["url"] = _resolved(source["base_url"]) + model["endpoint"]
        if sorted(named) != sorted(params):
            raise Refused(500, f"{call['name']} takes {named} and is given {params}")
        with (self._record / "asked.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(asked) + "\n")
        return {field: f"{kind} {field}" for field in fields}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _scope(folder: Path) -> Scope:
    found: dict[str, Mapping[str, Any]] = {}
    for kind, (file, top, section) in _KINDS.items():
        path = folder / file
        found[kind] = _read(path)[top][section] if path.exists() else {}
    return found


def _resolved(text: str) -> str:
    return re.sub(r"\$\{(\w+)\}", lambda match: os.environ[match[1]], text)


def _filled(value: Any, values: Mapping[str, Any]) -> Any:
    """What `$name.field` stands for, wherever it is in a value."""
    if isinstance(value, dict):
        return {key: _filled(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    found: Any = values
    for part in value[1:].split("."):
        found = found[part]
    return found


def _query(scope: Scope, name: str, params: Mapping[str, Any]) -> Any:
    """An operation on SQLite; what would be another server is the file STAND_IN_DATABASE."""
    operation = scope["operations"][name]
    address = _resolved(scope["databases"][operation["source_id"]]["connection_string"])
    file = os.environ.get("STAND_IN_DATABASE", "")
    if address.startswith("sqlite:///"):
        file = address.removeprefix("sqlite:///")
    if not Path(file).is_file():
        raise Refused(500, f"{name} finds no database {file!r}")
    if set(params) != set(operation["params"]):
        raise Refused(500, f"{name} takes {operation['params']} and is given {sorted(params)}")
    with closing(sqlite3.connect(file, timeout=20)) as connection:
        cursor = connection.execute(operation["query"], params)
        columns = [column for column, *_ in cursor.description or ()]
        if columns != operation["fields"]:
            raise Refused(500, f"{name} gives {columns} instead of {operation['fields']}")
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        connection.commit()
    if operation["returns"] == "many":
        return rows
    if len(rows) != 1:
        raise Refused(404, f"{name} has found {len(rows)} rows")
    return rows[0]


def handler_of(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status = 200
            try:
                content = service.answer(self.command, self.path, dict(self.headers), body)
            except Refused as error:
                status, content = error.status, {"detail": str(error)}
            except Exception as error:
                status, content = 500, {"detail": f"{type(error).__name__}: {error}"}
            text = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            return

    return Handler
