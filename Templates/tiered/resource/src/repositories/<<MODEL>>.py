"""The <<MODEL|plural|title|lower>> in the database."""

from sqlmodel import col, select

<<@fit 100>>
from src.models.<<MODEL>> import <<MODEL|pascal>>
<<@else>>
from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
<<@end>>
from src.repositories.base import BaseRepository


<<@fit 100>>
class <<MODEL|pascal>>Repository(BaseRepository[<<MODEL|pascal>>]):
<<@else>>
class <<MODEL|pascal>>Repository(
    BaseRepository[<<MODEL|pascal>>]
):
<<@end>>
    model = <<MODEL|pascal>>

<<@fit 100>>
    async def get_owned(self, record_id: int, owner_id: int) -> <<MODEL|pascal>> | None:
<<@else>>
    async def get_owned(
        self, record_id: int, owner_id: int
    ) -> <<MODEL|pascal>> | None:
<<@end>>
        """The record, if it belongs to the owner."""
        result = await self.db.exec(
            select(self.model).where(
                col(self.model.id) == record_id, col(self.model.owner_id) == owner_id
            )
        )
        return result.one_or_none()

<<@fit 100>>
    async def page_owned(self, owner_id: int, *, limit: int, offset: int) -> tuple[list[<<MODEL|pascal>>], int]:
<<@else>>
    async def page_owned(
        self, owner_id: int, *, limit: int, offset: int
    ) -> tuple[list[<<MODEL|pascal>>], int]:
<<@end>>
        """Part of what belongs to the owner, and how much that is in all."""
        return await self.page(col(self.model.owner_id) == owner_id, limit=limit, offset=offset)
