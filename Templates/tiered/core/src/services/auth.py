"""Logging in, and setting another password without the one that was forgotten."""

import asyncio

from src.core.config import Settings
from src.core.exceptions import PermissionDeniedError
from src.core.security import (
    create_access_token,
    create_reset_token,
    hash_password,
    password_version,
    read_access_token,
    read_reset_token,
    verify_password,
    verify_reset_token,
)
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
        version = password_version(user.hashed_password, self.settings)
        return create_access_token({"sub": user.email, "pwd": version}, self.settings)

    async def get_user(self, access_token: str) -> User | None:
        """Who may use the token: its user, if active, and until the password is another."""
        claims = read_access_token(access_token, self.settings)
        user = await self.user_repo.get_by_email(claims.email) if claims else None
        if claims is None or user is None or not user.is_active:
            return None
        version = password_version(user.hashed_password, self.settings)
        return user if claims.password_version == version else None

    async def create_reset_token(self, email: str) -> str | None:
        """What lets the active user with this address set another password, once."""
        user = await self.user_repo.get_by_email(email)
        if user is None or not user.is_active:
            return None
        return create_reset_token(user.id, user.hashed_password, self.settings)

    async def reset_password(self, token: str, new_password: str) -> None:
        """Raises PermissionDeniedError, whatever is wrong with the token."""
        user_id = read_reset_token(token)
        user = await self.user_repo.get(user_id) if user_id else None
        if (
            user is None
            or not user.is_active
            or not verify_reset_token(token, user.hashed_password, self.settings)
        ):
            raise PermissionDeniedError("The token is not valid, or not any more")
        user.hashed_password = await asyncio.to_thread(hash_password, new_password)
        await self.user_repo.save(user)
