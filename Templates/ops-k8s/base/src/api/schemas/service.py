"""What the service says about itself."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    status: Literal["ready", "not ready"]
    checks: dict[str, bool]


class ModelDescription(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    name: str
    version: str
    schema_version: str
    features: list[str]
    threshold: float
    training_data: str
    metrics: dict[str, float]
