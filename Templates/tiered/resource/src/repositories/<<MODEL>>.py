"""The <<MODEL|plural|title|lower>> in the database."""

from sqlmodel import col, select

from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
from src.repositories.base import BaseRepository


class <<MODEL|pascal>>Repository(
    BaseRepository[<<MODEL|pascal>>],
):
    model = <<MODEL|pascal>>

    async def get_owned(
        self,
        record_id: int,
        owner_id: int,
    ) -> <<MODEL|pascal>> | None:
        """The record, if it belongs to the owner."""
        result = await self.db.exec(
            select(self.model).where(
                col(self.model.id) == record_id,
                col(self.model.owner_id) == owner_id,
            )
        )
        return result.one_or_none()

    async def page_owned(
        self,
        owner_id: int,
        *,
        limit: int,
        offset: int,
    ) -> tuple[list[<<MODEL|pascal>>], int]:
        """Part of what belongs to the owner, and how much that is in all."""
        return await self.page(col(self.model.owner_id) == owner_id, limit=limit, offset=offset)
