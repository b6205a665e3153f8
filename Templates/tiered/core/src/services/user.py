"""Registering, and what users and superusers change."""

import asyncio

from src.core.exceptions import ConflictError, NotFoundError, PermissionDeniedError
from src.core.security import hash_password, verify_password
from src.models.user import User
from src.repositories.user import UserRepository
from src.schemas.user import PasswordChange, UserAdminUpdate, UserCreate, UserUpdate


class UserService:
    def __init__(self, user_repo: UserRepository) -> None:
        self.user_repo = user_repo

    async def register(self, data: UserCreate, *, is_superuser: bool = False) -> User:
        """Raises ConflictError if the address is taken."""
        if await self.user_repo.get_by_email(data.email):
            raise ConflictError("A user with this address exists already")
        hashed_password = await asyncio.to_thread(hash_password, data.password)
        return await self.user_repo.save(
            User(
                email=data.email,
                hashed_password=hashed_password,
                full_name=data.full_name,
                is_superuser=is_superuser,
            )
        )

    async def get(self, user_id: int) -> User:
        """Raises NotFoundError if there is no such user."""
        user = await self.user_repo.get(user_id)
        if user is None:
            raise NotFoundError("There is no such user")
        return user

    async def page(self, *, limit: int, offset: int) -> tuple[list[User], int]:
        return await self.user_repo.page(limit=limit, offset=offset)

    async def update(self, user: User, data: UserUpdate) -> User:
        user.full_name = data.full_name
        return await self.user_repo.save(user)

    async def change_password(self, user: User, data: PasswordChange) -> None:
        """Raises PermissionDeniedError if the current password is another."""
        if not await asyncio.to_thread(
            verify_password, data.current_password, user.hashed_password
        ):
            raise PermissionDeniedError("This is not the current password")
        user.hashed_password = await asyncio.to_thread(hash_password, data.new_password)
        await self.user_repo.save(user)

    async def administer(self, superuser: User, user_id: int, data: UserAdminUpdate) -> User:
        """Raises PermissionDeniedError for oneself: nobody locks themselves out."""
        if user_id == superuser.id:
            raise PermissionDeniedError("Superusers cannot change their own rights")
        user = await self.get(user_id)
        user.sqlmodel_update(data.model_dump(exclude_unset=True))
        return await self.user_repo.save(user)
