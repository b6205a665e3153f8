"""What all repositories can do."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from src.core.exceptions import ConflictError
from src.models.base import BaseModel


class BaseRepository[ModelT: BaseModel]:
    """Rows of one table. Every write is a transaction of its own."""

    model: type[ModelT]

    def __init__(self, db: AsyncSession) -> None:
        self.db = db

    async def get(self, row_id: int) -> ModelT | None:
        return await self.db.get(self.model, row_id)

    async def save(self, row: ModelT) -> ModelT:
        """Inserts it, or updates what has changed.

        Raises:
            ConflictError: It contradicts another row.
        """
        self.db.add(row)
        try:
            await self.db.commit()
        except IntegrityError as error:
            await self.db.rollback()
            raise ConflictError("This contradicts a record that is there already") from error
        return row

    async def delete(self, row: ModelT) -> None:
        await self.db.delete(row)
        await self.db.commit()

    async def page(self, *where: Any, limit: int, offset: int) -> tuple[list[ModelT], int]:
        """Up to `limit` rows, oldest first, after `offset` of them, and how many there are."""
        total = await self.db.exec(select(func.count()).select_from(self.model).where(*where))
        rows = await self.db.exec(
            select(self.model)
            .where(*where)
            .order_by(col(self.model.id))
            .limit(limit)
            .offset(offset)
        )
        return list(rows), total.one()
