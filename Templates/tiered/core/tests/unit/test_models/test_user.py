"""Users, as they are kept."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from src.models.user import User


async def test_a_user_has_a_number_moments_and_few_rights(db: AsyncSession) -> None:
    db.add(User(email="ann@example.com", hashed_password="hash"))
    await db.commit()
    db.expunge_all()
    user = (await db.exec(select(User))).one()
    assert user.id >= 1
    assert user.created_at.tzinfo is not None
    assert user.is_active
    assert not user.is_superuser


async def test_a_change_moves_updated_at_only(db: AsyncSession) -> None:
    user = User(email="ann@example.com", hashed_password="hash")
    db.add(user)
    await db.commit()
    created_at, updated_at = user.created_at, user.updated_at
    user.full_name = "Ann"
    await db.commit()
    await db.refresh(user)
    assert user.created_at == created_at
    assert user.updated_at > updated_at


async def test_an_address_belongs_to_one_user(db: AsyncSession) -> None:
    db.add(User(email="ann@example.com", hashed_password="hash"))
    db.add(User(email="ann@example.com", hashed_password="hash"))
    with pytest.raises(IntegrityError):
        await db.commit()
