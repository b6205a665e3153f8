"""The process that empties a queue: `python -m src.ingestion.worker SOURCE`."""

import argparse
import logging
import signal
from collections.abc import Callable, Sequence
from importlib import import_module
from threading import Event, Thread
from typing import Any

from prometheus_client import start_http_server
from sqlalchemy import Engine

from src.database.engine import connect
from src.database.events import EventStore
from src.ingestion.consumer import Consumer
from src.ingestion.messages import MessageSource
from src.monitoring.prometheus import IngestionMetrics, new_registry
from src.utils.logging import configure_logging
from src.utils.settings import DatabaseSettings, IngestionSettings, LogSettings

log = logging.getLogger(__name__)

# With the size of a batch, and the database: not every queue remembers what was read.
type OpenSource = Callable[[int, Engine], MessageSource[Any]]

# The modules beside this one that have an `open_source`.
SOURCES = frozenset({<<INGESTION|json|join(", ")>>})


def source_named(name: str) -> OpenSource:
    """Its module is imported here, so that a worker needs the client of its own queue alone."""
    opened: OpenSource = import_module(f"src.ingestion.{name}").open_source
    return opened


def run(source_name: str, open_source: OpenSource, stop: Event) -> None:
    """Consumes until `stop` is set, then leaves the queue in good order."""
    settings = IngestionSettings()
    registry = new_registry()
    server, thread = start_http_server(settings.ingestion_metrics_port, registry=registry)
    engine = connect(DatabaseSettings())
    try:
        source = open_source(settings.ingestion_batch_size, engine)
        try:
            metrics = IngestionMetrics(registry, source_name)
            log.info("consuming from %s", source_name)
            Consumer(source, EventStore(engine), metrics).run(stop)
        finally:
            source.close()
    finally:
        engine.dispose()
        server.shutdown()
        server.server_close()
        thread.join()
    log.info("stopped")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Moves events from a queue into the database.")
    parser.add_argument("source", choices=sorted(SOURCES), help="the queue")
    options = parser.parse_args(arguments)

    log_settings = LogSettings()
    configure_logging(log_settings.environment, log_settings.log_level)
    stop = Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        # By another thread: what the signal interrupts may hold the event's lock.
        signal.signal(signal_number, lambda *_: Thread(target=stop.set).start())
    run(options.source, source_named(options.source), stop)


if __name__ == "__main__":
    main()
