"""The kinds of events. They name users and records by id only, so that they may be kept."""

import uuid
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from src.integrations.message_queue.messages import PoisonMessageError


class BaseEvent(BaseModel):
    """What all events have; `event_id` tells a repeated delivery from a second event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: uuid.UUID = Field(default_factory=uuid.uuid4)
    occurred_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    user_id: int

    def properties(self) -> dict[str, str | int]:
        """What this kind of event has beyond the others."""
        values: dict[str, str | int] = self.model_dump(
            mode="json", exclude={"name", *BaseEvent.model_fields}
        )
        return values


class UserRegistered(BaseEvent):
    name: Literal["user_registered"] = "user_registered"


class UserLoggedIn(BaseEvent):
    name: Literal["user_logged_in"] = "user_logged_in"


class RecordChanged(BaseEvent):
    """A business record was created, updated or deleted by its owner."""

    name: Literal["record_changed"] = "record_changed"
    model: str
    record_id: int
    action: Literal["created", "updated", "deleted"]


Event = Annotated[UserRegistered | UserLoggedIn | RecordChanged, Field(discriminator="name")]

_events: TypeAdapter[UserRegistered | UserLoggedIn | RecordChanged] = TypeAdapter(Event)


def parse_event(body: str) -> UserRegistered | UserLoggedIn | RecordChanged:
    """The event in a message; one that is none will not become one by another delivery."""
    try:
        return _events.validate_json(body)
    except ValidationError as error:
        message = f"not an event: {error.errors(include_input=False, include_url=False)}"
        raise PoisonMessageError(message) from error
