"""Where a line breaks depends on the project's name, whatever its length."""

import shutil
from itertools import product
from pathlib import Path

from layouts.ops_k8s.project import NAME
from verification.claims import require
from verification.commands import run
from verification.context import Context
from verification.report import Check, Once

# A name has at most 40 characters.
_LENGTHS = range(2, 41)


def checks(context: Context, python: Once[Path]) -> list[Check]:
    """The Python has what such a project needs."""
    return [
        Check("ruff and black, whatever the name's length", lambda: _lengths(context, python())),
    ]


def _lengths(context: Context, python: Path) -> str:
    folder = context.memory / "lengths"
    folder.mkdir()
    for length, example in product(_LENGTHS, ("", "no-")):
        target = folder / f"{example}example-{length}"
        context.new(NAME, target, f"--project-name={'a' * length}", f"--{example}example")
    run([python.with_name("ruff"), "check", "--no-cache", "."], cwd=folder)
    files = _different(folder)
    # Some file has the name: at least one for each length.
    require(len(files) > len(_LENGTHS), f"only {len(files)} files differ")
    settings = folder / "example-2/pyproject.toml"
    run([python.with_name("black"), "--check", "--config", settings, *files], cwd=folder)
    shutil.rmtree(folder)
    return f"{2 * len(_LENGTHS)} projects, {len(files)} different files"


def _different(folder: Path) -> list[Path]:
    """Black looks at each file by itself, so that of those that are alike one is enough."""
    found: dict[tuple[Path, bytes], Path] = {}
    for project in sorted(folder.iterdir()):
        for path in sorted(project.rglob("*.py")):
            found.setdefault((path.relative_to(project), path.read_bytes()), path)
    return list(found.values())
