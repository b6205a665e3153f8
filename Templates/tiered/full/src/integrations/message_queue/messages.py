"""What travels through the queue."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A message as a consumer receives it; `deliveries` counts this one too."""

    id: str
    body: str
    deliveries: int = 1


class PoisonMessageError(Exception):
    """Raised by a handler for a message that will never be understood, however often it comes."""
