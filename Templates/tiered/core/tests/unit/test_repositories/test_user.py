"""Users, found and kept."""

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from src.core.exceptions import ConflictError
from src.models.user import User
from src.repositories.user import UserRepository
from tests.conftest import UserMaker


@pytest.fixture
def users(db: AsyncSession) -> UserRepository:
    return UserRepository(db)


async def test_a_user_is_found_by_number_and_address(users: UserRepository, user: User) -> None:
    assert await users.get(user.id) is user
    assert await users.get_by_email("Ann@Example.com") is user


async def test_nobody_is_found_by_another_number_or_address(
    users: UserRepository, user: User
) -> None:
    assert await users.get(user.id + 1) is None
    assert await users.get_by_email("ben@example.com") is None


async def test_a_contradiction_leaves_the_session_usable(users: UserRepository, user: User) -> None:
    with pytest.raises(ConflictError):
        await users.save(User(email="ann@example.com", hashed_password="hash"))
    assert await users.get_by_email("ann@example.com") is not None


async def test_a_deleted_user_is_gone(users: UserRepository, user: User) -> None:
    await users.delete(user)
    users.db.expunge_all()
    assert await users.get(user.id) is None


async def test_pages_come_in_the_order_of_creation(
    users: UserRepository, make_user: UserMaker
) -> None:
    emails = [f"{name}@example.com" for name in ("zoe", "ann", "max", "eve")]
    for email in emails:
        await make_user(email)
    rows, total = await users.page(limit=2, offset=1)
    assert [user.email for user in rows] == emails[1:3]
    assert total == 4
