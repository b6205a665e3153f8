"""The web layer: translates between HTTP and the client."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from types import TracebackType

import structlog
from hypercorn.asyncio import serve
from hypercorn.config import Config
from pydantic import BaseModel, ConfigDict
from quart import Quart, Response, jsonify, request
from werkzeug.exceptions import UnsupportedMediaType

<<@if ROUTES>>
from <<PACKAGE>> import routes
<<@end>>
from <<PACKAGE>>.auth import (
    PASSWORD_KEY,
    USERNAME_KEY,
    basic_auth_required,
    guard_by_default,
    without_basic_auth,
)
<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
<<@if EXAMPLE>>
from <<PACKAGE>>.commands import CommandHandler
<<@end>>
<<@fit 100>>
from <<PACKAGE>>.environment import <<PACKAGE|pascal>>Environment
<<@else>>
from <<PACKAGE>>.environment import (
    <<PACKAGE|pascal>>Environment,
)
<<@end>>
from <<PACKAGE>>.errors import error_response, register_error_handlers
<<@if EXAMPLE>>
from <<PACKAGE>>.interactions import InteractionHandler
from <<PACKAGE>>.positions import Position, PositionChange
<<@end>>
from <<PACKAGE>>.request_log import RequestLog
<<@if EXAMPLE and SLACK>>
from <<PACKAGE>>.slack_gateway import SlackGateway
<<@end>>
<<@if EXAMPLE>>
from <<PACKAGE>>.stores import StoreUnavailableError
<<@end>>

MAX_BODY_BYTES = 16 * 1024

type ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]

logger = structlog.get_logger(__name__)


<<@if EXAMPLE>>
class CommandRequest(BaseModel):
    """A command as it would be typed."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str


class InteractionRequest(BaseModel):
    """The answer to what a command asked back."""

    model_config = ConfigDict(extra="forbid", strict=True)

    confirmation: str
    approved: bool


<<@else>>
class AvailabilityRequest(BaseModel):
    """Whether this process is to be sent requests."""

    model_config = ConfigDict(extra="forbid", strict=True)

    available: bool


<<@end>>
class <<PACKAGE|pascal>>WebServer:
    """The HTTP API, and the server that it runs in."""

<<@if EXAMPLE>>
    def __init__(
        self,
        env: <<PACKAGE|pascal>>Environment,
        client: <<PACKAGE|pascal>>Client,
        command_handler: CommandHandler,
        interaction_handler: InteractionHandler,
<<@if SLACK>>
        slack: SlackGateway | None = None,
<<@end>>
    ) -> None:
<<@else>>
<<@fit 100>>
    def __init__(self, env: <<PACKAGE|pascal>>Environment, client: <<PACKAGE|pascal>>Client) -> None:
<<@else>>
<<@fit 100>>
    def __init__(
        self, env: <<PACKAGE|pascal>>Environment, client: <<PACKAGE|pascal>>Client
    ) -> None:
<<@else>>
    def __init__(
        self,
        env: <<PACKAGE|pascal>>Environment,
        client: <<PACKAGE|pascal>>Client,
    ) -> None:
<<@end>>
<<@end>>
<<@end>>
        self.env = env
        self.client = client
<<@if EXAMPLE>>
        self.command_handler = command_handler
        self.interaction_handler = interaction_handler
<<@end>>
<<@if EXAMPLE and SLACK>>
        self.slack = slack
<<@end>>
        # Whether requests are welcome: not before the server listens, not while it stops
        self.ready = False
        self.app = self._create_app()
        self._initialize_app()

    def _create_app(self) -> Quart:
        # Without the route to a folder of files, which it would have otherwise
        app = Quart(__name__, static_folder=None)
        app.config.update(
            {
                USERNAME_KEY: self.env.<<PACKAGE|upper>>_API_AUTH_USERNAME,
                PASSWORD_KEY: self.env.<<PACKAGE|upper>>_API_AUTH_PASSWORD,
                "MAX_CONTENT_LENGTH": MAX_BODY_BYTES,
            }
        )
        app.secret_key = self.env.QUART_SECRET_KEY
        return app

    def _initialize_app(self) -> None:
        register_error_handlers(self.app)
        guard_by_default(self.app)
        self._register_routes()
        self.app.before_serving(self._become_ready)
        self.app.asgi_app = RequestLog(self.app.asgi_app)  # type: ignore[method-assign]

    async def _become_ready(self) -> None:
        self.ready = True

    def _register_routes(self) -> None:
        @self.app.get("/health")
        @without_basic_auth
        async def health_endpoint() -> Response:
            return jsonify({"status": "alive"})

        @self.app.get("/ready")
        @without_basic_auth
        async def ready_endpoint() -> Response:
            if not self.ready:
                return _not_ready("the service is starting or stopping")
<<@if EXAMPLE>>
            try:
                await self.client.check_store()
            except StoreUnavailableError:
                return _not_ready("positions cannot be reached at the moment")
<<@else>>
            if not self.client.available:
                return _not_ready("the service has been told to take no requests")
<<@end>>
            return jsonify({"status": "ready"})

<<@for ROUTE in ROUTES>>
        @self.app.<<ROUTE|before(" ")|lower>>("<<ROUTE|after(" ")>>")
        @basic_auth_required()
        async def <<ROUTE|snake>>_endpoint() -> Response:
            route = routes.<<ROUTE|snake>>
            return _answer(await route.handle(self.client, await _parsed(route.Request)))

<<@end>>
<<@if EXAMPLE>>
        @self.app.get("/positions")
        @basic_auth_required()
        async def positions_endpoint() -> Response:
            positions = await self.client.positions()
            return jsonify({"positions": [position.as_json() for position in positions]})

        @self.app.post("/increase_position")
        @basic_auth_required()
        async def increase_position_endpoint() -> Response:
            change = PositionChange.model_validate_json(await _json_body())
            return _position_response(await self.client.increase_position(change))

        @self.app.post("/decrease_position")
        @basic_auth_required()
        async def decrease_position_endpoint() -> Response:
            change = PositionChange.model_validate_json(await _json_body())
            return _position_response(await self.client.decrease_position(change))

        @self.app.post("/commands")
        @basic_auth_required()
        async def commands_endpoint() -> Response:
            command = CommandRequest.model_validate_json(await _json_body())
            reply = await self.command_handler.handle(self._api_user(), command.text)
            return jsonify({"text": reply.text, "confirmation": reply.confirmation})

        @self.app.post("/interactions")
        @basic_auth_required()
        async def interactions_endpoint() -> Response:
            answer = InteractionRequest.model_validate_json(await _json_body())
            text = await self.interaction_handler.handle(
                self._api_user(), answer.confirmation, approved=answer.approved
            )
            return jsonify({"text": text})
<<@else>>
        @self.app.post("/availability")
        @basic_auth_required()
        async def availability_endpoint() -> Response:
            wanted = AvailabilityRequest.model_validate_json(await _json_body())
            self.client.set_available(wanted.available)
            return jsonify({"available": self.client.available})
<<@end>>
<<@if EXAMPLE and SLACK>>

        if slack := self.slack:

            @self.app.post("/slack/commands")
            @without_basic_auth
            async def slack_commands_endpoint() -> Response:
                return jsonify(await slack.command(request.headers, await _body()))

            @self.app.post("/slack/interactions")
            @without_basic_auth
            async def slack_interactions_endpoint() -> Response:
                await slack.interaction(request.headers, await _body())
                return Response(status=HTTPStatus.OK)
<<@end>>

<<@if EXAMPLE>>
    def _api_user(self) -> str:
        return f"api:{self.env.<<PACKAGE|upper>>_API_AUTH_USERNAME}"

<<@end>>
    async def serve(self, shutdown_trigger: Callable[[], Awaitable[None]]) -> None:
        """Listens until the trigger returns, and then gives requests their time to finish."""
        address = f"[{self.env.SERVER_IP}]" if ":" in self.env.SERVER_IP else self.env.SERVER_IP
        config = Config()
        config.bind = [f"{address}:{self.env.SERVER_PORT}"]
        config.graceful_timeout = self.env.SHUTDOWN_TIMES.grace
        config.errorlog = logging.getLogger("hypercorn.error")
        config.include_server_header = False
        try:
            await serve(self.app, config, shutdown_trigger=shutdown_trigger)
        except OSError as error:
            raise RuntimeError(f"cannot serve on {config.bind[0]}: {error.strerror}") from error

    async def exit_handler(self, exc_info: ExcInfo) -> None:
<<@if EXAMPLE>>
        """Closes what requests have used; called when there are none left."""
        if exc_info[1] is not None:
            logger.warning("closing_after_failure", reason=str(exc_info[1]))
        await self.client.close()
<<@else>>
        """Called when there are no requests left: what they have used is closed here."""
        if exc_info[1] is not None:
            logger.warning("closing_after_failure", reason=str(exc_info[1]))
<<@end>>


<<@if ROUTES>>
async def _parsed[M: BaseModel](model: type[M]) -> M:
    """The request's content: the query where its method comes without a body."""
    if request.method in {"DELETE", "GET", "HEAD"}:
        return model.model_validate(request.args.to_dict())
    return model.model_validate_json(await _json_body())


def _answer(content: BaseModel) -> Response:
    return jsonify(content.model_dump(mode="json"))


<<@end>>
async def _json_body() -> bytes:
    if not request.is_json:
        raise UnsupportedMediaType("the body must be application/json")
<<@if EXAMPLE and SLACK>>
    return await _body()


async def _body() -> bytes:
<<@end>>
    return await request.get_data(cache=True, as_text=False, parse_form_data=False)


<<@if EXAMPLE>>
def _position_response(position: Position) -> Response:
    return jsonify(position.as_json())


<<@end>>
def _not_ready(detail: str) -> Response:
    return error_response(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", detail)
