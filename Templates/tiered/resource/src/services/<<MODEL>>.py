"""What users may do with <<MODEL|plural|title|lower>>: everything, with their own."""

from src.core.exceptions import NotFoundError
<<@if TIER == full>>
from src.core.record_effects import RecordEffects
<<@end>>
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
<<@fit 100>>
from src.schemas.<<MODEL>> import <<MODEL|pascal>>Create, <<MODEL|pascal>>Update
<<@else>>
from src.schemas.<<MODEL>> import (
    <<MODEL|pascal>>Create,
    <<MODEL|pascal>>Update,
)
<<@end>>


class <<MODEL|pascal>>Service:
<<@if TIER == full>>
<<@fit 100>>
    def __init__(self, repository: <<MODEL|pascal>>Repository, effects: RecordEffects) -> None:
<<@else>>
    def __init__(
        self, repository: <<MODEL|pascal>>Repository, effects: RecordEffects
    ) -> None:
<<@end>>
        self.repository = repository
        self.effects = effects
<<@else>>
    def __init__(self, repository: <<MODEL|pascal>>Repository) -> None:
        self.repository = repository
<<@end>>

<<@fit 100>>
    async def create(self, owner: User, data: <<MODEL|pascal>>Create) -> <<MODEL|pascal>>:
<<@else>>
    async def create(
        self, owner: User, data: <<MODEL|pascal>>Create
    ) -> <<MODEL|pascal>>:
<<@end>>
<<@if TIER == full>>
<<@fit 100>>
        record = await self.repository.save(<<MODEL|pascal>>(**data.model_dump(), owner_id=owner.id))
<<@else>>
        record = await self.repository.save(
            <<MODEL|pascal>>(**data.model_dump(), owner_id=owner.id)
        )
<<@end>>
        await self.effects.changed(record, "created")
        return record
<<@else>>
<<@fit 100>>
        return await self.repository.save(<<MODEL|pascal>>(**data.model_dump(), owner_id=owner.id))
<<@else>>
        return await self.repository.save(
            <<MODEL|pascal>>(**data.model_dump(), owner_id=owner.id)
        )
<<@end>>
<<@end>>

<<@fit 100>>
    async def page(self, owner: User, *, limit: int, offset: int) -> tuple[list[<<MODEL|pascal>>], int]:
<<@else>>
    async def page(
        self, owner: User, *, limit: int, offset: int
    ) -> tuple[list[<<MODEL|pascal>>], int]:
<<@end>>
        return await self.repository.page_owned(owner.id, limit=limit, offset=offset)

    async def get(self, owner: User, record_id: int) -> <<MODEL|pascal>>:
        """Raises NotFoundError for the record of another user too: who asks learns nothing."""
        record = await self.repository.get_owned(record_id, owner.id)
        if record is None:
            raise NotFoundError("There is no such <<MODEL|title|lower>>")
        return record

<<@fit 100>>
    async def update(self, owner: User, record_id: int, data: <<MODEL|pascal>>Update) -> <<MODEL|pascal>>:
<<@else>>
    async def update(
        self, owner: User, record_id: int, data: <<MODEL|pascal>>Update
    ) -> <<MODEL|pascal>>:
<<@end>>
        """Changes what `data` names. Raises NotFoundError as `get` does."""
        record = await self.get(owner, record_id)
        record.sqlmodel_update(data.model_dump(exclude_unset=True))
<<@if TIER == full>>
        record = await self.repository.save(record)
        await self.effects.changed(record, "updated")
        return record
<<@else>>
        return await self.repository.save(record)
<<@end>>

    async def delete(self, owner: User, record_id: int) -> None:
        """Raises NotFoundError as `get` does."""
<<@if TIER == full>>
        record = await self.get(owner, record_id)
        await self.repository.delete(record)
        await self.effects.changed(record, "deleted")
<<@else>>
        await self.repository.delete(await self.get(owner, record_id))
<<@end>>
