"""What users may do with <<MODEL|plural|title|lower>>, without HTTP."""

import pytest
<<@if TIER == full>>
from fastapi import FastAPI
<<@end>>
from sqlmodel.ext.asyncio.session import AsyncSession

from src.core.exceptions import NotFoundError
<<@if TIER == full>>
from src.core.record_effects import RecordEffects
<<@end>>
from src.models import User
from src.repositories.<<MODEL>> import (
    <<MODEL|pascal>>Repository,
)
from src.schemas.<<MODEL>> import (
    <<MODEL|pascal>>Create,
    <<MODEL|pascal>>Update,
)
from src.services.<<MODEL>> import (
    <<MODEL|pascal>>Service,
)

NEW = <<MODEL|pascal>>Create(name="First", description="Of many")


<<@if TIER == full>>
@pytest.fixture
def effects(app: FastAPI) -> RecordEffects:
    return RecordEffects("<<MODEL>>", app.state.backends)


<<@end>>
@pytest.fixture
def service(
    db: AsyncSession,
<<@if TIER == full>>
    effects: RecordEffects,
<<@end>>
) -> <<MODEL|pascal>>Service:
    repository = <<MODEL|pascal>>Repository(db)
<<@if TIER == full>>
    return <<MODEL|pascal>>Service(repository, effects)
<<@else>>
    return <<MODEL|pascal>>Service(repository)
<<@end>>


async def test_who_makes_it_owns_it(
    service: <<MODEL|pascal>>Service,
    user: User,
) -> None:
    record = await service.create(user, NEW)
    assert record.owner_id == user.id
    assert await service.get(user, record.id) is record


async def test_a_change_keeps_what_it_does_not_name(
    service: <<MODEL|pascal>>Service,
    user: User,
) -> None:
    record = await service.create(user, NEW)
    change = <<MODEL|pascal>>Update(name="Renamed")
    changed = await service.update(user, record.id, change)
    assert (changed.name, changed.description) == ("Renamed", "Of many")


async def test_others_find_nothing_to_read_change_or_delete(
    service: <<MODEL|pascal>>Service,
    user: User,
    other_user: User,
) -> None:
    record = await service.create(user, NEW)
    change = <<MODEL|pascal>>Update(name="Taken")
    with pytest.raises(NotFoundError):
        await service.get(other_user, record.id)
    with pytest.raises(NotFoundError):
        await service.update(other_user, record.id, change)
    with pytest.raises(NotFoundError):
        await service.delete(other_user, record.id)
    assert (await service.get(user, record.id)).name == "First"


async def test_what_is_deleted_is_gone(
    service: <<MODEL|pascal>>Service,
    user: User,
) -> None:
    record = await service.create(user, NEW)
    await service.delete(user, record.id)
    with pytest.raises(NotFoundError):
        await service.get(user, record.id)
    assert await service.page(user, limit=20, offset=0) == ([], 0)
