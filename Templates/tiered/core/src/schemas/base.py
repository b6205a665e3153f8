"""What the schemas have in common."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StringConstraints
from pydantic.json_schema import SkipJsonSchema

# Largest number that an INTEGER column of PostgreSQL holds
MAX_ID = 2**31 - 1

# PostgreSQL keeps no NUL in a text
NO_NUL = r"^[^\x00]*$"


def refuse_null[ValueT](value: ValueT | None) -> ValueT:
    if value is None:
        raise ValueError("must not be null")
    return value


def without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


RecordName = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
# Optional: may be left out of a change, but not be null, as `None` for a default may suggest
OptionalRecordName = Annotated[
    RecordName | SkipJsonSchema[None],
    AfterValidator(refuse_null),
    Field(json_schema_extra=without_default),
]
# Strict: 0 and "no" are no flags
OptionalFlag = Annotated[
    StrictBool | SkipJsonSchema[None],
    AfterValidator(refuse_null),
    Field(json_schema_extra=without_default),
]
RecordDescription = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]
Password = Annotated[str, StringConstraints(min_length=12, max_length=128)]
ResetToken = Annotated[str, StringConstraints(max_length=200, pattern=r"^[0-9a-f.]+$")]
Email = Annotated[
    str,
    StringConstraints(
        max_length=254,
        pattern=r"^[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$",
    ),
    AfterValidator(str.lower),
]


class Schema(BaseModel):
    """A body in which every field is known; it can be made of a table's row."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class PageOf[RowT](Schema):
    """Part of a list; `total` counts what there is without `limit` and `offset`."""

    items: list[RowT]
    total: Annotated[int, Field(ge=0)]
    limit: int
    offset: int


class ErrorDetail(Schema):
    """What is wrong with one field of a request."""

    field: Annotated[str, Field(examples=["body.name"])]
    message: str


class ErrorResponse(Schema):
    """The shape of every error."""

    code: Annotated[str, Field(examples=["not_found"])]
    detail: Annotated[str, Field(examples=["There is no such record"])]
    errors: list[ErrorDetail] = []
