"""Users and tokens, as JSON."""

from datetime import datetime
from typing import Literal

from src.schemas.base import Email, OptionalFlag, Password, RecordName, ResetToken, Schema


class UserCreate(Schema):
    """What registering needs."""

    email: Email
    password: Password
    full_name: RecordName | None = None


class UserUpdate(Schema):
    """What users may change about themselves."""

    full_name: RecordName | None


class UserAdminUpdate(Schema):
    """What superusers may change about others."""

    is_active: OptionalFlag = None
    is_superuser: OptionalFlag = None


class PasswordChange(Schema):
    """A new password, and the old one as a proof."""

    current_password: str
    new_password: Password


class PasswordReset(Schema):
    """A new password, and the token that stands for the forgotten one."""

    token: ResetToken
    new_password: Password


<<@if TIER == full>>
class PasswordResetRequest(Schema):
    """Whose password is forgotten."""

    email: Email


<<@end>>
class UserRead(Schema):
    """A user as others see it: without the password, hashed or not."""

    id: int
    email: str
    full_name: str | None
    is_active: bool
    is_superuser: bool
    created_at: datetime
    updated_at: datetime


class Token(Schema):
    """An access token, as RFC 6749 has it."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105
    expires_in: int
