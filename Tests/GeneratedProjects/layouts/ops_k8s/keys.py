"""Who may ask the service: the keys of its clients, made and used as the documents say."""

from collections.abc import Mapping

from layouts.ops_k8s.shell import Shell
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.http_api import Client

_MODEL = "/v1/model"
_OPEN = ("/health", "/ready", "/metrics")
_CLOSED = (_MODEL, "/docs", "/openapi.json", "/nowhere")


def require_keys(shell: Shell, settings: Mapping[str, str]) -> str:
    """In production: not without any; with one, for its client alone."""
    production = {**settings, "ENVIRONMENT": shell.project.environments[0]}
    _require_none_is_refused(shell, production)
    told = shell.module("src.api.keys", settings, "billing").out.splitlines()
    require_equal("lines for a new key", len(told), 2)
    key = told[0].removeprefix("X-API-Key: ")
    name, entry = told[1].split("=")
    require_equal("the setting", name, "API_KEYS")
    require(key not in entry and len(key) >= 32, "the setting has the key itself, or it is short")
    with shell.api({**production, name: entry}, "api-with-keys") as running:
        port = shell.services.ports.api
        for path in _CLOSED:
            refused = Client(port).call("GET", path).require(401)
            require_equal(f"{path}: the error", refused.json["error"]["code"], "unauthorized")
        for path in _OPEN:
            Client(port).call("GET", path).require(200)
        Client(port).call("GET", _MODEL, headers={"X-API-Key": key}).require(200)
        Client(port, f"Bearer {key}").call("GET", _MODEL).require(200)
        Client(port, f"Bearer {entry.partition(':')[2]}").call("GET", _MODEL).require(401)
        require('"client": "billing"' in running.output, f"the log\n{running.output}")
        require(key not in running.output, "the log has the key")
    return f"{len(_CLOSED)} paths are closed, {len(_OPEN)} open"


def _require_none_is_refused(shell: Shell, settings: Mapping[str, str]) -> None:
    command: Command = [shell.used.python(), "-m", "uvicorn", "src.api.main:app", "--port", "0"]
    env = shell.environment(settings)
    ended = run(command, cwd=shell.project.folder, env=env, codes=None, seconds=60)
    told = ended.code != 0 and "API_KEYS has to be set" in ended.text
    require(told, f"without keys it ended with {ended.code}\n{ended.text}")
