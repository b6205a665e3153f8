"""The model registry: MLflow, by its client.

`python -m src.models.registry promote` makes the challenger, or `--version N`, the champion.
"""

import argparse
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_ALREADY_EXISTS, ErrorCode

from src.feature_engineering.schema import FeatureSchema
from src.models.churn_model import ChurnModel
from src.utils.logging import configure_logging
from src.utils.settings import LogSettings, ModelSettings

CHAMPION = "champion"
CHALLENGER = "challenger"

_ARTIFACT_PATH = "model"

log = logging.getLogger(__name__)


class ModelRegistry:
    """Registers models as what `ChurnModel.save` writes, each version with the run that made it."""

    def __init__(self, tracking_uri: str) -> None:
        self._client = MlflowClient(tracking_uri=tracking_uri, registry_uri=tracking_uri)

    def register(self, model: ChurnModel, name: str, files: Sequence[Path] = ()) -> str:
        """Stores model and files, and gives the new version's number."""
        run = self._client.create_run(self._experiment(name), run_name=name)
        run_id = run.info.run_id
        try:
            for parameter, value in model.info.parameters.items():
                self._client.log_param(run_id, parameter, value)
            for metric, value in model.info.metrics.items():
                self._client.log_metric(run_id, metric, value)
            with tempfile.TemporaryDirectory() as directory:
                model.save(Path(directory))
                self._client.log_artifacts(run_id, directory, _ARTIFACT_PATH)
            for file in files:
                self._client.log_artifact(run_id, str(file))
            version = self._create_version(model, name, run_id)
        except BaseException:
            self._client.set_terminated(run_id, "FAILED")
            raise
        self._client.set_terminated(run_id)
        return version

    def promote(self, name: str, alias: str, version: str) -> None:
        self._client.set_registered_model_alias(name, alias, version)

    def version_of(self, name: str, alias: str) -> str:
        return str(self._client.get_model_version_by_alias(name, alias).version)

    def load(self, reference: str, schema: FeatureSchema) -> ChurnModel:
        """The model that `NAME@ALIAS` or `NAME/VERSION` refers to."""
        found = self._find(reference)
        with tempfile.TemporaryDirectory() as directory:
            path = self._client.download_artifacts(str(found.run_id), _ARTIFACT_PATH, directory)
            model = ChurnModel.load(Path(path), schema)
        registered = model.info.model_copy(
            update={"name": found.name, "version": str(found.version)}
        )
        return ChurnModel(model.classifier, registered)

    def _find(self, reference: str) -> ModelVersion:
        name, at, alias = reference.partition("@")
        if at:
            return self._client.get_model_version_by_alias(name, alias)
        name, _, version = reference.partition("/")
        return self._client.get_model_version(name, version)

    def _experiment(self, name: str) -> str:
        if (experiment := self._client.get_experiment_by_name(name)) is not None:
            return str(experiment.experiment_id)
        return str(self._client.create_experiment(name))

    def _create_version(self, model: ChurnModel, name: str, run_id: str) -> str:
        try:
            self._client.create_registered_model(name)
        except MlflowException as error:
            if error.error_code != ErrorCode.Name(RESOURCE_ALREADY_EXISTS):
                raise
        run = self._client.get_run(run_id)
        version = self._client.create_model_version(
            name,
            f"{run.info.artifact_uri}/{_ARTIFACT_PATH}",
            run_id,
            tags={"schema_version": model.info.schema_version},
        )
        return str(version.version)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Works with the registered models.")
    commands = parser.add_subparsers(dest="command", required=True)
    promote = commands.add_parser("promote", help="make a version the one that is served")
    promote.add_argument("--version", help="its number; the challenger, unless one is given")
    options = parser.parse_args(arguments)

    log_settings, settings = LogSettings(), ModelSettings()
    configure_logging(log_settings.environment, log_settings.log_level)
    registry = ModelRegistry(settings.mlflow_tracking_uri)
    version = options.version or registry.version_of(settings.model_name, CHALLENGER)
    registry.promote(settings.model_name, CHAMPION, version)
    log.info("version %s of %s is the champion", version, settings.model_name)


if __name__ == "__main__":
    main()
