from pathlib import Path

import pytest

from src.feature_engineering.schema import FeatureSchema
from src.models.churn_model import ChurnModel, ModelMismatchError
from src.models.training.train import TrainingResult
from tests.fixtures.builders import FEATURES


def test_a_model_answers_alike_when_it_was_saved(
    tmp_path: Path, schema: FeatureSchema, trained: TrainingResult
) -> None:
    trained.model.save(tmp_path / "model")
    loaded = ChurnModel.load(tmp_path / "model", schema)
    vectors = [schema.vector(FEATURES), schema.vector(FEATURES | {"active_days_30d": 0})]
    assert loaded.info == trained.model.info
    assert loaded.probabilities(vectors) == trained.model.probabilities(vectors)


def test_it_gives_the_probability_of_leaving(
    schema: FeatureSchema, trained: TrainingResult
) -> None:
<<@if EXAMPLE>>
    gone = FEATURES | {
        "days_since_last_activity": 25,
        "active_days_30d": 1,
        "sessions_30d": 0,
        "purchases_30d": 0,
        "amount_spent_30d": 0,
    }
    loyal = FEATURES | {"days_since_last_activity": 0.5, "sessions_30d": 9, "amount_spent_30d": 200}
<<@else>>
    gone = {"days_since_last_activity": 28.0, "active_days_30d": 1.0}
    loyal = {"days_since_last_activity": 1.0, "active_days_30d": 12.0}
<<@end>>
    [leaves, stays] = trained.model.probabilities([schema.vector(gone), schema.vector(loyal)])
    assert leaves > 0.7
    assert stays < 0.3


def test_it_takes_all_values_that_are_valid(schema: FeatureSchema, trained: TrainingResult) -> None:
    for bound in (0.0, 1e12):
        vector = schema.vector(dict.fromkeys(schema.names, bound))
        [probability] = trained.model.probabilities([vector])
        assert 0 <= probability <= 1


def test_a_model_of_other_features_is_refused(
    tmp_path: Path, schema: FeatureSchema, trained: TrainingResult
) -> None:
    trained.model.save(tmp_path)
    other = FeatureSchema("2", "another checksum", schema.minimums)
    with pytest.raises(ModelMismatchError, match="trained on version 1 of the features"):
        ChurnModel.load(tmp_path, other)
