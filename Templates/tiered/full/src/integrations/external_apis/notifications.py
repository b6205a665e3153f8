"""The service that sends messages to people."""

import httpx
from pydantic import BaseModel, ValidationError

from src.integrations.external_apis.circuit_breaker import CircuitBreaker
from src.integrations.external_apis.client import ExternalApiClient, ExternalApiUnavailableError
from src.integrations.external_apis.retries import RetryPolicy

# One for the whole process: what one call learns about the service, all others know.
breaker = CircuitBreaker()


class SentMessage(BaseModel):
    """What the service answers."""

    id: str


class NotificationsApi:
    """`POST {url}/messages` with recipient, template and values; answers with the message's id."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        circuit: CircuitBreaker | None = None,
        retries: RetryPolicy | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.client = ExternalApiClient(
            "notifications",
            url.rstrip("/"),
            breaker=circuit or breaker,
            retries=retries,
            headers={"Authorization": f"Bearer {token}"} if token else None,
            transport=transport,
        )

    async def send(
        self, *, recipient: str, template: str, values: dict[str, str], idempotency_key: str
    ) -> SentMessage:
        """Sends one message; the key makes sure that a repetition does not send another."""
        response = await self.client.request(
            "POST",
            "/messages",
            json={"recipient": recipient, "template": template, "values": values},
            idempotency_key=idempotency_key,
        )
        try:
            return SentMessage.model_validate_json(response.content)
        except ValidationError as error:
            message = "notifications answered with something other than a message"
            raise ExternalApiUnavailableError(message) from error
