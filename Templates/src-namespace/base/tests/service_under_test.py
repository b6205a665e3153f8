"""The service itself, with routes besides that take their time, as a program.

A path that begins with `~` is none that the service may get itself.

With an argument it sends itself SIGTERM at that moment: when a module is imported, or, as
`serving`, when the server is about to listen.
"""

import asyncio
import importlib.abc
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from <<PACKAGE>> import entrypoint

MOMENT = sys.argv[1] if len(sys.argv) > 1 else ""


class SignalOnImport(importlib.abc.MetaPathFinder):
    """Finds nothing, but is asked first."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == MOMENT:
            os.kill(os.getpid(), signal.SIGTERM)
        return None


def add_slow_routes() -> None:
    """The entry point takes the class from its module when it starts: another one is there then."""
    from quart import Response, request, websocket

    from <<PACKAGE>> import app
    from <<PACKAGE>>.auth import without_basic_auth

    def begin() -> None:
        print("begun", request.path if request else websocket.path, flush=True)

    class SlowWebServer(app.<<PACKAGE|pascal>>WebServer):
        """Its handlers tell when they have begun."""

        async def _become_ready(self) -> None:
            await super()._become_ready()
            if MOMENT == "serving":
                os.kill(os.getpid(), signal.SIGTERM)

        def _register_routes(self) -> None:
            super()._register_routes()

            @self.app.get("/sleep/<float:seconds>")
            @without_basic_auth
            async def sleep_endpoint(seconds: float) -> str:
                begin()
                await asyncio.sleep(seconds)
                return "slept"

            @self.app.get("/block/<float:seconds>")
            @without_basic_auth
            async def block_endpoint(seconds: float) -> str:
                begin()
                time.sleep(seconds)  # noqa: ASYNC251 - a mistake that a handler may have
                return "blocked"

            @self.app.get("/thread/<float:seconds>")
            @without_basic_auth
            async def thread_endpoint(seconds: float) -> str:
                begin()
                await asyncio.to_thread(time.sleep, seconds)
                return "waited"

            @self.app.get("/~stubborn")
            @without_basic_auth
            async def stubborn_endpoint() -> str:
                begin()
                while True:
                    try:
                        await asyncio.sleep(60)
                    except asyncio.CancelledError:
                        continue

            @self.app.get("/~stream")
            @without_basic_auth
            async def stream_endpoint() -> Response:
                begin()

                async def pieces() -> AsyncIterator[bytes]:
                    while True:
                        yield b"piece"
                        await asyncio.sleep(0.01)

                return Response(pieces())

            @self.app.websocket("/websocket")
            @without_basic_auth
            async def websocket_endpoint() -> None:
                begin()
                while True:
                    await websocket.send(await websocket.receive())

    app.<<PACKAGE|pascal>>WebServer = SlowWebServer  # type: ignore[misc]


if __name__ == "__main__":
    if MOMENT in {"", "serving"}:
        add_slow_routes()
    else:
        sys.meta_path.insert(0, SignalOnImport())
    entrypoint.run()
