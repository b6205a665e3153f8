"""Users: themselves, and as superusers see them."""

from fastapi import APIRouter, Depends

from src.api.deps import (
    CurrentSuperuser,
    CurrentUser,
    PageQuery,
    RecordID,
    UserManagement,
    get_current_superuser,
)
from src.api.responses import NOT_AUTHENTICATED, NOT_FOUND, PERMISSION_DENIED
from src.models.user import User
from src.schemas.base import PageOf
from src.schemas.user import PasswordChange, UserAdminUpdate, UserRead, UserUpdate

router = APIRouter(responses={**NOT_AUTHENTICATED})


@router.get("/me", response_model=UserRead)
async def read_me(user: CurrentUser) -> User:
    return user


@router.patch("/me", response_model=UserRead)
async def update_me(data: UserUpdate, user: CurrentUser, service: UserManagement) -> User:
    return await service.update(user, data)


@router.put("/me/password", status_code=204, responses={**PERMISSION_DENIED})
async def change_my_password(
    data: PasswordChange, user: CurrentUser, service: UserManagement
) -> None:
    await service.change_password(user, data)


@router.get(
    "",
    dependencies=[Depends(get_current_superuser)],
    responses={**PERMISSION_DENIED},
)
async def list_users(paging: PageQuery, service: UserManagement) -> PageOf[UserRead]:
    """For superusers: all users."""
    users, total = await service.page(limit=paging.limit, offset=paging.offset)
    return PageOf(
        items=[UserRead.model_validate(user) for user in users],
        total=total,
        limit=paging.limit,
        offset=paging.offset,
    )


@router.get(
    "/{user_id}",
    dependencies=[Depends(get_current_superuser)],
    response_model=UserRead,
    responses={**PERMISSION_DENIED, **NOT_FOUND},
)
async def read_user(user_id: RecordID, service: UserManagement) -> User:
    """For superusers: one user."""
    return await service.get(user_id)


@router.patch("/{user_id}", response_model=UserRead, responses={**PERMISSION_DENIED, **NOT_FOUND})
async def administer_user(
    user_id: RecordID, data: UserAdminUpdate, superuser: CurrentSuperuser, service: UserManagement
) -> User:
    """For superusers: whether somebody may log in, and is a superuser too."""
    return await service.administer(superuser, user_id, data)
