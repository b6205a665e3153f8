"""The application factory: tests and servers get an application with settings of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse

from src.api import health
from src.api.responses import BAD_REQUEST, UNAVAILABLE, VALIDATION_ERROR
from src.api.v1.router import api_router
<<@if TIER == full>>
from src.core.backends import open_backends
<<@end>>
from src.core.config import Settings, get_settings
from src.core.database import create_database_engine, create_session_factory
from src.core.exceptions import register_exception_handlers
<<@if TIER == full>>
from src.monitoring import metrics
from src.monitoring.logging import REQUEST_ID_HEADER, RequestContextMiddleware
<<@end>>


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    engine = create_database_engine(settings)
    app.state.engine = engine
    app.state.session_factory = create_session_factory(engine)
    try:
<<@if TIER == full>>
        async with open_backends(settings) as backends:
            app.state.backends = backends
            yield
<<@else>>
        yield
<<@end>>
    finally:
        await engine.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """An application with the given settings, or with those of the environment."""
    settings = settings or get_settings()
    app = FastAPI(
        title=settings.app_name,
        description=<<DESCRIPTION|markdown|python>>,
        version="0.1.0",
        debug=settings.debug,
        lifespan=lifespan,
        responses={**BAD_REQUEST, **VALIDATION_ERROR, **UNAVAILABLE},
    )
    app.state.settings = settings
    register_exception_handlers(app)
    if settings.backend_cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.backend_cors_origins,
            allow_methods=["*"],
            # Without credentials: who is logged in says so in a header, never by a cookie
            allow_headers=["Authorization", "Content-Type"],
<<@if TIER == full>>
            expose_headers=[REQUEST_ID_HEADER],
<<@end>>
        )
<<@if TIER == full>>
    app.add_middleware(metrics.MetricsMiddleware)
    # Added last, so it is outermost: every line that is logged has the request's id
    app.add_middleware(RequestContextMiddleware)
    app.include_router(metrics.router)
<<@end>>
    app.include_router(health.router)
    app.include_router(api_router, prefix="/api/v1")

    @app.get("/", include_in_schema=False)
    async def show_documentation() -> RedirectResponse:
        return RedirectResponse(app.docs_url or "/health")

    return app
