"""What follows from business records: lists that are remembered, and events about changes."""

from collections.abc import Awaitable, Callable
from typing import Literal, Protocol

from pydantic import BaseModel

from src.analytics.events import RecordChanged
from src.core.backends import Backends


class OwnedRecord(Protocol):
    """A row that belongs to a user."""

    id: int
    owner_id: int


class RecordEffects:
    """For the records of one model. Lists are cached by owner, and dropped when one changes."""

    def __init__(self, model: str, backends: Backends) -> None:
        self._model = model
        self._cache = backends.cache
        self._tracker = backends.tracker

    async def changed(
        self, record: OwnedRecord, action: Literal["created", "updated", "deleted"]
    ) -> None:
        """Call it after the commit."""
        await self._cache.invalidate(self._scope(record.owner_id))
        await self._tracker.track(
            RecordChanged(
                user_id=record.owner_id, model=self._model, record_id=record.id, action=action
            )
        )

    async def cached_page[PageT: BaseModel](
        self,
        page_type: type[PageT],
        owner_id: int,
        key: str,
        load: Callable[[], Awaitable[PageT]],
    ) -> PageT:
        """A page of the owner's records, from the cache or else from `load`."""

        async def load_json() -> str:
            return (await load()).model_dump_json()

        text = await self._cache.get_or_load(self._scope(owner_id), key, load_json)
        return page_type.model_validate_json(text)

    def _scope(self, owner_id: int) -> str:
        return f"{self._model}:{owner_id}"
