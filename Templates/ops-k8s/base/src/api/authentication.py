"""Who has no key gets 401, whatever was asked for: routes that are new are closed as well."""

from collections.abc import Sequence
from typing import Any

from fastapi import Security
from fastapi.params import Depends
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from src.api.errors import error_response
from src.api.keys import ApiKeys

# What probes and Prometheus ask for: they have no key, and get nothing of the customers.
OPEN = frozenset({"/health", "/ready", "/metrics"})

_HEADER = "X-API-Key"
_BEARER = "bearer "


class ApiKeyMiddleware:
    """Before routes are looked for and bodies are read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        keys: ApiKeys = scope["app"].state.services.api_keys
        if keys:
            scope["api_client"] = keys.client_of(_key_of(Headers(scope=scope)))
            if scope["api_client"] is None:
                await _refuse(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _key_of(headers: Headers) -> str:
    """`X-API-Key: KEY`, or else `Authorization: Bearer KEY`."""
    if key := headers.get(_HEADER):
        return key
    given = headers.get("Authorization", "")
    return given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = {"WWW-Authenticate": "Bearer"}
    response = error_response(401, "unauthorized", f"Send a key as {_HEADER}", headers=headers)
    await response(scope, receive, send)


def api_key_schemes() -> Sequence[Depends]:
    """For the API's documentation: either of the two. Who is refused never gets as far as here."""
    schemes: tuple[Any, ...] = (
        APIKeyHeader(name=_HEADER, scheme_name="ApiKey", auto_error=False),
        HTTPBearer(scheme_name="Bearer", auto_error=False),
    )
    return [Security(scheme) for scheme in schemes]
