"""The <<MODEL|plural|title|lower>> over HTTP: everything with one's own, nothing with others'."""

import json
from typing import Any

import pytest
from httpx import AsyncClient

from src.models.user import User
from tests.conftest import bearer

URL = "/api/v1/<<MODEL|plural|kebab>>"


@pytest.fixture
async def record(client: AsyncClient, user: User) -> dict[str, Any]:
    """A record of `user`."""
<<@if EXAMPLE>>
    response = await client.post(
        URL, json={"name": "First", "description": "Of many"}, headers=bearer(user)
    )
<<@else>>
    response = await client.post(URL, json={"name": "First"}, headers=bearer(user))
<<@end>>
    assert response.status_code == 201
    body: dict[str, Any] = response.json()
    return body


async def test_a_new_record_belongs_to_its_maker(
    client: AsyncClient, user: User, record: dict[str, Any]
) -> None:
    assert record["name"] == "First"
<<@if EXAMPLE>>
    assert record["description"] == "Of many"
<<@end>>
    assert record["owner_id"] == user.id
    read = await client.get(f"{URL}/{record['id']}", headers=bearer(user))
    assert read.status_code == 200
    assert read.json() == record


async def test_moments_have_a_time_zone(record: dict[str, Any]) -> None:
    assert record["created_at"].endswith("Z")
    assert record["updated_at"].endswith("Z")


async def test_a_change_keeps_what_it_does_not_name(
    client: AsyncClient, user: User, record: dict[str, Any]
) -> None:
    url = f"{URL}/{record['id']}"
    renamed = await client.patch(url, json={"name": "Renamed"}, headers=bearer(user))
    assert renamed.status_code == 200
    assert renamed.json()["name"] == "Renamed"
<<@if EXAMPLE>>
    assert renamed.json()["description"] == "Of many"
<<@end>>
    assert renamed.json()["created_at"] == record["created_at"]
    assert renamed.json()["updated_at"] > record["updated_at"]

<<@if EXAMPLE>>
    emptied = await client.patch(url, json={"description": None}, headers=bearer(user))
    assert emptied.json()["name"] == "Renamed"
    assert emptied.json()["description"] is None
<<@else>>
    unchanged = await client.patch(url, json={}, headers=bearer(user))
    assert unchanged.json()["name"] == "Renamed"
<<@end>>


async def test_a_deleted_record_is_gone(
    client: AsyncClient, user: User, record: dict[str, Any]
) -> None:
    url = f"{URL}/{record['id']}"
    deleted = await client.delete(url, headers=bearer(user))
    assert deleted.status_code == 204
    assert deleted.content == b""
    assert (await client.get(url, headers=bearer(user))).status_code == 404
    assert (await client.delete(url, headers=bearer(user))).status_code == 404


async def test_nobody_reaches_the_records_of_others(
    client: AsyncClient, user: User, other_user: User, record: dict[str, Any]
) -> None:
    url = f"{URL}/{record['id']}"
    stranger = bearer(other_user)
    assert (await client.get(url, headers=stranger)).status_code == 404
    assert (await client.patch(url, json={"name": "Mine"}, headers=stranger)).status_code == 404
    assert (await client.delete(url, headers=stranger)).status_code == 404
    assert (await client.get(URL, headers=stranger)).json()["items"] == []
    assert (await client.get(url, headers=bearer(user))).json() == record


async def test_a_list_comes_in_pages(client: AsyncClient, user: User, other_user: User) -> None:
    for name in ("one", "two", "three"):
        await client.post(URL, json={"name": name}, headers=bearer(user))
    await client.post(URL, json={"name": "of another"}, headers=bearer(other_user))
    response = await client.get(URL, params={"limit": 2, "offset": 1}, headers=bearer(user))
    assert response.status_code == 200
    page = response.json()
    assert [row["name"] for row in page["items"]] == ["two", "three"]
    assert (page["total"], page["limit"], page["offset"]) == (3, 2, 1)
    response = await client.get(URL, params={"limit": 1}, headers=bearer(user))
    assert len(response.json()["items"]) == 1


async def test_without_a_token_there_is_nothing(
    client: AsyncClient, record: dict[str, Any]
) -> None:
    url = f"{URL}/{record['id']}"
    answers = [
        await client.get(URL),
        await client.post(URL, json={"name": "Anonymous"}),
        await client.get(url),
        await client.patch(url, json={"name": "Anonymous"}),
        await client.delete(url),
    ]
    assert [answer.status_code for answer in answers] == [401] * 5


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 201},
        {"name": None},
        {"name": "with a \0"},
        {"name": "half of a character: \ud800"},
<<@if EXAMPLE>>
        {"name": "x", "description": "x" * 2001},
<<@end>>
        {"name": "x", "owner_id": 1},
    ],
)
async def test_malformed_records_are_refused(
    client: AsyncClient, user: User, body: dict[str, Any]
) -> None:
    # Encoded here, in ASCII: half of a character has no other encoding
    headers = {**bearer(user), "Content-Type": "application/json"}
    response = await client.post(URL, content=json.dumps(body), headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"]


@pytest.mark.parametrize("body", [{"name": None}, {"name": ""}, {"owner_id": 1}])
async def test_malformed_changes_are_refused(
    client: AsyncClient, user: User, record: dict[str, Any], body: dict[str, Any]
) -> None:
    response = await client.patch(f"{URL}/{record['id']}", json=body, headers=bearer(user))
    assert response.status_code == 422


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "offset=2147483648"])
async def test_pages_have_bounds(client: AsyncClient, user: User, query: str) -> None:
    assert (await client.get(f"{URL}?{query}", headers=bearer(user))).status_code == 422


@pytest.mark.parametrize("record_id", ["0", "-1", "2147483648", "first"])
async def test_malformed_numbers_are_refused(
    client: AsyncClient, user: User, record_id: str
) -> None:
    assert (await client.get(f"{URL}/{record_id}", headers=bearer(user))).status_code == 422
