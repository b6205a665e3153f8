"""Makes the database if there is none, and brings its tables to the newest migration.

Run `python -m scripts.init_db` before the first start and after every update; where there is
nothing to do, nothing is done.
"""

import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, create_engine, text

from src.core.config import PROJECT_ROOT, SettingsError, get_settings


def create_database(url: URL) -> bool:
    """Whether the database had to be made. A file of SQLite is made by its first use."""
    if url.get_backend_name() == "sqlite":
        return False
    # "postgres" is the database that every server has
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        exists = connection.scalar(
            text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": url.database}
        )
        if not exists:
            name = connection.dialect.identifier_preparer.quote(url.database or "")
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return not exists


def main() -> None:
    try:
        url = get_settings().sync_database_url
    except SettingsError as error:
        sys.exit(f"error: {error}")
    if create_database(url):
        print(f"made the database {url.database}")
    command.upgrade(Config(PROJECT_ROOT / "alembic.ini"), "head")
    print("all migrations are applied")


if __name__ == "__main__":
    main()
