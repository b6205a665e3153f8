"""Errors, and the one shape in which all of them are answered.

<<@if EXAMPLE>>
`{"code": "not_found", "detail": "…", "errors": [{"field": "quantity", "message": "…"}]}`
<<@else>>
`{"code": "not_found", "detail": "…", "errors": [{"field": "available", "message": "…"}]}`
<<@end>>
"""

from collections.abc import Sequence
<<@if EXAMPLE>>
from dataclasses import dataclass
<<@end>>
from http import HTTPStatus

from pydantic import ValidationError
from quart import Quart, Response, jsonify
from werkzeug.exceptions import HTTPException
<<@if EXAMPLE>>

from <<PACKAGE>>.commands import CommandError
from <<PACKAGE>>.confirmations import ConfirmationError
<<@fit 100>>
from <<PACKAGE>>.positions import InsufficientPositionError, RefusalError, UnknownAccountError
<<@else>>
from <<PACKAGE>>.positions import (
    InsufficientPositionError,
    RefusalError,
    UnknownAccountError,
)
<<@end>>
from <<PACKAGE>>.stores import StoreUnavailableError


@dataclass(frozen=True)
class _Answer:
    status: int
    code: str
    # The part of the request that is at fault, if one is
    field: str | None = None


_UNPROCESSABLE = (HTTPStatus(422), "unprocessable_entity")
_REFUSALS: dict[type[RefusalError], _Answer] = {
    CommandError: _Answer(*_UNPROCESSABLE, field="text"),
    UnknownAccountError: _Answer(*_UNPROCESSABLE, field="account_id"),
    InsufficientPositionError: _Answer(HTTPStatus.CONFLICT, "insufficient_position"),
    ConfirmationError: _Answer(HTTPStatus.CONFLICT, "confirmation_refused"),
    StoreUnavailableError: _Answer(HTTPStatus.SERVICE_UNAVAILABLE, "store_unavailable"),
}


<<@else>>

_UNPROCESSABLE = (HTTPStatus(422), "unprocessable_entity")


<<@end>>
def error_response(
    status: int, code: str, detail: str, errors: Sequence[dict[str, str]] = ()
) -> Response:
    """An answer of the one shape."""
    response = jsonify({"code": code, "detail": detail, "errors": errors})
    response.status_code = status
    return response


def register_error_handlers(app: Quart) -> None:
    """Makes the application answer every error as JSON.

    What is raised unexpectedly is logged by Quart, and comes here as an HTTP error 500.
    """
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ValidationError, _validation_error)
<<@if EXAMPLE>>
    app.register_error_handler(RefusalError, _refusal)
<<@end>>


async def _http_error(error: HTTPException) -> Response:
    code = error.name.lower().replace(" ", "_")
    response = error_response(error.code or 500, code, error.description or error.name)
    # Such as Allow and WWW-Authenticate
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers.set(name, value)
    return response


async def _validation_error(error: ValidationError) -> Response:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    if problems[0]["type"] == "json_invalid":
        return error_response(HTTPStatus.BAD_REQUEST, "bad_request", problems[0]["msg"])
    fields = [
        {"field": ".".join(map(str, one["loc"])) or "body", "message": one["msg"]}
        for one in problems
    ]
    return error_response(*_UNPROCESSABLE, "some fields are missing or malformed", fields)
<<@if EXAMPLE>>


async def _refusal(error: RefusalError) -> Response:
    answer = _REFUSALS[type(error)]
    fields = [{"field": answer.field, "message": str(error)}] if answer.field else []
    return error_response(answer.status, answer.code, str(error), fields)
<<@end>>
