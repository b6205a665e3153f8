"""The scheduler of the periodic tasks."""

from pathlib import Path

import pytest
from celery.utils.imports import symbol_by_name

from src.background import heartbeat, scheduler, workers
from src.background.scheduler import HeartbeatScheduler


def test_it_shows_life_when_it_looks_for_what_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "heartbeat"
    monkeypatch.setattr(scheduler, "beat", lambda: heartbeat.beat(file))
    looking = HeartbeatScheduler(
        app=workers.celery_app, schedule_filename=str(tmp_path / "schedule")
    )

    wait = looking.tick()
    looking.close()

    assert file.exists()
    # Half of what the probe waits for, so that one look that comes late is no alarm
    assert 0 < wait <= 60


def test_celery_beat_runs_it() -> None:
    assert symbol_by_name(workers.celery_app.conf.beat_scheduler) is HeartbeatScheduler
