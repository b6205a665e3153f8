"""Projects that the layout `ops-k8s` makes, as their owner would use them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verification import project
from verification.commands import environment
from verification.pip_settings import index_url
from verification.tools import program_folder

NAME = "ops-k8s"
DATABASE_USER = DATABASE_NAME = "service"
DESCRIPTION = "Predicts which customers are about to leave"
SOURCES = ("kafka", "kinesis", "pubsub")
STORES = ("redis", "postgres")
IMAGES = ("api", "beam", "mlflow")


@dataclass(frozen=True)
class Project(project.Project):
    """What a project is asked to be; the defaults are the layout's own."""

    description: str = DESCRIPTION
    python: str = "3.14"
    ingestion: tuple[str, ...] = SOURCES
    feature_store: tuple[str, ...] = STORES
    feature_store_backend: str = STORES[0]
    registry: str = ""
    environments: tuple[str, ...] = ("staging", "production")
    # None given: the last environment.
    production: tuple[str, ...] = ()
    example: bool = True

    def environment(self, python: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """With Poetry, which leaves alone the virtual environment that is active.

        It asks the simple pages of pip's index, which a mirror has as well.
        """
        path = [python.parent, program_folder("poetry"), os.environ["PATH"]]
        settings = {
            "PATH": os.pathsep.join(map(str, path)),
            "VIRTUAL_ENV": str(python.parent.parent),
            "POETRY_PYPI_MIRROR_URL": index_url(),
            "POETRY_NO_INTERACTION": "1",
        }
        return environment(settings | dict(extra or {}))

    @property
    def rendered_registry(self) -> str:
        """Of the images as kustomize names them: without one, a host that there cannot be."""
        return self.registry or "registry.invalid"

    @property
    def guides(self) -> str:
        """All that it tells those who work with it, beside README."""
        found = sorted((self.folder / "docs").rglob("*.md"))
        return "\n".join(path.read_text(encoding="utf-8") for path in found)

    @property
    def documents(self) -> str:
        return f"{self.readme}\n{self.guides}"
