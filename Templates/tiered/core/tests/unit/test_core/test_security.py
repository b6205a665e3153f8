"""Passwords and tokens."""

from datetime import UTC, datetime, timedelta

<<@if SECURITY_LIBRARIES == jose-passlib>>
from jose import jwt
<<@else>>
import jwt
<<@end>>

from src.core.config import Settings
from src.core.security import (
    create_access_token,
    create_reset_token,
    hash_password,
    password_version,
    read_access_token,
    read_reset_token,
    verify_password,
    verify_reset_token,
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
    assert read_access_token(token, settings) == ("ann@example.com", "")


def test_a_token_says_which_password_it_was_given_for() -> None:
    settings = settings_with("a")
    version = password_version("hash", settings)
    token = create_access_token({"sub": "ann@example.com", "pwd": version}, settings)
    assert read_access_token(token, settings) == ("ann@example.com", version)
    assert version != password_version("another hash", settings)
    assert version != password_version("hash", settings_with("b"))


def test_a_token_of_another_key_says_nothing() -> None:
    token = create_access_token(data={"sub": "ann@example.com"}, settings=settings_with("a"))
    assert read_access_token(token, settings_with("b")) is None


def test_the_clock_that_made_a_token_may_be_ahead() -> None:
    settings = settings_with("a")
    now = datetime.now(UTC)
    claims = {"sub": "x", "iat": now + timedelta(minutes=1), "exp": now + timedelta(minutes=5)}
    token = jwt.encode(claims, "a" * 32, "HS256")
    assert read_access_token(token, settings) == ("x", "")


def test_a_token_expires_when_the_settings_say() -> None:
    token = create_access_token(data={"sub": "x"}, settings=settings_with("a", minutes=7))
<<@if SECURITY_LIBRARIES == jose-passlib>>
    claims = jwt.get_unverified_claims(token)
<<@else>>
    claims = jwt.decode(token, options={"verify_signature": False})
<<@end>>
    assert claims["exp"] - claims["iat"] == 7 * 60
    assert abs(claims["iat"] - datetime.now(UTC).timestamp()) < 60


def test_a_reset_token_is_for_one_user_and_one_password() -> None:
    settings = settings_with("a")
    token = create_reset_token(7, "hash", settings)
    assert read_reset_token(token) == 7
    assert verify_reset_token(token, "hash", settings)
    assert not verify_reset_token(token, "another hash", settings)
    assert not verify_reset_token(token.replace("7.", "8.", 1), "hash", settings)
    assert not verify_reset_token(token, "hash", settings_with("b"))


def test_a_reset_token_expires_when_the_settings_say() -> None:
    settings = settings_with("a").model_copy(update={"password_reset_expire_minutes": 3})
    expires = int(create_reset_token(7, "hash", settings).split(".")[1])
    assert abs(expires - datetime.now(UTC).timestamp() - 3 * 60) < 60

    expired = settings.model_copy(update={"password_reset_expire_minutes": -1})
    assert not verify_reset_token(create_reset_token(7, "hash", expired), "hash", settings)


def test_what_is_no_reset_token_is_for_nobody() -> None:
    for token in ("", "7", "7.", "x.1.y", "7.99999999999.", f"7.99999999999.{'0' * 63}é"):
        assert read_reset_token(token) is None
        assert not verify_reset_token(token, "hash", settings_with("a"))
