"""What endpoints depend on."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request
from fastapi.security import OAuth2PasswordBearer
from sqlmodel.ext.asyncio.session import AsyncSession

from src.core.config import Settings
from src.core.database import get_db
from src.core.exceptions import NotAuthenticatedError, PermissionDeniedError
from src.models.user import User
from src.repositories.user import UserRepository
from src.schemas.base import MAX_ID, Schema
from src.services.auth import AuthService
from src.services.user import UserService

oauth2_scheme = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/token", auto_error=False)


class Paging(Schema):
    """Which part of a list is wanted."""

    limit: Annotated[int, Query(ge=1, le=100)] = 20
    offset: Annotated[int, Query(ge=0, le=MAX_ID)] = 0


def get_app_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


DbSession = Annotated[AsyncSession, Depends(get_db)]
AppSettings = Annotated[Settings, Depends(get_app_settings)]
PageQuery = Annotated[Paging, Query()]
RecordID = Annotated[int, Path(ge=1, le=MAX_ID)]


def get_user_repository(db: DbSession) -> UserRepository:
    return UserRepository(db)


Users = Annotated[UserRepository, Depends(get_user_repository)]


def get_auth_service(user_repo: Users, settings: AppSettings) -> AuthService:
    return AuthService(user_repo, settings)


def get_user_service(user_repo: Users) -> UserService:
    return UserService(user_repo)


Auth = Annotated[AuthService, Depends(get_auth_service)]
UserManagement = Annotated[UserService, Depends(get_user_service)]


async def get_current_user(
    token: Annotated[str | None, Depends(oauth2_scheme)], service: Auth
) -> User:
    """The user that the token was given to.

    Raises:
        NotAuthenticatedError: There is no valid token, or its user may not log in any more.
    """
    user = await service.get_user(token) if token else None
    if user is None:
        raise NotAuthenticatedError("A valid access token is needed")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_current_superuser(user: CurrentUser) -> User:
    if not user.is_superuser:
        raise PermissionDeniedError("Only superusers may do this")
    return user


CurrentSuperuser = Annotated[User, Depends(get_current_superuser)]
