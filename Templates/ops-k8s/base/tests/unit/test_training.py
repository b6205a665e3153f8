import json
from pathlib import Path

import pytest

from src.feature_engineering.sample_data import CUSTOMERS
from src.feature_engineering.schema import FeatureSchema, InvalidFeaturesError
from src.models.churn_model import ChurnModel
from src.models.registry import ModelRegistry
from src.models.training import train as train_module
from src.models.training.dataset import (
    Dataset,
    join,
    read_features,
    read_labels,
    sample_features,
)
from src.models.training.evaluation import evaluate
from src.models.training.train import ModelRejectedError, TrainingResult, main, train
from src.utils.config import load_model_config
from tests.fixtures.builders import FEATURES


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs stay as pytest has set them up."""
    monkeypatch.setattr(train_module, "configure_logging", lambda *_: None)


def test_customers_with_features_and_label_are_learned_from(schema: FeatureSchema) -> None:
    features = {"c2": FEATURES | {"active_days_30d": 2}, "c1": FEATURES, "no label": FEATURES}
    dataset = join(features, {"c1": True, "c2": False, "no features": True}, schema)
    assert dataset.customer_ids == ["c1", "c2"]
    assert dataset.labels == [True, False]
    assert dataset.vectors == [schema.vector(FEATURES), schema.vector(features["c2"])]


def test_invalid_features_are_not_learned_from(schema: FeatureSchema) -> None:
    with pytest.raises(InvalidFeaturesError, match="active_days_30d"):
        join({"c1": FEATURES | {"active_days_30d": -1}}, {"c1": True}, schema)


def test_the_checksum_of_a_dataset_covers_all_of_it(schema: FeatureSchema) -> None:
    datasets = [
        join({"c1": FEATURES}, {"c1": True}, schema),
        join({"c1": FEATURES}, {"c1": False}, schema),
        join({"c2": FEATURES}, {"c2": True}, schema),
        join({"c1": FEATURES | {"active_days_30d": 4}}, {"c1": True}, schema),
    ]
    assert len({dataset.checksum for dataset in datasets}) == len(datasets)
    assert datasets[0].checksum == join({"c1": FEATURES}, {"c1": True}, schema).checksum


def test_the_columns_of_a_file_may_be_in_any_order(tmp_path: Path, schema: FeatureSchema) -> None:
    names = ["customer_id", *sorted(FEATURES, reverse=True)]
    values = ["c1", *(str(FEATURES[name]) for name in names[1:])]
    path = tmp_path / "features.csv"
    path.write_text(f"{','.join(names)}\n{','.join(values)}\n", encoding="utf-8")
    assert read_features(path, schema) == {"c1": FEATURES}


def test_files_of_spreadsheets_are_read(tmp_path: Path, schema: FeatureSchema) -> None:
    labels, features = tmp_path / "labels.csv", tmp_path / "features.csv"
    labels.write_text("customer_id,churned\r\nc1,1\r\nc2,0\r\n", encoding="utf-8-sig")
    assert read_labels(labels) == {"c1": True, "c2": False}
    names = ",".join(["customer_id", *FEATURES])
    values = ",".join(["c1", *map(str, FEATURES.values())])
    features.write_text(f"{names}\r\n{values}\r\n", encoding="utf-8-sig")
    assert read_features(features, schema) == {"c1": FEATURES}


def test_metrics_of_known_predictions() -> None:
    labels, probabilities = [True, True, True, False, False], [0.9, 0.4, 0.3, 0.5, 0.1]
    assert evaluate(labels, probabilities, threshold=0.5) == {
        "roc_auc": 0.6667,
        "average_precision": 0.8056,
        "brier_score": 0.224,
        "precision": 0.5,
        "recall": 0.3333,
        "churn_rate": 0.6,
    }


def test_nobody_predicted_to_leave_is_no_division_by_zero() -> None:
    metrics = evaluate([True, False], [0.2, 0.1], threshold=0.5)
    assert (metrics["precision"], metrics["recall"]) == (0, 0)


def test_the_sample_gives_a_model_that_is_better_than_chance(trained: TrainingResult) -> None:
    metrics = trained.model.info.metrics
    assert metrics["roc_auc"] > 0.75
    assert metrics["brier_score"] < metrics["churn_rate"] * (1 - metrics["churn_rate"])


def test_the_same_data_give_the_same_model(schema: FeatureSchema, trained: TrainingResult) -> None:
    dataset = join(sample_features(), read_labels(), schema)
    again = train("churn", dataset, schema, load_model_config())
    assert again.model.info == trained.model.info
    assert again.card == trained.card


def test_the_configuration_reaches_the_model(schema: FeatureSchema) -> None:
    config = load_model_config().model_copy(
        update={"threshold": 0.9, "regularization": 0.001, "test_share": 0.5}
    )
    dataset = join(sample_features(), read_labels(), schema)
    result = train("other", dataset, schema, config)
    info = result.model.info
    assert (info.name, info.threshold) == ("other", 0.9)
    assert (info.schema_version, info.feature_checksum) == (schema.version, schema.checksum)
    assert info.training_data == dataset.checksum
    weights = result.model.classifier[-1].coef_[0]
    assert max(abs(weights)) < 0.1, "so strongly regularized, no feature weighs much"
    half = CUSTOMERS // 2
    assert f"{half} customers to learn from, {half} to test" in result.card


def test_a_model_that_is_not_good_enough_is_rejected(schema: FeatureSchema) -> None:
    config = load_model_config().model_copy(update={"minimum_roc_auc": 0.999})
    with pytest.raises(ModelRejectedError, match=r"ROC AUC 0\.\d+ is below 0\.999"):
        train("churn", join(sample_features(), read_labels(), schema), schema, config)


def a_dataset(schema: FeatureSchema, left: int, stayed: int) -> Dataset:
    labels = {f"c{number:03}": number < left for number in range(left + stayed)}
    features = {
        customer: FEATURES | {"active_days_30d": 1.0 if leaves else 9.0}
        for customer, leaves in labels.items()
    }
    return join(features, labels, schema)


@pytest.mark.parametrize(("left", "stayed"), [(0, 0), (0, 40), (40, 0), (7, 40), (40, 7)])
def test_too_few_customers_give_no_model(schema: FeatureSchema, left: int, stayed: int) -> None:
    message = f"{left} left and {stayed} stayed: too few"
    with pytest.raises(ModelRejectedError, match=message):
        train("churn", a_dataset(schema, left, stayed), schema, load_model_config())


@pytest.mark.parametrize(
    ("left", "stayed", "share"),
    [(8, 8, 0.25), (8, 200, 0.25), (4, 4, 0.5), (5, 4, 0.5), (40, 20, 0.1), (7, 11, 0.7)],
)
def test_few_customers_may_give_one(
    schema: FeatureSchema, left: int, stayed: int, share: float
) -> None:
    config = load_model_config().model_copy(update={"test_share": share, "minimum_roc_auc": 0.01})
    metrics = train("churn", a_dataset(schema, left, stayed), schema, config).model.info.metrics
    assert metrics["roc_auc"] == 1.0


def test_the_card_says_what_the_model_looks_at(
    schema: FeatureSchema, trained: TrainingResult
) -> None:
    lines = trained.card.splitlines()
    weights = [line.split(" | ") for line in lines if line[2:].startswith(schema.names)]
    assert {name[2:] for name, _ in weights} == set(schema.names)
    sizes = [abs(float(weight.rstrip(" |"))) for _, weight in weights]
    assert sizes == sorted(sizes, reverse=True)
    [roc_auc] = [line for line in lines if line.startswith("| roc_auc |")]
    assert f"| {trained.model.info.metrics['roc_auc']:.3f} |" in roc_auc


def test_the_program_writes_the_model_and_what_is_known_about_it(
    tmp_path: Path, schema: FeatureSchema, trained: TrainingResult
) -> None:
    main(["--cache", str(tmp_path / "cache"), "--artifacts", str(tmp_path / "artifacts")])
    assert ChurnModel.load(tmp_path / "cache" / "churn", schema).info == trained.model.info
    metrics = json.loads((tmp_path / "artifacts" / "metrics.json").read_text())
    assert metrics == trained.model.info.metrics
    assert (tmp_path / "artifacts" / "model_card.md").read_text() == trained.card
    metadata = json.loads((tmp_path / "artifacts" / "model_metadata.json").read_text())
    assert metadata == trained.model.info.model_dump(exclude={"metrics"})


def test_the_program_learns_from_the_labels_that_it_is_given(
    tmp_path: Path, trained: TrainingResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL_NAME", "retention")
    some = CUSTOMERS - 4
    labels = tmp_path / "labels.csv"
    rows = [f"{customer},{int(left)}" for customer, left in sorted(read_labels().items())[:some]]
    labels.write_text("\n".join(["customer_id,churned", *rows]), encoding="utf-8")
    main(["--labels", str(labels), "--cache", str(tmp_path), "--artifacts", str(tmp_path)])
    metadata = json.loads((tmp_path / "model_metadata.json").read_text())
    assert metadata["name"] == "retention"
    assert metadata["training_data"] != trained.model.info.training_data
    card = (tmp_path / "model_card.md").read_text()
    assert f"{some - some // 4} customers to learn from, {some // 4} to test" in card
    assert (tmp_path / "retention" / "model.json").is_file()


def test_the_program_registers_the_model_as_the_challenger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    uri = (tmp_path / "mlruns").as_uri()
    monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
    monkeypatch.setenv("MODEL_NAME", "retention")
    main(["--register", "--cache", str(tmp_path), "--artifacts", str(tmp_path)])
    assert ModelRegistry(uri).version_of("retention", "challenger") == "1"


def test_the_program_writes_no_rejected_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    strict = load_model_config().model_copy(update={"minimum_roc_auc": 0.999})
    monkeypatch.setattr(train_module, "load_model_config", lambda: strict)
    with pytest.raises(SystemExit) as raised:
        main(["--cache", str(tmp_path / "cache"), "--artifacts", str(tmp_path / "artifacts")])
    assert raised.value.code == 1
    assert "minimum_roc_auc" in caplog.text
    assert list(tmp_path.iterdir()) == []
