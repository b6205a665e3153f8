"""What must not grow with the data, and what many requests must not break.

Statements are counted rather than milliseconds, which depend on the machine. The one limit in time
is so wide that only a hang exceeds it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event

from src.core.backends import Backends
from src.models.user import User
from tests.conftest import bearer

pytestmark = pytest.mark.performance

COLLECTION = "/api/v1/<<MODELS|first|plural|kebab>>"
LIMIT_SECONDS = 60


@contextmanager
def counted_statements(app: FastAPI) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    statements: list[str] = []

    def remember(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    engine = app.state.engine.sync_engine
    event.listen(engine, "before_cursor_execute", remember)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", remember)


async def fill(client: AsyncClient, user: User, records: int) -> None:
    for number in range(records):
        answer = await client.post(COLLECTION, json={"name": str(number)}, headers=bearer(user))
        assert answer.status_code == 201


async def test_a_page_costs_the_same_however_much_there_is(
    app: FastAPI, client: AsyncClient, user: User
) -> None:
    costs = []
    for records in (1, 49):
        await fill(client, user, records)
        with counted_statements(app) as statements:
            answer = await client.get(f"{COLLECTION}?limit=100", headers=bearer(user))
        assert answer.status_code == 200
        costs.append(len(statements))

    assert len(answer.json()["items"]) == 50
    # The user, the count, the page
    assert costs == [3, 3]


async def test_the_cache_saves_the_database_from_repeated_reads(
    app: FastAPI, client: AsyncClient, user: User
) -> None:
    await fill(client, user, 3)
    await client.get(COLLECTION, headers=bearer(user))

    with counted_statements(app) as statements:
        for _ in range(20):
            await client.get(COLLECTION, headers=bearer(user))

    assert len(statements) == 20
    assert all("users" in statement for statement in statements)


async def test_reads_between_writes_are_never_stale(client: AsyncClient, user: User) -> None:
    async def write_and_read(number: int) -> int:
        body = {"name": str(number)}
        await client.post(COLLECTION, json=body, headers=bearer(user))
        total: int = (await client.get(COLLECTION, headers=bearer(user))).json()["total"]
        return total

    async with asyncio.timeout(LIMIT_SECONDS):
        totals = [await write_and_read(number) for number in range(100)]

    assert totals == list(range(1, 101))


async def test_health_does_not_ask_the_database(app: FastAPI, client: AsyncClient) -> None:
    with counted_statements(app) as statements:
        async with asyncio.timeout(LIMIT_SECONDS):
            answers = await asyncio.gather(*(client.get("/health") for _ in range(200)))

    assert {answer.status_code for answer in answers} == {200}
    assert statements == []


async def test_the_queue_keeps_up_with_a_burst(app: FastAPI) -> None:
    backends: Backends = app.state.backends
    assert backends.queue is not None
    queue = backends.queue
    await queue.ensure_group()

    async with asyncio.timeout(LIMIT_SECONDS):
        await asyncio.gather(*(queue.publish(str(number)) for number in range(500)))
        received: list[str] = []
        while messages := await queue.receive("test", count=100):
            for message in messages:
                await queue.acknowledge(message)
            received += [message.body for message in messages]

    assert sorted(map(int, received)) == list(range(500))
    assert (await queue.depth()).waiting == 0
