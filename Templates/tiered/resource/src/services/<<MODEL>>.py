"""What users may do with <<MODEL|plural|title|lower>>: everything, with their own."""

from src.core.exceptions import NotFoundError
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
    ) -> None:
        self.repository = repository

    async def create(
        self,
        owner: User,
        data: <<MODEL|pascal>>Create,
    ) -> <<MODEL|pascal>>:
        return await self.repository.save(
            <<MODEL|pascal>>(
                **data.model_dump(),
                owner_id=owner.id,
            )
        )

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
        return await self.repository.save(record)

    async def delete(self, owner: User, record_id: int) -> None:
        """Raises NotFoundError as `get` does."""
        await self.repository.delete(await self.get(owner, record_id))
