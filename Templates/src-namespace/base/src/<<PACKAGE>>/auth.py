"""Who may use the API: whoever has its user name and password, unless a route says otherwise."""

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps
from weakref import WeakSet

from quart import Quart, current_app, has_websocket_context, request, websocket
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

# Where the application's configuration has the credentials.
USERNAME_KEY = "API_AUTH_USERNAME"
PASSWORD_KEY = "API_AUTH_PASSWORD"  # noqa: S105 - the name of a setting

# The handlers that say who may call them.
_DECIDED: WeakSet[Callable[..., object]] = WeakSet()


def basic_auth_required[**P, T]() -> Callable[
    [Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]
]:
    """Lets requests through that carry the service's user name and password."""

    def decorator(handler: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @wraps(handler)
        async def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            _require_credentials()
            return await handler(*args, **kwargs)

        _DECIDED.add(guarded)
        return guarded

    return decorator


def without_basic_auth[**P, T](handler: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Lets all requests through, to a handler that tells nothing or knows its callers otherwise."""
    _DECIDED.add(handler)
    return handler


def guard_by_default(app: Quart) -> None:
    """Guards every route whose handler says nothing: a forgotten decorator opens no door."""

    async def guard() -> None:
        connection = websocket if has_websocket_context() else request
        if connection.endpoint and app.view_functions[connection.endpoint] not in _DECIDED:
            _require_credentials()

    app.before_request(guard)
    app.before_websocket(guard)


def _require_credentials() -> None:
    if not _authorized():
        challenge = WWWAuthenticate("basic", {"realm": "api", "charset": "UTF-8"})
        raise Unauthorized("user name or password is missing or wrong", None, challenge)


def _authorized() -> bool:
    connection = websocket if has_websocket_context() else request
    given = connection.authorization
    username = (given and given.username) or ""
    password = (given and given.password) or ""
    # Both, whatever the first says, so that the time tells nothing about either
    username_matches = _same(username, current_app.config[USERNAME_KEY])
    password_matches = _same(password, current_app.config[PASSWORD_KEY])
    return username_matches and password_matches


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
