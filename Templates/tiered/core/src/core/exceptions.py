"""Errors, and the one shape in which every one of them leaves the service."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from src.schemas.base import ErrorDetail, ErrorResponse

log = logging.getLogger(__name__)

_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


class AppError(Exception):
    """An error that the caller is told about; `detail` is a sentence for people."""

    status_code = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal_error"
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotAuthenticatedError(AppError):
    """Nobody is logged in, or not any more."""

    status_code = HTTPStatus.UNAUTHORIZED
    code = "not_authenticated"
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}


class PermissionDeniedError(AppError):
    """The user may not do this."""

    status_code = HTTPStatus.FORBIDDEN
    code = "permission_denied"


class NotFoundError(AppError):
    """There is no such thing, or it belongs to somebody else."""

    status_code = HTTPStatus.NOT_FOUND
    code = "not_found"


class ConflictError(AppError):
    """It contradicts something that is there already."""

    status_code = HTTPStatus.CONFLICT
    code = "conflict"


class UnavailableError(AppError):
    """Something that the service needs does not answer."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}


def error_response(
    status_code: int,
    code: str,
    detail: str,
    *,
    errors: list[ErrorDetail] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Any error as the client sees it."""
    body = ErrorResponse(code=code, detail=detail, errors=errors or [])
    return JSONResponse(body.model_dump(), status_code, headers=headers)


def register_exception_handlers(app: FastAPI) -> None:
    """Whatever fails in `app`, the answer has the shape of `ErrorResponse`."""

    @app.exception_handler(AppError)
    async def handle_app_error(_: Request, error: AppError) -> JSONResponse:
        return error_response(error.status_code, error.code, error.detail, headers=error.headers)

    @app.exception_handler(HTTPException)
    async def handle_http_exception(request: Request, error: HTTPException) -> JSONResponse:
        status = HTTPStatus(error.status_code)
        headers = dict(error.headers or {})
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_allowed_methods(request))
        return error_response(
            status, status.name.lower(), error.detail or status.phrase, headers=headers
        )

    @app.exception_handler(RequestValidationError)
    async def handle_validation_error(_: Request, error: RequestValidationError) -> JSONResponse:
        # Without the input itself: it may be a password, or no valid Unicode
        errors = [
            ErrorDetail(field=".".join(map(str, fault["loc"])), message=fault["msg"])
            for fault in error.errors()
        ]
        return error_response(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "validation_error",
            "The request is malformed",
            errors=errors,
        )

    @app.exception_handler(OperationalError)
    async def handle_database_error(request: Request, error: OperationalError) -> JSONResponse:
        log.error("%s %s: database: %s", request.method, request.url.path, error)
        return await handle_app_error(request, UnavailableError("The database does not answer"))

    @app.exception_handler(Exception)
<<@if TIER == full>>
    async def handle_unexpected(request: Request, _: Exception) -> JSONResponse:
        # The log has the traceback; the caller learns the id by which to find it
        return error_response(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "internal_error",
            "The service failed",
            headers={"X-Request-ID": request.state.request_id},
        )
<<@else>>
    async def handle_unexpected(_: Request, __: Exception) -> JSONResponse:
        # The server logs the traceback; the caller learns nothing about the inside
        return error_response(
            HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", "The service failed"
        )
<<@end>>


def _allowed_methods(request: Request) -> list[str]:
    """The methods of all routes of the path; the router itself names those of the first only."""
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]
