"""Looks for settings that work, but should not go into production.

    python -m tools.deployment.check_settings

Run it with the environment that production will have. It ends with 1 if there is an error.
"""

import sys
from collections.abc import Callable

from sqlalchemy import make_url

from src.core.config import Settings, SettingsError, get_settings


def _shows_inside(settings: Settings) -> bool:
    return settings.debug


def _is_development(settings: Settings) -> bool:
    return settings.environment == "development"


def _has_no_server(settings: Settings) -> bool:
    return make_url(settings.database_url).get_backend_name() == "sqlite"


def _has_no_redis(settings: Settings) -> bool:
    return settings.redis_url is None


def _has_no_error_tracking(settings: Settings) -> bool:
    return settings.sentry_dsn is None


def _sends_tokens_in_the_clear(settings: Settings) -> bool:
    url = settings.notifications_url or ""
    return settings.notifications_token is not None and url.startswith("http://")


Rule = tuple[Callable[[Settings], bool], str]

ERRORS: tuple[Rule, ...] = (
    (_shows_inside, "DEBUG is on: clients see tracebacks"),
    (_is_development, "ENVIRONMENT is still development: secrets that can be guessed are allowed"),
    (_has_no_server, "DATABASE_URL is a file of SQLite, which several processes cannot share"),
    (_has_no_redis, "REDIS_URL is not set: no background tasks, no events, no cache"),
    (_sends_tokens_in_the_clear, "NOTIFICATIONS_URL is not https, and a token goes there"),
)
WARNINGS: tuple[Rule, ...] = (
    (_has_no_error_tracking, "SENTRY_DSN is not set: errors are in the logs only"),
)


def find_faults(settings: Settings) -> tuple[list[str], list[str]]:
    """Errors and warnings."""
    errors = [message for applies, message in ERRORS if applies(settings)]
    warnings = [message for applies, message in WARNINGS if applies(settings)]
    return errors, warnings


def main() -> int:
    try:
        errors, warnings = find_faults(get_settings())
    except SettingsError as error:
        errors, warnings = [str(error)], []
    for message in errors:
        print(f"error: {message}", file=sys.stderr)
    for message in warnings:
        print(f"warning: {message}", file=sys.stderr)
    if not errors:
        print("the settings are fit for production")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
