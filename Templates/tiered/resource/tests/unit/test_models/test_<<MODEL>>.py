"""The table of <<MODEL|plural|title|lower>>."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from src.models import User
<<@fit 100>>
from src.models.<<MODEL>> import <<MODEL|pascal>>
<<@else>>
from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
<<@end>>


async def test_a_row_comes_back_as_it_was(db: AsyncSession, user: User) -> None:
    row = <<MODEL|pascal>>(name="First", owner_id=user.id)
    db.add(row)
    await db.commit()
    db.expunge_all()
    kept = await db.get(<<MODEL|pascal>>, row.id)
    assert kept is not None
    assert kept is not row
<<@if EXAMPLE>>
    assert (kept.name, kept.description, kept.owner_id) == ("First", None, user.id)
<<@else>>
    assert (kept.name, kept.owner_id) == ("First", user.id)
<<@end>>
    assert kept.created_at == row.created_at


async def test_the_owner_exists(db: AsyncSession, user: User) -> None:
    db.add(<<MODEL|pascal>>(name="Orphan", owner_id=user.id + 1))
    with pytest.raises(IntegrityError):
        await db.commit()
