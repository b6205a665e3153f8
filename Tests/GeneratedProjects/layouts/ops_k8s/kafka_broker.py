"""Run by a project's own Python: Kafka's mock broker, for other processes as well.

Prints where it listens, and ends when its input does.
"""

import sys

from confluent_kafka import Producer  # type: ignore[import-not-found]

broker = Producer({"bootstrap.servers": "replaced", "test.mock.num.brokers": 1})
for metadata in broker.list_topics(timeout=30).brokers.values():
    print(f"{metadata.host}:{metadata.port}", flush=True)
sys.stdin.read()
