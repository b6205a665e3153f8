from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from src.utils.settings import (
    ApiSettings,
    DatabaseSettings,
    FeatureStoreSettings,
    IngestionSettings,
    LogSettings,
    ModelSettings,
)


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_URI", "models:/churn@champion")
    monkeypatch.setenv("MAX_BATCH_SIZE", "7")
    monkeypatch.setenv("FEATURE_TTL_SECONDS", "60")
    assert ModelSettings().model_uri == "models:/churn@champion"
    assert ApiSettings().max_batch_size == 7
    assert FeatureStoreSettings().feature_ttl == timedelta(minutes=1)


def test_a_model_is_looked_for_where_training_puts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ModelSettings().model_uri == "model_cache/churn"
    monkeypatch.setenv("MODEL_NAME", "retention")
    assert ModelSettings().model_uri == "model_cache/retention"


def test_the_env_file_is_read_and_variables_come_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "ENVIRONMENT=from-file\nLOG_LEVEL=DEBUG\nUNKNOWN=1\nMAX_BATCH_SIZE=\n", encoding="utf-8"
    )
    monkeypatch.setenv("ENVIRONMENT", "from-variable")
    settings = LogSettings()
    assert (settings.environment, settings.log_level) == ("from-variable", "DEBUG")
    assert ApiSettings().max_batch_size == 100


def test_there_is_no_default_for_the_database() -> None:
    with pytest.raises(ValidationError, match="database_url"):
        DatabaseSettings()


def test_the_database_s_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://user:secret@host/name")
    assert "secret" not in repr(DatabaseSettings())


@pytest.mark.parametrize(
    ("name", "value", "settings"),
    [
        ("FEATURE_STORE_BACKEND", "a-shelf", FeatureStoreSettings),
        ("FEATURE_TTL_SECONDS", "0", FeatureStoreSettings),
        ("INGESTION_METRICS_PORT", "65536", IngestionSettings),
        ("INGESTION_BATCH_SIZE", "0", IngestionSettings),
        ("LOG_LEVEL", "LOUD", LogSettings),
        ("MAX_BATCH_SIZE", "0", ApiSettings),
    ],
)
def test_a_wrong_value_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, settings: type[LogSettings]
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        settings()
