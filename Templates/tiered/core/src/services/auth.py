"""Logging in."""

import asyncio

from src.core.config import Settings
from src.core.security import create_access_token, hash_password, verify_password
from src.models.user import User
from src.repositories.user import UserRepository


class AuthService:
    def __init__(self, user_repo: UserRepository, settings: Settings | None = None) -> None:
        self.user_repo = user_repo
        self.settings = settings

    async def authenticate(self, email: str, password: str) -> User | None:
        """The active user with this address and password, or `None`, whatever is wrong."""
        user = None if "\0" in email else await self.user_repo.get_by_email(email)
        if user is None:
            # As slow as for a user that exists, so that addresses cannot be tried out
            await asyncio.to_thread(hash_password, password)
            return None
        if not await asyncio.to_thread(verify_password, password, user.hashed_password):
            return None
        return user if user.is_active else None

    async def create_access_token(self, user: User) -> str:
        return create_access_token(data={"sub": user.email}, settings=self.settings)
