"""Moves events from a queue into the database.

Each event is delivered at least once: a batch is acknowledged only when all of it is stored or put
aside. After a crash between the two it comes again, and the database drops what it already has.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from pydantic import ValidationError

from src.database.events import EventsRejectedError, EventStoreUnavailableError
from src.feature_engineering.events import CustomerEvent
from src.ingestion.messages import Message, MessageSource, SourceUnavailableError
from src.monitoring.prometheus import IngestionMetrics

log = logging.getLogger(__name__)

_FIRST_DELAY = 0.5
_LONGEST_DELAY = 30.0


class EventSink(Protocol):
    def add(self, events: Sequence[CustomerEvent]) -> int:
        """As `EventStore.add`."""


@dataclass(frozen=True)
class _Poison[Receipt]:
    """A message that will never be stored."""

    message: Message[Receipt]
    reason: str


class Consumer[Receipt]:
    def __init__(
        self, source: MessageSource[Receipt], sink: EventSink, metrics: IngestionMetrics
    ) -> None:
        self._source = source
        self._sink = sink
        self._metrics = metrics

    def run(self, stop: Event) -> None:
        """Works until `stop` is set; a batch at hand is finished if queue and database answer."""
        delays = _delays()
        while not stop.is_set():
            try:
                messages = self._source.receive()
            except SourceUnavailableError as error:
                self._wait(error, next(delays), stop)
                continue
            delays = _delays()
            self._metrics.succeeded()
            if messages:
                self._handle_until_done(messages, stop)

    def handle(self, messages: Sequence[Message[Receipt]]) -> None:
        """Deals with every message and acknowledges them; after an error, call it again."""
        readable, poison = _parse(messages)
        stored, rejected = self._store(readable)
        poison += rejected
        for item in poison:
            log.warning(
                "message put aside", extra={"position": item.message.position, "why": item.reason}
            )
            self._source.dead_letter(item.message, item.reason)
        self._source.acknowledge(messages)
        self._metrics.count(
            stored=stored,
            duplicate=len(messages) - len(poison) - stored,
            dead_lettered=len(poison),
        )

    def _handle_until_done(self, messages: Sequence[Message[Receipt]], stop: Event) -> None:
        with self._metrics.time_batch():
            for delay in _delays():
                try:
                    self.handle(messages)
                except (SourceUnavailableError, EventStoreUnavailableError) as error:
                    self._wait(error, delay, stop)
                else:
                    return
                if stop.is_set():
                    log.warning(
                        "stopped before a batch was done; it comes again",
                        extra={"messages": len(messages)},
                    )
                    return

    def _store(
        self, readable: Sequence[tuple[Message[Receipt], CustomerEvent]]
    ) -> tuple[int, list[_Poison[Receipt]]]:
        """Stores all at once or, if the database refuses that, each by itself."""
        try:
            return self._sink.add([event for _, event in readable]), []
        except EventsRejectedError as error:
            if len(readable) == 1:
                return 0, [_Poison(readable[0][0], f"refused by the database: {error}")]
        stored, poison = 0, []
        for item in readable:
            added, rejected = self._store([item])
            stored += added
            poison += rejected
        return stored, poison

    def _wait(self, error: Exception, delay: float, stop: Event) -> None:
        self._metrics.count_retry()
        log.warning("%s, trying again in %g seconds", error, delay)
        stop.wait(delay)


def _parse[Receipt](
    messages: Sequence[Message[Receipt]],
) -> tuple[list[tuple[Message[Receipt], CustomerEvent]], list[_Poison[Receipt]]]:
    readable, poison = [], []
    for message in messages:
        try:
            readable.append((message, CustomerEvent.model_validate_json(message.body)))
        except ValidationError as error:
            poison.append(_Poison(message, _summary(error)))
    return readable, poison


def _summary(error: ValidationError) -> str:
    """What is wrong, without the values: they may be about a person."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'message'}: {problem['type']}"
        for problem in problems
    )


def _delays() -> Iterator[float]:
    delay = _FIRST_DELAY
    while True:
        yield delay
        delay = min(2 * delay, _LONGEST_DELAY)
