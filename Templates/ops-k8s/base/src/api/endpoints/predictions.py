"""Predictions: made, stored, and found again."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, status

from src.api.dependencies import Services, ServicesDependency
from src.api.errors import ApiError, responses
from src.api.schemas.predictions import (
    BatchPredictionRequest,
    BatchPredictionResponse,
    PredictionRequest,
    PredictionResponse,
)
from src.database.engine import UNAVAILABLE
from src.database.models import Prediction
from src.database.predictions import find_prediction, save_predictions
from src.feature_store.base import FeatureStoreUnavailableError
from src.models.prediction import BatchPredictions
from src.utils.logging import request_id

router = APIRouter(prefix="/v1/predictions", tags=["predictions"])


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=responses(
        status.HTTP_404_NOT_FOUND,
        status.HTTP_413_CONTENT_TOO_LARGE,
        status.HTTP_422_UNPROCESSABLE_CONTENT,
        status.HTTP_503_SERVICE_UNAVAILABLE,
    ),
)
def create_prediction(body: PredictionRequest, services: ServicesDependency) -> PredictionResponse:
    """Predicts for one customer."""
    if body.features is not None:
        prediction = services.predictor.predict_from(body.customer_id, body.features)
        _store([prediction], services)
        return PredictionResponse.of(prediction)
    batch = _predict([body.customer_id], services)
    if batch.without_features:
        raise ApiError(
            status.HTTP_404_NOT_FOUND,
            "features_not_found",
            f"The feature store has no features of customer {body.customer_id}",
        )
    _store(batch.predictions, services)
    return PredictionResponse.of(batch.predictions[0])


@router.post(
    "/batch",
    status_code=status.HTTP_201_CREATED,
    responses=responses(
        status.HTTP_413_CONTENT_TOO_LARGE,
        status.HTTP_422_UNPROCESSABLE_CONTENT,
        status.HTTP_503_SERVICE_UNAVAILABLE,
    ),
)
def create_predictions(
    body: BatchPredictionRequest, services: ServicesDependency
) -> BatchPredictionResponse:
    """Predicts for several customers, and says of which it has no features."""
    if len(body.customer_ids) > services.max_batch_size:
        raise ApiError(
            status.HTTP_422_UNPROCESSABLE_CONTENT,
            "batch_too_large",
            f"At most {services.max_batch_size} customers can be asked for at once",
        )
    batch = _predict(body.customer_ids, services)
    _store(batch.predictions, services)
    return BatchPredictionResponse(
        predictions=[PredictionResponse.of(prediction) for prediction in batch.predictions],
        without_features=batch.without_features,
    )


@router.get(
    "/{prediction_id}",
    responses=responses(
        status.HTTP_404_NOT_FOUND,
        status.HTTP_422_UNPROCESSABLE_CONTENT,
        status.HTTP_503_SERVICE_UNAVAILABLE,
    ),
)
def read_prediction(prediction_id: UUID, services: ServicesDependency) -> PredictionResponse:
    """A prediction that was made before."""
    prediction = find_prediction(services.engine, prediction_id)
    if prediction is None:
        raise ApiError(
            status.HTTP_404_NOT_FOUND,
            "prediction_not_found",
            f"There is no prediction {prediction_id}",
        )
    return PredictionResponse.of(prediction)


def _predict(customer_ids: Sequence[str], services: Services) -> BatchPredictions:
    try:
        batch = services.predictor.predict(customer_ids)
    except FeatureStoreUnavailableError:
        services.prediction_metrics.count_failures("feature_store_unavailable", len(customer_ids))
        raise
    if batch.without_features:
        services.prediction_metrics.count_failures(
            "features_not_found", len(batch.without_features)
        )
    return batch


def _store(predictions: Sequence[Prediction], services: Services) -> None:
    """A prediction that could not be stored is not given out: nobody could explain it later."""
    for prediction in predictions:
        prediction.request_id = request_id.get()
    try:
        save_predictions(services.engine, predictions)
    except UNAVAILABLE:
        services.prediction_metrics.count_failures("database_unavailable", len(predictions))
        raise
    for prediction in predictions:
        services.prediction_metrics.count(prediction.probability, churn=prediction.churn)
