"""Who may use the API."""

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps

from quart import current_app, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

# Where the application's configuration has the credentials.
USERNAME_KEY = "API_AUTH_USERNAME"
PASSWORD_KEY = "API_AUTH_PASSWORD"  # noqa: S105 - the name of a setting


def basic_auth_required[**P, T]() -> Callable[
    [Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]
]:
    """Lets requests through that carry the service's user name and password."""

    def decorator(handler: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @wraps(handler)
        async def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            if not _authorized():
                challenge = WWWAuthenticate("basic", {"realm": "api", "charset": "UTF-8"})
                raise Unauthorized("user name or password is missing or wrong", None, challenge)
            return await handler(*args, **kwargs)

        return guarded

    return decorator


def _authorized() -> bool:
    given = request.authorization
    username = (given and given.username) or ""
    password = (given and given.password) or ""
    # Both, whatever the first says, so that the time tells nothing about either
    username_matches = _same(username, current_app.config[USERNAME_KEY])
    password_matches = _same(password, current_app.config[PASSWORD_KEY])
    return username_matches and password_matches


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
