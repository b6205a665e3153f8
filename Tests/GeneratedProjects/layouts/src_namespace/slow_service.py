"""Run by a project's own Python: its service with requests that take their time, and a bad task.

Everything is the project's own, from `run()` on; routes are added to its server.
"""

import asyncio
import importlib
import re
import sys
from collections.abc import AsyncIterator
from typing import Any

PACKAGE = sys.argv[1]

app = importlib.import_module(f"{PACKAGE}.app")
lifecycle = importlib.import_module(f"{PACKAGE}.lifecycle")
entrypoint = importlib.import_module(f"{PACKAGE}.entrypoint")
[name] = [one for one in vars(app) if re.fullmatch(r"[A-Z]\w*WebServer", one)]
Server: Any = getattr(app, name)
Manager: Any = lifecycle.AsyncTaskManager
managers: list[Any] = []


class RememberedManager(Manager):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        managers.append(self)


class SlowServer(Server):  # type: ignore[misc]
    def _register_routes(self) -> None:
        super()._register_routes()

        @self.app.get("/slow/<float:seconds>")
        async def slow(seconds: float) -> dict[str, float]:
            print(f"slow {seconds} began", flush=True)
            await asyncio.sleep(seconds)
            return {"slept": seconds}

        @self.app.get("/stream")
        async def stream() -> AsyncIterator[str]:
            print("stream began", flush=True)

            async def parts() -> AsyncIterator[str]:
                while True:
                    yield "part\n"
                    await asyncio.sleep(0.05)

            return parts()

        @self.app.get("/stubborn")
        async def stubborn() -> str:
            print("stubborn began", flush=True)
            while True:
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    print("stubborn goes on", flush=True)

        @self.app.websocket("/socket")
        async def socket() -> None:
            from quart import websocket

            await websocket.accept()
            print("socket began", flush=True)
            while True:
                await websocket.receive()

        @self.app.post("/die")
        async def die() -> str:
            async def reconcile() -> None:
                raise ConnectionError("the exchange is gone")

            managers[0].add_task(reconcile(), name="reconcile positions")
            return "dying"


lifecycle.AsyncTaskManager = RememberedManager
setattr(app, name, SlowServer)
entrypoint.run()
