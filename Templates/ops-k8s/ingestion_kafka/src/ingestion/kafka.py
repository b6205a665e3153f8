"""Events from Apache Kafka."""

import logging
from collections.abc import Sequence

import confluent_kafka
from confluent_kafka import KafkaException, TopicPartition

from src.ingestion.messages import Message, SourceUnavailableError
from src.utils.settings import EnvironmentSettings

log = logging.getLogger(__name__)

type KafkaMessage = Message[TopicPartition]

_POLL_SECONDS = 1.0
_DEAD_LETTER_SECONDS = 10.0


class KafkaSettings(EnvironmentSettings):
    kafka_bootstrap_servers: str = "localhost:9092"
    kafka_group_id: str = "<<PROJECT_NAME>>"
    kafka_topic: str = "customer-events"
    kafka_dead_letter_topic: str = "customer-events.dead-letter"


class KafkaSource:
    """One member of a consumer group; its offsets are committed by `acknowledge` alone."""

    def __init__(
        self,
        consumer: confluent_kafka.Consumer,
        producer: confluent_kafka.Producer,
        dead_letter_topic: str,
        batch_size: int,
    ) -> None:
        self._consumer = consumer
        self._producer = producer
        self._dead_letter_topic = dead_letter_topic
        self._batch_size = batch_size

    def receive(self) -> Sequence[KafkaMessage]:
        messages: list[KafkaMessage] = []
        problem: confluent_kafka.KafkaError | None = None
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
        return messages

    def acknowledge(self, messages: Sequence[KafkaMessage]) -> None:
        next_offsets: dict[tuple[str, int], int] = {}
        for message in messages:
            place = message.receipt
            key = (place.topic, place.partition)
            next_offsets[key] = max(next_offsets.get(key, 0), place.offset + 1)
        try:
            self._consumer.commit(
                offsets=[TopicPartition(*key, offset) for key, offset in next_offsets.items()],
                asynchronous=False,
            )
        except KafkaException as exception:
            error = exception.args[0]
            if error.retriable():
                raise SourceUnavailableError(f"Kafka: {error.str()}") from exception
            # Most likely the partitions belong to another consumer now, who gets them again.
            log.warning("Kafka: offsets were not committed: %s", error.str())

    def dead_letter(self, message: KafkaMessage, reason: str) -> None:
        errors: list[confluent_kafka.KafkaError | None] = []
        try:
            self._producer.produce(
                self._dead_letter_topic,
                value=message.body,
                headers={"reason": reason, "position": message.position},
                on_delivery=lambda error, _: errors.append(error),
            )
            self._producer.flush(_DEAD_LETTER_SECONDS)
        except (KafkaException, BufferError) as exception:
            raise SourceUnavailableError(f"Kafka: {exception}") from exception
        if errors != [None]:
            why = errors[0].str() if errors and errors[0] else "no answer in time"
            raise SourceUnavailableError(f"Kafka: the dead letter was not taken: {why}")

    def close(self) -> None:
        self._consumer.close()
        self._producer.flush(_DEAD_LETTER_SECONDS)


def _place(record: confluent_kafka.Message) -> TopicPartition:
    topic, partition, offset = record.topic(), record.partition(), record.offset()
    # All three are there unless the record is an error.
    return TopicPartition(topic, partition, offset)  # type: ignore[arg-type]


def open_source(batch_size: int) -> KafkaSource:
    settings = KafkaSettings()
    servers = {"bootstrap.servers": settings.kafka_bootstrap_servers}
    consumer = confluent_kafka.Consumer(
        servers
        | {
            "group.id": settings.kafka_group_id,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            # So long after a worker's death, others get its partitions.
            "session.timeout.ms": 6000,
        }
    )
    consumer.subscribe([settings.kafka_topic])
    producer = confluent_kafka.Producer(servers | {"enable.idempotence": True})
    return KafkaSource(consumer, producer, settings.kafka_dead_letter_topic, batch_size)
