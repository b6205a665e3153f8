"""Logging in, without HTTP."""

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from src.api.deps import get_auth_service
from src.core import security
from src.core.config import Settings
from src.models.user import User
from src.repositories.user import UserRepository
from src.services import auth
from src.services.auth import AuthService
from tests.conftest import PASSWORD, UserMaker


@pytest.fixture
def service(db: AsyncSession, settings: Settings) -> AuthService:
    return AuthService(UserRepository(db), settings)


async def test_address_and_password_are_a_user(service: AuthService, user: User) -> None:
    assert await service.authenticate(user.email, PASSWORD) is user


async def test_a_wrong_password_is_nobody(service: AuthService, user: User) -> None:
    assert await service.authenticate(user.email, "wrong") is None


async def test_an_inactive_user_is_nobody(service: AuthService, make_user: UserMaker) -> None:
    user = await make_user("gone@example.com", is_active=False)
    assert await service.authenticate(user.email, PASSWORD) is None


async def test_an_unknown_address_takes_as_long_as_a_known_one(
    service: AuthService, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(auth, "hash_password", hashed.append)
    assert await service.authenticate("nobody@example.com", PASSWORD) is None
    assert hashed == [PASSWORD]


async def test_the_token_is_for_the_user(service: AuthService, user: User) -> None:
    token = await service.create_access_token(user)
    assert await service.get_user(token) is user
    assert await service.get_user("nonsense") is None


async def test_a_token_ends_with_the_password(service: AuthService, user: User) -> None:
    token = await service.create_access_token(user)
    await service.user_repo.save(
        user.sqlmodel_update({"hashed_password": security.hash_password("another long password")})
    )
    assert await service.get_user(token) is None
    assert await service.get_user(await service.create_access_token(user)) is user


async def test_an_old_kind_of_token_is_for_nobody(service: AuthService, user: User) -> None:
    token = security.create_access_token({"sub": user.email}, service.settings)
    assert await service.get_user(token) is None


async def test_who_is_locked_out_gets_no_token_for_another_password(
    service: AuthService, make_user: UserMaker
) -> None:
    user = await make_user("gone@example.com", is_active=False)
    assert await service.create_reset_token(user.email) is None
    assert await service.create_reset_token("nobody@example.com") is None


async def test_the_token_is_signed_with_the_key_of_the_application(
    db: AsyncSession, settings: Settings, user: User
) -> None:
    other = Settings(database_url="sqlite://", secret_key="k" * 32)
    service = get_auth_service(UserRepository(db), other)
    token = await service.create_access_token(user)
    assert await service.get_user(token) is user
    assert security.read_access_token(token, settings) is None
