import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import apache_beam as beam
import pytest
from apache_beam.io.filesystem import BeamIOError
from apache_beam.runners.portability.prism_runner import PrismRunner
from apache_beam.testing import test_pipeline
from apache_beam.testing.util import assert_that, equal_to
from pydantic import SecretStr
from sqlalchemy import Engine

from src.database.events import EventStore
from src.database.migrate import migrate
from src.feature_engineering import pipeline as pipeline_module
<<@if EXAMPLE>>
from src.feature_engineering.events import EventKind
<<@end>>
from src.feature_engineering.features import compute_features
from src.feature_engineering.pipeline import CombineActivity, ComputeFeatures, Deduplicate, main
from src.feature_engineering.sample_data import SAMPLES
from src.feature_engineering.schema import FeatureSchema
from src.models.training.dataset import read_features, sample_features
from tests.fixtures.builders import an_event
from tests.fixtures.fakes import AS_OF

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs stay as pytest has set them up."""
    monkeypatch.setattr(pipeline_module, "configure_logging", lambda *_: None)


@pytest.fixture(autouse=True)
def _nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("Beam runs another program")

    monkeypatch.setattr(PrismRunner, "run_pipeline", refuse)


def test_it_computes_what_training_computes() -> None:
    events = [
        an_event("e1", "c1"),
        an_event("e2", "c1", occurred_at=AS_OF - 40 * DAY),
        an_event("e3", "c2"),
        an_event("e4", "only tomorrow".replace(" ", "-"), occurred_at=AS_OF + DAY),
    ]
    expected = compute_features(events, AS_OF)
    assert expected.keys() == {"c1", "c2"}
    with test_pipeline.TestPipeline("FnApiRunner") as pipeline:
        features = pipeline | beam.Create(events) | ComputeFeatures(AS_OF)
        assert_that(features, equal_to(list(expected.items())))


def test_it_counts_an_event_once_and_chooses_as_training_does() -> None:
    events = [
        an_event("e1", "c1"),
        an_event("e1", "c1"),
        *(an_event("e2", f"c{3 + day % 2}", occurred_at=AS_OF - day * DAY) for day in (1, 2, 1)),
<<@if EXAMPLE>>
        *(an_event("e3", "c2", EventKind.PURCHASE, f"{1 + n % 30}") for n in range(15, 45)),
<<@else>>
        *(an_event("e3", "c2", AS_OF - (1 + n % 30) * DAY) for n in range(15, 45)),
<<@end>>
    ]
    expected = compute_features(events, AS_OF)
    assert expected.keys() == {"c1", "c2", "c3"}
    with test_pipeline.TestPipeline("FnApiRunner") as pipeline:
        once = pipeline | beam.Create(events) | Deduplicate()
        assert_that(once | ComputeFeatures(AS_OF), equal_to(list(expected.items())))


def test_parts_that_were_made_anywhere_are_merged() -> None:
    events = [an_event(f"e{number}") for number in range(3)]
    combine = CombineActivity(AS_OF)
    parts = [combine.add_input(combine.create_accumulator(), event) for event in events]
    merged = combine.merge_accumulators(parts)
    assert combine.extract_output(merged) == compute_features(events, AS_OF)["c1"]


def test_the_sample_gives_the_features_that_the_model_learns_from(
    tmp_path: Path, schema: FeatureSchema
) -> None:
    output = tmp_path / "features.csv"
    main(["--input", str(SAMPLES / "events.csv"), "--output", str(output)])
    assert read_features(output, schema) == sample_features()
    header = output.read_text(encoding="utf-8").splitlines()[0]
    assert header == ",".join(["customer_id", *schema.names])
    assert [path.name for path in tmp_path.iterdir()] == ["features.csv"]


def test_rows_that_are_no_events_are_put_aside(
    tmp_path: Path, schema: FeatureSchema, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.csv").write_text(
<<@if EXAMPLE>>
        "event_id,customer_id,kind,amount,occurred_at\n"
        "e1,c1,session,0,2026-02-01T00:00:00Z\n"
        "e2,c2,session,0,yesterday\n",
<<@else>>
        "event_id,customer_id,occurred_at\ne1,c1,2026-02-01T00:00:00Z\ne2,c2,yesterday\n",
<<@end>>
        encoding="utf-8",
    )
    (tmp_path / "b.csv").write_text(
<<@if EXAMPLE>>
        "occurred_at,amount,kind,customer_id,event_id\n"
        "2026-02-01T00:00:00Z,0,session,c3,e3\n"
        "2026-02-01T00:00:00Z,0,session,c4,e1\n",
<<@else>>
        "occurred_at,customer_id,event_id\n"
        "2026-02-01T00:00:00Z,c3,e3\n"
        "2026-02-01T00:00:00Z,c4,e1\n",
<<@end>>
        encoding="utf-8",
    )
    output = tmp_path / "out" / "features.csv"
    main(["--input", str(tmp_path / "*.csv"), "--output", str(output)])
    features = read_features(output, schema).items()
    # e1 comes twice, and counts for one customer.
    assert {customer: row["active_days_30d"] for customer, row in features} == {"c1": 1, "c3": 1}
    [line] = Path(f"{output}.rejected.jsonl").read_text(encoding="utf-8").splitlines()
    rejected = json.loads(line)
    assert rejected["row"]["event_id"] == "e2"
    assert rejected["problems"][0]["loc"] == ["occurred_at"]
    assert f"1 rows are no events; {output}.rejected.jsonl says why" in caplog.text


def test_files_of_spreadsheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text((SAMPLES / "events.csv").read_text(encoding="utf-8"), encoding="utf-8-sig")
    for name, source in (("expected", SAMPLES / "events.csv"), ("features", path)):
        main(["--input", str(source), "--output", str(tmp_path / name)])
    assert (tmp_path / "features").read_bytes() == (tmp_path / "expected").read_bytes()


def test_an_input_without_any_event_is_a_mistake(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "events.csv").write_text("id;customer\n1;c1\n2;c2\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["--input", str(tmp_path / "events.csv"), "--output", str(tmp_path / "features.csv")])
    assert ended.value.code == 1
    assert "no row is an event" in caplog.text
    with pytest.raises(BeamIOError, match="nothing"):
        main(["--input", str(tmp_path / "nothing*.csv"), "--output", str(tmp_path / "x.csv")])


def test_a_database_without_events_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connect_to: Callable[[str], Engine]
) -> None:
    url = f"sqlite:///{tmp_path}/events.db"
    monkeypatch.setenv("DATABASE_URL", url)
    migrate(connect_to(url))
    main(["--input", "database", "--output", str(tmp_path / "features.csv")])
    assert len((tmp_path / "features.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_a_misspelt_option_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--input", str(SAMPLES / "events.csv"), "--output", str(tmp_path / "features.csv")]
    with pytest.raises(SystemExit):
        main([*arguments, "--features-store"])
    assert "neither this program nor Beam knows: features_store" in capsys.readouterr().err
    main([*arguments, "--direct_num_workers=1"])
    assert (tmp_path / "features.csv").exists()


def test_stored_events_go_to_the_feature_store(
    tmp_path: Path,
    schema: FeatureSchema,
    monkeypatch: pytest.MonkeyPatch,
    connect_to: Callable[[str], Engine],
) -> None:
    # A pipeline is sent to its runner, who need not know the password.
    monkeypatch.setattr(SecretStr, "__reduce_ex__", lambda *_: pytest.fail("a secret is sent"))
    url = f"sqlite:///{tmp_path}/events.db"
    monkeypatch.setenv("DATABASE_URL", url)
    engine = connect_to(url)
    migrate(engine)
    events = [an_event("e1", "c1"), an_event("e2", "c2")]
    EventStore(engine).add(events)
    store = FileStore(tmp_path / "store")
    monkeypatch.setattr(pipeline_module, "open_feature_store", store.opened)
    as_of = "2026-02-25T00:00:00+00:00"
    output = tmp_path / "features.csv"
    main(["--input", "database", "--output", str(output), "--as-of", as_of, "--feature-store"])
    expected = compute_features(events, datetime.fromisoformat(as_of))
    assert store.content() == {
        customer: {"values": values, "as_of": as_of} for customer, values in expected.items()
    }
    assert read_features(output, schema) == expected


def test_the_present_may_be_described(tmp_path: Path, schema: FeatureSchema) -> None:
    output = tmp_path / "features.csv"
    main(["--input", str(SAMPLES / "events.csv"), "--output", str(output), "--as-of", "now"])
    gone = datetime.now(UTC) - AS_OF
    for values in read_features(output, schema).values():
        assert values["days_since_last_activity"] > gone / DAY - 1


def test_a_moment_needs_an_offset(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--input", "x", "--output", "y", "--as-of", "2026-03-01T00:00:00"])
    assert "needs an offset" in capsys.readouterr().err


class FileStore:
    """A feature store in files: workers of a pipeline do not share memory with the test."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir()

    def opened(self, *_: object) -> Self:
        return self

    def write(self, rows):  # type: ignore[no-untyped-def]
        for row in rows:
            entry = {"values": row.values, "as_of": row.as_of.isoformat()}
            (self._directory / row.customer_id).write_text(json.dumps(entry), encoding="utf-8")

    def close(self) -> None:
        pass

    def content(self) -> dict[str, object]:
        return {path.name: json.loads(path.read_text()) for path in self._directory.iterdir()}
