"""<<MODEL|title>>, as JSON."""

from datetime import datetime

from src.schemas.base import (
    OptionalRecordName,
    RecordDescription,
    RecordName,
    Schema,
)


class <<MODEL|pascal>>Create(Schema):
    """What a new record needs."""

    name: RecordName
    description: RecordDescription | None = None


class <<MODEL|pascal>>Update(Schema):
    """What changes; the rest stays as it is."""

    name: OptionalRecordName = None
    description: RecordDescription | None = None


class <<MODEL|pascal>>Read(Schema):
    """A record as it is kept."""

    id: int
    name: str
    description: str | None
    owner_id: int
    created_at: datetime
    updated_at: datetime
