"""Settings, from the environment or from `.env`; the environment wins."""

from functools import lru_cache
from pathlib import Path
<<@if TIER == full>>
from typing import Annotated, Literal
<<@else>>
from typing import Annotated
<<@end>>

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PROJECT_ROOT = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """A setting is missing or wrong; the text names each of them and says where to set it."""


class Settings(BaseSettings):
    """Every setting of the service: `DATABASE_URL` sets `database_url`, and so on."""

    model_config = SettingsConfigDict(env_file=PROJECT_ROOT / ".env", extra="ignore")

    app_name: str = "<<PROJECT_NAME>>"
    debug: bool = False

    # Database
    database_url: str

    # Security: HS256 needs a key as long as its hash
    secret_key: Annotated[SecretStr, Field(min_length=32)]
    access_token_expire_minutes: Annotated[int, Field(ge=1, le=60 * 24 * 365)] = 30
<<@if TIER == full>>

    # Redis: without it nothing is cached, no event is kept and no task is run
    redis_url: Annotated[str, Field(pattern=r"^(rediss?|unix)://")] | None = None
    cache_ttl_seconds: Annotated[int, Field(ge=1)] = 30
    event_retention_days: Annotated[int, Field(ge=1)] = 90

    # Monitoring
    environment: str = "development"
    release: str = "<<PROJECT_NAME>>@0.1.0"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_json: bool = True
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    sentry_dsn: str | None = None
    sentry_traces_sample_rate: Annotated[float, Field(ge=0, le=1)] = 0.0

    # The service that sends messages to people
    notifications_url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    notifications_token: SecretStr | None = None
<<@end>>

<<@if TIER == full>>
    @field_validator(
        "redis_url",
        "metrics_port",
        "sentry_dsn",
        "notifications_url",
        "notifications_token",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: str | None) -> str | None:
        return value or None

<<@end>>
    @field_validator("database_url")
    @classmethod
    def _is_supported(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError:
            backend = ""
        if backend not in {"postgres", "postgresql", "sqlite"}:
            raise ValueError("is no URL of a PostgreSQL or SQLite database")
        return value

    @property
    def sync_database_url(self) -> URL:
        """The database for what is not asynchronous: migrations and scripts."""
        url = make_url(self.database_url)
        if url.get_backend_name() != "sqlite":
            return url.set(drivername="postgresql+psycopg")
        if url.database and url.database != ":memory:":
            # A relative path means the same file wherever a command is run from
            url = url.set(database=str(PROJECT_ROOT / url.database))
        return url.set(drivername="sqlite")

    @property
    def async_database_url(self) -> URL:
        """The database for the service; psycopg does both."""
        url = self.sync_database_url
        return url.set(drivername="sqlite+aiosqlite") if url.drivername == "sqlite" else url


@lru_cache
def get_settings() -> Settings:
    """The settings, read once.

    Raises:
        SettingsError: One is missing or wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        name = str(fault["loc"][0]).upper()
        reason = "is missing" if fault["type"] == "missing" else fault["msg"]
        faults.append(f"{name}: {reason.removeprefix('Value error, ')}")
    return "; ".join(faults) + " (set it in the environment or in .env, see .env.example)"
