from collections.abc import Awaitable, Callable

import pytest
from quart import Response

ROUTE = "<<ROUTE>>"

type Call = Callable[..., Awaitable[Response]]


async def test_the_answer(call: Call) -> None:
    response = await call(ROUTE, {"name": "first"})

    assert response.status_code == 200
    assert await response.get_json() == {"name": "first"}


@pytest.mark.parametrize(
    ("content", "field"),
    [({}, "name"), ({"name": ""}, "name"), ({"name": "first", "more": "1"}, "more")],
)
async def test_the_malformed_field_is_named(
    call: Call, content: dict[str, str], field: str
) -> None:
    response = await call(ROUTE, content)

    assert response.status_code == 422
    error = await response.get_json()
    assert error["code"] == "unprocessable_entity"
    assert [one["field"] for one in error["errors"]] == [field]


async def test_strangers_are_refused(call: Call) -> None:
    response = await call(ROUTE, {"name": "first"}, auth=None)

    assert response.status_code == 401
    assert (await response.get_json())["code"] == "unauthorized"
