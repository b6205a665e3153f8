"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from layouts.staged_docker.project import Project, Used
from verification.breaks import Break, notices
from verification.commands import CheckError, Command, run
from verification.postgres import Databases
from verification.report import Check

_UNITTEST = ["-m", "unittest", "--failfast"]


def checks(title: str, used: Used, databases: Databases) -> list[Check]:
    return [
        Check(f"ruff{title}", lambda: _ruff(used.project(), used.python())),
        Check(f"mypy{title}", lambda: _mypy(used.project(), used.python())),
        Check(f"own tests{title}", lambda: _own_tests(used.project(), used.python(), databases)),
    ]


def break_checks(breaks: Sequence[Break], used: Used, scratch: Path) -> list[Check]:
    name = "own tests notice"
    return [
        Check(
            f"{name}: {broken.file}: {broken.why}",
            partial(_notice, used, broken, scratch / str(number)),
        )
        for number, broken in enumerate(breaks)
    ]


def _ruff(project: Project, python: Path) -> str:
    module: Command = [python, "-m", "ruff"]
    run([*module, "check", "--no-cache"], cwd=project.folder)
    run([*module, "format", "--check", "--no-cache"], cwd=project.folder)
    probe = project.folder / "src/broken.py"
    probe.write_text("import os\n\ndef f( ):\n    return undefined\n", encoding="utf-8")
    try:
        for arguments in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
            result = run([*module, *arguments], cwd=project.folder, codes=(1,))
            if "broken.py" not in result.text:
                raise CheckError(f"`{result.command}` does not see files in src\n{result.text}")
    finally:
        probe.unlink()
    return "check and format"


def _mypy(project: Project, python: Path) -> str:
    command: Command = [python, "-m", "mypy", "--cache-dir", "/dev/null"]
    result = run(command, cwd=project.folder, seconds=300)
    probe = project.folder / "src/shared_utils/broken.py"
    probe.write_text('number: int = "text"\n', encoding="utf-8")
    try:
        broken = run(command, cwd=project.folder, seconds=300, codes=(1,))
        if "broken.py" not in broken.text:
            raise CheckError(f"mypy does not see files in src\n{broken.text}")
    finally:
        probe.unlink()
    return result.out.strip().removeprefix("Success: ")


def _own_tests(project: Project, python: Path, databases: Databases) -> str:
    """All of them, those that need a database included: none may be skipped."""
    with databases.server(project.database_port("DEV")) as running:
        settings = {"TEST_DATABASE": "true", "POSTGRES_PASSWORD": running.password}
        env = project.environment(python, settings)
        result = run([python, "-m", "unittest"], cwd=project.folder, env=env, seconds=300)
    match = re.search(r"^Ran (\d+) tests? in .*\n\nOK$", result.err, re.MULTILINE)
    if match is None or int(match[1]) == 0:
        raise CheckError(f"not all tests ran\n{result.err}")
    _without_database(project, python)
    return f"{match[1]} tests on Python {project.python}"


def _without_database(project: Project, python: Path) -> None:
    """A newcomer has no database yet, and another copy of the code must not leave files behind."""
    before = _files(project)
    env = project.environment(python)
    run([python, "-m", "unittest"], cwd=project.folder, env=env, seconds=300)
    left = _files(project) - before
    if left:
        raise CheckError(f"the tests left files: {', '.join(sorted(map(str, left)))}")


def _files(project: Project) -> set[Path]:
    return {path for path in project.folder.rglob("*") if path.is_file()}


def every_module_is_listed(default: Project, middle: Project, breaks: Sequence[Break]) -> str:
    """A new module needs a break of its own: the list must not fall behind the layout."""
    listed = {broken.file for broken in breaks}
    modules = {*_modules(default), *(path for path in _modules(middle) if "/task__012" in path)}
    missing = modules - listed
    if missing:
        raise CheckError(f"no break is listed for {', '.join(sorted(missing))}")
    return f"{len(breaks)} breaks, {len(modules)} modules"


def _modules(project: Project) -> list[str]:
    return [
        str(path.relative_to(project.folder))
        for path in (project.folder / "src").rglob("*.py")
        if path.read_text(encoding="utf-8").strip()
    ]


def _notice(used: Used, broken: Break, copy: Path) -> str:
    """The module's own tests are asked first, since they are the likeliest to notice."""
    project, python = used.project(), used.python()
    seen: list[str] = []

    def passes(folder: Path) -> bool:
        path = folder / broken.file
        if path.suffix == ".py":
            # What does not compile is noticed by any test.
            script = "import sys; compile(open(sys.argv[1], encoding='utf-8').read(), '', 'exec')"
            run([python, "-c", script, path])
        env = project.environment(python, {"TMPDIR": str(copy.parent)})
        for names in (*([name] for name in _likely(folder, broken)), []):
            command: Command = [python, *_UNITTEST, *names]
            result = run(command, cwd=folder, env=env, codes=(0, 1), seconds=300)
            if result.code == 1:
                failed = re.findall(r"^(?:FAIL|ERROR): (\S+)", result.err, re.MULTILINE)
                seen.append(failed[0] if failed else "no test could run")
                return False
        return True

    notices(project.folder, copy, broken, passes)
    return seen[0]


def _likely(folder: Path, broken: Break) -> list[str]:
    """Test modules named after the file, then those that speak of it."""
    path = Path(broken.file)
    tests = sorted((folder / "tests").glob("test_*.py"))
    named = [one for one in tests if one.stem in (f"test_{path.parent.name}", f"test_{path.stem}")]
    words = (path.name, f"import {path.stem}", f"{path.stem} import")
    speaking = [
        one
        for one in tests
        if one not in named and any(word in one.read_text(encoding="utf-8") for word in words)
    ]
    return [f"tests.{one.stem}" for one in (*named, *speaking)]
