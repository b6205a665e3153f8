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
<<@fit 100>>
from src.repositories.<<MODEL>> import <<MODEL|pascal>>Repository
<<@else>>
from src.repositories.<<MODEL>> import (
    <<MODEL|pascal>>Repository,
)
<<@end>>
<<@fit 100>>
from src.schemas.<<MODEL>> import <<MODEL|pascal>>Create, <<MODEL|pascal>>Update
<<@else>>
from src.schemas.<<MODEL>> import (
    <<MODEL|pascal>>Create,
    <<MODEL|pascal>>Update,
)
<<@end>>
<<@fit 100>>
from src.services.<<MODEL>> import <<MODEL|pascal>>Service
<<@else>>
from src.services.<<MODEL>> import (
    <<MODEL|pascal>>Service,
)
<<@end>>

<<@if EXAMPLE>>
NEW = <<MODEL|pascal>>Create(name="First", description="Of many")
<<@else>>
NEW = <<MODEL|pascal>>Create(name="First")
<<@end>>


<<@if TIER == full>>
@pytest.fixture
def effects(app: FastAPI) -> RecordEffects:
    return RecordEffects("<<MODEL>>", app.state.backends)


@pytest.fixture
<<@fit 100>>
def service(db: AsyncSession, effects: RecordEffects) -> <<MODEL|pascal>>Service:
<<@else>>
def service(
    db: AsyncSession, effects: RecordEffects
) -> <<MODEL|pascal>>Service:
<<@end>>
<<@fit 100>>
    return <<MODEL|pascal>>Service(<<MODEL|pascal>>Repository(db), effects)
<<@else>>
    return <<MODEL|pascal>>Service(
        <<MODEL|pascal>>Repository(db), effects
    )
<<@end>>
<<@else>>
@pytest.fixture
def service(db: AsyncSession) -> <<MODEL|pascal>>Service:
<<@fit 100>>
    return <<MODEL|pascal>>Service(<<MODEL|pascal>>Repository(db))
<<@else>>
    return <<MODEL|pascal>>Service(
        <<MODEL|pascal>>Repository(db)
    )
<<@end>>
<<@end>>


<<@fit 100>>
async def test_who_makes_it_owns_it(service: <<MODEL|pascal>>Service, user: User) -> None:
<<@else>>
async def test_who_makes_it_owns_it(
    service: <<MODEL|pascal>>Service, user: User
) -> None:
<<@end>>
    record = await service.create(user, NEW)
    assert record.owner_id == user.id
    assert await service.get(user, record.id) is record


<<@if EXAMPLE>>
<<@fit 100>>
async def test_a_change_keeps_what_it_does_not_name(service: <<MODEL|pascal>>Service, user: User) -> None:
<<@else>>
async def test_a_change_keeps_what_it_does_not_name(
    service: <<MODEL|pascal>>Service, user: User
) -> None:
<<@end>>
    record = await service.create(user, NEW)
    change = <<MODEL|pascal>>Update(name="Renamed")
    changed = await service.update(user, record.id, change)
    assert (changed.name, changed.description) == ("Renamed", "Of many")
<<@else>>
<<@fit 100>>
async def test_a_change_names_what_changes(service: <<MODEL|pascal>>Service, user: User) -> None:
<<@else>>
async def test_a_change_names_what_changes(
    service: <<MODEL|pascal>>Service, user: User
) -> None:
<<@end>>
    record = await service.create(user, NEW)
    nothing = <<MODEL|pascal>>Update()
    assert (await service.update(user, record.id, nothing)).name == "First"
    change = <<MODEL|pascal>>Update(name="Renamed")
    changed = await service.update(user, record.id, change)
    assert changed.name == "Renamed"
<<@end>>


async def test_others_find_nothing_to_read_change_or_delete(
    service: <<MODEL|pascal>>Service, user: User, other_user: User
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


<<@fit 100>>
async def test_what_is_deleted_is_gone(service: <<MODEL|pascal>>Service, user: User) -> None:
<<@else>>
async def test_what_is_deleted_is_gone(
    service: <<MODEL|pascal>>Service, user: User
) -> None:
<<@end>>
    record = await service.create(user, NEW)
    await service.delete(user, record.id)
    with pytest.raises(NotFoundError):
        await service.get(user, record.id)
    assert await service.page(user, limit=20, offset=0) == ([], 0)
