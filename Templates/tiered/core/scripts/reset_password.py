"""Prints a token for who has forgotten the password: `python -m scripts.reset_password EMAIL`.

Hand it over by a way that you trust. Until it is used or expires, whoever has it can log in.
"""

import argparse
import asyncio
import sys

from src.core.config import Settings, SettingsError, get_settings
from src.core.database import create_database_engine, create_session_factory
from src.repositories.user import UserRepository
from src.services.auth import AuthService


async def create_reset_token(settings: Settings, email: str) -> str | None:
    engine = create_database_engine(settings)
    try:
        async with create_session_factory(engine)() as session:
            return await AuthService(UserRepository(session), settings).create_reset_token(email)
    finally:
        await engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description="Prints a token that sets another password.")
    parser.add_argument("email")
    email = parser.parse_args().email
    try:
        token = asyncio.run(create_reset_token(get_settings(), email))
    except SettingsError as error:
        sys.exit(f"error: {error}")
    if token is None:
        sys.exit(f"error: {email} is no user who may log in")
    print(token)


if __name__ == "__main__":
    main()
