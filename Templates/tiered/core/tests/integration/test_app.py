"""The application as browsers meet it."""

from httpx import ASGITransport, AsyncClient, Response

from src.app import create_app
from src.core.config import Settings

PAGE = "https://shop.example.com"


async def ask_from(origin: str, settings: Settings) -> Response:
    """What a browser asks before a script of the page may send a token."""
    transport = ASGITransport(create_app(settings))
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization",
    }
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.options("/api/v1/users/me", headers=headers)


async def test_pages_of_the_origins_that_are_named_may_call_the_api(settings: Settings) -> None:
    settings = settings.model_copy(update={"backend_cors_origins": (PAGE,)})
    allowed = await ask_from(PAGE, settings)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == PAGE
    assert "PATCH" in allowed.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]

    refused = await ask_from("https://evil.example.com", settings)
    assert "Access-Control-Allow-Origin" not in refused.headers


async def test_without_origins_no_other_page_may(settings: Settings) -> None:
    assert "Access-Control-Allow-Origin" not in (await ask_from(PAGE, settings)).headers


async def test_who_opens_the_address_finds_the_documentation(client: AsyncClient) -> None:
    response = await client.get("/")
    assert response.status_code == 307
    assert response.headers["Location"] == "/docs"
    assert (await client.get("/docs")).status_code == 200
