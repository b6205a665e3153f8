"""The tables, and what goes in and out as JSON."""

from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
import sqlmodel
<<@if EXAMPLE>>
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema
<<@else>>
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
<<@end>>

# Largest number that an INTEGER column of any database holds
MAX_ID = 2**31 - 1


def utc_now() -> datetime:
    return datetime.now(UTC)


def refuse_null(value: str | None) -> str:
    if value is None:
        raise ValueError("must not be null")
    return value


<<@if EXAMPLE>>
def without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


# A text with a NUL in it is cut off by some tools and refused by some databases
NO_NUL = r"^[^\x00]*$"

RecordName = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
# May be left out of a change, but not be null, which `None` as the default seems to allow
OptionalRecordName = Annotated[
    RecordName | SkipJsonSchema[None],
    AfterValidator(refuse_null),
    Field(json_schema_extra=without_default),
]
RecordDescription = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]
<<@else>>
RecordName = Annotated[str, Field(min_length=1, max_length=200)]
# May be left out of a change, but not be null
OptionalRecordName = Annotated[RecordName | None, AfterValidator(refuse_null)]
<<@end>>


class UTCDateTime(sa.TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the time zone, so it is restored on the way out."""

    impl = sa.DateTime
    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None


class RecordTable(sqlmodel.SQLModel):
    """What every table has."""

    # The database gives the number; before that there is none, and nobody asks for it
    id: int = sqlmodel.Field(default=None, primary_key=True)
    created_at: datetime = sqlmodel.Field(default_factory=utc_now, sa_type=UTCDateTime)
    updated_at: datetime = sqlmodel.Field(
        default_factory=utc_now, sa_type=UTCDateTime, sa_column_kwargs={"onupdate": utc_now}
    )


class RecordSchema(BaseModel):
    """A body in which every field is known; it can be made of a table's row."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class PageQuery(RecordSchema):
    """Which part of a list is wanted."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=MAX_ID)] = 0


class PageOf[ReadT](RecordSchema):
    """Part of a list; `total` counts what there is without `limit` and `offset`."""

    items: list[ReadT]
    total: int
    limit: int
    offset: int
<<@if EXAMPLE>>


class ErrorResponse(BaseModel):
    """An error: a sentence, or what is wrong with each field."""

    detail: str | list[dict[str, Any]]
<<@end>>
<<@for MODEL in MODELS>>


class <<MODEL|pascal>>(RecordTable, table=True):
    __tablename__ = "<<MODEL|plural>>"

    name: str
<<@if EXAMPLE>>
    description: str | None = None
<<@end>>


class <<MODEL|pascal>>Create(RecordSchema):
    """What a new record needs."""

    name: RecordName
<<@if EXAMPLE>>
    description: RecordDescription | None = None
<<@end>>


class <<MODEL|pascal>>Update(RecordSchema):
    """What changes; the rest stays as it is."""

    name: OptionalRecordName = None
<<@if EXAMPLE>>
    description: RecordDescription | None = None
<<@end>>


class <<MODEL|pascal>>Read(RecordSchema):
    """A record as it is kept."""

    id: int
    name: str
<<@if EXAMPLE>>
    description: str | None
<<@end>>
    created_at: datetime
    updated_at: datetime
<<@end>>
