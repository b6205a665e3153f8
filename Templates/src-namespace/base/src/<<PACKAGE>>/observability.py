"""What the service tells about itself: structured logs, and failures to Sentry."""

import logging
import sys

import sentry_sdk
import structlog
from sentry_sdk.types import Event, Hint
from structlog.typing import EventDict, Processor, WrappedLogger

# Without local variables, which may be passwords.
_TRACEBACKS = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)


def configure_logging(level: str, *, as_json: bool) -> None:
    """Sends the logs of the service and of its libraries to standard output in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, _wrap],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    rendering: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        rendering += [
            structlog.processors.ExceptionRenderer(_TRACEBACKS),
            structlog.processors.JSONRenderer(),
        ]
    else:
        console = structlog.dev.ConsoleRenderer(
            colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        rendering.append(console)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=rendering)
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _wrap(
    logger: WrappedLogger, method: str, event_dict: EventDict
) -> tuple[tuple[EventDict], dict[str, object]]:
    """Leaves the rendering to the formatter, and an exception where Sentry looks for it."""
    wrap = structlog.stdlib.ProcessorFormatter.wrap_for_formatter
    args, kwargs = wrap(logger, method, event_dict)
    return args, {**kwargs, "exc_info": event_dict.get("exc_info")}


def init_error_tracking(dsn: str | None, *, environment: str) -> None:
    """Sends every line of level ERROR to Sentry, if there is a DSN."""
    if dsn is None:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        before_send=_flatten,
        # What the log says is all there is to say: no integration reports it once more
        auto_enabling_integrations=False,
        include_local_variables=False,
        # How long the end of the process waits for what is not sent yet
        shutdown_timeout=1,
    )


def _flatten(event: Event, hint: Hint) -> Event:
    """Makes of a structured line a title and its fields."""
    record = hint.get("log_record")
    if record is not None and isinstance(record.msg, dict):
        fields = {key: value for key, value in record.msg.items() if key != "exc_info"}
        event["logentry"] = {"message": str(fields.pop("event"))}
        event["extra"] = fields
    return event
