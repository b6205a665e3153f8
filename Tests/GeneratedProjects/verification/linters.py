"""Checkers of files. Each also has to complain about a broken copy, or its praise means nothing."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verification.commands import CheckError, run
from verification.tools import tool


def require_files(project: Path, pattern: str, at_least: int = 1) -> list[Path]:
    """The project's files of a pattern, of which there have to be so many."""
    found = sorted(path for path in project.rglob(pattern) if path.is_file())
    if len(found) < at_least:
        raise CheckError(f"{len(found)} files match {pattern}, at least {at_least} are expected")
    return found


def accepts(name: str, arguments: Sequence[str | Path], files: Sequence[Path], cwd: Path) -> str:
    """A checker that finds nothing to complain about in the files."""
    run([tool(name), *arguments, *files], cwd=cwd)
    return f"{len(files)} files"


def refuses(name: str, arguments: Sequence[str | Path], file: Path, old: str, new: str) -> None:
    """The same checker complains once `old` is `new` in a copy beside the file."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise CheckError(f"{file} does not have {old!r}, which was to be broken")
    folder = file.parent / ".broken"
    folder.mkdir()
    try:
        copy = folder / file.name
        copy.write_text(text.replace(old, new), encoding="utf-8")
        result = run([tool(name), *arguments, copy], codes=None)
        if result.code == 0:
            raise CheckError(f"{name} has nothing against {file.name} with {new!r} for {old!r}")
        if file.name not in result.text:
            raise CheckError(f"{name} ended with {result.code} for another reason\n{result.text}")
    finally:
        shutil.rmtree(folder)


def read_yaml(path: Path) -> list[Any]:
    """The documents of a file, read by the Python that the tools are installed for."""
    script = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"
    text = path.read_text(encoding="utf-8")
    return list(json.loads(run([tool("python"), "-c", script], text=text).out))
