"""What the service tells about itself: structured logs, and failures to Sentry."""

import logging
import sys

import sentry_sdk
import structlog
from structlog.typing import Processor


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
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    rendering: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        rendering += [
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ]
    else:
        rendering.append(structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty()))
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=rendering)
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)


def init_error_tracking(dsn: str | None, *, environment: str) -> None:
    """Sends every line of level ERROR to Sentry, if there is a DSN."""
    if dsn is None:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        # What the log says is all there is to say: no integration reports it once more
        auto_enabling_integrations=False,
        # Local variables of a request may be passwords
        include_local_variables=False,
        # How long the end of the process waits for what is not sent yet
        shutdown_timeout=1,
    )
