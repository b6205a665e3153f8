"""Environments: what config/base says, overridden by the environment's own files.

Mappings merge. A list or a single value replaces what is there, and null is a value like others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config_tools.config import read_documents, shown
from config_tools.faults import Fault, Location, UsageError
from config_tools.yaml_reader import Document, KeyPath, Value

BASE = "base"
# Those that need this machine only: there the placeholders of .env.example will do.
<<@if LOCAL in PRODUCTION>>
LOCAL: tuple[str, ...] = ()
<<@else>>
LOCAL: tuple[str, ...] = ("<<LOCAL>>",)
<<@end>>


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

    @property
    def is_local(self) -> bool:
        return self.name in LOCAL


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
    if not (environment.base / "config.yaml").is_file():
        here = Location(shown(environment.base), 1)
        faults.append(Fault(here, "there is no config.yaml", "add it: environments override it"))
    overrides, more = read_documents(environment.directory)
    for name, override in overrides.items():
        if base := documents.get(name):
            more += _lost_mappings(base, override)
            documents[name] = _merge(base, override)
        else:
            documents[name] = override
    return documents, faults + more


def _lost_mappings(base: Document, override: Document) -> Iterator[Fault]:
    """What is a mapping in the environment but not in the base, and so would hide the base's."""
    for path in _unlike(base.value, override.value):
        what = ".".join(map(str, path)) or "the file"
        yield Fault(
            base.locate(path),
            f"{what} is no mapping, unlike at {override.locate(path)}",
            "write it as a mapping here too, or leave it out",
        )


def _unlike(base: Value, override: Value, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(override, dict):
        if isinstance(base, dict):
            for key in base.keys() & override.keys():
                yield from _unlike(base[key], override[key], (*path, key))
        else:
            yield path


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
