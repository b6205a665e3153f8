"""Brings the database up to date: `python -m src.database.migrate`. It may be run again.

With `--wait SECONDS` it leaves that to another process, and ends when it is done.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from src.database.engine import connect
from src.utils.config import PROJECT_ROOT
from src.utils.logging import configure_logging
from src.utils.settings import DatabaseSettings, LogSettings

log = logging.getLogger(__name__)


def _config() -> Config:
    config = Config(toml_file=PROJECT_ROOT / "pyproject.toml")
    config.set_main_option("script_location", str(PROJECT_ROOT / "src" / "database" / "migrations"))
    return config


def is_migrated(engine: Engine) -> bool:
    """Whether the database has what this code needs, and maybe what a later release needs."""
    scripts = ScriptDirectory.from_config(_config())
    known = {script.revision for script in scripts.walk_revisions()}
    with engine.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    return current == set(scripts.get_heads()) or not current <= known


def migrate(engine: Engine) -> None:
    """Up to the newest migration; a database that is ahead, after a step back, is left alone."""
    if is_migrated(engine):
        return
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def wait_until_migrated(engine: Engine, seconds: float) -> bool:
    """Whether somebody else has migrated the database before the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if is_migrated(engine):
                return True
        except OperationalError:
            log.warning("the database does not answer")
        if time.monotonic() >= deadline:
            return False
        time.sleep(min(1.0, seconds))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Brings the database up to date.")
    parser.add_argument(
        "--wait", type=float, metavar="SECONDS", help="wait until another process has done it"
    )
    options = parser.parse_args(arguments)

    log_settings = LogSettings()
    configure_logging(log_settings.environment, log_settings.log_level)
    engine = connect(DatabaseSettings())
    try:
        if options.wait is None:
            migrate(engine)
        elif not wait_until_migrated(engine, options.wait):
            log.error("the database was not migrated within %g seconds", options.wait)
            sys.exit(1)
    finally:
        engine.dispose()
    log.info("the database is up to date")


if __name__ == "__main__":
    main()
