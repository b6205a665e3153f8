"""Which model answers."""

from fastapi import APIRouter

from src.api.dependencies import ServicesDependency
from src.api.schemas.service import ModelDescription

router = APIRouter(prefix="/v1/model", tags=["model"])


@router.get("")
def read_model(services: ServicesDependency) -> ModelDescription:
    info = services.predictor.model.info
    return ModelDescription(
        name=info.name,
        version=info.version,
        schema_version=info.schema_version,
        features=list(services.predictor.schema.names),
        threshold=info.threshold,
        training_data=info.training_data,
        metrics=info.metrics,
    )
