"""Analytics events, as they came out of the queue."""

import uuid
from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field

from src.models.base import BaseModel, UTCDateTime


class AnalyticsEvent(BaseModel, table=True):
    __tablename__ = "analytics_events"

    # Unique, so that a message which is delivered twice is stored once
    event_id: uuid.UUID = Field(unique=True)
    name: str = Field(max_length=50)
    occurred_at: datetime = Field(sa_type=UTCDateTime, index=True)
    # No foreign key: what happened stays true after a user is gone
    user_id: int
    properties: dict[str, str | int] = Field(default_factory=dict, sa_type=JSON)
