from pathlib import Path

import pytest
from pydantic import ValidationError

from src.feature_engineering.sample_data import AS_OF
from src.utils.config import CONFIGS, load_model_config, load_pipeline_config


def test_the_pipeline_describes_the_moment_of_the_sample() -> None:
    assert load_pipeline_config().as_of == AS_OF


def test_the_pipeline_may_describe_the_present(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.yaml"
    path.write_text("as_of: now\nfeature_store_batch_size: 1\n", encoding="utf-8")
    assert load_pipeline_config(path).as_of == "now"


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("threshold: 0.5", "threshold: 1.5"),
        ("test_share: 0.25", "test_share: 0"),
        ("regularization: 1.0", "regularization: 0"),
        ("threshold: 0.5", "treshold: 0.5"),
    ],
)
def test_a_mistake_in_the_file_is_found_when_it_is_read(
    tmp_path: Path, line: str, changed: str
) -> None:
    text = (CONFIGS / "model.yaml").read_text(encoding="utf-8")
    assert line in text
    path = tmp_path / "model.yaml"
    path.write_text(text.replace(line, changed), encoding="utf-8")
    with pytest.raises(ValidationError, match=changed.partition(":")[0]):
        load_model_config(path)
