"""Sessions."""

from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from src.core.database import get_db
from src.models.user import User
from tests.conftest import UserMaker


async def test_objects_stay_usable_after_a_commit(make_user: UserMaker) -> None:
    user = await make_user("ann@example.com")
    assert user.email == "ann@example.com"


async def test_what_was_not_committed_is_rolled_back(app: FastAPI, db: AsyncSession) -> None:
    request = Request({"type": "http", "app": app})
    async for session in get_db(request):
        session.add(User(email="ann@example.com", hashed_password=""))
        await session.flush()
    assert await db.get(User, 1) is None
