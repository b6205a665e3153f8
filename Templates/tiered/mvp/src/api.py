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

NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": models.ErrorResponse, "description": "There is no such record"},
}


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


@router.post(
    "/<<MODEL|plural|kebab>>",
    status_code=201,
    response_model=models.<<MODEL|pascal>>Read,
    tags=["<<MODEL|plural|kebab>>"],
)
def create_<<MODEL>>(
    data: models.<<MODEL|pascal>>Create,
    db: DbSession,
) -> models.<<MODEL|pascal>>:
    row = models.<<MODEL|pascal>>(**data.model_dump())
    return save(db, row)


@router.get(
    "/<<MODEL|plural|kebab>>",
    tags=["<<MODEL|plural|kebab>>"],
)
def list_<<MODEL|plural>>(
    query: PageQuery,
    db: DbSession,
) -> models.PageOf[models.<<MODEL|pascal>>Read]:
    return page_of(
        db,
        models.<<MODEL|pascal>>,
        models.<<MODEL|pascal>>Read,
        query,
    )


@router.get(
    "/<<MODEL|plural|kebab>>/{record_id}",
    response_model=models.<<MODEL|pascal>>Read,
    responses=NOT_FOUND,
    tags=["<<MODEL|plural|kebab>>"],
)
def read_<<MODEL>>(
    record_id: RecordID,
    db: DbSession,
) -> models.<<MODEL|pascal>>:
    return find(db, models.<<MODEL|pascal>>, record_id)


@router.patch(
    "/<<MODEL|plural|kebab>>/{record_id}",
    response_model=models.<<MODEL|pascal>>Read,
    responses=NOT_FOUND,
    tags=["<<MODEL|plural|kebab>>"],
)
def update_<<MODEL>>(
    record_id: RecordID,
    data: models.<<MODEL|pascal>>Update,
    db: DbSession,
) -> models.<<MODEL|pascal>>:
    row = find(db, models.<<MODEL|pascal>>, record_id)
    row.sqlmodel_update(data.model_dump(exclude_unset=True))
    return save(db, row)


@router.delete(
    "/<<MODEL|plural|kebab>>/{record_id}",
    status_code=204,
    responses=NOT_FOUND,
    tags=["<<MODEL|plural|kebab>>"],
)
def delete_<<MODEL>>(
    record_id: RecordID,
    db: DbSession,
) -> None:
    row = find(db, models.<<MODEL|pascal>>, record_id)
    db.delete(row)
    db.commit()
<<@end>>
