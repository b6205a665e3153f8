"""The contract on features: which there are, in which order, in which version."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from src.utils.config import PROJECT_ROOT

ARTIFACTS = PROJECT_ROOT / "model_artifacts"

# More than any feature can be, and little enough for a model to calculate with.
_MAXIMUM = 1e12


class FeatureSchemaError(ValueError):
    """`features.txt` and its metadata do not belong together."""


class InvalidFeaturesError(ValueError):
    """Values that are not those of the schema; `problems` has one sentence for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


class FeatureDescription(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: str
    description: str
    minimum: float


class FeatureMetadata(BaseModel):
    """The content of `feature_metadata.json`."""

    model_config = ConfigDict(extra="forbid")

    schema_version: str
    checksum: str
    features: dict[str, FeatureDescription]


@dataclass(frozen=True)
class FeatureSchema:
    """The names in the order of the model's columns, the same for training and for serving."""

    version: str
    checksum: str
    minimums: Mapping[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.minimums)

    @classmethod
    def load(cls, directory: Path = ARTIFACTS) -> Self:
        lines = (directory / "features.txt").read_text(encoding="utf-8").splitlines()
        names = [line for line in lines if line and not line.startswith("#")]
        metadata = FeatureMetadata.model_validate_json(
            (directory / "feature_metadata.json").read_text(encoding="utf-8")
        )
        expected = checksum(metadata.schema_version, names)
        if metadata.checksum != expected:
            raise FeatureSchemaError(
                "features.txt was changed: give feature_metadata.json a new schema_version, and"
                f" the checksum of both, which is {expected} for version"
                f" {json.dumps(metadata.schema_version)}"
            )
        if set(metadata.features) != set(names) or len(names) != len(set(names)):
            raise FeatureSchemaError(
                "feature_metadata.json must describe each line of features.txt once"
            )
        minimums = {name: metadata.features[name].minimum for name in names}
        return cls(metadata.schema_version, metadata.checksum, minimums)

    def validate(self, values: Mapping[str, float]) -> None:
        problems = [f"{name} is missing" for name in self.names if name not in values]
        for name, value in values.items():
            if name not in self.minimums:
                problems.append(f"{name} is no feature of version {self.version}")
            elif not math.isfinite(value):
                problems.append(f"{name} is not a finite number")
            elif value < self.minimums[name]:
                problems.append(f"{name} is less than {self.minimums[name]:g}")
            elif value > _MAXIMUM:
                problems.append(f"{name} is more than {_MAXIMUM:g}")
        if problems:
            raise InvalidFeaturesError(problems)

    def vector(self, values: Mapping[str, float]) -> list[float]:
        """The valid values in the order of the model's columns."""
        self.validate(values)
        return [values[name] for name in self.names]


def checksum(version: str, names: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([version, *names]).encode()).hexdigest()
