"""What every process does first: the API, the worker, the scheduler and the consumer."""

from src.core.config import Settings
from src.monitoring.errors import init_error_tracking
from src.monitoring.logging import configure_logging


def start_monitoring(settings: Settings) -> None:
    configure_logging(settings.log_level, as_json=settings.log_json)
    init_error_tracking(
        settings.sentry_dsn,
        environment=settings.environment,
        release=settings.release,
        traces_sample_rate=settings.sentry_traces_sample_rate,
    )
