"""The <<MODEL|plural|title|lower>> of the user who is logged in."""

from typing import Annotated

from fastapi import APIRouter, Depends

from src.api.deps import CurrentUser, DbSession, PageQuery, RecordID
from src.api.responses import NOT_AUTHENTICATED, NOT_FOUND
from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
from src.repositories.<<MODEL>> import (
    <<MODEL|pascal>>Repository,
)
from src.schemas import PageOf
from src.schemas.<<MODEL>> import (
    <<MODEL|pascal>>Create,
    <<MODEL|pascal>>Read,
    <<MODEL|pascal>>Update,
)
from src.services.<<MODEL>> import (
    <<MODEL|pascal>>Service,
)

router = APIRouter(responses={**NOT_AUTHENTICATED})


def get_service(db: DbSession) -> <<MODEL|pascal>>Service:
    repository = <<MODEL|pascal>>Repository(db)
    return <<MODEL|pascal>>Service(repository)


ServiceDependency = Annotated[
    <<MODEL|pascal>>Service,
    Depends(get_service),
]


@router.post(
    "",
    status_code=201,
    response_model=<<MODEL|pascal>>Read,
)
async def create_<<MODEL>>(
    data: <<MODEL|pascal>>Create,
    user: CurrentUser,
    service: ServiceDependency,
) -> <<MODEL|pascal>>:
    return await service.create(user, data)


@router.get("")
async def list_<<MODEL|plural>>(
    paging: PageQuery,
    user: CurrentUser,
    service: ServiceDependency,
) -> PageOf[<<MODEL|pascal>>Read]:
    records, total = await service.page(user, limit=paging.limit, offset=paging.offset)
    read = <<MODEL|pascal>>Read.model_validate
    return PageOf(
        items=[read(record) for record in records],
        total=total,
        limit=paging.limit,
        offset=paging.offset,
    )


@router.get(
    "/{record_id}",
    response_model=<<MODEL|pascal>>Read,
    responses={**NOT_FOUND},
)
async def read_<<MODEL>>(
    record_id: RecordID,
    user: CurrentUser,
    service: ServiceDependency,
) -> <<MODEL|pascal>>:
    return await service.get(user, record_id)


@router.patch(
    "/{record_id}",
    response_model=<<MODEL|pascal>>Read,
    responses={**NOT_FOUND},
)
async def update_<<MODEL>>(
    record_id: RecordID,
    data: <<MODEL|pascal>>Update,
    user: CurrentUser,
    service: ServiceDependency,
) -> <<MODEL|pascal>>:
    return await service.update(user, record_id, data)


@router.delete("/{record_id}", status_code=204, responses={**NOT_FOUND})
async def delete_<<MODEL>>(
    record_id: RecordID,
    user: CurrentUser,
    service: ServiceDependency,
) -> None:
    await service.delete(user, record_id)
