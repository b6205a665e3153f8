"""What stands in `configs/`, checked when it is read."""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

PROJECT_ROOT = Path(__file__).resolve().parents[2]
CONFIGS = PROJECT_ROOT / "configs"

Share = Annotated[float, Field(gt=0, lt=1)]


class _Config(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelConfig(_Config):
    """`configs/model.yaml`"""

    test_share: Share
    random_seed: int
    regularization: float = Field(gt=0)
    threshold: Share
    minimum_roc_auc: Share


class PipelineConfig(_Config):
    """`configs/pipeline.yaml`"""

    as_of: AwareDatetime | Literal["now"]
    feature_store_batch_size: int = Field(gt=0, le=5000)


def load_config[Config: BaseModel](kind: type[Config], path: Path) -> Config:
    return kind.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def load_model_config(path: Path = CONFIGS / "model.yaml") -> ModelConfig:
    return load_config(ModelConfig, path)


def load_pipeline_config(path: Path = CONFIGS / "pipeline.yaml") -> PipelineConfig:
    return load_config(PipelineConfig, path)
