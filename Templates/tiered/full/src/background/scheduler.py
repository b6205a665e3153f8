"""What `celery beat` runs: the periodic tasks, and a heartbeat that a probe can look at."""

from typing import Any

from celery.beat import PersistentScheduler

from src.background.heartbeat import beat


class HeartbeatScheduler(PersistentScheduler):
    """Shows life whenever it looks for what is due: every `beat_max_loop_interval` at least."""

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Starts what is due; returns the seconds until it wants to look again."""
        beat()
        wait: float = super().tick(*arguments, **options)
        return wait
