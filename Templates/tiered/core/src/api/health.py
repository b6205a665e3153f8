"""Whether the service runs, and whether it can work."""

from typing import Literal

from fastapi import APIRouter
from sqlalchemy import text

from src.api.deps import DbSession
from src.schemas.base import ErrorResponse, Schema

router = APIRouter(prefix="/health", tags=["health"])


class Health(Schema):
    status: Literal["ok"] = "ok"


@router.get("")
async def is_alive() -> Health:
    """The process answers."""
    return Health()


@router.get(
    "/ready",
    responses={503: {"model": ErrorResponse, "description": "The database does not answer"}},
)
async def is_ready(db: DbSession) -> Health:
    """The process and its database answer."""
    connection = await db.connection()
    await connection.execute(text("SELECT 1"))
    return Health()
