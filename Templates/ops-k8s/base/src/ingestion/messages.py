"""What a queue looks like to the consumer, whichever queue it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class SourceUnavailableError(Exception):
    """The queue does not answer as it should; the same may be tried again later."""


@dataclass(frozen=True)
class Message[Receipt]:
    """A message, where it came from, and what its queue needs to acknowledge it."""

    body: bytes
    position: str
    receipt: Receipt


class MessageSource[Receipt](Protocol):
    """A queue that gives a message again until it is acknowledged.

    All methods raise `SourceUnavailableError`, and may then be called again.
    """

    def receive(self) -> Sequence[Message[Receipt]]:
        """The next messages, or none after a short wait."""

    def acknowledge(self, messages: Sequence[Message[Receipt]]) -> None:
        """These need not come again."""

    def dead_letter(self, message: Message[Receipt], reason: str) -> None:
        """Puts a message aside, durably, with what is wrong with it."""

    def close(self) -> None:
        """Leaves the queue; what was not acknowledged comes again, here or elsewhere."""
