"""What happens around every request: an id, a limit, a measurement, a log line, a last resort."""

import logging
import re
import time
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src.api.errors import ApiError, error_response
from src.monitoring.prometheus import HttpMetrics
from src.utils.logging import request_id

REQUEST_ID_HEADER = "X-Request-ID"

# An id from outside goes into logs and the database, so it may not be anything.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LONGEST_BODY = 1024 * 1024
# Asked for every few seconds by machines.
_NOT_LOGGED = frozenset({"/health", "/ready", "/metrics"})

log = logging.getLogger(__name__)


class RequestMiddleware:
    def __init__(self, app: ASGIApp, metrics: HttpMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        current = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        token = request_id.set(current)
        started = time.perf_counter()
        status: int | None = None
        received = 0

        async def receive_some() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > _LONGEST_BODY:
                raise ApiError(413, "body_too_large", "A body may have one megabyte")
            return message

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID_HEADER] = current
            await send(message)

        try:
            with self._metrics.in_progress.track_inprogress():
                await self._app(scope, receive_some, send_with_id)
        except Exception:
            log.exception("unexpected error")
            if status is not None:
                raise  # the answer has begun: only breaking off tells the client
            response = error_response(500, "internal_error", "Something unexpected went wrong")
            await response(scope, receive, send_with_id)
        finally:
            self._record(scope, status or 500, time.perf_counter() - started)
            request_id.reset(token)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None)
        self._metrics.observe(scope["method"], route, status, seconds)
        if route not in _NOT_LOGGED:
            log.info(
                "%s %s",
                scope["method"],
                scope["path"],
                extra={
                    "status": status,
                    "milliseconds": round(seconds * 1000, 1),
                    "client": scope.get("api_client"),
                },
            )
