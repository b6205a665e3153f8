from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from src.api.dependencies import Services
from src.database.models import utc_now
from src.feature_engineering.schema import FeatureSchema, InvalidFeaturesError
from src.models.churn_model import ChurnModel
from src.models.prediction import ChurnPredictor
from src.models.training.train import TrainingResult
from src.monitoring.prometheus import PredictionMetrics
from tests.fixtures.builders import FEATURES, a_row
from tests.fixtures.fakes import AS_OF, InMemoryFeatureStore


@pytest.fixture
def predictor(app_services: Services) -> ChurnPredictor:
    return app_services.predictor


def test_a_prediction_holds_all_that_explains_it(
    predictor: ChurnPredictor, schema: FeatureSchema, trained: TrainingResult
) -> None:
    prediction = predictor.predict_from("c1", FEATURES)
    info = trained.model.info
    [probability] = trained.model.probabilities([schema.vector(FEATURES)])
    assert prediction.model_dump(exclude={"id", "created_at"}) == {
        "customer_id": "c1",
        "probability": probability,
        "churn": probability >= info.threshold,
        "threshold": info.threshold,
        "model_name": info.name,
        "model_version": info.version,
        "schema_version": schema.version,
        "features": FEATURES,
        "features_as_of": None,
        "request_id": None,
    }


@pytest.mark.parametrize(("above", "churn"), [(0.0, True), (1e-9, False)])
def test_the_threshold_itself_means_leaving(
    predictor: ChurnPredictor,
    schema: FeatureSchema,
    trained: TrainingResult,
    feature_store: InMemoryFeatureStore,
    above: float,
    churn: bool,
) -> None:
    [probability] = trained.model.probabilities([schema.vector(FEATURES)])
    info = trained.model.info.model_copy(update={"threshold": probability + above})
    strict = ChurnPredictor(
        ChurnModel(trained.model.classifier, info),
        schema,
        feature_store,
        PredictionMetrics(CollectorRegistry()),
    )
    assert strict.predict_from("c1", FEATURES).churn is churn


def test_invalid_features_give_no_prediction(predictor: ChurnPredictor) -> None:
    with pytest.raises(InvalidFeaturesError):
        predictor.predict_from("c1", FEATURES | {"active_days_30d": -1})


def test_a_batch_keeps_its_order_and_tells_whom_it_does_not_know(
    predictor: ChurnPredictor, feature_store: InMemoryFeatureStore
) -> None:
    feature_store.write([a_row("c1"), a_row("c2", active_days_30d=1)])
    batch = predictor.predict(["c2", "x", "c1", "y"])
    assert [prediction.customer_id for prediction in batch.predictions] == ["c2", "c1"]
    assert batch.without_features == ["x", "y"]
    [second, first] = batch.predictions
    # The order of additions depends on how many are asked for at once.
    alone = predictor.predict_from("c1", FEATURES).probability
    assert first.probability == pytest.approx(alone, rel=1e-12)
    assert second.probability > first.probability
    assert first.features_as_of == AS_OF


def test_an_invalid_row_of_the_store_counts_as_missing(
    predictor: ChurnPredictor,
    feature_store: InMemoryFeatureStore,
    caplog: pytest.LogCaptureFixture,
) -> None:
    feature_store.write([a_row("c1"), a_row("c2", active_days_30d=-1)])
    batch = predictor.predict(["c1", "c2"])
    assert [prediction.customer_id for prediction in batch.predictions] == ["c1"]
    assert batch.without_features == ["c2"]
    assert "active_days_30d is less than 0" in caplog.text


def test_a_batch_costs_one_look_up_and_one_call_of_the_model(
    predictor: ChurnPredictor,
    feature_store: InMemoryFeatureStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    customers = [f"c{number}" for number in range(50)]
    feature_store.write([a_row(customer) for customer in customers])
    calls: list[int] = []
    probabilities = ChurnModel.probabilities

    def counted(model: ChurnModel, vectors: list[list[float]]) -> list[float]:
        calls.append(len(vectors))
        return probabilities(model, vectors)

    monkeypatch.setattr(ChurnModel, "probabilities", counted)
    assert len(predictor.predict(customers).predictions) == 50
    assert (calls, feature_store.reads) == ([50], 1)


def test_nobody_known_is_no_call_of_the_model(predictor: ChurnPredictor) -> None:
    batch = predictor.predict(["x"])
    assert (batch.predictions, batch.without_features) == ([], ["x"])


def test_the_age_of_features_is_measured(
    predictor: ChurnPredictor, feature_store: InMemoryFeatureStore, registry: CollectorRegistry
) -> None:
    feature_store.write([a_row(as_of=utc_now() - timedelta(hours=2))])
    predictor.predict(["c1", "unknown"])
    assert registry.get_sample_value("feature_age_seconds_count") == 1
    age = registry.get_sample_value("feature_age_seconds_sum")
    assert age == pytest.approx(2 * 3600, abs=60)
