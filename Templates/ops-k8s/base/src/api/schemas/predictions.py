"""Asking for predictions, and getting them."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from src.database.models import Prediction
from src.feature_engineering.events import Identifier
from src.utils.settings import LARGEST_BATCH


class PredictionRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"customer_id": "c001"}]}
    )

    customer_id: Identifier
    features: dict[str, float] | None = Field(
        default=None,
        max_length=100,
        description="All features by name; unless given, the feature store is asked",
    )


class BatchPredictionRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"customer_ids": ["c001", "c002"]}]}
    )

    customer_ids: Annotated[list[Identifier], Field(min_length=1, max_length=LARGEST_BATCH)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.customer_ids)) < len(self.customer_ids):
            raise ValueError("a customer is asked for twice")
        return self


class PredictionResponse(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    id: UUID
    customer_id: str
    probability: float = Field(description="That the customer leaves, from 0 to 1")
    churn: bool = Field(description="Whether the probability reaches the threshold")
    threshold: float
    model_name: str
    model_version: str
    schema_version: str
    features: dict[str, float]
    features_as_of: datetime | None = Field(
        description="The moment that the features describe; null if the request had them"
    )
    created_at: datetime

    @classmethod
    def of(cls, prediction: Prediction) -> Self:
        return cls.model_validate(prediction, from_attributes=True)


class BatchPredictionResponse(BaseModel):
    predictions: list[PredictionResponse]
    without_features: list[str] = Field(description="Customers that the feature store has not")
