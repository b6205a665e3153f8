"""Error tracking with Sentry, when there is a DSN."""

import sentry_sdk
import structlog
from sentry_sdk.transport import Transport
from sentry_sdk.types import Event, Hint


def init_error_tracking(
    dsn: str | None,
    *,
    environment: str,
    release: str,
    traces_sample_rate: float = 0.0,
    transport: type[Transport] | None = None,
) -> bool:
    """Starts Sentry, whose integrations find FastAPI and Celery themselves; false without a DSN."""
    if not dsn:
        return False
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        traces_sample_rate=traces_sample_rate,
        # Addresses and cookies of users are not collected by default. Nor shall bodies of requests
        # be, or local variables: those of a login are passwords.
        max_request_body_size="never",
        include_local_variables=False,
        before_send=add_request_id,
        transport=transport,
    )
    return True


def add_request_id(event: Event, _hint: Hint) -> Event:
    """Tags an event with the id by which its log lines are found."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if isinstance(request_id, str):
        event.setdefault("tags", {})["request_id"] = request_id
    return event
