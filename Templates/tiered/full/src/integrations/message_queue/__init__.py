"""A queue over Redis that delivers each message at least once."""

from src.integrations.message_queue.consumer import Consumer
from src.integrations.message_queue.messages import Message, PoisonMessageError
from src.integrations.message_queue.streams import MessageQueue, QueueDepth, QueueFullError

__all__ = [
    "Consumer",
    "Message",
    "MessageQueue",
    "PoisonMessageError",
    "QueueDepth",
    "QueueFullError",
]
