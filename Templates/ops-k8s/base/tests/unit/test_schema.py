import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from src.feature_engineering.schema import (
    ARTIFACTS,
    FeatureSchema,
    FeatureSchemaError,
    InvalidFeaturesError,
    checksum,
)
from tests.fixtures.builders import FEATURES


@pytest.fixture
def artifacts(tmp_path: Path) -> Path:
    """A copy that may be changed."""
    for name in ("features.txt", "feature_metadata.json"):
        shutil.copy(ARTIFACTS / name, tmp_path)
    return tmp_path


def change_metadata(artifacts: Path, **changes: Any) -> None:
    path = artifacts / "feature_metadata.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_the_order_is_that_of_the_file(artifacts: Path) -> None:
    lines = (artifacts / "features.txt").read_text().splitlines()
    assert FeatureSchema.load(artifacts).names == tuple(line for line in lines if line[0] != "#")


def test_line_ends_do_not_matter(artifacts: Path, schema: FeatureSchema) -> None:
    path = artifacts / "features.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert FeatureSchema.load(artifacts) == schema


def test_another_order_needs_another_version(artifacts: Path) -> None:
    path = artifacts / "features.txt"
    names = [line for line in path.read_text().splitlines() if line[0] != "#"][::-1]
    path.write_text("\n".join(names))
    with pytest.raises(FeatureSchemaError, match=f"which is {checksum('1', names)} for version"):
        FeatureSchema.load(artifacts)
    change_metadata(artifacts, schema_version="2", checksum=checksum("2", names))
    changed = FeatureSchema.load(artifacts)
    assert (changed.version, changed.names) == ("2", tuple(names))


def test_another_version_has_another_checksum() -> None:
    assert checksum("1", ["a", "b"]) != checksum("2", ["a", "b"]) != checksum("2", ["ab"])


@pytest.mark.parametrize("change", ["undescribed", "twice"])
def test_each_feature_is_described_once(artifacts: Path, change: str) -> None:
    path = artifacts / "features.txt"
    extra = "surprise" if change == "undescribed" else "active_days_30d"
    path.write_text(path.read_text() + extra + "\n")
    names = [line for line in path.read_text().splitlines() if line[0] != "#"]
    change_metadata(artifacts, checksum=checksum("1", names))
    with pytest.raises(FeatureSchemaError, match="describe each line"):
        FeatureSchema.load(artifacts)


def test_a_vector_has_the_order_of_the_schema(schema: FeatureSchema) -> None:
    shuffled = dict(sorted(FEATURES.items()))
    assert list(shuffled) != list(schema.names)
    assert schema.vector(shuffled) == [FEATURES[name] for name in schema.names]


def test_all_problems_are_told(schema: FeatureSchema) -> None:
    values = FEATURES | {"active_days_30d": -1, "surprise": 1}
    del values["days_since_last_activity"]
    with pytest.raises(InvalidFeaturesError) as raised:
        schema.vector(values)
    assert raised.value.problems == [
        "days_since_last_activity is missing",
        "active_days_30d is less than 0",
        "surprise is no feature of version 1",
    ]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (float("nan"), "is not a finite number"),
        (float("inf"), "is not a finite number"),
        (1.7e308, "is more than 1e+12"),
    ],
)
def test_a_value_that_is_none_is_a_problem(
    schema: FeatureSchema, value: float, problem: str
) -> None:
    with pytest.raises(InvalidFeaturesError) as raised:
        schema.vector(FEATURES | {"active_days_30d": value})
    assert raised.value.problems == [f"active_days_30d {problem}"]


def test_a_value_at_its_bound_is_valid(schema: FeatureSchema) -> None:
    for bound in (0, 1e12):
        schema.validate(FEATURES | {"active_days_30d": bound})
