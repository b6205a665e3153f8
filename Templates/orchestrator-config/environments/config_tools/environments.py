"""Environments: what config/base says, overridden by the environment's own files.

Mappings merge. A list or a single value replaces what is there, and null is a value like others.
"""

from dataclasses import dataclass
from pathlib import Path

from config_tools.config import read_documents
from config_tools.faults import Fault, UsageError
from config_tools.yaml_reader import Document, Value

BASE = "base"


@dataclass(frozen=True)
class Environment:
    """A directory of the configuration beside `base`."""

    root: Path
    name: str

    @property
    def directory(self) -> Path:
        return self.root / self.name

    @property
    def base(self) -> Path:
        return self.root / BASE


def environment_names(root: Path) -> list[str]:
    """The environments there are."""
    if not (root / BASE).is_dir():
        raise UsageError(f"there is no {root / BASE}: correct ORCHESTRATOR_CONFIG_PATH")
    return sorted(
        path.name
        for path in root.iterdir()
        if path.is_dir() and path.name != BASE and not path.name.startswith(".")
    )


def find_environment(root: Path, name: str) -> Environment:
    names = environment_names(root)
    if name not in names:
        raise UsageError(f"there is no environment {name}: set ENVIRONMENT to {', '.join(names)}")
    return Environment(root, name)


def read_merged(environment: Environment) -> tuple[dict[str, Document], list[Fault]]:
    """All files of the base and of the environment."""
    documents, faults = read_documents(environment.base)
    overrides, more = read_documents(environment.directory)
    for name, override in overrides.items():
        documents[name] = _merge(documents[name], override) if name in documents else override
    return documents, faults + more


def _merge(base: Document, override: Document) -> Document:
    """Lines of what was replaced stay behind; nothing in the value leads to them."""
    return Document(
        merge_values(base.value, override.value), {**base.locations, **override.locations}
    )


def merge_values(base: Value, override: Value) -> Value:
    if not isinstance(base, dict) or not isinstance(override, dict):
        return override
    merged = dict(base)
    for key, value in override.items():
        merged[key] = merge_values(base[key], value) if key in base else value
    return merged
