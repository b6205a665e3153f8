"""Settings: where they come from, and what is said about wrong ones."""

import runpy
from collections.abc import Iterator

import pytest

from src.core.config import PROJECT_ROOT, Settings, SettingsError, get_settings

KEY = "k" * 32
RANDOM_KEY = "0f3c1b7a9d2e4856" * 4


@pytest.fixture(autouse=True)
def fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is read from `.env`, nothing is remembered."""
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def settings_for(database_url: str) -> Settings:
    return Settings(database_url=database_url, secret_key=KEY)


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("ACCESS_TOKEN_EXPIRE_MINUTES", "5")
    monkeypatch.setenv("DEBUG", "true")
    settings = get_settings()
    assert settings.secret_key.get_secret_value() == KEY
    assert settings.access_token_expire_minutes == 5
    assert settings.debug


def test_the_defaults_are_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "ACCESS_TOKEN_EXPIRE_MINUTES",
        "BACKEND_CORS_ORIGINS",
        "DEBUG",
        "ENVIRONMENT",
        "PASSWORD_RESET_EXPIRE_MINUTES",
    ):
        monkeypatch.delenv(name)
    settings = settings_for("sqlite://")
    assert not settings.debug
    assert settings.access_token_expire_minutes == 30
    assert settings.password_reset_expire_minutes == 30
    assert settings.backend_cors_origins == ()


def test_the_key_is_not_shown() -> None:
    assert KEY not in repr(settings_for("sqlite://"))


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("SECRET_KEY")
    with pytest.raises(SettingsError, match=r"DATABASE_URL: is missing; SECRET_KEY: is missing"):
        get_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too short"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://root@localhost/shop"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "0"),
        ("DEBUG", "perhaps"),
        ("BACKEND_CORS_ORIGINS", "https://*.example.com"),
        ("BACKEND_CORS_ORIGINS", "https://a.example.com/path"),
        ("FIRST_SUPERUSER_EMAIL", "nobody"),
        ("FIRST_SUPERUSER_PASSWORD", "too short"),
    ],
)
def test_what_is_wrong_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: ") as error:
        get_settings()
    assert value not in str(error.value)


def test_a_server_that_cannot_start_says_why_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    with pytest.raises(SystemExit, match=r"^error: DATABASE_URL: "):
        runpy.run_path(str(PROJECT_ROOT / "src/main.py"))


def test_the_first_superuser_has_an_address_and_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRST_SUPERUSER_EMAIL", "Root@example.com")
    with pytest.raises(SettingsError, match=r"^FIRST_SUPERUSER_EMAIL and FIRST_"):
        get_settings()
    monkeypatch.setenv("FIRST_SUPERUSER_PASSWORD", "correct horse battery")
    settings = get_settings()
    assert settings.first_superuser_email == "root@example.com"
    assert "battery" not in repr(settings)


def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKEND_CORS_ORIGINS", "https://a.example.com/, http://localhost:5173,")
    expected = ("https://a.example.com", "http://localhost:5173")
    assert get_settings().backend_cors_origins == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "changeme-changeme-changeme-changeme"),
        ("SECRET_KEY", "abcdefgh" * 4),
        ("DATABASE_URL", "postgresql://postgres:postgres@db.example.com/app"),
        ("FIRST_SUPERUSER_PASSWORD", "change-this-password"),
<<@if TIER == full>>
        ("REDIS_URL", "redis://:secret@redis.example.com"),
        ("NOTIFICATIONS_TOKEN", "changeme"),
<<@end>>
    ],
)
def test_secrets_that_can_be_guessed_are_for_development_only(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("FIRST_SUPERUSER_EMAIL", "root@example.com")
    monkeypatch.setenv("FIRST_SUPERUSER_PASSWORD", "correct horse battery")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://app:{RANDOM_KEY}@db.example.com/app")
    monkeypatch.setenv("SECRET_KEY", RANDOM_KEY)
    monkeypatch.setenv("ENVIRONMENT", "production")
    get_settings()

    get_settings.cache_clear()
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: has no secret in it") as error:
        get_settings()
    assert value not in str(error.value)

    monkeypatch.setenv("ENVIRONMENT", "development")
    assert get_settings().environment == "development"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgresql_is_reached_by_one_driver(scheme: str) -> None:
    settings = settings_for(f"{scheme}://ann:p%40ss@db.example.com:5433/shop")
    for url in (settings.sync_database_url, settings.async_database_url):
        assert url.drivername == "postgresql+psycopg"
        assert (url.username, url.password) == ("ann", "p@ss")
        assert (url.host, url.port, url.database) == ("db.example.com", 5433, "shop")


def test_a_relative_file_is_the_same_from_everywhere() -> None:
    settings = settings_for("sqlite:///./shop.db")
    assert settings.sync_database_url.drivername == "sqlite"
    assert settings.async_database_url.drivername == "sqlite+aiosqlite"
    assert settings.sync_database_url.database == str(PROJECT_ROOT / "shop.db")
    assert settings.async_database_url.database == str(PROJECT_ROOT / "shop.db")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_stays_there(url: str) -> None:
    assert settings_for(url).async_database_url.database in {None, ":memory:"}
