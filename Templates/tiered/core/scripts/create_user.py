"""Makes a user: `python -m scripts.create_user ann@example.com --superuser`.

The password is asked for, or read from standard input where that is no terminal. Anybody can
register any address, so that a user who is there already is changed only if the password is right.
"""

import argparse
import asyncio
import sys
from getpass import getpass

from pydantic import ValidationError

from src.core.config import Settings, SettingsError, get_settings
from src.core.database import create_database_engine, create_session_factory
from src.repositories.user import UserRepository
from src.schemas.user import UserCreate
from src.services.auth import AuthService
from src.services.user import UserService


class NotVerifiedError(Exception):
    """Somebody has the address, and nothing shows that it is who was meant."""


def read_password() -> str:
    if sys.stdin.isatty():
        return getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


async def create_user(settings: Settings, data: UserCreate, *, is_superuser: bool) -> str:
    """Makes the user unless there is one with this password; the result says what was done.

    Raises:
        NotVerifiedError: There is a user with another password, or one that is locked out.
    """
    engine = create_database_engine(settings)
    try:
        async with create_session_factory(engine)() as session:
            users = UserRepository(session)
            if await users.get_by_email(data.email) is None:
                await UserService(users).register(data, is_superuser=is_superuser)
                return f"made {data.email}"
            user = await AuthService(users, settings).authenticate(data.email, data.password)
            if user is None:
                raise NotVerifiedError(
                    f"{data.email} exists already, and cannot log in with this password; "
                    "nothing was changed"
                )
            if is_superuser and not user.is_superuser:
                user.is_superuser = True
                await users.save(user)
                return f"{data.email} is a superuser now"
            return f"{data.email} exists already, nothing was changed"
    finally:
        await engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a user.")
    parser.add_argument("email")
    parser.add_argument("--full-name")
    parser.add_argument("--superuser", action="store_true", help="who may manage other users")
    arguments = parser.parse_args()
    try:
        settings = get_settings()
        data = UserCreate(
            email=arguments.email, password=read_password(), full_name=arguments.full_name
        )
        print(asyncio.run(create_user(settings, data, is_superuser=arguments.superuser)))
    except ValidationError as error:
        sys.exit("\n".join(f"error: {fault['loc'][0]}: {fault['msg']}" for fault in error.errors()))
    except (SettingsError, NotVerifiedError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
