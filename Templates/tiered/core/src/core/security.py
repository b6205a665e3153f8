"""Passwords, access tokens, and tokens for who has forgotten a password."""

import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

<<@if SECURITY_LIBRARIES == jose-passlib>>
from jose import JWTError, jwt
from passlib.context import CryptContext
<<@else>>
import jwt
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
<<@end>>

from src.core.config import Settings, get_settings

# Fixed here: an algorithm that a token names itself is an algorithm that an attacker chooses
ALGORITHM = "HS256"

# User, when it expires, signature
RESET_TOKEN = re.compile(r"([1-9][0-9]{0,8})\.([0-9]{1,12})\.([0-9a-f]{64})")

<<@if SECURITY_LIBRARIES == jose-passlib>>
_passwords = CryptContext(schemes=["argon2"])
<<@else>>
_passwords = PasswordHash([Argon2Hasher()])
<<@end>>


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


class AccessToken(NamedTuple):
    """What a valid token says: the user's address, and the password that it was given for."""

    email: str
    password_version: str


def read_access_token(token: str, settings: Settings | None = None) -> AccessToken | None:
    """What the token says, or `None` if it is forged, expired or incomplete."""
    settings = settings or get_settings()
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=[ALGORITHM],
<<@if SECURITY_LIBRARIES == jose-passlib>>
            options={"require_exp": True, "require_sub": True},
        )
    except JWTError:
<<@else>>
            # The clock of the server that has made it may be ahead
            options={"require": ["exp", "sub"], "verify_iat": False},
        )
    except jwt.InvalidTokenError:
<<@end>>
        return None
    return AccessToken(str(claims["sub"]), str(claims.get("pwd", "")))


def password_version(hashed_password: str, settings: Settings | None = None) -> str:
    """Another one with every other password: a token that has it (`pwd`) ends with the password."""
    return _sign("password-version", hashed_password, settings)[:16]


def create_reset_token(user_id: int, hashed_password: str, settings: Settings | None = None) -> str:
    """With it one may set another password, once: it is signed with the hash that it replaces."""
    settings = settings or get_settings()
    lifetime = timedelta(minutes=settings.password_reset_expire_minutes)
    expires = int((datetime.now(UTC) + lifetime).timestamp())
    signature = _sign("password-reset", f"{user_id}.{expires}.{hashed_password}", settings)
    return f"{user_id}.{expires}.{signature}"


def read_reset_token(token: str) -> int | None:
    """The number of the user that the token claims to be for; nothing is proven by that."""
    match = RESET_TOKEN.fullmatch(token)
    return int(match[1]) if match else None


def verify_reset_token(token: str, hashed_password: str, settings: Settings | None = None) -> bool:
    """Whether it was made for the user with this hash of a password, and is not too old."""
    match = RESET_TOKEN.fullmatch(token)
    if match is None or int(match[2]) < datetime.now(UTC).timestamp():
        return False
    signature = _sign("password-reset", f"{match[1]}.{match[2]}.{hashed_password}", settings)
    return hmac.compare_digest(match[3], signature)


def _sign(purpose: str, text: str, settings: Settings | None) -> str:
    """A signature that is good for nothing else than its purpose."""
    key = (settings or get_settings()).secret_key.get_secret_value()
    return hmac.new(key.encode(), f"{purpose}:{text}".encode(), "sha256").hexdigest()
