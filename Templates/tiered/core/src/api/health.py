"""Whether the service runs, and whether it can work."""

from typing import Literal

from fastapi import APIRouter
<<@if TIER == full>>
from redis.exceptions import RedisError
<<@end>>
from sqlalchemy import text

<<@if TIER == full>>
from src.api.backends import AppBackends
<<@end>>
from src.api.deps import DbSession
<<@if TIER == full>>
from src.core.exceptions import UnavailableError
<<@end>>
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
<<@if TIER == full>>
async def is_ready(db: DbSession, backends: AppBackends) -> Health:
    """The process, its database and Redis answer."""
    if backends.redis is not None:
        try:
            await backends.redis.ping()
        except RedisError as error:
            raise UnavailableError("Redis does not answer") from error
<<@else>>
async def is_ready(db: DbSession) -> Health:
    """The process and its database answer."""
<<@end>>
    connection = await db.connection()
    await connection.execute(text("SELECT 1"))
    return Health()
