"""Moves events from a queue into the database.

Each event is delivered at least once: a batch is acknowledged only when all of it is stored or put
aside. After a crash between the two it comes again, and the database drops what it already has.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Protocol

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from src.database.events import EventsRejectedError, EventStoreUnavailableError
from src.feature_engineering.events import CustomerEvent
from src.ingestion.messages import Message, MessageSource, SourceUnavailableError
from src.monitoring.prometheus import IngestionMetrics

log = logging.getLogger(__name__)

_FIRST_DELAY = 0.5
_LONGEST_DELAY = 30.0


class StoppedError(Exception):
    """The work ends before it is done; what was not acknowledged comes again."""


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
        while not stop.is_set():
            try:
                messages = self._insist(self._source.receive, stop)
                self._metrics.succeeded()
                if messages:
                    with self._metrics.time_batch():
                        self.handle(messages, stop)
            except StoppedError:
                log.warning("stopped while queue or database did not answer")

    def handle(self, messages: Sequence[Message[Receipt]], stop: Event) -> None:
        """Deals with every message, then acknowledges them; what is done is not done again."""
        readable, poison = _parse(messages)
        poison += self._store(readable, stop)
        for item in poison:
            log.warning(
                "message put aside", extra={"position": item.message.position, "why": item.reason}
            )
            self._insist(partial(self._source.dead_letter, item.message, item.reason), stop)
            self._metrics.count(dead_lettered=1)
        self._insist(partial(self._source.acknowledge, messages), stop)

    def _store(
        self, readable: Sequence[tuple[Message[Receipt], CustomerEvent]], stop: Event
    ) -> list[_Poison[Receipt]]:
        """Stores all at once or, if the database refuses that, each by itself."""
        try:
            stored = self._insist(partial(self._sink.add, [event for _, event in readable]), stop)
        except EventsRejectedError as error:
            if len(readable) == 1:
                return [_Poison(readable[0][0], f"refused by the database: {error}")]
        else:
            self._metrics.count(stored=stored, duplicate=len(readable) - stored)
            return []
        return [poison for item in readable for poison in self._store([item], stop)]

    def _insist[Result](self, step: Callable[[], Result], stop: Event) -> Result:
        """Tries the step until queue and database answer, or `stop` is set."""
        delay = _FIRST_DELAY
        while True:
            try:
                return step()
            except (SourceUnavailableError, EventStoreUnavailableError) as error:
                self._metrics.count_retry()
                log.warning("%s, trying again in %g seconds", error, delay)
                stop.wait(delay)
                if stop.is_set():
                    raise StoppedError from error
            delay = min(2 * delay, _LONGEST_DELAY)


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
    """What is wrong, in words of ours: values and unknown names may be about a person."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(dict.fromkeys(f"{_place(problem)}: {problem['type']}" for problem in problems))


def _place(problem: ErrorDetails) -> str:
    if problem["type"] == "extra_forbidden":
        return "unknown field"
    return ".".join(map(str, problem["loc"])) or "message"
