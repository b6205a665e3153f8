"""Whether the service runs, and whether it can work."""

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from src.app import create_app
from src.core.config import Settings


async def test_the_service_is_alive_and_ready(client: AsyncClient) -> None:
    for path in ("/health", "/health/ready"):
        response = await client.get(path)
        assert response.status_code == 200
        assert response.json() == {"status": "ok"}


async def test_without_its_database_it_is_alive_but_not_ready() -> None:
    unreachable = "postgresql://nobody@127.0.0.1:1/nothing"  # where nothing listens
    app: FastAPI = create_app(Settings(database_url=unreachable, secret_key="k" * 32))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
    ):
        assert (await client.get("/health")).status_code == 200
        response = await client.get("/health/ready")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.json() == {
        "code": "unavailable",
        "detail": "The database does not answer",
        "errors": [],
    }
