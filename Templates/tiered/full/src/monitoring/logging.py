"""Logs as JSON lines, each with the id of the request or task that it belongs to."""

import logging
import re
import sys
import time
import uuid
from typing import TextIO

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import Processor

logger = structlog.get_logger(__name__)

REQUEST_ID_HEADER = "X-Request-ID"

# A foreign id ends up in logs and in headers of other services: nothing but harmless characters.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

# Probes and scrapes come every few seconds and say nothing.
_QUIET_PATHS = frozenset({"/health", "/health/ready", "/metrics"})

# They bring handlers of their own, whose lines would not be JSON.
_FOREIGN_LOGGERS = ("celery", "celery.task", "celery.redirected", "uvicorn", "uvicorn.error")


def configure_logging(
    level: str = "INFO", *, as_json: bool = True, stream: TextIO | None = None
) -> None:
    """Sends the logs of this service and of its libraries to `stream` in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    rendering: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        rendering += [
            structlog.processors.ExceptionRenderer(),
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(),
        ]
    else:
        rendering.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()))
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=rendering)
    )
    root = logging.getLogger()
    for previous in list(root.handlers):
        # Other handlers, those of pytest or Sentry, stay.
        if isinstance(previous.formatter, structlog.stdlib.ProcessorFormatter):
            root.removeHandler(previous)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _FOREIGN_LOGGERS:
        foreign = logging.getLogger(name)
        foreign.handlers.clear()
        foreign.propagate = True
    # The middleware below writes these lines, with the request id.
    logging.getLogger("uvicorn.access").disabled = True
    # It logs whole URLs at INFO, and a query may hold a secret.
    logging.getLogger("httpx").setLevel(max(logging.WARNING, root.level))


class RequestContextMiddleware:
    """Gives each request an id, or keeps the caller's; logs one line when it is done.

    The id is in every log line of the request, in the answer's `X-Request-ID`, in
    `request.state.request_id`, and goes along to tasks and to other services.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()
        # What the log says if the application raises before it answers.
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID_HEADER] = request_id
            await send(message)

        structlog.contextvars.clear_contextvars()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            except Exception:
                logger.exception("request_failed", method=scope["method"], path=scope["path"])
                raise
            finally:
                if scope["path"] not in _QUIET_PATHS or status >= 500:
                    logger.info(
                        "request",
                        method=scope["method"],
                        path=scope["path"],
                        status=status,
                        duration_ms=round((time.perf_counter() - started) * 1000, 1),
                    )
