"""The API: whether the service runs, and for each model five operations."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from pydantic import BaseModel
from sqlmodel import Session, col, func, select

from src import models

health_router = APIRouter(tags=["health"])
router = APIRouter()


def get_session(request: Request) -> Iterator[Session]:
    with Session(request.app.state.engine) as session:
        yield session


DbSession = Annotated[Session, Depends(get_session)]
PageQuery = Annotated[models.PageQuery, Query()]
RecordID = Annotated[int, Path(ge=1, le=models.MAX_ID)]

<<@if EXAMPLE>>
NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": models.ErrorResponse, "description": "There is no such record"},
}
<<@else>>
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such record"}}
<<@end>>


@health_router.get("/health")
def check_health() -> dict[str, str]:
    """Answers while the service runs."""
    return {"status": "ok"}


def find[RowT: models.RecordTable](db: Session, table: type[RowT], record_id: int) -> RowT:
    row = db.get(table, record_id)
    if row is None:
        raise HTTPException(404, "There is no such record")
    return row


def save[RowT: models.RecordTable](db: Session, row: RowT) -> RowT:
    db.add(row)
    db.commit()
    db.refresh(row)
    return row


def page_of[RowT: models.RecordTable, ReadT: BaseModel](
    db: Session, table: type[RowT], schema: type[ReadT], query: models.PageQuery
) -> models.PageOf[ReadT]:
    """Up to `limit` rows, oldest first, after `offset` of them."""
    rows = db.exec(select(table).order_by(col(table.id)).limit(query.limit).offset(query.offset))
    return models.PageOf(
        items=[schema.model_validate(row) for row in rows],
        total=db.exec(select(func.count()).select_from(table)).one(),
        limit=query.limit,
        offset=query.offset,
    )
<<@for MODEL in MODELS>>


<<@fit 100>>
@router.post("/<<MODEL|plural|kebab>>", status_code=201, response_model=models.<<MODEL|pascal>>Read, tags=["<<MODEL|plural|kebab>>"])
<<@else>>
<<@fit 100>>
@router.post(
    "/<<MODEL|plural|kebab>>", status_code=201, response_model=models.<<MODEL|pascal>>Read, tags=["<<MODEL|plural|kebab>>"]
)
<<@else>>
@router.post(
    "/<<MODEL|plural|kebab>>",
    status_code=201,
    response_model=models.<<MODEL|pascal>>Read,
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
<<@end>>
<<@fit 100>>
def create_<<MODEL>>(data: models.<<MODEL|pascal>>Create, db: DbSession) -> models.<<MODEL|pascal>>:
<<@else>>
<<@fit 100>>
def create_<<MODEL>>(
    data: models.<<MODEL|pascal>>Create, db: DbSession
) -> models.<<MODEL|pascal>>:
<<@else>>
def create_<<MODEL>>(
    data: models.<<MODEL|pascal>>Create,
    db: DbSession,
) -> models.<<MODEL|pascal>>:
<<@end>>
<<@end>>
    return save(db, models.<<MODEL|pascal>>(**data.model_dump()))


<<@fit 100>>
@router.get("/<<MODEL|plural|kebab>>", tags=["<<MODEL|plural|kebab>>"])
<<@else>>
<<@fit 100>>
@router.get(
    "/<<MODEL|plural|kebab>>", tags=["<<MODEL|plural|kebab>>"]
)
<<@else>>
@router.get(
    "/<<MODEL|plural|kebab>>",
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
<<@end>>
<<@fit 100>>
def list_<<MODEL|plural>>(query: PageQuery, db: DbSession) -> models.PageOf[models.<<MODEL|pascal>>Read]:
<<@else>>
<<@fit 100>>
def list_<<MODEL|plural>>(
    query: PageQuery, db: DbSession
) -> models.PageOf[models.<<MODEL|pascal>>Read]:
<<@else>>
def list_<<MODEL|plural>>(
    query: PageQuery,
    db: DbSession,
) -> models.PageOf[models.<<MODEL|pascal>>Read]:
<<@end>>
<<@end>>
<<@fit 100>>
    return page_of(db, models.<<MODEL|pascal>>, models.<<MODEL|pascal>>Read, query)
<<@else>>
<<@fit 100>>
    return page_of(
        db, models.<<MODEL|pascal>>, models.<<MODEL|pascal>>Read, query
    )
<<@else>>
    return page_of(
        db,
        models.<<MODEL|pascal>>,
        models.<<MODEL|pascal>>Read,
        query,
    )
<<@end>>
<<@end>>


<<@fit 100>>
@router.get("/<<MODEL|plural|kebab>>/{record_id}", response_model=models.<<MODEL|pascal>>Read, responses=NOT_FOUND, tags=["<<MODEL|plural|kebab>>"])
<<@else>>
<<@fit 100>>
@router.get(
    "/<<MODEL|plural|kebab>>/{record_id}", response_model=models.<<MODEL|pascal>>Read, responses=NOT_FOUND, tags=["<<MODEL|plural|kebab>>"]
)
<<@else>>
@router.get(
    "/<<MODEL|plural|kebab>>/{record_id}",
    response_model=models.<<MODEL|pascal>>Read,
    responses=NOT_FOUND,
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
<<@end>>
<<@fit 100>>
def read_<<MODEL>>(record_id: RecordID, db: DbSession) -> models.<<MODEL|pascal>>:
<<@else>>
<<@fit 100>>
def read_<<MODEL>>(
    record_id: RecordID, db: DbSession
) -> models.<<MODEL|pascal>>:
<<@else>>
def read_<<MODEL>>(
    record_id: RecordID,
    db: DbSession,
) -> models.<<MODEL|pascal>>:
<<@end>>
<<@end>>
    return find(db, models.<<MODEL|pascal>>, record_id)


<<@fit 100>>
@router.patch("/<<MODEL|plural|kebab>>/{record_id}", response_model=models.<<MODEL|pascal>>Read, responses=NOT_FOUND, tags=["<<MODEL|plural|kebab>>"])
<<@else>>
<<@fit 100>>
@router.patch(
    "/<<MODEL|plural|kebab>>/{record_id}", response_model=models.<<MODEL|pascal>>Read, responses=NOT_FOUND, tags=["<<MODEL|plural|kebab>>"]
)
<<@else>>
@router.patch(
    "/<<MODEL|plural|kebab>>/{record_id}",
    response_model=models.<<MODEL|pascal>>Read,
    responses=NOT_FOUND,
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
<<@end>>
<<@fit 100>>
def update_<<MODEL>>(record_id: RecordID, data: models.<<MODEL|pascal>>Update, db: DbSession) -> models.<<MODEL|pascal>>:
<<@else>>
<<@fit 100>>
def update_<<MODEL>>(
    record_id: RecordID, data: models.<<MODEL|pascal>>Update, db: DbSession
) -> models.<<MODEL|pascal>>:
<<@else>>
def update_<<MODEL>>(
    record_id: RecordID,
    data: models.<<MODEL|pascal>>Update,
    db: DbSession,
) -> models.<<MODEL|pascal>>:
<<@end>>
<<@end>>
    row = find(db, models.<<MODEL|pascal>>, record_id)
    row.sqlmodel_update(data.model_dump(exclude_unset=True))
    return save(db, row)


<<@fit 100>>
@router.delete("/<<MODEL|plural|kebab>>/{record_id}", status_code=204, responses=NOT_FOUND, tags=["<<MODEL|plural|kebab>>"])
<<@else>>
<<@fit 100>>
@router.delete(
    "/<<MODEL|plural|kebab>>/{record_id}", status_code=204, responses=NOT_FOUND, tags=["<<MODEL|plural|kebab>>"]
)
<<@else>>
@router.delete(
    "/<<MODEL|plural|kebab>>/{record_id}",
    status_code=204,
    responses=NOT_FOUND,
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
<<@end>>
<<@fit 100>>
def delete_<<MODEL>>(record_id: RecordID, db: DbSession) -> None:
<<@else>>
<<@fit 100>>
def delete_<<MODEL>>(
    record_id: RecordID, db: DbSession
) -> None:
<<@else>>
def delete_<<MODEL>>(
    record_id: RecordID,
    db: DbSession,
) -> None:
<<@end>>
<<@end>>
    db.delete(find(db, models.<<MODEL|pascal>>, record_id))
    db.commit()
<<@end>>
