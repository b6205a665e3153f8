"""Registration and login."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import OAuth2PasswordRequestForm

from src.api.deps import AppSettings, Auth, UserManagement
from src.api.responses import CONFLICT, NOT_AUTHENTICATED
from src.core.exceptions import NotAuthenticatedError
from src.models.user import User
from src.schemas.user import Token, UserCreate, UserRead

router = APIRouter()


@router.post("/register", status_code=201, response_model=UserRead, responses={**CONFLICT})
async def register(data: UserCreate, service: UserManagement) -> User:
    """Makes a user, who can log in at once."""
    return await service.register(data)


@router.post("/token", responses={**NOT_AUTHENTICATED})
async def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], service: Auth, settings: AppSettings
) -> Token:
    """Exchanges an address (as `username`) and a password for an access token."""
    user = await service.authenticate(form.username, form.password)
    if user is None:
        raise NotAuthenticatedError("The address or the password is wrong")
    return Token(
        access_token=await service.create_access_token(user),
        expires_in=settings.access_token_expire_minutes * 60,
    )
