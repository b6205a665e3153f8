"""The streams of the compose project, which its emulator forgets when it ends."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws
from sqlalchemy import Engine
from sqlmodel import SQLModel

from src.ingestion.kinesis import DatabaseCheckpoints
from tests.fixtures.operations import compose_services

if TYPE_CHECKING:
    from mypy_boto3_kinesis import KinesisClient

STREAM, DEAD_LETTERS = "customer-events", "customer-events-dead-letter"


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[KinesisClient]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.client("kinesis")


@pytest.fixture
def make_streams(tmp_path: Path) -> Callable[[], object]:
    script = tmp_path / "streams.py"
    script.write_text(compose_services()["kinesis-streams"]["command"][-1], encoding="utf-8")
    return lambda: runpy.run_path(str(script))


def test_a_new_stream_is_read_from_its_beginning(
    emulator: KinesisClient,
    make_streams: Callable[[], object],
    connect_to: Callable[[str], Engine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = f"sqlite:///{tmp_path / 'app.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    engine = connect_to(url)
    SQLModel.metadata.create_all(engine)
    checkpoints = DatabaseCheckpoints(engine, STREAM)

    checkpoints.save({"shardId-000000000000": "5"})
    make_streams()
    assert set(emulator.list_streams()["StreamNames"]) == {STREAM, DEAD_LETTERS}
    assert checkpoints.load() == {}

    # While the emulator runs, a second start forgets nothing.
    checkpoints.save({"shardId-000000000000": "7"})
    make_streams()
    assert checkpoints.load() == {"shardId-000000000000": "7"}
