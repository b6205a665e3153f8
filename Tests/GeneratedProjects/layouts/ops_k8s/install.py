"""A project's dependencies, all groups of them, as its guide for developers declares them."""

import tomllib
from pathlib import Path

from layouts.ops_k8s.project import Project
from verification.context import Context
from verification.report import Once
from verification.tools import REQUIREMENTS, interpreter, uv


def installed(context: Context, project: Once[Project], name: str) -> Once[Path]:
    def make() -> Path:
        return virtual_environment(context.work / f"venv-{name}", project())

    return Once(f"dependencies of {name}", make)


def virtual_environment(folder: Path, project: Project) -> Path:
    """Its Python: uv reads the same declarations as pip and Poetry.

    Checkers are pinned for the verification, so that a new rule comes by a commit.
    """
    declared = project.folder / "pyproject.toml"
    groups = tomllib.loads(declared.read_text(encoding="utf-8"))["dependency-groups"]
    chosen = [word for group in groups for word in ("--group", f"{declared}:{group}")]
    uv("venv", "--quiet", "--python", interpreter(project.python).executable, folder)
    where: list[str | Path] = ["--python", folder / "bin/python", "-c", REQUIREMENTS]
    uv("pip", "install", "--quiet", *where, "-r", declared, *chosen)
    return folder / "bin/python"
