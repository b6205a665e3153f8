import os
import signal
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread
from wsgiref.simple_server import WSGIServer

import pytest
from prometheus_client import CollectorRegistry, start_http_server
from sqlalchemy import Engine, make_url

from src.database.events import EventStore
from src.database.migrate import migrate
from src.ingestion import worker
from src.ingestion.messages import MessageSource
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import InMemorySource


class ScrapedSource(InMemorySource):
    """Reads the worker's metrics when its message was acknowledged, then stops the worker."""

    def __init__(self) -> None:
        super().__init__([an_event("e1").model_dump_json().encode()])
        self.batch_size = 0
        self.engine: Engine | None = None
        self.stop = Event()
        self.metrics = ""
        self.server: WSGIServer

    def serve(self, port: int, registry: CollectorRegistry) -> tuple[WSGIServer, Thread]:
        """Metrics on a port that is free, not on that of the settings."""
        assert port == 9117
        self.server, thread = start_http_server(0, "127.0.0.1", registry)
        return self.server, thread

    def receive(self):  # type: ignore[no-untyped-def]
        if not self.pending:
            url = f"http://127.0.0.1:{self.server.server_port}/metrics"
            with urllib.request.urlopen(url, timeout=30) as answer:
                self.metrics = answer.read().decode()
            self.finish()
        return super().receive()

    def finish(self) -> None:
        self.stop.set()

    def open(self, batch_size: int, engine: Engine) -> MessageSource[int]:
        self.batch_size = batch_size
        self.engine = engine
        return self


@pytest.fixture
def events(tmp_path: Path, connect_to: Callable[[str], Engine]) -> EventStore:
    """The database that the worker is told to use."""
    engine = connect_to(f"sqlite:///{tmp_path}/worker.db")
    migrate(engine)
    return EventStore(engine)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, events: EventStore) -> ScrapedSource:
    """A queue with one message, and settings for a worker that empties it."""
    source = ScrapedSource()
    monkeypatch.setattr(worker, "start_http_server", source.serve)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/worker.db")
    monkeypatch.setenv("INGESTION_METRICS_PORT", "9117")
    monkeypatch.setenv("INGESTION_BATCH_SIZE", "17")
    return source


def test_a_worker_empties_its_queue_and_tells_about_it(
    source: ScrapedSource, events: EventStore
) -> None:
    worker.run("memory", source.open, source.stop)
    assert list(events.read()) == [an_event("e1")]
    assert source.batch_size == 17
    assert source.engine is not None
    assert source.engine.url == make_url(os.environ["DATABASE_URL"])
    assert source.calls[-1] == "close"
    assert 'ingestion_messages_total{result="stored",source="memory"} 1.0' in source.metrics
    assert source.server.socket.fileno() == -1, "the port is given back"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order(
    source: ScrapedSource,
    events: EventStore,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    class EventThatIsNotSetBySignals(Event):
        """Its lock may be held when a signal comes."""

        def set(self) -> None:
            assert current_thread() is not main_thread()
            super().set()

    handlers = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    name = min(worker.SOURCES)
    monkeypatch.setattr(worker, "source_named", lambda asked: {name: source.open}[asked])
    monkeypatch.setattr(worker, "Event", EventThatIsNotSetBySignals)
    monkeypatch.setattr(worker, "configure_logging", lambda *_: None)
    monkeypatch.setattr(source, "finish", lambda: os.kill(os.getpid(), number))
    try:
        worker.main([name])
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
    assert list(events.read()) == [an_event("e1")]
    assert source.calls[-1] == "close"


def test_a_source_that_fails_ends_the_worker(source: ScrapedSource) -> None:
    def fail(*_: object) -> MessageSource[int]:
        raise ValueError("no such queue")

    with pytest.raises(ValueError, match="no such queue"):
        worker.run("memory", fail, Event())
    assert source.server.socket.fileno() == -1


def test_an_unknown_source_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        worker.main(["pigeon"])
    assert "invalid choice: 'pigeon'" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(worker.SOURCES))
def test_each_source_is_opened_by_its_module(
    monkeypatch: pytest.MonkeyPatch, engine: Engine, name: str
) -> None:
    source, sizes = InMemorySource(), []

    def open_source(batch_size: int, *_: Engine) -> InMemorySource:
        sizes.append(batch_size)
        return source

    monkeypatch.setattr(f"src.ingestion.{name}.open_source", open_source)
    assert worker.source_named(name)(5, engine) is source
    assert sizes == [5]


def test_every_source_is_listed() -> None:
    modules = Path(worker.__file__).parent.glob("*.py")
    found = {path.stem for path in modules if "\ndef open_source(" in path.read_text("utf-8")}
    assert found == set(worker.SOURCES)
