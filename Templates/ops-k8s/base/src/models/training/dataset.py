"""What a model is trained on: features and labels of the same customers."""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from src.feature_engineering.events import read_events, read_rows
from src.feature_engineering.features import compute_features
from src.feature_engineering.sample_data import AS_OF, SAMPLES
from src.feature_engineering.schema import FeatureSchema

_ENCODING = "utf-8-sig"  # with or without the mark that spreadsheets begin a file with


class _Label(BaseModel):
    customer_id: str
    churned: bool


@dataclass(frozen=True)
class Dataset:
    """One row for each customer, in the order of their ids."""

    customer_ids: list[str]
    vectors: list[list[float]]
    labels: list[bool]

    @property
    def checksum(self) -> str:
        rows = list(zip(self.customer_ids, self.vectors, self.labels, strict=True))
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def sample_features() -> dict[str, dict[str, float]]:
    """The features of the sample, by the code that the pipeline runs."""
    return compute_features(read_events(SAMPLES / "events.csv"), AS_OF)


def read_features(path: Path, schema: FeatureSchema) -> dict[str, dict[str, float]]:
    """What the pipeline wrote."""
    with path.open(encoding=_ENCODING, newline="") as file:
        return {
            row["customer_id"]: {name: float(row[name]) for name in schema.names}
            for row in csv.DictReader(file)
        }


def read_labels(path: Path = SAMPLES / "labels.csv") -> dict[str, bool]:
    """Who left, and who did not."""
    with path.open(encoding=_ENCODING, newline="") as file:
        rows = [_Label.model_validate(row) for row in read_rows(file)]
    return {row.customer_id: row.churned for row in rows}


def join(
    features: Mapping[str, Mapping[str, float]], labels: Mapping[str, bool], schema: FeatureSchema
) -> Dataset:
    """Customers of whom both are known; the rest cannot teach anything."""
    customer_ids = sorted(features.keys() & labels.keys())
    return Dataset(
        customer_ids,
        [schema.vector(features[customer_id]) for customer_id in customer_ids],
        [labels[customer_id] for customer_id in customer_ids],
    )
