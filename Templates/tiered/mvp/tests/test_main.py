"""The service as its clients meet it; each test has a database of its own."""

<<@if EXAMPLE>>
import json
<<@end>>
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from src.main import create_app

<<@fit 100>>
MODEL_PATHS = [<<@for MODEL in MODELS>>"/api/v1/<<MODEL|plural|kebab>>"<<@if not MODEL_LAST>>, <<@end>><<@end>>]
<<@else>>
MODEL_PATHS = [
<<@for MODEL in MODELS>>
    "/api/v1/<<MODEL|plural|kebab>>",
<<@end>>
]
<<@end>>


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(database_url), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(params=MODEL_PATHS)
def url(request: pytest.FixtureRequest) -> str:
    """Where the records of one model are."""
    path: str = request.param
    return path


@pytest.fixture
def record(client: TestClient, url: str) -> dict[str, Any]:
<<@if EXAMPLE>>
    response = client.post(url, json={"name": "First", "description": "Of many"})
<<@else>>
    response = client.post(url, json={"name": "First"})
<<@end>>
    assert response.status_code == 201
    body: dict[str, Any] = response.json()
    return body


def test_the_service_is_healthy(client: TestClient) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_who_opens_the_address_finds_the_documentation(client: TestClient) -> None:
    response = client.get("/", follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["Location"] == "/docs"
    assert client.get("/docs").status_code == 200


def test_a_new_record_can_be_read(client: TestClient, url: str, record: dict[str, Any]) -> None:
    assert record["name"] == "First"
<<@if EXAMPLE>>
    assert record["description"] == "Of many"
<<@end>>
    response = client.get(f"{url}/{record['id']}")
    assert response.status_code == 200
    assert response.json() == record


def test_records_outlive_the_service(database_url: str) -> None:
    for path in MODEL_PATHS:
        with TestClient(create_app(database_url)) as client:
            made = client.post(path, json={"name": "Kept"}).json()
        with TestClient(create_app(database_url)) as client:
            assert client.get(f"{path}/{made['id']}").json() == made


def test_moments_are_those_of_utc_wherever_the_server_is(
    client: TestClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        made = client.post(url, json={"name": "Now"}).json()
    finally:
        monkeypatch.undo()
        time.tzset()
    for moment in (made["created_at"], made["updated_at"]):
        assert moment.endswith("Z")
        assert abs(datetime.now(UTC) - datetime.fromisoformat(moment)) < timedelta(minutes=1)


def test_a_change_keeps_what_it_does_not_name(
    client: TestClient, url: str, record: dict[str, Any]
) -> None:
    renamed = client.patch(f"{url}/{record['id']}", json={"name": "Renamed"})
    assert renamed.status_code == 200
    assert renamed.json()["name"] == "Renamed"
<<@if EXAMPLE>>
    assert renamed.json()["description"] == "Of many"
<<@end>>
    assert renamed.json()["created_at"] == record["created_at"]
    assert renamed.json()["updated_at"] > record["updated_at"]

<<@if EXAMPLE>>
    emptied = client.patch(f"{url}/{record['id']}", json={"description": None})
    assert emptied.json()["name"] == "Renamed"
    assert emptied.json()["description"] is None
    assert client.get(f"{url}/{record['id']}").json() == emptied.json()
<<@else>>
    unchanged = client.patch(f"{url}/{record['id']}", json={})
    assert unchanged.json()["name"] == "Renamed"
    assert client.get(f"{url}/{record['id']}").json() == unchanged.json()
<<@end>>


def test_a_deleted_record_is_gone(client: TestClient, url: str, record: dict[str, Any]) -> None:
    response = client.delete(f"{url}/{record['id']}")
    assert response.status_code == 204
    assert response.content == b""
    assert client.get(f"{url}/{record['id']}").status_code == 404
    assert client.patch(f"{url}/{record['id']}", json={}).status_code == 404
    assert client.delete(f"{url}/{record['id']}").json() == {"detail": "There is no such record"}


def test_a_list_comes_in_pages(client: TestClient, url: str) -> None:
    for name in ("one", "two", "three"):
        client.post(url, json={"name": name})
    page = client.get(url, params={"limit": 2, "offset": 1}).json()
    assert [record["name"] for record in page["items"]] == ["two", "three"]
    assert (page["total"], page["limit"], page["offset"]) == (3, 2, 1)
    assert len(client.get(url, params={"limit": 1}).json()["items"]) == 1
    assert client.get(url).json()["limit"] == 20


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "offset=2147483648"])
def test_pages_have_bounds(client: TestClient, url: str, query: str) -> None:
    assert client.get(f"{url}?{query}").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 201},
        {"name": None},
<<@if EXAMPLE>>
        {"name": "with a \0"},
        {"name": "half of a character: \ud800"},
        {"name": "x", "description": "x" * 2001},
<<@end>>
        {"name": "x", "colour": "red"},
    ],
)
def test_malformed_records_are_refused(
    client: TestClient, url: str, record: dict[str, Any], body: dict[str, Any]
) -> None:
<<@if EXAMPLE>>
    # Encoded here, in ASCII: half of a character has no other encoding
    response = client.post(
        url, content=json.dumps(body), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    assert {"type", "loc", "msg"} == set(response.json()["detail"][0])
<<@else>>
    assert client.post(url, json=body).status_code == 422
<<@end>>
    assert client.get(url).json()["total"] == 1


@pytest.mark.parametrize("body", [{"name": None}, {"name": ""}, {"colour": "red"}])
def test_malformed_changes_are_refused(
    client: TestClient, url: str, record: dict[str, Any], body: dict[str, Any]
) -> None:
    assert client.patch(f"{url}/{record['id']}", json=body).status_code == 422
    assert client.get(f"{url}/{record['id']}").json() == record


@pytest.mark.parametrize("record_id", ["0", "-1", "2147483648", "first"])
def test_malformed_numbers_are_refused(client: TestClient, url: str, record_id: str) -> None:
    assert client.get(f"{url}/{record_id}").status_code == 422
<<@if EXAMPLE>>


def test_a_refused_method_names_those_that_are_allowed(client: TestClient, url: str) -> None:
    response = client.put(url)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, POST"
    assert client.put(f"{url}/1").headers["Allow"] == "DELETE, GET, PATCH"
<<@end>>
