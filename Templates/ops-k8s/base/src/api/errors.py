"""Turns whatever goes wrong into an answer of one shape."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from src.api.schemas.errors import Error, ErrorResponse
from src.database.engine import UNAVAILABLE
from src.feature_engineering.schema import InvalidFeaturesError
from src.feature_store.base import FeatureStoreUnavailableError
from src.utils.logging import request_id

# An answer should not be longer than the request that is wrong.
_MOST_DETAILS = 20

log = logging.getLogger(__name__)


class ApiError(HTTPException):
    """An `HTTPException`, since FastAPI hides everything else that happens while it reads a body."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(status, message)
        self.code = code


def error_response(
    status: int,
    code: str,
    message: str,
    details: Sequence[Any] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    error = Error(code=code, message=message, details=list(details), request_id=request_id.get())
    return JSONResponse(ErrorResponse(error=error).model_dump(mode="json"), status, headers)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the API's documentation: the errors that a route may answer with."""
    return {status: {"model": ErrorResponse} for status in statuses}


def _api_error(_: Request, error: ApiError) -> JSONResponse:
    return error_response(error.status_code, error.code, error.detail)


def _invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
    # Not the values themselves, which may be anything, not even JSON.
    details = [
        {"field": ".".join(str(part) for part in problem["loc"]), "problem": problem["msg"]}
        for problem in error.errors()[:_MOST_DETAILS]
    ]
    return error_response(422, "invalid_request", "The request is not valid", details)


def _invalid_features(_: Request, error: InvalidFeaturesError) -> JSONResponse:
    return error_response(422, "invalid_features", "The features are not valid", error.problems)


def _http_error(_: Request, error: HTTPException) -> JSONResponse:
    status = HTTPStatus(error.status_code)
    code = status.name.lower()
    return error_response(status, code, status.phrase, headers=dict(error.headers or {}))


def _feature_store_unavailable(_: Request, error: FeatureStoreUnavailableError) -> JSONResponse:
    log.error("the feature store is not available: %s", error)
    return error_response(503, "feature_store_unavailable", "The feature store does not answer")


def _database_unavailable(_: Request, error: Exception) -> JSONResponse:
    log.error("the database is not available: %s", error)
    return error_response(503, "database_unavailable", "The database does not answer")


def add_error_handlers(app: FastAPI) -> None:
    app.exception_handler(ApiError)(_api_error)
    app.exception_handler(RequestValidationError)(_invalid_request)
    app.exception_handler(InvalidFeaturesError)(_invalid_features)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(FeatureStoreUnavailableError)(_feature_store_unavailable)
    for unavailable in UNAVAILABLE:
        app.exception_handler(unavailable)(_database_unavailable)
