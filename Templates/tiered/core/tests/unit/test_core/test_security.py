"""Passwords and tokens."""

from datetime import UTC, datetime

from jose import jwt

from src.core.config import Settings
from src.core.security import (
    create_access_token,
    hash_password,
    read_access_token,
    verify_password,
)


def settings_with(key: str, minutes: int = 30) -> Settings:
    return Settings(
        database_url="sqlite://", secret_key=key * 32, access_token_expire_minutes=minutes
    )


def test_only_the_password_itself_is_accepted() -> None:
    hashed = hash_password("correct horse")
    assert verify_password("correct horse", hashed)
    assert not verify_password("Correct horse", hashed)


def test_equal_passwords_have_different_argon2_hashes() -> None:
    first, second = hash_password("correct horse"), hash_password("correct horse")
    assert first != second
    assert first.startswith("$argon2id$")


def test_a_token_says_who_it_is_for() -> None:
    settings = settings_with("a")
    token = create_access_token(data={"sub": "ann@example.com"}, settings=settings)
    assert read_access_token(token, settings) == "ann@example.com"


def test_a_token_of_another_key_says_nothing() -> None:
    token = create_access_token(data={"sub": "ann@example.com"}, settings=settings_with("a"))
    assert read_access_token(token, settings_with("b")) is None


def test_a_token_expires_when_the_settings_say() -> None:
    token = create_access_token(data={"sub": "x"}, settings=settings_with("a", minutes=7))
    claims = jwt.get_unverified_claims(token)
    assert claims["exp"] - claims["iat"] == 7 * 60
    assert abs(claims["iat"] - datetime.now(UTC).timestamp()) < 60
