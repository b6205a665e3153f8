"""Registering and managing users, without HTTP."""

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from src.core.exceptions import ConflictError, NotFoundError, PermissionDeniedError
from src.core.security import verify_password
from src.models.user import User
from src.repositories.user import UserRepository
from src.schemas.user import PasswordChange, UserAdminUpdate, UserCreate
from src.services.user import UserService
from tests.conftest import PASSWORD


@pytest.fixture
def service(db: AsyncSession) -> UserService:
    return UserService(UserRepository(db))


async def test_a_password_is_kept_as_a_hash(service: UserService) -> None:
    user = await service.register(UserCreate(email="Ann@Example.com", password=PASSWORD))
    assert user.email == "ann@example.com"
    assert PASSWORD not in user.hashed_password
    assert verify_password(PASSWORD, user.hashed_password)
    assert not user.is_superuser


async def test_a_taken_address_is_refused(service: UserService, user: User) -> None:
    with pytest.raises(ConflictError):
        await service.register(UserCreate(email=user.email, password=PASSWORD))


async def test_a_new_password_needs_the_old_one(service: UserService, user: User) -> None:
    new_password = "another long password"
    with pytest.raises(PermissionDeniedError):
        await service.change_password(
            user, PasswordChange(current_password="wrong", new_password=new_password)
        )
    assert verify_password(PASSWORD, user.hashed_password)

    await service.change_password(
        user, PasswordChange(current_password=PASSWORD, new_password=new_password)
    )
    assert verify_password(new_password, user.hashed_password)


async def test_rights_change_as_far_as_they_are_named(
    service: UserService, user: User, superuser: User
) -> None:
    await service.administer(superuser, user.id, UserAdminUpdate(is_superuser=True))
    assert (user.is_active, user.is_superuser) == (True, True)
    await service.administer(superuser, user.id, UserAdminUpdate(is_active=False))
    assert (user.is_active, user.is_superuser) == (False, True)


async def test_superusers_do_not_lock_themselves_out(service: UserService, superuser: User) -> None:
    with pytest.raises(PermissionDeniedError):
        await service.administer(superuser, superuser.id, UserAdminUpdate(is_active=False))
    assert superuser.is_active


async def test_an_unknown_user_is_not_found(service: UserService, superuser: User) -> None:
    with pytest.raises(NotFoundError):
        await service.administer(superuser, superuser.id + 1, UserAdminUpdate())
