"""The Apache Beam pipeline from events to features.

    python -m src.feature_engineering.pipeline \
        --input data/samples/events.csv --output data/processed/features.csv

It runs here unless Beam's own options, such as `--runner`, say otherwise.
"""

import argparse
import csv
import io
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

import apache_beam as beam
from apache_beam.io import fileio
from apache_beam.io.fileio import EmptyMatchTreatment
from apache_beam.metrics.metric import MetricResults, Metrics, MetricsFilter
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pvalue import PCollection, TaggedOutput
from pydantic import ValidationError

from src.database.engine import connect
from src.database.events import EventStore
from src.feature_engineering.events import CustomerEvent, read_rows
from src.feature_engineering.features import CustomerActivity, choose
from src.feature_engineering.schema import FeatureSchema
from src.feature_store.base import FeatureRow, FeatureStore
from src.feature_store.factory import open_feature_store
from src.utils.config import load_pipeline_config
from src.utils.logging import configure_logging
from src.utils.settings import DatabaseSettings, FeatureStoreSettings, LogSettings

FROM_DATABASE = "database"
ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"

type Features = tuple[str, dict[str, float]]
type Rejected = TaggedOutput[Literal["rejected"], str]

log = logging.getLogger(__name__)


class ReadFiles(beam.PTransform[Any, Any]):
    """The rows of CSV files, each file by the names in its own first line."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._pattern = pattern

    def expand(self, begin: Any) -> Any:
        return (
            begin
            | fileio.MatchFiles(self._pattern, EmptyMatchTreatment.DISALLOW)
            | fileio.ReadMatches()
            | beam.FlatMap(_rows_of_file)
        )


class ParseEvent(beam.DoFn):
    """Rows as events; what is none goes out as `REJECTED` with the reason. Both are counted."""

    def __init__(self) -> None:
        self._accepted = Metrics.counter("events", ACCEPTED)
        self._rejected = Metrics.counter("events", REJECTED)

    def process(self, row: Mapping[str, str]) -> Iterator[CustomerEvent | Rejected]:
        try:
            event = CustomerEvent.model_validate(row)
        except ValidationError as error:
            self._rejected.inc()
            problems = error.errors(include_url=False, include_input=False, include_context=False)
            yield TaggedOutput(REJECTED, json.dumps({"row": row, "problems": problems}))
        else:
            self._accepted.inc()
            yield event


class CombineActivity(beam.CombineFn):
    """The features of a customer from parts that were made anywhere, in any order."""

    def __init__(self, as_of: datetime) -> None:
        self._as_of = as_of

    def create_accumulator(self) -> CustomerActivity:
        return CustomerActivity(self._as_of)

    def add_input(self, activity: CustomerActivity, event: CustomerEvent) -> CustomerActivity:
        activity.add(event)
        return activity

    def merge_accumulators(self, activities: Iterable[CustomerActivity]) -> CustomerActivity:
        merged = self.create_accumulator()
        for activity in activities:
            merged.merge(activity)
        return merged

    def extract_output(self, activity: CustomerActivity) -> dict[str, float] | None:
        return activity.features()


class Deduplicate(beam.PTransform[Any, Any]):
    """An event that comes twice counts once."""

    def expand(self, events: PCollection[CustomerEvent]) -> Any:
        return (
            events
            | "KeyByEvent" >> beam.Map(lambda event: (event.event_id, event))
            | "Choose" >> beam.CombinePerKey(choose)
            | beam.Values()
        )


class ComputeFeatures(beam.PTransform[Any, Any]):
    """Events, each once, to features by customer."""

    def __init__(self, as_of: datetime) -> None:
        super().__init__()
        self._as_of = as_of

    def expand(self, events: PCollection[CustomerEvent]) -> Any:
        return (
            events
            | "KeyByCustomer" >> beam.Map(lambda event: (event.customer_id, event))
            | "Combine" >> beam.CombinePerKey(CombineActivity(self._as_of))
            | "DropUnseen" >> beam.Filter(lambda customer: customer[1] is not None)
        )


class WriteToFeatureStore(beam.DoFn):
    """Writes batches of features to the feature store of the settings."""

    def __init__(
        self, settings: FeatureStoreSettings, schema: FeatureSchema, as_of: datetime
    ) -> None:
        self._settings = settings
        self._schema = schema
        self._as_of = as_of

    def setup(self) -> None:
        self._store: FeatureStore = open_feature_store(self._settings, self._schema)

    def teardown(self) -> None:
        self._store.close()

    def process(self, batch: Sequence[Features]) -> None:
        self._store.write([FeatureRow(customer, values, self._as_of) for customer, values in batch])


def _rows_of_file(file: fileio.ReadableFile) -> Iterator[dict[str, str]]:
    # With or without the mark that spreadsheets begin a file with.
    with file.open() as binary, io.TextIOWrapper(binary, "utf-8-sig", newline="") as text:
        yield from read_rows(text)


def _csv_line(values: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _moment(text: str) -> datetime:
    if text == "now":
        return datetime.now(UTC)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("needs an offset: 2026-03-01T00:00:00Z")
    return moment


def _parse_arguments(
    arguments: Sequence[str] | None,
) -> tuple[argparse.Namespace, PipelineOptions]:
    parser = argparse.ArgumentParser(description="Computes features from events.")
    parser.add_argument(
        "--input", required=True, help=f"CSV files, or {FROM_DATABASE}: what the workers stored"
    )
    parser.add_argument("--output", required=True, help="CSV file of the features")
    parser.add_argument(
        "--as-of",
        type=_moment,
        default=str(load_pipeline_config().as_of),
        help="the moment that the features describe, or now; default: configs/pipeline.yaml",
    )
    parser.add_argument(
        "--feature-store", action="store_true", help="write to the feature store as well"
    )
    options, others = parser.parse_known_args(arguments)
    # Beam's own choice may be Prism, a program that it would download. The last runner counts.
    beam_options = PipelineOptions(["--runner=FnApiRunner", *others])
    # Beam itself only warns, and a misspelt option would change what the pipeline does.
    known = beam_options.get_all_options()
    if unknown := beam_options.get_all_options(retain_unknown_options=True).keys() - known.keys():
        parser.error(f"neither this program nor Beam knows: {', '.join(sorted(unknown))}")
    return options, beam_options


def main(arguments: Sequence[str] | None = None) -> None:
    options, beam_options = _parse_arguments(arguments)
    log_settings = LogSettings()
    configure_logging(log_settings.environment, log_settings.log_level)
    logging.getLogger("apache_beam").setLevel(logging.WARNING)
    schema = FeatureSchema.load()
    rejected_file = f"{options.output}.rejected.jsonl"
    with beam.Pipeline(options=beam_options) as pipeline:
        if options.input == FROM_DATABASE:
            # Each once: the table's key is the event's id.
            events = pipeline | beam.Impulse() | "Events" >> beam.FlatMap(_stored_events)
        else:
            rows = pipeline | "Rows" >> ReadFiles(options.input)
            parsed = rows | "Parse" >> beam.ParDo(ParseEvent()).with_outputs(
                REJECTED, main="events"
            )
            events = parsed["events"] | "Deduplicate" >> Deduplicate()
            _ = parsed[REJECTED] | "Rejected" >> beam.io.WriteToText(
                rejected_file, shard_name_template="", skip_if_empty=True
            )
        features = events | "Features" >> ComputeFeatures(options.as_of)
        _ = (
            features
            | "Lines"
            >> beam.MapTuple(lambda customer, values: _csv_line([customer, *schema.vector(values)]))
            | "Output"
            >> beam.io.WriteToText(
                options.output,
                shard_name_template="",
                header=_csv_line(["customer_id", *schema.names]),
            )
        )
        if options.feature_store:
            batch_size = load_pipeline_config().feature_store_batch_size
            _ = (
                features
                | "Batch" >> beam.BatchElements(max_batch_size=batch_size)
                | "Store"
                >> beam.ParDo(WriteToFeatureStore(FeatureStoreSettings(), schema, options.as_of))
            )
    rejected = _count(pipeline.result, REJECTED)
    if rejected and not _count(pipeline.result, ACCEPTED):
        log.error("no row is an event; %s says why", rejected_file)
        sys.exit(1)
    if rejected:
        log.warning("%d rows are no events; %s says why", rejected, rejected_file)
    log.info("features as of %s are in %s", options.as_of.isoformat(), options.output)


def _count(result: Any, name: str) -> int:
    counters = result.metrics().query(MetricsFilter().with_name(name))[MetricResults.COUNTERS]
    return sum(counter.result for counter in counters)


def _stored_events(_: bytes) -> Iterator[CustomerEvent]:
    # The settings of the machine that runs this; in the pipeline itself, a runner would show them.
    engine = connect(DatabaseSettings())
    try:
        yield from EventStore(engine).read()
    finally:
        engine.dispose()


if __name__ == "__main__":
    main()
