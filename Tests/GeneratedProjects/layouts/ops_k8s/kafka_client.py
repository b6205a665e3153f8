"""Run by a project's own Python: sends lines to a topic of Kafka's, or prints those of another.

`kafka_client.py SERVERS send TOPIC` takes the lines from its input; `… read TOPIC COUNT` prints as
many messages as JSON: value and headers.
"""

import json
import sys
import time

from confluent_kafka import Consumer, Producer  # type: ignore[import-not-found]


def send(servers: str, topic: str) -> None:
    producer = Producer({"bootstrap.servers": servers})
    for line in sys.stdin.read().splitlines():
        producer.produce(topic, line.encode())
    left = producer.flush(30)
    if left:
        sys.exit(f"{left} messages were not taken")


def read(servers: str, topic: str, count: int) -> None:
    consumer = Consumer(
        {"bootstrap.servers": servers, "group.id": "reader", "auto.offset.reset": "earliest"}
    )
    consumer.subscribe([topic])
    deadline = time.monotonic() + 30
    while count and time.monotonic() < deadline:
        message = consumer.poll(1)
        if message is None or message.error():
            continue
        value, headers = message.value() or b"", message.headers() or []
        told = {name: (text or b"").decode() for name, text in headers}
        print(json.dumps([value.decode(errors="replace"), told]))
        count -= 1
    consumer.close()


if __name__ == "__main__":
    if sys.argv[2] == "send":
        send(sys.argv[1], sys.argv[3])
    else:
        read(sys.argv[1], sys.argv[3], int(sys.argv[4]))
