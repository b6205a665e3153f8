"""Analytics events, in the database."""

from datetime import datetime

from sqlmodel import col, delete, func, select

from src.core.exceptions import ConflictError
from src.models.analytics_event import AnalyticsEvent
from src.repositories.base import BaseRepository


class AnalyticsEventRepository(BaseRepository[AnalyticsEvent]):
    model = AnalyticsEvent

    async def add_once(self, event: AnalyticsEvent) -> bool:
        """Whether the event is new; one that is there already is left alone."""
        try:
            await self.save(event)
        except ConflictError:
            return False
        return True

    async def count_by_name(self, since: datetime) -> dict[str, int]:
        """How often each kind of event has occurred since then."""
        rows = await self.db.exec(
            select(AnalyticsEvent.name, func.count())
            .where(col(AnalyticsEvent.occurred_at) >= since)
            .group_by(col(AnalyticsEvent.name))
            .order_by(col(AnalyticsEvent.name))
        )
        return dict(rows.all())

    async def delete_before(self, moment: datetime) -> int:
        """Deletes what occurred before then; says how many events that were."""
        result = await self.db.exec(
            delete(AnalyticsEvent).where(col(AnalyticsEvent.occurred_at) < moment)
        )
        await self.db.commit()
        return result.rowcount
