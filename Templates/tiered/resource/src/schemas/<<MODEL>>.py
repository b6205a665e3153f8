"""<<MODEL|title>>, as JSON."""

from datetime import datetime

<<@if EXAMPLE>>
from src.schemas.base import OptionalRecordName, RecordDescription, RecordName, Schema
<<@else>>
from src.schemas.base import OptionalRecordName, RecordName, Schema
<<@end>>


class <<MODEL|pascal>>Create(Schema):
    """What a new record needs."""

    name: RecordName
<<@if EXAMPLE>>
    description: RecordDescription | None = None
<<@end>>


class <<MODEL|pascal>>Update(Schema):
    """What changes; the rest stays as it is."""

    name: OptionalRecordName = None
<<@if EXAMPLE>>
    description: RecordDescription | None = None
<<@end>>


class <<MODEL|pascal>>Read(Schema):
    """A record as it is kept."""

    id: int
    name: str
<<@if EXAMPLE>>
    description: str | None
<<@end>>
    owner_id: int
    created_at: datetime
    updated_at: datetime
