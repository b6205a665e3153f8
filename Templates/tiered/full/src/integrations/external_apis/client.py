"""The HTTP client that every client of another service is built on."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import httpx
import structlog

from src.integrations.external_apis.circuit_breaker import CircuitBreaker, CircuitOpenError
from src.integrations.external_apis.retries import (
    RETRYABLE_STATUSES,
    RetryPolicy,
    parse_retry_after,
)
from src.monitoring.metrics import EXTERNAL_API_CALLS

logger = structlog.get_logger(__name__)

IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})

# Failures before anything was sent, after which even a POST may be sent again.
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class ExternalApiError(Exception):
    """A call of another service did not succeed."""


class ExternalApiUnavailableError(ExternalApiError):
    """It cannot be reached, fails, or is left alone by the circuit breaker: worth another try."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ExternalApiRejectedError(ExternalApiError):
    """It refused the request itself: the same request would be refused again."""

    # Celery makes such an error again from its text alone, to tell who asks for the result.
    def __init__(self, message: str, status_code: int | None = None) -> None:
        super().__init__(message)
        self.status_code = status_code


class _RetryableResponseError(Exception):
    """A response after which another attempt makes sense; the server itself is at fault."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"status {response.status_code}")
        self.retry_after = parse_retry_after(response.headers.get("Retry-After"))


class ExternalApiClient:
    """Calls one service: limits every step and the whole in time, retries, and opens the circuit.

    `service` names it in logs and metrics. One client, and so one pool of connections, belongs to
    one event loop; the breaker may be shared by several clients of the same service.
    """

    def __init__(
        self,
        service: str,
        base_url: str,
        *,
        breaker: CircuitBreaker,
        retries: RetryPolicy | None = None,
        headers: dict[str, str] | None = None,
        timeout: httpx.Timeout | None = None,
        total_seconds: float = 15.0,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._service = service
        self._breaker = breaker
        self._retries = retries or RetryPolicy()
        self._total_seconds = total_seconds
        self._sleep = sleep
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers=headers,
            timeout=timeout or httpx.Timeout(5.0, connect=2.0),
            limits=httpx.Limits(max_connections=20, max_keepalive_connections=10),
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: dict[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> httpx.Response:
        """The response, which is a success.

        A POST or PATCH is repeated only with an `idempotency_key`, by which the service tells a
        repetition from a second order, or when nothing of it was sent.
        """
        headers = self._context_headers()
        if idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key
        repeatable = method.upper() in IDEMPOTENT_METHODS or idempotency_key is not None
        request = self._http.build_request(method, path, json=json, params=params, headers=headers)
        try:
            async with asyncio.timeout(self._total_seconds):
                response = await self._with_retries(request, repeatable=repeatable)
        except TimeoutError as error:
            self._count("timeout")
            message = f"{self._service} took longer than {self._total_seconds} s"
            raise ExternalApiUnavailableError(message) from error
        if not response.is_success:
            self._count("rejected")
            message = f"{self._service} refused {method} {path}: {response.status_code}"
            raise ExternalApiRejectedError(message, response.status_code)
        self._count("success")
        return response

    async def _with_retries(self, request: httpx.Request, *, repeatable: bool) -> httpx.Response:
        attempt = 0
        while True:
            attempt += 1
            retry_after = None
            try:
                return await self._attempt(request)
            except CircuitOpenError as error:
                self._count("circuit_open")
                message = f"{self._service} is left alone: {error}"
                raise ExternalApiUnavailableError(message, error.retry_after) from error
            except _RetryableResponseError as error:
                failure: Exception = error
                retry_after = error.retry_after
                may_repeat = repeatable
            except httpx.TransportError as error:
                failure = error
                may_repeat = repeatable or isinstance(error, NEVER_SENT)
            delay = self._retries.delay(attempt, retry_after) if may_repeat else None
            logger.warning(
                "external_api_attempt_failed",
                service=self._service,
                attempt=attempt,
                error=f"{type(failure).__name__}: {failure}",
                retry_in=delay,
            )
            if delay is None:
                self._count("unavailable")
                message = f"{self._service} failed after {attempt} attempt(s): {failure}"
                raise ExternalApiUnavailableError(message, retry_after) from failure
            await self._sleep(delay)

    async def _attempt(self, request: httpx.Request) -> httpx.Response:
        with self._breaker.call():
            response = await self._http.send(request)
            if response.status_code in RETRYABLE_STATUSES and response.is_server_error:
                raise _RetryableResponseError(response)
        # 408, 425 and 429 are worth another try, but the service is up: no matter for the breaker.
        if response.status_code in RETRYABLE_STATUSES:
            raise _RetryableResponseError(response)
        return response

    def _context_headers(self) -> dict[str, str]:
        """Hands the request id on, so that the logs of both services can be brought together."""
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        return {"X-Request-ID": request_id} if isinstance(request_id, str) else {}

    def _count(self, outcome: str) -> None:
        EXTERNAL_API_CALLS.labels(service=self._service, outcome=outcome).inc()
