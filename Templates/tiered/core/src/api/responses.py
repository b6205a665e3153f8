"""The errors that endpoints document, so that clients know all they may get."""

from typing import Any

from src.schemas.base import ErrorResponse

Responses = dict[int | str, dict[str, Any]]


def _error(status: int, description: str) -> Responses:
    return {status: {"model": ErrorResponse, "description": description}}


BAD_REQUEST = _error(400, "The body is no valid JSON")
NOT_AUTHENTICATED = _error(401, "There is no valid access token")
PERMISSION_DENIED = _error(403, "The user may not do this")
NOT_FOUND = _error(404, "There is no such record, or it belongs to somebody else")
CONFLICT = _error(409, "It contradicts a record that is there already")
VALIDATION_ERROR = _error(422, "The request is malformed")
UNAVAILABLE = _error(503, "The database does not answer")
