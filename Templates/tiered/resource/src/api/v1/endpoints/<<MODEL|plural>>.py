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
<<@fit 100>>
from src.models.<<MODEL>> import <<MODEL|pascal>>
<<@else>>
from src.models.<<MODEL>> import (
    <<MODEL|pascal>>,
)
<<@end>>
<<@fit 100>>
from src.repositories.<<MODEL>> import <<MODEL|pascal>>Repository
<<@else>>
from src.repositories.<<MODEL>> import (
    <<MODEL|pascal>>Repository,
)
<<@end>>
from src.schemas import PageOf
<<@fit 100>>
from src.schemas.<<MODEL>> import <<MODEL|pascal>>Create, <<MODEL|pascal>>Read, <<MODEL|pascal>>Update
<<@else>>
from src.schemas.<<MODEL>> import (
    <<MODEL|pascal>>Create,
    <<MODEL|pascal>>Read,
    <<MODEL|pascal>>Update,
)
<<@end>>
<<@fit 100>>
from src.services.<<MODEL>> import <<MODEL|pascal>>Service
<<@else>>
from src.services.<<MODEL>> import (
    <<MODEL|pascal>>Service,
)
<<@end>>

<<@fit 100>>
router = APIRouter(prefix="/<<MODEL|plural|kebab>>", tags=["<<MODEL|plural|kebab>>"], responses={**NOT_AUTHENTICATED})
<<@else>>
<<@fit 100>>
router = APIRouter(
    prefix="/<<MODEL|plural|kebab>>", tags=["<<MODEL|plural|kebab>>"], responses={**NOT_AUTHENTICATED}
)
<<@else>>
router = APIRouter(
    prefix="/<<MODEL|plural|kebab>>",
    tags=["<<MODEL|plural|kebab>>"],
    responses={**NOT_AUTHENTICATED},
)
<<@end>>
<<@end>>


<<@if TIER == full>>
def get_effects(backends: AppBackends) -> RecordEffects:
    return RecordEffects("<<MODEL>>", backends)


Effects = Annotated[RecordEffects, Depends(get_effects)]


<<@fit 100>>
def get_service(db: DbSession, effects: Effects) -> <<MODEL|pascal>>Service:
<<@else>>
def get_service(
    db: DbSession, effects: Effects
) -> <<MODEL|pascal>>Service:
<<@end>>
<<@fit 100>>
    return <<MODEL|pascal>>Service(<<MODEL|pascal>>Repository(db), effects)
<<@else>>
    return <<MODEL|pascal>>Service(
        <<MODEL|pascal>>Repository(db), effects
    )
<<@end>>
<<@else>>
def get_service(db: DbSession) -> <<MODEL|pascal>>Service:
<<@fit 100>>
    return <<MODEL|pascal>>Service(<<MODEL|pascal>>Repository(db))
<<@else>>
    return <<MODEL|pascal>>Service(
        <<MODEL|pascal>>Repository(db)
    )
<<@end>>
<<@end>>


Service = Annotated[<<MODEL|pascal>>Service, Depends(get_service)]


@router.post("", status_code=201, response_model=<<MODEL|pascal>>Read)
<<@fit 100>>
async def create_<<MODEL>>(data: <<MODEL|pascal>>Create, user: CurrentUser, service: Service) -> <<MODEL|pascal>>:
<<@else>>
async def create_<<MODEL>>(
    data: <<MODEL|pascal>>Create, user: CurrentUser, service: Service
) -> <<MODEL|pascal>>:
<<@end>>
    return await service.create(user, data)


@router.get("")
<<@if TIER == full>>
async def list_<<MODEL|plural>>(
    paging: PageQuery, user: CurrentUser, service: Service, effects: Effects
) -> PageOf[<<MODEL|pascal>>Read]:
    async def load() -> PageOf[<<MODEL|pascal>>Read]:
        records, total = await service.page(user, limit=paging.limit, offset=paging.offset)
        return PageOf(
<<@fit 100>>
            items=[<<MODEL|pascal>>Read.model_validate(record) for record in records],
<<@else>>
<<@fit 100>>
            items=[
                <<MODEL|pascal>>Read.model_validate(record) for record in records
            ],
<<@else>>
            items=[
                <<MODEL|pascal>>Read.model_validate(record)
                for record in records
            ],
<<@end>>
<<@end>>
            total=total,
            limit=paging.limit,
            offset=paging.offset,
        )

    key = f"{paging.limit}:{paging.offset}"
<<@fit 100>>
    return await effects.cached_page(PageOf[<<MODEL|pascal>>Read], user.id, key, load)
<<@else>>
    return await effects.cached_page(
        PageOf[<<MODEL|pascal>>Read], user.id, key, load
    )
<<@end>>
<<@else>>
<<@fit 100>>
async def list_<<MODEL|plural>>(paging: PageQuery, user: CurrentUser, service: Service) -> PageOf[<<MODEL|pascal>>Read]:
<<@else>>
async def list_<<MODEL|plural>>(
    paging: PageQuery, user: CurrentUser, service: Service
) -> PageOf[<<MODEL|pascal>>Read]:
<<@end>>
    records, total = await service.page(user, limit=paging.limit, offset=paging.offset)
    return PageOf(
<<@fit 100>>
        items=[<<MODEL|pascal>>Read.model_validate(record) for record in records],
<<@else>>
<<@fit 100>>
        items=[
            <<MODEL|pascal>>Read.model_validate(record) for record in records
        ],
<<@else>>
        items=[
            <<MODEL|pascal>>Read.model_validate(record)
            for record in records
        ],
<<@end>>
<<@end>>
        total=total,
        limit=paging.limit,
        offset=paging.offset,
    )
<<@end>>


<<@fit 100>>
@router.get("/{record_id}", response_model=<<MODEL|pascal>>Read, responses={**NOT_FOUND})
<<@else>>
<<@fit 100>>
@router.get(
    "/{record_id}", response_model=<<MODEL|pascal>>Read, responses={**NOT_FOUND}
)
<<@else>>
@router.get(
    "/{record_id}",
    response_model=<<MODEL|pascal>>Read,
    responses={**NOT_FOUND},
)
<<@end>>
<<@end>>
<<@fit 100>>
async def read_<<MODEL>>(record_id: RecordID, user: CurrentUser, service: Service) -> <<MODEL|pascal>>:
<<@else>>
async def read_<<MODEL>>(
    record_id: RecordID, user: CurrentUser, service: Service
) -> <<MODEL|pascal>>:
<<@end>>
    return await service.get(user, record_id)


<<@fit 100>>
@router.patch("/{record_id}", response_model=<<MODEL|pascal>>Read, responses={**NOT_FOUND})
<<@else>>
<<@fit 100>>
@router.patch(
    "/{record_id}", response_model=<<MODEL|pascal>>Read, responses={**NOT_FOUND}
)
<<@else>>
@router.patch(
    "/{record_id}",
    response_model=<<MODEL|pascal>>Read,
    responses={**NOT_FOUND},
)
<<@end>>
<<@end>>
<<@fit 100>>
async def update_<<MODEL>>(record_id: RecordID, data: <<MODEL|pascal>>Update, user: CurrentUser, service: Service) -> <<MODEL|pascal>>:
<<@else>>
<<@fit 100>>
async def update_<<MODEL>>(
    record_id: RecordID, data: <<MODEL|pascal>>Update, user: CurrentUser, service: Service
) -> <<MODEL|pascal>>:
<<@else>>
async def update_<<MODEL>>(
    record_id: RecordID,
    data: <<MODEL|pascal>>Update,
    user: CurrentUser,
    service: Service,
) -> <<MODEL|pascal>>:
<<@end>>
<<@end>>
    return await service.update(user, record_id, data)


@router.delete("/{record_id}", status_code=204, responses={**NOT_FOUND})
<<@fit 100>>
async def delete_<<MODEL>>(record_id: RecordID, user: CurrentUser, service: Service) -> None:
<<@else>>
async def delete_<<MODEL>>(
    record_id: RecordID, user: CurrentUser, service: Service
) -> None:
<<@end>>
    await service.delete(user, record_id)
