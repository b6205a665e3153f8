"""Every error has one shape, wherever it comes from."""

from httpx import ASGITransport, AsyncClient, Response

from src.app import create_app
from src.core.config import Settings
from src.models.user import User
from tests.conftest import bearer

ME = "/api/v1/users/me"


def assert_error(response: Response, status: int, code: str) -> None:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert set(response.json()) == {"code", "detail", "errors"}
    assert response.json()["code"] == code


async def test_an_unknown_path(client: AsyncClient) -> None:
    assert_error(await client.get("/nowhere"), 404, "not_found")


async def test_a_method_that_the_path_has_not(client: AsyncClient) -> None:
    response = await client.put(ME)
    assert_error(response, 405, "method_not_allowed")
    # Both routes of the path, not the first one's method alone
    assert response.headers["Allow"] == "GET, PATCH"


async def test_a_body_that_is_no_json(client: AsyncClient, user: User) -> None:
    headers = {**bearer(user), "Content-Type": "application/json"}
    assert_error(await client.patch(ME, content="{", headers=headers), 422, "validation_error")


async def test_a_malformed_body_names_its_fields_without_their_values(client: AsyncClient) -> None:
    response = await client.post(
        "/api/v1/auth/register", json={"email": "secret@@", "password": "short and secret"}
    )
    assert_error(response, 422, "validation_error")
    assert [error["field"] for error in response.json()["errors"]] == ["body.email"]
    assert "secret" not in response.text


async def test_an_unexpected_failure_says_nothing_about_the_inside(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/fails")
    async def fail() -> None:
        raise RuntimeError("a secret of the inside")

    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        response = await client.get("/fails")
    assert_error(response, 500, "internal_error")
    assert "secret" not in response.text


async def test_the_documentation_describes_every_error_alike(client: AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    schema = response["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/ErrorResponse"}
