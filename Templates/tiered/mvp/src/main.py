"""The application that servers run: `uvicorn src.main:app`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

<<@if EXAMPLE>>
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlmodel import SQLModel, create_engine
from starlette.routing import Match
<<@else>>
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from sqlmodel import SQLModel, create_engine
<<@end>>

from src.api import health_router, router
<<@if EXAMPLE>>
from src.models import ErrorResponse
<<@end>>

DATABASE_FILE = Path(__file__).resolve().parents[1] / "<<PROJECT_NAME>>.db"


def create_app(database_url: str) -> FastAPI:
    """An application over this database, whose tables are made when it starts."""
    engine = create_engine(database_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        SQLModel.metadata.create_all(engine)
        app.state.engine = engine
        yield
        engine.dispose()

    app = FastAPI(
        title="<<PROJECT_NAME>>",
        description=<<DESCRIPTION|markdown|python>>,
        version="0.1.0",
        lifespan=lifespan,
<<@if EXAMPLE>>
        responses={
            400: {"model": ErrorResponse, "description": "The body is no JSON"},
            422: {"model": ErrorResponse, "description": "The request is malformed"},
        },
<<@end>>
    )
    app.include_router(health_router)
    app.include_router(router, prefix="/api/v1")

    @app.get("/", include_in_schema=False)
    def show_documentation() -> RedirectResponse:
        return RedirectResponse(app.docs_url or "/health")

<<@if EXAMPLE>>
    @app.exception_handler(RequestValidationError)
    async def explain_fault(_: Request, error: RequestValidationError) -> JSONResponse:
        # Without the input itself, which may be no valid Unicode
        faults = [{key: fault[key] for key in ("type", "loc", "msg")} for fault in error.errors()]
        return JSONResponse({"detail": faults}, 422)

    @app.exception_handler(405)
    async def refuse_method(request: Request, _: Exception) -> JSONResponse:
        # The router itself names the methods of the path's first route only
        allowed = [
            method
            for method in ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
            if any(
                route.matches({**request.scope, "method": method})[0] is Match.FULL
                for route in app.routes
            )
        ]
        headers = {"Allow": ", ".join(allowed)}
        return JSONResponse({"detail": "Method Not Allowed"}, 405, headers)

<<@end>>
    return app


app = create_app(os.environ.get("DATABASE_URL", f"sqlite:///{DATABASE_FILE}"))
