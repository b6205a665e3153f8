"""What layouts, verification and workflows name by version: images, packages, actions."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Strings as they stand; comments and the commas before a closing bracket go.
_RELAXED = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|,(?=(?:\s|//[^\n]*)*[}\]])')
_PACKAGE = re.compile(
    r"(?<![\w.-])([A-Za-z0-9][A-Za-z0-9._-]*)(\[[\w,-]+\])?"
    r"(==|>=)([0-9][0-9.]*)(?:,<([0-9][0-9.]*))?(?=[\"\s;]|$)",
    re.MULTILINE,
)
_ACTION = re.compile(r"uses: ([\w.-]+/[\w.-]+)\S*@([0-9a-f]{40})  # (v[0-9.]+)$", re.MULTILINE)
_PACKAGE_FILES = ("requirements*.txt", "pyproject.toml", "Dockerfile*", "*.sh")


@dataclass(frozen=True)
class Pin:
    """`exact` is a package that may not be newer, `below` its end; `commit` is an action's."""

    kind: str
    name: str
    version: str
    where: str
    exact: bool = False
    below: str = ""
    extras: str = ""
    commit: str = ""


def read_relaxed_json(text: str) -> Any:
    """JSON with comments and trailing commas, as manifests are."""
    return json.loads(_RELAXED.sub(lambda found: found[1] or "", text))


def pins(repository: Path) -> list[Pin]:
    """Each once, with the first place that has it."""
    templates = repository / "Templates"
    found: dict[tuple[str, ...], Pin] = {}
    tools = repository / "Tests/GeneratedProjects/requirements.txt"
    workflows = [*sorted(templates.rglob("*.yml")), *sorted(repository.glob(".github/**/*.yml"))]
    for one in (
        *_images(templates / "shared/variables.json"),
        *_packages(tools, repository),
        *(pin for path in _files(templates) for pin in _packages(path, repository)),
        *(pin for path in workflows for pin in _actions(path, repository)),
    ):
        found.setdefault(
            (one.kind, one.name, one.version, str(one.exact), one.below, one.extras, one.commit),
            one,
        )
    return list(found.values())


def _files(templates: Path) -> list[Path]:
    found = {path for pattern in _PACKAGE_FILES for path in templates.rglob(pattern)}
    return sorted(path for path in found if path.is_file())


def _images(path: Path) -> Iterator[Pin]:
    """One for each version of Python that can be asked for, where the tag depends on it."""
    declared = read_relaxed_json(path.read_text(encoding="utf-8"))
    for name, variable in declared.items():
        if not name.endswith("_IMAGE"):
            continue
        versions = declared["PYTHON_VERSION"]["choices"]
        images = {variable["default"].replace("<<PYTHON_VERSION>>", one) for one in versions}
        for image in sorted(images):
            repository, _, tag = image.rpartition(":")
            yield Pin("image", repository, tag, name)


def _packages(path: Path, repository: Path) -> Iterator[Pin]:
    where = str(path.relative_to(repository))
    for name, extras, how, version, below in _PACKAGE.findall(path.read_text(encoding="utf-8")):
        if name not in ("python", "requires-python", "requires-poetry"):
            normal = re.sub(r"[-_.]+", "-", name).lower()
            yield Pin("package", normal, version.rstrip("."), where, how == "==", below, extras)


def _actions(path: Path, repository: Path) -> Iterator[Pin]:
    where = str(path.relative_to(repository))
    for name, commit, version in _ACTION.findall(path.read_text(encoding="utf-8")):
        yield Pin("action", name, version, where, commit=commit)
