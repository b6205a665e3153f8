"""Makes the database if there is none, brings its tables to the newest migration, and makes the
superuser that the settings name.

Run `python -m scripts.init_db` before the first start and after every update; where there is
nothing to do, nothing is done.
"""

import asyncio
import sys

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import OperationalError

from src.core.config import PROJECT_ROOT, Settings, SettingsError, get_settings
from src.core.database import create_database_engine, create_session_factory
from src.repositories.user import UserRepository
from src.schemas.user import UserCreate
from src.services.user import UserService


class NoSuperuserError(Exception):
    """The first superuser cannot be made."""


def create_database(url: URL) -> bool:
    """Whether the database had to be made. A file of SQLite is made by its first use."""
    if url.get_backend_name() == "sqlite":
        return False
    # "postgres" is the database that every server has
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            exists = connection.scalar(
                text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": url.database}
            )
            if not exists:
                name = connection.dialect.identifier_preparer.quote(url.database or "")
                connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        # Whose database is made by others may have access to that one only
        return False
    finally:
        engine.dispose()
    return not exists


async def create_first_superuser(settings: Settings) -> bool:
    """Whether the superuser of the settings had to be made.

    Raises:
        NoSuperuserError: The address is somebody's who is no superuser.
    """
    email, password = settings.first_superuser_email, settings.first_superuser_password
    if email is None or password is None:
        return False
    engine = create_database_engine(settings)
    try:
        async with create_session_factory(engine)() as session:
            users = UserRepository(session)
            user = await users.get_by_email(email)
            if user is not None and not user.is_superuser:
                # Anybody can register any address
                raise NoSuperuserError(f"{email} is a user, who was not made a superuser")
            if user is None:
                data = UserCreate(email=email, password=password.get_secret_value())
                await UserService(users).register(data, is_superuser=True)
            return user is None
    finally:
        await engine.dispose()


def main() -> None:
    try:
        settings = get_settings()
        url = settings.sync_database_url
        if create_database(url):
            print(f"made the database {url.database}")
        command.upgrade(Config(PROJECT_ROOT / "alembic.ini"), "head")
        print("all migrations are applied")
        if asyncio.run(create_first_superuser(settings)):
            print(f"made the superuser {settings.first_superuser_email}")
    except (SettingsError, NoSuperuserError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
