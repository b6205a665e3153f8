"""The tables. A change here needs a migration: see `migrations/`."""

from datetime import UTC, datetime
<<@if EXAMPLE>>
from decimal import Decimal
<<@end>>
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect<<@if EXAMPLE>>, Numeric<<@end>>
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; SQLite, which knows no time zones, gives it back in UTC as well."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    return datetime.now(UTC)


class StoredEvent(SQLModel, table=True):
    """What a customer did; the key makes a second delivery harmless."""

    __tablename__ = "customer_events"

    event_id: str = Field(primary_key=True, max_length=64)
    customer_id: str = Field(max_length=64)
<<@if EXAMPLE>>
    kind: str = Field(max_length=32)
    amount: Decimal = Field(sa_type=Numeric(12, 2))
<<@end>>
    occurred_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


<<@if postgres in FEATURE_STORE>>
class StoredFeatures(SQLModel, table=True):
    """The newest features of a customer, for each version of their schema."""

    __tablename__ = "features"

    customer_id: str = Field(primary_key=True, max_length=64)
    schema_version: str = Field(primary_key=True, max_length=32)
    feature_values: dict[str, float] = Field(sa_type=JSON)
    as_of: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(index=True, sa_type=UtcDateTime)


<<@end>>
<<@if kinesis in INGESTION>>
class KinesisCheckpoint(SQLModel, table=True):
    """How far a shard was read; Kinesis itself does not remember."""

    __tablename__ = "kinesis_checkpoints"

    stream: str = Field(primary_key=True, max_length=128)
    shard_id: str = Field(primary_key=True, max_length=128)
    sequence_number: str = Field(max_length=128)


<<@end>>
class Prediction(SQLModel, table=True):
    """What was predicted, by which model, from which values: enough to explain it later."""

    __tablename__ = "predictions"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    customer_id: str = Field(max_length=64)
    probability: float
    churn: bool
    threshold: float
    model_name: str = Field(max_length=64)
    model_version: str = Field(max_length=64)
    schema_version: str = Field(max_length=32)
    features: dict[str, float] = Field(sa_type=JSON)
    features_as_of: datetime | None = Field(default=None, sa_type=UtcDateTime)
    request_id: str | None = Field(default=None, max_length=64)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
