"""The <<MODEL|plural|title|lower>> of the user who is logged in."""

from typing import Annotated

from fastapi import APIRouter, Depends

<<@if TIER == full>>
from src.api.backends import AppBackends
<<@end>>
from src.api.deps import CurrentUser, DbSession, PageQuery, RecordID
from src.api.responses import NOT_AUTHENTICATED, NOT_FOUND
<<@if TIER == full>>
from src.core.record_effects import RecordEffects
<<@end>>
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


<<@if TIER == full>>
def get_effects(backends: AppBackends) -> RecordEffects:
    return RecordEffects("<<MODEL>>", backends)


EffectsDependency = Annotated[RecordEffects, Depends(get_effects)]


def get_service(
    db: DbSession,
    effects: EffectsDependency,
) -> <<MODEL|pascal>>Service:
    repository = <<MODEL|pascal>>Repository(db)
    return <<MODEL|pascal>>Service(repository, effects)
<<@else>>
def get_service(db: DbSession) -> <<MODEL|pascal>>Service:
    repository = <<MODEL|pascal>>Repository(db)
    return <<MODEL|pascal>>Service(repository)
<<@end>>


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
<<@if TIER == full>>
    effects: EffectsDependency,
<<@end>>
) -> PageOf[<<MODEL|pascal>>Read]:
<<@if TIER == full>>
    async def load() -> PageOf[<<MODEL|pascal>>Read]:
        records, total = await service.page(user, limit=paging.limit, offset=paging.offset)
        read = <<MODEL|pascal>>Read.model_validate
        return PageOf(
            items=[read(record) for record in records],
            total=total,
            limit=paging.limit,
            offset=paging.offset,
        )

    return await effects.cached_page(
        PageOf[<<MODEL|pascal>>Read],
        user.id,
        f"{paging.limit}:{paging.offset}",
        load,
    )
<<@else>>
    records, total = await service.page(user, limit=paging.limit, offset=paging.offset)
    read = <<MODEL|pascal>>Read.model_validate
    return PageOf(
        items=[read(record) for record in records],
        total=total,
        limit=paging.limit,
        offset=paging.offset,
    )
<<@end>>


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
