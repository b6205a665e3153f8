"""Run by a project's own Python: its service with requests that last or fail, and a bad task.

Everything is the project's own, from `run()` on; routes are added to its server.
"""

import asyncio
import contextlib
import importlib
import re
import sys
from collections.abc import AsyncIterator
from typing import Any

PACKAGE = sys.argv[1]

quart = importlib.import_module("quart")
auth = importlib.import_module(f"{PACKAGE}.auth")
app = importlib.import_module(f"{PACKAGE}.app")
lifecycle: Any = importlib.import_module(f"{PACKAGE}.lifecycle")
entrypoint = importlib.import_module(f"{PACKAGE}.entrypoint")
[name] = [one for one in vars(app) if re.fullmatch(r"[A-Z]\w*WebServer", one)]
Server: Any = getattr(app, name)
Manager: Any = lifecycle.AsyncTaskManager
managers: list[Any] = []


class RememberedManager(Manager):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        managers.append(self)


class OddServer(Server):  # type: ignore[misc]
    def _register_routes(self) -> None:
        super()._register_routes()
        for handler in (slow, stream, stubborn, fail, die, socket):
            auth.without_basic_auth(handler)
        self.app.add_url_rule("/slow/<float:seconds>", view_func=slow)
        self.app.add_url_rule("/stream", view_func=stream)
        self.app.add_url_rule("/stubborn", view_func=stubborn)
        self.app.add_url_rule("/fail", view_func=fail)
        self.app.add_url_rule("/die", view_func=die, methods=["POST"])
        self.app.add_websocket("/socket", view_func=socket)
        # Nobody says who may call these.
        self.app.add_url_rule("/unsaid", view_func=unsaid)
        self.app.add_websocket("/unsaid-socket", view_func=unsaid_socket)


async def slow(seconds: float) -> dict[str, float]:
    print(f"slow {seconds} began", flush=True)
    await asyncio.sleep(seconds)
    return {"slept": seconds}


async def stream() -> AsyncIterator[str]:
    async def parts() -> AsyncIterator[str]:
        while True:
            yield "part\n"
            await asyncio.sleep(0.05)

    return parts()


async def stubborn() -> None:
    print("stubborn began", flush=True)
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)


async def fail() -> None:
    local = "-".join(["nobody", "may", "read", "this"])
    raise ArithmeticError(f"the reason, of {len(local)} letters")


async def die() -> str:
    async def reconcile() -> None:
        raise ConnectionError("the exchange is gone")

    managers[0].add_task(reconcile(), name="reconcile positions")
    return "dying"


async def socket() -> None:
    await quart.websocket.accept()
    while True:
        await quart.websocket.receive()


async def unsaid() -> str:
    return "nothing for everybody"


async def unsaid_socket() -> None:
    await quart.websocket.send("nothing for everybody")


lifecycle.AsyncTaskManager = RememberedManager
setattr(app, name, OddServer)
entrypoint.run()
