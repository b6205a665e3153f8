"""Asks a deployed service whether it does what it should, without leaving anything behind.

python -m tools.deployment.smoke_test https://api.example.com
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable

import httpx

Check = Callable[[httpx.AsyncClient], Awaitable[None]]


class CheckFailedError(Exception):
    """The service answered, but not as expected."""


def _expect(condition: bool, message: str) -> None:
    if not condition:
        raise CheckFailedError(message)


async def is_alive(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")
    _expect(answer.status_code == 200, f"status {answer.status_code}")


async def is_ready(client: httpx.AsyncClient) -> None:
    """Its database and Redis answer as well."""
    answer = await client.get("/health/ready")
    _expect(answer.status_code == 200, f"status {answer.status_code}: {answer.text}")


async def has_request_ids(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health", headers={"X-Request-ID": "smoke-test"})
    found = answer.headers.get("X-Request-ID")
    _expect(found == "smoke-test", f"the answer's X-Request-ID is {found!r}")


async def refuses_strangers(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/users/me")
    _expect(answer.status_code == 401, f"status {answer.status_code} without a token")


async def hides_metrics(client: httpx.AsyncClient) -> None:
    answer = await client.get("/metrics")
    _expect(answer.status_code in {403, 404}, f"/metrics answers {answer.status_code} to anybody")


CHECKS: tuple[Check, ...] = (is_alive, is_ready, has_request_ids, refuses_strangers)


async def run_checks(client: httpx.AsyncClient, checks: tuple[Check, ...]) -> list[str]:
    """The failures, each with the name of its check."""
    failures = []
    for check in checks:
        name = check.__name__.replace("_", " ")
        try:
            await check(client)
        except (CheckFailedError, httpx.HTTPError) as error:
            failures.append(f"{name}: {error or type(error).__name__}")
            print(f"FAILED  {failures[-1]}")
        else:
            print(f"ok      {name}")
    return failures


async def smoke_test(url: str, *, public: bool) -> list[str]:
    checks = (*CHECKS, hides_metrics) if public else CHECKS
    async with httpx.AsyncClient(base_url=url, timeout=10.0) as client:
        return await run_checks(client, checks)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Asks a deployed service how it is.")
    parser.add_argument("url")
    parser.add_argument(
        "--public",
        action="store_true",
        help="the URL is what the world sees: /metrics must not be reachable",
    )
    options = parser.parse_args(arguments)
    return 1 if asyncio.run(smoke_test(options.url, public=options.public)) else 0


if __name__ == "__main__":
    sys.exit(main())
