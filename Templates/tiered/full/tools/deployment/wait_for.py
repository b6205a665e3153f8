"""Waits until what a process needs is there: the database, its migrations, Redis.

    python -m tools.deployment.wait_for --database --redis
    python -m tools.deployment.wait_for --migrations --timeout 300

Ends with 0 as soon as all of it is there, with 1 when the time is up.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from src.core.config import PROJECT_ROOT, Settings, SettingsError, get_settings


class NotReadyError(Exception):
    """It is not there yet; the text says what is missing."""


def check_database(settings: Settings) -> None:
    engine = create_engine(settings.sync_database_url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise NotReadyError(f"the database does not answer: {error}") from error
    finally:
        engine.dispose()


def check_migrations(settings: Settings) -> None:
    """The database is as this version of the service needs it."""
    scripts = ScriptDirectory.from_config(Config(PROJECT_ROOT / "alembic.ini"))
    engine = create_engine(settings.sync_database_url)
    try:
        with engine.connect() as connection:
            current = set(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError as error:
        raise NotReadyError(f"the database does not answer: {error}") from error
    finally:
        engine.dispose()
    heads = set(scripts.get_heads())
    known = {script.revision for script in scripts.walk_revisions()}
    # A newer release has migrated further already; a rollback of the code must still start.
    if current != heads and current <= known:
        raise NotReadyError(f"the database is at {sorted(current)}, not at {sorted(heads)}")


def check_redis(settings: Settings) -> None:
    if settings.redis_url is None:
        raise NotReadyError("REDIS_URL is not set")
    redis = Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        redis.ping()
    except RedisError as error:
        raise NotReadyError(f"Redis does not answer: {error}") from error
    finally:
        redis.close()


def wait(
    check: Callable[[], None],
    timeout: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Repeats the check every second; raises its last NotReadyError when the time is up."""
    deadline = clock() + timeout
    while True:
        try:
            check()
        except NotReadyError:
            if clock() >= deadline:
                raise
        else:
            return
        sleep(1.0)


CHECKS = {
    "database": check_database,
    "migrations": check_migrations,
    "redis": check_redis,
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Waits until what the service needs is there.")
    for name in CHECKS:
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument(
        "--timeout", type=float, default=60.0, help="seconds for each (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    wanted = [name for name in CHECKS if getattr(options, name)]
    if not wanted:
        parser.error("say what to wait for: " + ", ".join(f"--{name}" for name in CHECKS))
    try:
        settings = get_settings()
        for name in wanted:
            wait(partial(CHECKS[name], settings), options.timeout)
            print(f"{name} ready")
    except (NotReadyError, SettingsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
