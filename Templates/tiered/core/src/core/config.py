"""Settings, from the environment or from `.env`; the environment wins."""

import re
from functools import lru_cache
from pathlib import Path
<<@if TIER == full>>
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
<<@else>>
from typing import Annotated, Self
<<@end>>

from pydantic import (
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from src.schemas.base import Email

PROJECT_ROOT = Path(__file__).resolve().parents[2]

# An origin as browsers send it, without a path; `*` would let every page in
Origin = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?$")]

# What examples and hurried people write in the place of a secret
_PLACEHOLDER = re.compile(
    r"(?:admin|app|change|default|example|key|me|password|postgres|secret|this|[0-9_. -])+",
    re.IGNORECASE,
)


class SettingsError(Exception):
    """A setting is missing or wrong; the text names each of them and says where to set it."""


class Settings(BaseSettings):
    """Every setting of the service: `DATABASE_URL` sets `database_url`, and so on."""

    model_config = SettingsConfigDict(env_file=PROJECT_ROOT / ".env", extra="ignore")

    app_name: str = "<<PROJECT_NAME>>"
    environment: Annotated[str, Field(min_length=1)] = "development"
    debug: bool = False

    # Database
    database_url: str

    # Security: HS256 needs a key as long as its hash
    secret_key: Annotated[SecretStr, Field(min_length=32)]
    access_token_expire_minutes: Annotated[int, Field(ge=1, le=60 * 24 * 365)] = 30
    password_reset_expire_minutes: Annotated[int, Field(ge=1, le=60 * 24)] = 30

    # The superuser that scripts/init_db.py makes
    first_superuser_email: Email | None = None
    first_superuser_password: Annotated[SecretStr, Field(min_length=12, max_length=128)] | None = (
        None
    )

    # Web pages of other origins whose scripts may call the API
    backend_cors_origins: Annotated[tuple[Origin, ...], NoDecode] = ()
<<@if TIER == full>>

    # Redis: without it nothing is cached, no event is kept and no task is run
    redis_url: Annotated[str, Field(pattern=r"^(rediss?|unix)://")] | None = None
    cache_ttl_seconds: Annotated[int, Field(ge=1)] = 30
    event_retention_days: Annotated[int, Field(ge=1)] = 90

    # Monitoring
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

    @field_validator(
        "first_superuser_email",
        "first_superuser_password",
<<@if TIER == full>>
        "redis_url",
        "metrics_port",
        "sentry_dsn",
        "notifications_url",
        "notifications_token",
<<@end>>
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: str | None) -> str | None:
        return value or None

    @field_validator("backend_cors_origins", mode="before")
    @classmethod
    def _is_a_list(cls, value: object) -> object:
        """`https://a.example.com, https://b.example.com`"""
        if not isinstance(value, str):
            return value
        return [origin for part in value.split(",") if (origin := part.strip().rstrip("/"))]

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

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if (self.first_superuser_email is None) != (self.first_superuser_password is None):
            raise ValueError("FIRST_SUPERUSER_EMAIL and FIRST_SUPERUSER_PASSWORD: need each other")
        if self.environment != "development" and (names := self._placeholders()):
            raise ValueError(f"{', '.join(names)}: has no secret in it, only a placeholder")
        return self

    def _placeholders(self) -> list[str]:
        """The variables that everybody could guess."""
        secrets = {
            "DATABASE_URL": make_url(self.database_url).password,
            "SECRET_KEY": self.secret_key.get_secret_value(),
            "FIRST_SUPERUSER_PASSWORD": _reveal(self.first_superuser_password),
<<@if TIER == full>>
            "REDIS_URL": urlsplit(self.redis_url or "").password,
            "NOTIFICATIONS_TOKEN": _reveal(self.notifications_token),
<<@end>>
        }
        return [name for name, secret in secrets.items() if secret and _is_placeholder(secret)]

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


def _reveal(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def _is_placeholder(secret: str) -> bool:
    # A random secret has many different characters; a word that is repeated has few
    few = len(set(secret)) < min(10, len(secret) // 2)
    return few or _PLACEHOLDER.fullmatch(secret) is not None


def _explain(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        reason = "is missing" if fault["type"] == "missing" else fault["msg"]
        reason = reason.removeprefix("Value error, ")
        # What is wrong with several of them together has no place, and names them itself
        faults.append(f"{str(fault['loc'][0]).upper()}: {reason}" if fault["loc"] else reason)
    return "; ".join(faults) + " (set it in the environment or in .env, see .env.example)"
