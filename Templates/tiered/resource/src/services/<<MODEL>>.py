"""What users may do with <<MODEL|plural|title|lower>>: everything, with their own."""

from src.core.exceptions import NotFoundError
<<@if TIER == full>>
from src.core.record_effects import RecordEffects
<<@end>>
from src.models import User
from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
from src.repositories.<<MODEL>> import (
    <<MODEL|pascal>>Repository,
)
from src.schemas.<<MODEL>> import (
    <<MODEL|pascal>>Create,
    <<MODEL|pascal>>Update,
)


class <<MODEL|pascal>>Service:
    def __init__(
        self,
        repository: <<MODEL|pascal>>Repository,
<<@if TIER == full>>
        effects: RecordEffects,
<<@end>>
    ) -> None:
        self.repository = repository
<<@if TIER == full>>
        self.effects = effects
<<@end>>

    async def create(
        self,
        owner: User,
        data: <<MODEL|pascal>>Create,
    ) -> <<MODEL|pascal>>:
<<@if TIER == full>>
        record = await self.repository.save(
<<@else>>
        return await self.repository.save(
<<@end>>
            <<MODEL|pascal>>(
                **data.model_dump(),
                owner_id=owner.id,
            )
        )
<<@if TIER == full>>
        await self.effects.changed(record, "created")
        return record
<<@end>>

    async def page(
        self,
        owner: User,
        *,
        limit: int,
        offset: int,
    ) -> tuple[list[<<MODEL|pascal>>], int]:
        return await self.repository.page_owned(owner.id, limit=limit, offset=offset)

    async def get(
        self,
        owner: User,
        record_id: int,
    ) -> <<MODEL|pascal>>:
        """Raises NotFoundError for the record of another user too: who asks learns nothing."""
        record = await self.repository.get_owned(record_id, owner.id)
        if record is None:
            raise NotFoundError("There is no such <<MODEL|title|lower>>")
        return record

    async def update(
        self,
        owner: User,
        record_id: int,
        data: <<MODEL|pascal>>Update,
    ) -> <<MODEL|pascal>>:
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
