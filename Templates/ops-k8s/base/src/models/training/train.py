"""Trains a model: `python -m src.models.training.train`.

It writes the model to `model_cache/`, which is not committed, and what is known about it to
`model_artifacts/`, which is. The same data, configuration and library give the same model.
"""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from src.feature_engineering.sample_data import SAMPLES
from src.feature_engineering.schema import ARTIFACTS, FeatureSchema
from src.models.churn_model import ChurnModel, ModelInfo
from src.models.training.dataset import (
    Dataset,
    join,
    read_features,
    read_labels,
    sample_features,
)
from src.models.training.evaluation import evaluate
from src.models.training.model_card import model_card
from src.utils.config import PROJECT_ROOT, ModelConfig, load_model_config
from src.utils.logging import configure_logging
from src.utils.settings import LogSettings, ModelSettings

MODEL_CACHE = PROJECT_ROOT / "model_cache"

log = logging.getLogger(__name__)


class ModelRejectedError(Exception):
    """The model is not good enough to be written, or there is too little to make one from."""


@dataclass(frozen=True)
class TrainingResult:
    model: ChurnModel
    card: str


def train(
    name: str, dataset: Dataset, schema: FeatureSchema, config: ModelConfig
) -> TrainingResult:
    """A model that passed the quality gate of the configuration."""
    left = sum(dataset.labels)
    stayed = len(dataset.labels) - left
    # Two of each, whatever is rounded, are one to learn from and one to test on at least.
    if min(left, stayed) * min(config.test_share, 1 - config.test_share) < 2:
        raise ModelRejectedError(
            f"of the customers with features and a label, {left} left and {stayed} stayed:"
            " too few to learn from and to test on"
        )
    learn_x, test_x, learn_y, test_y = train_test_split(
        dataset.vectors,
        dataset.labels,
        test_size=config.test_share,
        random_state=config.random_seed,
        stratify=dataset.labels,
    )
    classifier = make_pipeline(StandardScaler(), LogisticRegression(C=config.regularization))
    classifier.fit(learn_x, learn_y)

    info = ModelInfo(
        name=name,
        version="local",
        schema_version=schema.version,
        feature_checksum=schema.checksum,
        threshold=config.threshold,
        training_data=dataset.checksum,
        parameters={
            "regularization": config.regularization,
            "test_share": config.test_share,
            "random_seed": config.random_seed,
            "threshold": config.threshold,
        },
        metrics={},
    )
    metrics = evaluate(test_y, ChurnModel(classifier, info).probabilities(test_x), config.threshold)
    if metrics["roc_auc"] < config.minimum_roc_auc:
        raise ModelRejectedError(
            f"ROC AUC {metrics['roc_auc']:.3f} is below {config.minimum_roc_auc:g},"
            " the minimum_roc_auc of configs/model.yaml"
        )
    model = ChurnModel(classifier, info.model_copy(update={"metrics": metrics}))
    card = model_card(model, schema, trained_on=len(learn_y), tested_on=len(test_y))
    return TrainingResult(model, card)


def write(result: TrainingResult, cache: Path, artifacts: Path) -> list[Path]:
    """Writes the model to the cache, and gives the files that describe it."""
    info = result.model.info
    result.model.save(cache / info.name)
    artifacts.mkdir(parents=True, exist_ok=True)
    contents = {
        "metrics.json": json.dumps(info.metrics, indent=2) + "\n",
        "model_card.md": result.card,
        "model_metadata.json": info.model_dump_json(indent=2, exclude={"metrics"}) + "\n",
    }
    for name, content in contents.items():
        (artifacts / name).write_text(content, encoding="utf-8")
    return [artifacts / name for name in contents]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Trains the churn model.")
    parser.add_argument(
        "--features",
        type=Path,
        help="what the pipeline wrote; unless given, features are computed from data/samples",
    )
    parser.add_argument(
        "--labels",
        type=Path,
        default=SAMPLES / "labels.csv",
        help="CSV file with customer_id and churned; default: data/samples/labels.csv",
    )
    parser.add_argument("--cache", type=Path, default=MODEL_CACHE, help="folder for the model")
    parser.add_argument(
        "--artifacts", type=Path, default=ARTIFACTS, help="folder for what is known about it"
    )
    parser.add_argument(
        "--register", action="store_true", help="put it in the registry, as the challenger"
    )
    options = parser.parse_args(arguments)

    log_settings = LogSettings()
    configure_logging(log_settings.environment, log_settings.log_level)
    settings = ModelSettings()
    schema = FeatureSchema.load()
    features = read_features(options.features, schema) if options.features else sample_features()
    dataset = join(features, read_labels(options.labels), schema)
    try:
        result = train(settings.model_name, dataset, schema, load_model_config())
    except ModelRejectedError as error:
        log.error("%s", error)
        sys.exit(1)
    files = write(result, options.cache, options.artifacts)
    log.info("the model was trained", extra={"metrics": result.model.info.metrics})
    if options.register:
        from src.models.registry import CHALLENGER, ModelRegistry  # slow, and seldom needed

        registry = ModelRegistry(settings.mlflow_tracking_uri)
        version = registry.register(result.model, settings.model_name, files)
        registry.promote(settings.model_name, CHALLENGER, version)
        log.info("version %s of %s is the challenger", version, settings.model_name)


if __name__ == "__main__":
    main()
