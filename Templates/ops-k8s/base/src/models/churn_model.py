"""The trained model as it is kept on disk and in the registry, and as it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import skops.io
from pydantic import BaseModel, ConfigDict

from src.feature_engineering.schema import FeatureSchema


class ModelMismatchError(Exception):
    """The model was trained on other features than those that the code computes."""


class ModelInfo(BaseModel):
    """What is known about a model: `model.json` beside its parameters."""

    model_config = ConfigDict(frozen=True, protected_namespaces=())

    name: str
    version: str
    schema_version: str
    feature_checksum: str
    threshold: float
    training_data: str  # a checksum of what it was trained on
    parameters: dict[str, float]
    metrics: dict[str, float]


@dataclass(frozen=True)
class ChurnModel:
    """A classifier whose columns are the features in the order of their schema."""

    classifier: Any
    info: ModelInfo

    def probabilities(self, vectors: Sequence[Sequence[float]]) -> list[float]:
        """The probability of leaving, for each vector, in one call."""
        scores = self.classifier.predict_proba(np.asarray(vectors, dtype=float))
        return [float(score) for score in scores[:, 1]]

    def save(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        skops.io.dump(self.classifier, directory / "model.skops")
        (directory / "model.json").write_text(
            self.info.model_dump_json(indent=2) + "\n", encoding="utf-8"
        )

    @classmethod
    def load(cls, directory: Path, schema: FeatureSchema) -> Self:
        info = ModelInfo.model_validate_json((directory / "model.json").read_text(encoding="utf-8"))
        if info.feature_checksum != schema.checksum:
            raise ModelMismatchError(
                f"model {info.name} {info.version} was trained on version {info.schema_version} of"
                f" the features, and this code computes version {schema.version}: train it again"
            )
        # Unlike a pickle, this format cannot run code: only types that it knows are built.
        return cls(skops.io.load(directory / "model.skops"), info)
