"""Statistics, for superusers."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from src.api.deps import CurrentSuperuser, DbSession
from src.api.responses import NOT_AUTHENTICATED, PERMISSION_DENIED
from src.repositories.analytics_event import AnalyticsEventRepository
from src.schemas.analytics import EventCounts

router = APIRouter(responses={**NOT_AUTHENTICATED, **PERMISSION_DENIED})


@router.get("/events")
async def count_events(
    _: CurrentSuperuser, db: DbSession, days: Annotated[int, Query(ge=1, le=365)] = 7
) -> EventCounts:
    """How often each kind of event has occurred in the last days."""
    since = datetime.now(UTC) - timedelta(days=days)
    return EventCounts(since=since, counts=await AnalyticsEventRepository(db).count_by_name(since))
