"""What endpoints need, made once when the application starts."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine

from src.api.keys import ApiKeys
from src.feature_store.base import FeatureStore
from src.models.prediction import ChurnPredictor
from src.monitoring.prometheus import PredictionMetrics


@dataclass(frozen=True)
class Services:
    engine: Engine
    feature_store: FeatureStore
    predictor: ChurnPredictor
    prediction_metrics: PredictionMetrics
    max_batch_size: int
    api_keys: ApiKeys


def services(request: Request) -> Services:
    return cast(Services, request.app.state.services)


ServicesDependency = Annotated[Services, Depends(services)]
