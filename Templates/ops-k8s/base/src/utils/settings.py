"""What differs from one environment to the next: read from variables, and from `.env` here."""

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

FeatureStoreBackend = Literal[<<FEATURE_STORE|json|join(", ")>>]
Port = Annotated[int, Field(ge=1, le=65535)]

LARGEST_BATCH = 1000
# A developer's machine, which is no other environment.
LOCAL = "local"

_API_KEY = re.compile(r"([A-Za-z0-9_-]{1,64}):([0-9a-f]{64})")


def _read_api_keys(given: Any) -> Any:
    """`client:hash,client:hash`; what is wrong is not shown, since it may be a key itself."""
    if not isinstance(given, str):
        return given
    found = [_API_KEY.fullmatch(entry.strip()) for entry in given.split(",")]
    hashes = {match[1]: match[2] for match in found if match}
    if len(hashes) < len(found):
        raise ValueError("has to be CLIENT:SHA256 with commas between, each client once")
    return hashes


class EnvironmentSettings(BaseSettings):
    """Where all settings come from; those of one queue or store stand in its own module."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )


class LogSettings(EnvironmentSettings):
    environment: str = LOCAL
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class DatabaseSettings(EnvironmentSettings):
    database_url: SecretStr
    database_pool_size: int = Field(default=5, ge=1, le=100)


class FeatureStoreSettings(EnvironmentSettings):
    feature_store_backend: FeatureStoreBackend = "<<FEATURE_STORE_BACKEND>>"
    feature_ttl_seconds: int = Field(default=7 * 24 * 3600, ge=1)

    @property
    def feature_ttl(self) -> timedelta:
        return timedelta(seconds=self.feature_ttl_seconds)


class ModelSettings(EnvironmentSettings):
    # Pydantic keeps names that begin with `model_` for itself, unless told otherwise.
    model_config = SettingsConfigDict(protected_namespaces=())

    model_name: str = "churn"
    # Where training puts the model of that name.
    model_uri: str = Field(default_factory=lambda given: f"model_cache/{given['model_name']}")
    mlflow_tracking_uri: str = "http://localhost:5000"


class ApiSettings(EnvironmentSettings):
    model_config = SettingsConfigDict(hide_input_in_errors=True)

    api_keys: Annotated[dict[str, str], NoDecode, BeforeValidator(_read_api_keys)] = {}
    max_batch_size: int = Field(default=100, ge=1, le=LARGEST_BATCH)


class IngestionSettings(EnvironmentSettings):
    ingestion_batch_size: int = Field(default=100, ge=1, le=1000)
    ingestion_metrics_port: Port = 9100
