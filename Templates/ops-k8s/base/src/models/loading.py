"""Finds the model that a setting names."""

from pathlib import Path

from src.feature_engineering.schema import FeatureSchema
from src.models.churn_model import ChurnModel
from src.utils.config import PROJECT_ROOT
from src.utils.settings import ModelSettings

_REGISTRY_SCHEME = "models:/"


class ModelNotFoundError(Exception):
    """There is no model at the place that `MODEL_URI` names."""


def load_model(settings: ModelSettings, schema: FeatureSchema) -> ChurnModel:
    """`models:/NAME@ALIAS` and `models:/NAME/VERSION` are in the registry, all else is a folder."""
    if settings.model_uri.startswith(_REGISTRY_SCHEME):
        # MLflow takes seconds to import, which a service with a model on disk need not spend.
        from src.models.registry import ModelRegistry

        registry = ModelRegistry(settings.mlflow_tracking_uri)
        return registry.load(settings.model_uri.removeprefix(_REGISTRY_SCHEME), schema)
    directory = PROJECT_ROOT / Path(settings.model_uri)
    if not (directory / "model.json").is_file():
        raise ModelNotFoundError(
            f"MODEL_URI={settings.model_uri}: no model there;"
            " `python -m src.models.training.train` makes one in model_cache"
        )
    return ChurnModel.load(directory, schema)
