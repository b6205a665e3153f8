import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
import structlog
from prometheus_client import REGISTRY

from src.integrations.external_apis import (
    CircuitBreaker,
    ExternalApiClient,
    ExternalApiRejectedError,
    ExternalApiUnavailableError,
    NotificationsApi,
    RetryPolicy,
)

Answer = httpx.Response | Exception


class Service:
    """Another service: gives its answers one after another, the last one for good."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Sleeper:
    def __init__(self) -> None:
        self.delays: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.delays.append(seconds)


def client_of(
    handler: Callable[[httpx.Request], httpx.Response],
    *,
    breaker: CircuitBreaker | None = None,
    sleep: Sleeper | None = None,
    attempts: int = 3,
) -> ExternalApiClient:
    return ExternalApiClient(
        "example",
        "https://example.test/v1",
        breaker=breaker or CircuitBreaker(),
        retries=RetryPolicy(attempts=attempts, uniform=lambda _, high: high),
        transport=httpx.MockTransport(handler),
        sleep=sleep or Sleeper(),
    )


def calls(outcome: str) -> float:
    labels = {"service": "example", "outcome": outcome}
    return REGISTRY.get_sample_value("external_api_calls_total", labels) or 0.0


async def test_a_success_is_returned_and_counted() -> None:
    service = Service(httpx.Response(200, json={"ok": True}))
    before = calls("success")

    async with client_of(service) as client:
        response = await client.request("GET", "/things", params={"q": "a b"})

    assert response.json() == {"ok": True}
    assert str(service.requests[0].url) == "https://example.test/v1/things?q=a+b"
    assert calls("success") == before + 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_what_may_pass_is_tried_again(status: int) -> None:
    service = Service(httpx.Response(status), httpx.Response(status), httpx.Response(200))
    sleep = Sleeper()

    async with client_of(service, sleep=sleep) as client:
        assert (await client.request("GET", "/things")).status_code == 200

    assert len(service.requests) == 3
    assert sleep.delays == [0.2, 0.4]


async def test_it_gives_up_after_the_last_attempt() -> None:
    service = Service(httpx.ReadTimeout("too slow"))
    before = calls("unavailable")

    async with client_of(service) as client:
        with pytest.raises(ExternalApiUnavailableError, match="3 attempt"):
            await client.request("GET", "/things")

    assert len(service.requests) == 3
    assert calls("unavailable") == before + 1


@pytest.mark.parametrize("status", [301, 400, 401, 404, 409, 422])
async def test_a_refusal_is_final(status: int) -> None:
    service = Service(httpx.Response(status))

    async with client_of(service) as client:
        with pytest.raises(ExternalApiRejectedError) as refusal:
            await client.request("GET", "/things")

    assert refusal.value.status_code == status
    assert len(service.requests) == 1


async def test_a_post_that_may_have_arrived_is_not_repeated() -> None:
    service = Service(httpx.ReadTimeout("no answer"))

    async with client_of(service) as client:
        with pytest.raises(ExternalApiUnavailableError):
            await client.request("POST", "/orders", json={})

    assert len(service.requests) == 1


async def test_a_post_that_never_left_is_repeated() -> None:
    service = Service(httpx.ConnectError("refused"), httpx.Response(201))

    async with client_of(service) as client:
        assert (await client.request("POST", "/orders", json={})).status_code == 201


async def test_a_post_with_an_idempotency_key_is_repeated_with_the_same_key() -> None:
    service = Service(httpx.Response(503), httpx.Response(201))

    async with client_of(service) as client:
        await client.request("POST", "/orders", json={}, idempotency_key="order-7")

    assert [request.headers["Idempotency-Key"] for request in service.requests] == ["order-7"] * 2


async def test_the_wait_is_the_one_that_the_server_asks_for() -> None:
    service = Service(httpx.Response(503, headers={"Retry-After": "2"}), httpx.Response(200))
    sleep = Sleeper()

    async with client_of(service, sleep=sleep) as client:
        await client.request("GET", "/things")

    assert sleep.delays == [2.0]


async def test_a_long_wait_is_left_to_the_caller() -> None:
    service = Service(httpx.Response(429, headers={"Retry-After": "3600"}))

    async with client_of(service) as client:
        with pytest.raises(ExternalApiUnavailableError) as failure:
            await client.request("GET", "/things")

    assert failure.value.retry_after == 3600
    assert len(service.requests) == 1


async def test_the_circuit_opens_and_spares_the_service() -> None:
    service = Service(httpx.Response(500))
    breaker = CircuitBreaker(failure_threshold=4, recovery_seconds=60)
    before = calls("circuit_open")

    async with client_of(service, breaker=breaker) as client:
        for _ in range(3):
            with pytest.raises(ExternalApiUnavailableError):
                await client.request("GET", "/things")

    # Three attempts, then one that opens the circuit, then none
    assert len(service.requests) == 4
    assert calls("circuit_open") == before + 2


@pytest.mark.parametrize("status", [404, 429])
async def test_what_the_service_refuses_does_not_open_the_circuit(status: int) -> None:
    service = Service(httpx.Response(status))
    breaker = CircuitBreaker(failure_threshold=1)

    async with client_of(service, breaker=breaker, attempts=1) as client:
        for _ in range(3):
            with pytest.raises((ExternalApiRejectedError, ExternalApiUnavailableError)):
                await client.request("GET", "/things")

    assert len(service.requests) == 3


async def test_the_whole_call_is_limited_in_time() -> None:
    async def hang(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    client = ExternalApiClient(
        "example",
        "https://example.test",
        breaker=CircuitBreaker(),
        total_seconds=0.05,
        transport=httpx.MockTransport(hang),
    )
    async with client, asyncio.timeout(10):
        with pytest.raises(ExternalApiUnavailableError, match=r"longer than 0\.05 s"):
            await client.request("GET", "/things")


async def test_each_step_is_limited_in_time() -> None:
    service = Service(httpx.Response(200))

    async with client_of(service) as client:
        await client.request("GET", "/things")

    timeouts = service.requests[0].extensions["timeout"]
    assert all(0 < timeouts[step] <= 5 for step in ("connect", "read", "write", "pool"))


async def test_the_request_id_goes_along() -> None:
    service = Service(httpx.Response(200))

    with structlog.contextvars.bound_contextvars(request_id="abc"):
        async with client_of(service) as client:
            await client.request("GET", "/things")

    assert service.requests[0].headers["X-Request-ID"] == "abc"


async def test_a_message_is_sent_with_token_and_key() -> None:
    service = Service(httpx.Response(202, json={"id": "m-1", "state": "queued"}))
    api = NotificationsApi(
        "https://notify.test/",
        "t0ken",
        circuit=CircuitBreaker(),
        transport=httpx.MockTransport(service),
    )

    async with api.client:
        sent = await api.send(
            recipient="ann@example.com",
            template="welcome",
            values={"name": "Ann"},
            idempotency_key="welcome-1",
        )

    request = service.requests[0]
    assert sent.id == "m-1"
    assert (request.method, str(request.url)) == ("POST", "https://notify.test/messages")
    assert request.headers["Authorization"] == "Bearer t0ken"
    assert request.headers["Idempotency-Key"] == "welcome-1"
    assert json.loads(request.content) == {
        "recipient": "ann@example.com",
        "template": "welcome",
        "values": {"name": "Ann"},
    }


@pytest.mark.parametrize("body", ["", "<html>", "{}", '{"id": null}'])
async def test_an_answer_that_is_no_message_counts_as_none(body: str) -> None:
    service = Service(httpx.Response(200, text=body))
    api = NotificationsApi(
        "https://notify.test", circuit=CircuitBreaker(), transport=httpx.MockTransport(service)
    )

    async with api.client:
        with pytest.raises(ExternalApiUnavailableError, match="something other than a message"):
            await api.send(recipient="a", template="b", values={}, idempotency_key="c")
