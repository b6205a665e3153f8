"""Registration, login, and forgotten passwords."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import OAuth2PasswordRequestForm

<<@if TIER == full>>
from src.analytics.events import UserLoggedIn, UserRegistered
from src.api.backends import Tasks, Tracker
<<@end>>
from src.api.deps import AppSettings, Auth, UserManagement
from src.api.responses import CONFLICT, NOT_AUTHENTICATED, PERMISSION_DENIED
<<@if TIER == full>>
from src.background.tasks import send_reset_message, send_welcome_message
<<@end>>
from src.core.exceptions import NotAuthenticatedError
from src.models.user import User
<<@if TIER == full>>
from src.schemas.user import PasswordReset, PasswordResetRequest, Token, UserCreate, UserRead
<<@else>>
from src.schemas.user import PasswordReset, Token, UserCreate, UserRead
<<@end>>

router = APIRouter()


@router.post("/register", status_code=201, response_model=UserRead, responses={**CONFLICT})
<<@if TIER == full>>
async def register(
    data: UserCreate, service: UserManagement, tracker: Tracker, tasks: Tasks
) -> User:
    """Makes a user, who can log in at once, and is sent a welcome."""
    user = await service.register(data)
    await tracker.track(UserRegistered(user_id=user.id))
    await tasks.enqueue(send_welcome_message, user.id)
    return user
<<@else>>
async def register(data: UserCreate, service: UserManagement) -> User:
    """Makes a user, who can log in at once."""
    return await service.register(data)
<<@end>>


@router.post("/token", responses={**NOT_AUTHENTICATED})
<<@if TIER == full>>
async def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    service: Auth,
    settings: AppSettings,
    tracker: Tracker,
) -> Token:
<<@else>>
async def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], service: Auth, settings: AppSettings
) -> Token:
<<@end>>
    """Exchanges an address (as `username`) and a password for an access token."""
    user = await service.authenticate(form.username, form.password)
    if user is None:
        raise NotAuthenticatedError("The address or the password is wrong")
<<@if TIER == full>>
    await tracker.track(UserLoggedIn(user_id=user.id))
<<@end>>
    return Token(
        access_token=await service.create_access_token(user),
        expires_in=settings.access_token_expire_minutes * 60,
    )


<<@if TIER == full>>
@router.post("/password-reset", status_code=202)
async def request_password_reset(data: PasswordResetRequest, tasks: Tasks) -> None:
    """Sends a token to the address, if it is a user's; the answer does not tell whether it is."""
    await tasks.enqueue(send_reset_message, data.email)


<<@end>>
@router.put("/password", status_code=204, responses={**PERMISSION_DENIED})
async def reset_password(data: PasswordReset, service: Auth) -> None:
    """Sets another password with a token, which is good for one."""
    await service.reset_password(data.token, data.new_password)
