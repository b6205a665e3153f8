<<@if EXAMPLE>>
"""A service made for each test: its environment, its client with either store, its web server."""

<<@if ROUTES>>
from collections.abc import AsyncIterator, Awaitable, Callable
<<@else>>
from collections.abc import AsyncIterator
<<@end>>
from decimal import Decimal

import pytest
from fakeredis import FakeAsyncRedis
<<@else>>
"""A service made for each test: its environment, its client, its web server."""

<<@if ROUTES>>
from collections.abc import Awaitable, Callable

<<@end>>
import pytest
<<@end>>
<<@if ROUTES>>
from quart import Response
<<@end>>
from quart.typing import TestClientProtocol
from werkzeug.datastructures import Authorization

<<@fit 100>>
from <<PACKAGE>>.app import <<PACKAGE|pascal>>WebServer
<<@else>>
from <<PACKAGE>>.app import (
    <<PACKAGE|pascal>>WebServer,
)
<<@end>>
<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
<<@if EXAMPLE>>
from <<PACKAGE>>.commands import CommandHandler
from <<PACKAGE>>.confirmations import Confirmations
<<@end>>
<<@fit 100>>
from <<PACKAGE>>.environment import <<PACKAGE|pascal>>Environment, get_<<PACKAGE>>_environment
<<@else>>
from <<PACKAGE>>.environment import (
    <<PACKAGE|pascal>>Environment,
    get_<<PACKAGE>>_environment,
)
<<@end>>
<<@if EXAMPLE>>
from <<PACKAGE>>.exchanges import Exchange
from <<PACKAGE>>.interactions import InteractionHandler
from <<PACKAGE>>.positions import PositionChange
from <<PACKAGE>>.stores import MemoryStore, PositionStore, RedisStore
<<@end>>


@pytest.fixture
def environ() -> dict[str, str]:
    """Everything that production needs."""
    return {
        "MODE": "prod",
<<@if EXAMPLE>>
        "BYBIT_ACCOUNT_IDS": "main,hedge",
<<@end>>
        "<<PACKAGE|upper>>_API_AUTH_USERNAME": "ann",
        "<<PACKAGE|upper>>_API_AUTH_PASSWORD": "correct-horse-battery",
        "QUART_SECRET_KEY": "0123456789abcdef0123456789abcdef",
    }


@pytest.fixture
def env(environ: dict[str, str]) -> <<PACKAGE|pascal>>Environment:
    return get_<<PACKAGE>>_environment(environ)


<<@if EXAMPLE>>
@pytest.fixture
def change() -> PositionChange:
    return PositionChange(
        exchange=Exchange.bybit, account_id="main", symbol="BTCUSDT", quantity=Decimal("0.5")
    )


@pytest.fixture(params=["memory", "redis"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[PositionStore]:
    """Both kinds of store: whatever uses this is tested with either."""
    store = MemoryStore() if request.param == "memory" else RedisStore(FakeAsyncRedis())
    yield store
    await store.close()


@pytest.fixture
def client(store: PositionStore) -> <<PACKAGE|pascal>>Client:
    accounts = {Exchange.bybit: ["main", "hedge"]}
    return <<PACKAGE|pascal>>Client(accounts, store)


@pytest.fixture
def confirmations(store: PositionStore) -> Confirmations:
    return Confirmations("0123456789abcdef0123456789abcdef", store)


@pytest.fixture
<<@fit 100>>
def command_handler(client: <<PACKAGE|pascal>>Client, confirmations: Confirmations) -> CommandHandler:
<<@else>>
<<@fit 100>>
def command_handler(
    client: <<PACKAGE|pascal>>Client, confirmations: Confirmations
) -> CommandHandler:
<<@else>>
def command_handler(
    client: <<PACKAGE|pascal>>Client,
    confirmations: Confirmations,
) -> CommandHandler:
<<@end>>
<<@end>>
    return CommandHandler(client, confirmations)


@pytest.fixture
<<@fit 100>>
def interaction_handler(client: <<PACKAGE|pascal>>Client, confirmations: Confirmations) -> InteractionHandler:
<<@else>>
<<@fit 100>>
def interaction_handler(
    client: <<PACKAGE|pascal>>Client, confirmations: Confirmations
) -> InteractionHandler:
<<@else>>
def interaction_handler(
    client: <<PACKAGE|pascal>>Client,
    confirmations: Confirmations,
) -> InteractionHandler:
<<@end>>
<<@end>>
    return InteractionHandler(client, confirmations)


@pytest.fixture
def server(
    env: <<PACKAGE|pascal>>Environment,
    client: <<PACKAGE|pascal>>Client,
    command_handler: CommandHandler,
    interaction_handler: InteractionHandler,
) -> <<PACKAGE|pascal>>WebServer:
    return <<PACKAGE|pascal>>WebServer(
        env=env,
        client=client,
        command_handler=command_handler,
        interaction_handler=interaction_handler,
    )


<<@else>>
@pytest.fixture
def client() -> <<PACKAGE|pascal>>Client:
    return <<PACKAGE|pascal>>Client()


@pytest.fixture
<<@fit 100>>
def server(env: <<PACKAGE|pascal>>Environment, client: <<PACKAGE|pascal>>Client) -> <<PACKAGE|pascal>>WebServer:
<<@else>>
<<@fit 100>>
def server(
    env: <<PACKAGE|pascal>>Environment, client: <<PACKAGE|pascal>>Client
) -> <<PACKAGE|pascal>>WebServer:
<<@else>>
def server(
    env: <<PACKAGE|pascal>>Environment,
    client: <<PACKAGE|pascal>>Client,
) -> <<PACKAGE|pascal>>WebServer:
<<@end>>
<<@end>>
    return <<PACKAGE|pascal>>WebServer(env=env, client=client)


<<@end>>
<<@if ROUTES>>
@pytest.fixture
def call(http: TestClientProtocol, ann: Authorization) -> Callable[..., Awaitable[Response]]:
    """Calls a route, by its method and path, as Ann unless it is said who does."""

    async def call(
        route: str, content: dict[str, str], auth: Authorization | None = ann
    ) -> Response:
        method, path = route.split(" ")
        send = getattr(http, method.lower())
        if method in {"DELETE", "GET"}:
            response = await send(path, query_string=content, auth=auth)
        else:
            response = await send(path, json=content, auth=auth)
        assert isinstance(response, Response)
        return response

    return call


<<@end>>
@pytest.fixture
def http(server: <<PACKAGE|pascal>>WebServer) -> TestClientProtocol:
    return server.app.test_client()


@pytest.fixture
def ann() -> Authorization:
    """The credentials of `environ`."""
    return Authorization("basic", {"username": "ann", "password": "correct-horse-battery"})
