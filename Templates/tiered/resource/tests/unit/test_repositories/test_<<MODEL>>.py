"""The <<MODEL|plural|title|lower>> of one user are kept apart from those of others."""

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from src.models import User
<<@fit 100>>
from src.models.<<MODEL>> import <<MODEL|pascal>>
<<@else>>
from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
<<@end>>
<<@fit 100>>
from src.repositories.<<MODEL>> import <<MODEL|pascal>>Repository
<<@else>>
from src.repositories.<<MODEL>> import (
    <<MODEL|pascal>>Repository,
)
<<@end>>


@pytest.fixture
def repository(db: AsyncSession) -> <<MODEL|pascal>>Repository:
    return <<MODEL|pascal>>Repository(db)


async def test_only_the_owner_finds_it(
    repository: <<MODEL|pascal>>Repository, user: User, other_user: User
) -> None:
<<@fit 100>>
    record = await repository.save(<<MODEL|pascal>>(name="Mine", owner_id=user.id))
<<@else>>
    record = await repository.save(
        <<MODEL|pascal>>(name="Mine", owner_id=user.id)
    )
<<@end>>
    assert await repository.get_owned(record.id, user.id) is record
    assert await repository.get_owned(record.id, other_user.id) is None
    assert await repository.get_owned(record.id + 1, user.id) is None


async def test_a_page_has_only_what_the_owner_has(
    repository: <<MODEL|pascal>>Repository, user: User, other_user: User
) -> None:
    for owner, name in ((user, "a"), (other_user, "b"), (user, "c"), (user, "d")):
<<@fit 100>>
        await repository.save(<<MODEL|pascal>>(name=name, owner_id=owner.id))
<<@else>>
        await repository.save(
            <<MODEL|pascal>>(name=name, owner_id=owner.id)
        )
<<@end>>
    records, total = await repository.page_owned(user.id, limit=2, offset=1)
    assert [record.name for record in records] == ["c", "d"]
    assert total == 3
