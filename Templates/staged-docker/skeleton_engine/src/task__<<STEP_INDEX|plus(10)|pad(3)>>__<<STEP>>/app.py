"""What the engine answers over HTTP."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel


class Health(BaseModel):
    status: str
    records: int


def build_app(records: Sequence[dict[str, Any]]) -> FastAPI:
    app = FastAPI(title="<<PROJECT_NAME>>")

    @app.get("/health")
    async def health() -> Health:
        return Health(status="ok", records=len(records))

    @app.get("/result")
    async def result() -> Sequence[dict[str, Any]]:
        return records

    return app
