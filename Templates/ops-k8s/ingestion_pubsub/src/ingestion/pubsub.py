"""Events from Google Cloud Pub/Sub."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import grpc
from google.api_core.exceptions import DeadlineExceeded, GoogleAPICallError, RetryError
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from google.cloud.pubsub_v1.publisher.exceptions import MessageTooLargeError
from sqlalchemy import Engine

from src.ingestion.messages import Message, SourceUnavailableError
from src.utils.settings import EnvironmentSettings

type PubSubMessage = Message[str]

# What Pub/Sub hands out just when a pull ends here is held back from everybody for a while.
_PULL_SECONDS = 5.0
_CALL_SECONDS = 10.0
# To be told of a connection that is there; making one is part of a call.
_CONNECTION_SECONDS = 1.0


class PubSubSettings(EnvironmentSettings):
    pubsub_project: str = "local"
    pubsub_subscription: str = "customer-events"
    pubsub_dead_letter_topic: str = "customer-events-dead-letter"


class PubSubSource:
    """One subscriber, which asks for messages when it has dealt with the last ones.

    No call is repeated by the client: the consumer does that, and a letter that was given up must not
    be sent later as well.
    """

    def __init__(
        self,
        subscriber: SubscriberClient,
        publisher: PublisherClient,
        settings: PubSubSettings,
        batch_size: int,
    ) -> None:
        project = settings.pubsub_project
        self._subscriber = subscriber
        self._publisher = publisher
        self._subscription = subscriber.subscription_path(project, settings.pubsub_subscription)
        self._dead_letters = publisher.topic_path(project, settings.pubsub_dead_letter_topic)
        self._batch_size = batch_size

    def receive(self) -> Sequence[PubSubMessage]:
        request = {"subscription": self._subscription, "max_messages": self._batch_size}
        with _errors_as_unavailable():
            try:
                answer = self._subscriber.pull(request=request, retry=None, timeout=_PULL_SECONDS)
            except DeadlineExceeded:
                self._require_connection()
                return []  # there was nothing for so long
        return [
            Message(
                received.message.data,
                f"{self._subscription}@{received.message.message_id}",
                received.ack_id,
            )
            for received in answer.received_messages
        ]

    def acknowledge(self, messages: Sequence[PubSubMessage]) -> None:
        request = {
            "subscription": self._subscription,
            "ack_ids": [message.receipt for message in messages],
        }
        with _errors_as_unavailable():
            self._subscriber.acknowledge(request=request, retry=None, timeout=_CALL_SECONDS)

    def dead_letter(self, message: PubSubMessage, reason: str) -> None:
        attributes = {"reason": reason, "position": message.position}
        with _errors_as_unavailable():
            try:
                self._send_letter(message.body, attributes)
            except MessageTooLargeError:
                # It would never be taken; its position says where the rest is.
                self._send_letter(b"", attributes | {"truncated": "true"})

    def close(self) -> None:
        self._publisher.stop()
        self._subscriber.close()

    def _require_connection(self) -> None:
        """Who is not reached at all gives nothing, too."""
        connected = grpc.channel_ready_future(self._subscriber.transport.grpc_channel)
        try:
            connected.result(timeout=_CONNECTION_SECONDS)
        except grpc.FutureTimeoutError:
            connected.cancel()
            raise SourceUnavailableError("Pub/Sub: no connection") from None

    def _send_letter(self, body: bytes, attributes: dict[str, str]) -> None:
        future = self._publisher.publish(
            self._dead_letters, body, retry=None, timeout=_CALL_SECONDS, **attributes
        )
        future.result(timeout=2 * _CALL_SECONDS)


@contextmanager
def _errors_as_unavailable() -> Iterator[None]:
    try:
        yield
    except (GoogleAPICallError, RetryError, TimeoutError) as error:
        raise SourceUnavailableError(f"Pub/Sub: {type(error).__name__}") from error


def open_source(batch_size: int, _: Engine | None = None) -> PubSubSource:
    """Pub/Sub itself remembers what was read."""
    return PubSubSource(SubscriberClient(), PublisherClient(), PubSubSettings(), batch_size)
