from typing import Any

import pytest

from src.core.config import Settings
from src.monitoring import setup


def test_every_process_logs_and_reports_as_the_settings_say(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def record(*arguments: Any, **options: Any) -> None:
        calls.append((arguments, options))

    monkeypatch.setattr(setup, "configure_logging", record)
    monkeypatch.setattr(setup, "init_error_tracking", record)
    changed = settings.model_copy(
        update={
            "log_level": "WARNING",
            "log_json": True,
            "sentry_dsn": "https://key@sentry.test/1",
            "environment": "production",
            "release": "service@1.2.3",
            "sentry_traces_sample_rate": 0.5,
        }
    )

    setup.start_monitoring(changed)

    logging, errors = calls
    assert logging == (("WARNING",), {"as_json": True})
    assert errors == (
        ("https://key@sentry.test/1",),
        {"environment": "production", "release": "service@1.2.3", "traces_sample_rate": 0.5},
    )
