"""From customers to predictions: features, model, record."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from src.database.models import Prediction, utc_now
from src.feature_engineering.schema import FeatureSchema, InvalidFeaturesError
from src.feature_store.base import FeatureRow, FeatureStore
from src.models.churn_model import ChurnModel
from src.monitoring.prometheus import PredictionMetrics

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BatchPredictions:
    predictions: list[Prediction]
    without_features: list[str]


@dataclass(frozen=True)
class _Input:
    customer_id: str
    values: Mapping[str, float]
    as_of: datetime | None


class ChurnPredictor:
    """Makes predictions; whoever asks for them stores them."""

    def __init__(
        self,
        model: ChurnModel,
        schema: FeatureSchema,
        store: FeatureStore,
        metrics: PredictionMetrics,
    ) -> None:
        self.model = model
        self.schema = schema
        self._store = store
        self._metrics = metrics

    def predict_from(self, customer_id: str, values: Mapping[str, float]) -> Prediction:
        """From features that the caller knows; raises `InvalidFeaturesError`."""
        return self._predict([_Input(customer_id, values, None)])[0]

    def predict(self, customer_ids: Sequence[str]) -> BatchPredictions:
        """From the feature store, with one look-up and one call of the model for all."""
        rows = self._valid(self._store.read(customer_ids))
        known = [rows[customer_id] for customer_id in customer_ids if customer_id in rows]
        self._observe_ages(known)
        predictions = self._predict(
            [_Input(row.customer_id, row.values, row.as_of) for row in known]
        )
        missing = [customer_id for customer_id in customer_ids if customer_id not in rows]
        return BatchPredictions(predictions, missing)

    def _valid(self, rows: Mapping[str, FeatureRow]) -> dict[str, FeatureRow]:
        """Whoever asks can do nothing about a row that is not valid: it counts as missing."""
        valid = {}
        for customer_id, row in rows.items():
            try:
                self.schema.validate(row.values)
            except InvalidFeaturesError as error:
                log.error("features in the store are not valid: %s", error)
            else:
                valid[customer_id] = row
        return valid

    def _observe_ages(self, rows: Sequence[FeatureRow]) -> None:
        now = utc_now()
        for row in rows:
            self._metrics.observe_age(row.as_of, now)

    def _predict(self, inputs: Sequence[_Input]) -> list[Prediction]:
        if not inputs:
            return []
        info = self.model.info
        vectors = [self.schema.vector(item.values) for item in inputs]
        return [
            Prediction(
                customer_id=item.customer_id,
                probability=probability,
                churn=probability >= info.threshold,
                threshold=info.threshold,
                model_name=info.name,
                model_version=info.version,
                schema_version=info.schema_version,
                features=dict(item.values),
                features_as_of=item.as_of,
            )
            for item, probability in zip(inputs, self.model.probabilities(vectors), strict=True)
        ]
