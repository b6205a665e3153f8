"""What the documents promise is there."""

import re

import pytest
from prometheus_client import REGISTRY

from src.core.config import PROJECT_ROOT, Settings
from src.main import app

DOCUMENTS = [PROJECT_ROOT / "README.md", *sorted((PROJECT_ROOT / "docs").rglob("*.md"))]
TEXT = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_explained(setting: str) -> None:
    example = (PROJECT_ROOT / ".env.example").read_text(encoding="utf-8")

    assert f"`{setting.upper()}`" in DOCUMENTS[0].read_text(encoding="utf-8")
    assert setting == "app_name" or f"{setting.upper()}=" in example


def test_files_and_modules_that_are_named_exist() -> None:
    for path in re.findall(r"\b(?:src|tools|docs|docker|k8s|scripts)/[\w./-]*\w", TEXT):
        assert (PROJECT_ROOT / path).exists(), path
    for module in re.findall(r"python -m ((?:src|tools|scripts)\.[\w.]+)", TEXT):
        assert (PROJECT_ROOT / module.replace(".", "/")).with_suffix(".py").exists(), module


def test_metrics_that_are_named_exist() -> None:
    operations = (PROJECT_ROOT / "docs/deployment/operations.md").read_text(encoding="utf-8")
    table = operations.split("| metric | says |")[1].split("\n\n")[0]
    named = {
        name for row in table.splitlines()[2:] for name in re.findall("`(\\w+)`", row.split("|")[1])
    }
    known = {
        name for family in REGISTRY.collect() for name in (family.name, f"{family.name}_total")
    }

    assert len(named) >= 10
    assert named <= known


def test_every_operation_is_in_the_readme() -> None:
    readme = DOCUMENTS[0].read_text(encoding="utf-8")

    for path in app.openapi()["paths"]:
        assert f"`{path}`" in readme
