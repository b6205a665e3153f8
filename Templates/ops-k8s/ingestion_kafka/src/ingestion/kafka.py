"""Events from Apache Kafka."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import confluent_kafka
from confluent_kafka import KafkaError, KafkaException, TopicPartition
from pydantic import SecretStr
from sqlalchemy import Engine

from src.ingestion.messages import Message, SourceUnavailableError
from src.utils.settings import EnvironmentSettings

log = logging.getLogger(__name__)

type KafkaMessage = Message["Place"]

_POLL_SECONDS = 1.0
_ANSWER_SECONDS = 5.0
_DEAD_LETTER_SECONDS = 10.0

# What the group says to a member whose partitions it has given to others.
_NO_LONGER_OURS = frozenset(
    {
        KafkaError.ILLEGAL_GENERATION,
        KafkaError.UNKNOWN_MEMBER_ID,
        KafkaError.REBALANCE_IN_PROGRESS,
        KafkaError.FENCED_INSTANCE_ID,
        KafkaError._ASSIGNMENT_LOST,
    }
)


class KafkaSettings(EnvironmentSettings):
    kafka_bootstrap_servers: str = "localhost:9092"
    kafka_group_id: str = "<<PROJECT_NAME>>"
    kafka_topic: str = "customer-events"
    kafka_dead_letter_topic: str = "customer-events.dead-letter"
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    kafka_sasl_username: str | None = None
    kafka_sasl_password: SecretStr | None = None
    kafka_ssl_ca_location: str | None = None

    def client(self) -> dict[str, str | int | bool]:
        """How consumer and producer reach the brokers, in words of their library."""
        password = self.kafka_sasl_password
        given = {
            "bootstrap.servers": self.kafka_bootstrap_servers,
            "security.protocol": self.kafka_security_protocol,
            "sasl.mechanism": self.kafka_sasl_mechanism,
            "sasl.username": self.kafka_sasl_username,
            "sasl.password": None if password is None else password.get_secret_value(),
            "ssl.ca.location": self.kafka_ssl_ca_location,
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Place:
    topic: str
    partition: int
    offset: int
    key: bytes | None = None


class KafkaSource:
    """One member of a consumer group; its offsets are committed by `acknowledge` alone."""

    def __init__(
        self,
        consumer: confluent_kafka.Consumer,
        producer: confluent_kafka.Producer,
        topic: str,
        dead_letter_topic: str,
        batch_size: int,
    ) -> None:
        self._consumer = consumer
        self._producer = producer
        self._topic = topic
        self._dead_letter_topic = dead_letter_topic
        self._batch_size = batch_size

    def receive(self) -> Sequence[KafkaMessage]:
        messages: list[KafkaMessage] = []
        problem: KafkaError | None = None
        for record in self._consumer.consume(self._batch_size, _POLL_SECONDS):
            if (error := record.error()) is not None:
                problem = error
                continue
            place = _place(record)
            position = f"{place.topic}[{place.partition}]@{place.offset}"
            messages.append(Message(record.value() or b"", position, place))
        if problem is not None:
            # What did arrive must be handled: the client goes on behind it.
            if not messages:
                raise SourceUnavailableError(f"Kafka: {problem.str()}")
            log.warning("Kafka: %s", problem.str())
        if not messages:
            # That no broker answers the client keeps to itself: nothing comes, and nothing more.
            with _errors_as_unavailable():
                self._consumer.list_topics(self._topic, timeout=_ANSWER_SECONDS)
        return messages

    def acknowledge(self, messages: Sequence[KafkaMessage]) -> None:
        next_offsets: dict[tuple[str, int], int] = {}
        for message in messages:
            place = message.receipt
            key = (place.topic, place.partition)
            next_offsets[key] = max(next_offsets.get(key, 0), place.offset + 1)
        offsets = [TopicPartition(*key, offset) for key, offset in next_offsets.items()]
        with _errors_as_unavailable():
            try:
                self._consumer.commit(offsets=offsets, asynchronous=False)
            except KafkaException as exception:
                if _error(exception).code() not in _NO_LONGER_OURS:
                    raise
                # Those who have the partitions now get the messages again.
                log.warning("Kafka: offsets were not committed: %s", _error(exception).str())

    def dead_letter(self, message: KafkaMessage, reason: str) -> None:
        headers = {"reason": reason, "position": message.position}
        with _errors_as_unavailable():
            try:
                self._send_letter(headers, message.body, message.receipt.key)
            except KafkaException as exception:
                if _error(exception).code() != KafkaError.MSG_SIZE_TOO_LARGE:
                    raise
                # It would never be taken; its position says where the rest is.
                self._send_letter(headers | {"truncated": "true"})

    def close(self) -> None:
        self._consumer.close()
        self._producer.close()

    def _send_letter(
        self, headers: dict[str, str], body: bytes | None = None, key: bytes | None = None
    ) -> None:
        answers: list[KafkaError | None] = []
        self._producer.produce(
            self._dead_letter_topic,
            value=body,
            key=key,
            headers=dict(headers),
            on_delivery=lambda error, _: answers.append(error),
        )
        self._producer.flush()  # until there is an answer, or the time for it is over
        [error] = answers
        if error is not None:
            raise KafkaException(error)


def _place(record: confluent_kafka.Message) -> Place:
    # All of them but the key are there unless the record is an error.
    return Place(record.topic(), record.partition(), record.offset(), record.key())  # type: ignore[arg-type]


def _error(exception: KafkaException) -> KafkaError:
    error: KafkaError = exception.args[0]
    return error


@contextmanager
def _errors_as_unavailable() -> Iterator[None]:
    try:
        yield
    except KafkaException as exception:
        raise SourceUnavailableError(f"Kafka: {_error(exception).str()}") from exception


def open_source(batch_size: int, _: Engine | None = None) -> KafkaSource:
    """Kafka itself remembers what was read."""
    settings = KafkaSettings()
    client = settings.client()
    consumer = confluent_kafka.Consumer(
        client
        | {
            "group.id": settings.kafka_group_id,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            # So long after a worker's death, others get its partitions.
            "session.timeout.ms": 6000,
        }
    )
    consumer.subscribe([settings.kafka_topic])
    # After so long a letter is not taken, and is not in the way of the next try.
    patience = {"message.timeout.ms": int(1000 * _DEAD_LETTER_SECONDS)}
    producer = confluent_kafka.Producer(client | patience)
    topics = (settings.kafka_topic, settings.kafka_dead_letter_topic)
    return KafkaSource(consumer, producer, *topics, batch_size)
