"""Passwords and access tokens."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from jose import JWTError, jwt
from passlib.context import CryptContext

from src.core.config import Settings, get_settings

# Fixed here: an algorithm that a token names itself is an algorithm that an attacker chooses
ALGORITHM = "HS256"

_passwords = CryptContext(schemes=["argon2"])


def hash_password(password: str) -> str:
    """Takes tens of milliseconds on purpose: asynchronous code calls it in a thread."""
    return _passwords.hash(password)


def verify_password(password: str, hashed_password: str) -> bool:
    """Takes tens of milliseconds on purpose: asynchronous code calls it in a thread."""
    return _passwords.verify(password, hashed_password)


def create_access_token(data: Mapping[str, str], settings: Settings | None = None) -> str:
    """A signed token with the claims of `data`, above all `sub`, and the time it expires."""
    settings = settings or get_settings()
    now = datetime.now(UTC)
    claims = {
        **data,
        "iat": now,
        "exp": now + timedelta(minutes=settings.access_token_expire_minutes),
    }
    return jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm=ALGORITHM)


def read_access_token(token: str, settings: Settings | None = None) -> str | None:
    """Who the token is for (`sub`), or `None` if it is forged, expired or incomplete."""
    settings = settings or get_settings()
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=[ALGORITHM],
            options={"require_exp": True, "require_sub": True},
        )
    except JWTError:
        return None
    return str(claims["sub"])
