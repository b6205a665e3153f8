from pathlib import Path

import pytest

from src.feature_engineering.schema import FeatureSchema
from src.models.loading import ModelNotFoundError, load_model
from src.models.registry import ModelRegistry
from src.models.training.train import TrainingResult
from src.utils.settings import ModelSettings


def test_a_folder_is_loaded(tmp_path: Path, schema: FeatureSchema, trained: TrainingResult) -> None:
    trained.model.save(tmp_path / "churn")
    model = load_model(ModelSettings(model_uri=str(tmp_path / "churn")), schema)
    assert model.info == trained.model.info


def test_a_missing_model_says_how_to_get_one(schema: FeatureSchema) -> None:
    with pytest.raises(ModelNotFoundError, match=r"^MODEL_URI=no/model: .*models\.training"):
        load_model(ModelSettings(model_uri="no/model"), schema)


def test_a_registered_model_is_loaded(
    monkeypatch: pytest.MonkeyPatch, schema: FeatureSchema, trained: TrainingResult
) -> None:
    asked: list[str] = []

    def load(_: ModelRegistry, reference: str, __: FeatureSchema) -> object:
        asked.append(reference)
        return trained.model

    monkeypatch.setattr(ModelRegistry, "load", load)
    settings = ModelSettings(
        model_uri="models:/churn@champion", mlflow_tracking_uri="http://127.0.0.1:1"
    )
    assert load_model(settings, schema) is trained.model
    assert asked == ["churn@champion"]
