"""Moments, in the code and in the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from src.models.base import UTCDateTime, utc_now

DIALECT = sqlite.dialect()
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_now_has_a_time_zone() -> None:
    assert utc_now().tzinfo is UTC


def test_moments_are_kept_in_utc() -> None:
    afternoon = NOON.astimezone(timezone(timedelta(hours=2)))
    kept = UTCDateTime().process_bind_param(afternoon, DIALECT)
    assert kept is not None
    assert (kept.hour, kept.tzinfo) == (12, UTC)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UTCDateTime().process_bind_param(NOON.replace(tzinfo=None), DIALECT)


def test_the_time_zone_that_a_database_forgets_is_restored() -> None:
    restored = UTCDateTime().process_result_value(NOON.replace(tzinfo=None), DIALECT)
    assert restored is not None
    assert restored.tzinfo is UTC
    assert restored == NOON


def test_another_time_zone_of_the_database_becomes_utc() -> None:
    summer_time = NOON.astimezone(timezone(timedelta(hours=2)))
    restored = UTCDateTime().process_result_value(summer_time, DIALECT)
    assert restored is not None
    assert (restored.hour, restored.tzinfo) == (12, UTC)


def test_no_moment_stays_none() -> None:
    assert UTCDateTime().process_bind_param(None, DIALECT) is None
    assert UTCDateTime().process_result_value(None, DIALECT) is None
