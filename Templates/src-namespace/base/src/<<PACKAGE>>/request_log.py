"""One line in the log for each request, with an id that all its other lines have too."""

import asyncio
import re
import time
import uuid
from collections.abc import Awaitable, Callable

import structlog
from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent, HTTPScope, Scope

# A foreign id ends up in the log: nothing but harmless characters.
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
# Probes come every few seconds and say nothing.
_QUIET_PATHS = frozenset({"/health", "/ready"})

type ASGIApp = Callable[[Scope, ASGIReceiveCallable, ASGISendCallable], Awaitable[None]]

logger = structlog.get_logger(__name__)


class RequestLog:
    """Middleware around the application, which also sees what is cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        status: int | None = None
        answered = False
        started = time.perf_counter()

        def log(event: str, level: str) -> None:
            getattr(logger, level)(
                event,
                method=scope["method"],
                path=scope["path"],
                status=status,
                duration_ms=round((time.perf_counter() - started) * 1000, 1),
            )

        async def logged_send(message: ASGISendEvent) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)
            if message["type"] == "http.response.body" and not message["more_body"]:
                answered = True
                if scope["path"] not in _QUIET_PATHS:
                    log("request", "info")

        structlog.contextvars.clear_contextvars()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, logged_send)
            except asyncio.CancelledError:
                if not answered:
                    log("request_cut_off", "warning")
                raise
            if not answered:
                log("request_abandoned", "info")


def _request_id(scope: HTTPScope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value.decode()
    return uuid.uuid4().hex
