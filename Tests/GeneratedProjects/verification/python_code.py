"""A generated project's Python: its own checkers, and whether its own tests notice what breaks."""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from verification.breaks import Break, notices
from verification.commands import CheckError, Command, run
from verification.report import Check, Once


class Generated(Protocol):
    """What every layout's projects have."""

    @property
    def folder(self) -> Path: ...

    def environment(
        self, python: Path, extra: Mapping[str, str] | None = None
    ) -> dict[str, str]: ...


ProjectT = TypeVar("ProjectT", bound=Generated, covariant=True)


@dataclass(frozen=True)
class Used(Generic[ProjectT]):
    """A project that is generated when a check first needs it, and its virtual environment."""

    project: Once[ProjectT]
    python: Once[Path]


# Folders of tests that start processes, or wait for servers.
SLOW_TESTS = ("integration", "e2e", "performance")

# Runs the tests of some files, or all where none is named, and tells the first that fails.
FirstFailure = Callable[[Path, Mapping[str, str], Sequence[Path]], str]


# Started by `python -m`.
RUFF_FORMAT = ("ruff", "format", "--check", "--no-cache")


def ruff(
    folder: Path, python: Path, package: str = "src", formatter: Sequence[str] = RUFF_FORMAT
) -> str:
    commands = (("ruff", "check", "--no-cache"), formatter)
    for words in commands:
        run([python, "-m", *words], cwd=folder)
    probe = folder / package / "broken.py"
    probe.write_text("import os\n\ndef f( ):\n    return undefined\n", encoding="utf-8")
    try:
        for words in commands:
            result = run([python, "-m", *words], cwd=folder, codes=(1,))
            if "broken.py" not in result.text:
                where = f"`{result.command}` does not see files in {package}"
                raise CheckError(f"{where}\n{result.text}")
    finally:
        probe.unlink()
    return " and ".join(" ".join(words[:2]) for words in commands)


def mypy(folder: Path, python: Path, cache: Path, package: str = "src") -> str:
    """The second run has the first one's cache: what is sought is a planted fault."""
    command: Command = [python, "-m", "mypy", "--cache-dir", cache]
    result = run(command, cwd=folder, seconds=300)
    probe = folder / package / "broken.py"
    probe.write_text('number: int = "text"\n', encoding="utf-8")
    try:
        broken = run(command, cwd=folder, seconds=300, codes=(1,))
        if "broken.py" not in broken.text:
            raise CheckError(f"mypy does not see files in {package}\n{broken.text}")
    finally:
        probe.unlink()
    return result.out.strip().removeprefix("Success: ")


def files(folder: Path) -> set[Path]:
    return {
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }


def require_no_new_files(folder: Path, before: set[Path]) -> None:
    """Another copy of the code must not leave files behind."""
    left = files(folder) - before
    if left:
        raise CheckError(f"the tests left files: {', '.join(sorted(map(str, left)))}")


# The project's own Python reads it: another might not know its syntax.
_DO_SOMETHING = """
import ast, pathlib, sys

def does_something(node):
    if isinstance(node, ast.Import | ast.ImportFrom):
        return False
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return False
    return not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")

for folder in sys.argv[1:]:
    for path in sorted(pathlib.Path(folder).rglob("*.py")):
        if any(map(does_something, ast.parse(path.read_text(encoding="utf-8")).body)):
            print(path)
"""


def modules(project: Path, python: Path, folders: Sequence[str] = ("src",)) -> list[str]:
    """The modules that do something: more than import and say what they are about."""
    return run([python, "-c", _DO_SOMETHING, *folders], cwd=project).out.splitlines()


def require_listed(expected: Sequence[str], breaks: Sequence[Break]) -> None:
    """A new module needs a break of its own: the list must not fall behind the layout."""
    missing = set(expected) - {broken.file for broken in breaks}
    if missing:
        raise CheckError(f"no break is listed for {', '.join(sorted(missing))}")


def break_checks(
    breaks: Sequence[Break],
    used: Used[Generated],
    scratch: Path,
    first_failure: FirstFailure,
    title: str = "",
) -> list[Check]:
    name = f"own tests notice{title}"
    return [
        Check(
            f"{name}: {broken.file}: {broken.why}",
            partial(_notice, used, broken, scratch, first_failure),
        )
        for broken in breaks
    ]


def _notice(
    used: Used[Generated], broken: Break, scratch: Path, first_failure: FirstFailure
) -> str:
    """The module's own tests are asked first, since they are the likeliest to notice."""
    project, python = used.project(), used.python()
    # Copies follow each other at one path, by which Python finds again what it has compiled.
    copy = scratch / f"copy-{threading.get_ident()}"
    seen: list[str] = []

    def passes(folder: Path) -> bool:
        path = folder / broken.file
        if path.suffix == ".py":
            # What does not compile is noticed by any test.
            script = "import sys; compile(open(sys.argv[1], encoding='utf-8').read(), '', 'exec')"
            run([python, "-c", script, path])
        env = project.environment(python, {"TMPDIR": str(copy.parent)})
        likely = [Path(broken.tests)] if broken.tests else likely_tests(folder, broken.file)
        for chosen in ([likely] if likely else []) + [[]]:
            failed = first_failure(folder, env, chosen)
            if failed:
                seen.append(failed)
                return False
        return True

    notices(project.folder, copy, broken, passes)
    return seen[0]


def likely_tests(folder: Path, broken: str) -> list[Path]:
    """Test modules that are named after the file or import it, the likeliest first."""
    path = Path(broken)
    module = ".".join(path.with_suffix("").parts)
    package = module.rpartition(".")[0]
    marks = (
        (4, rf"\b{re.escape(module)}\b"),
        (3, rf"from {re.escape(package)} import [^\n]*\b{path.stem}\b"),
        (2, rf"\b(?:import {path.stem}|{path.stem} import)\b|{re.escape(path.name)}"),
        (1, rf"from {re.escape(package)} import"),
    )
    scores: dict[Path, int] = {}
    for test in sorted((folder / "tests").rglob("test_*.py")):
        text = test.read_text(encoding="utf-8")
        score = max((points for points, pattern in marks if re.search(pattern, text)), default=0)
        if test.stem in (f"test_{path.parent.name}", f"test_{path.stem}", f"test_{path.parts[0]}"):
            # Of several with one name, that of the same folder first: services/, models/.
            score += 4 + 2 * (path.parent.name in test.parent.name)
        slow = not set(SLOW_TESTS).isdisjoint(test.parts)
        scores[test.relative_to(folder)] = score - 3 * slow
    chosen = [test for test, score in scores.items() if score > 0]
    return sorted(chosen, key=lambda test: -scores[test])
