"""The project's Python: its own checkers, its own tests, and whether these notice a break."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from layouts.staged_docker.project import Project
from verification import python_code
from verification.breaks import Break
from verification.commands import CheckError, Command, run
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check

_UNITTEST = ["-m", "unittest", "--failfast"]


def checks(title: str, used: Used[Project], databases: Databases, scratch: Path) -> list[Check]:
    cache = scratch / f"mypy{title}"
    package = "src/shared_utils"

    def mypy() -> str:
        return python_code.mypy(used.project().folder, used.python(), cache, package)

    return [
        Check(f"ruff{title}", lambda: python_code.ruff(used.project().folder, used.python())),
        Check(f"mypy{title}", mypy),
        Check(f"own tests{title}", lambda: _own_tests(used.project(), used.python(), databases)),
    ]


def break_checks(breaks: Sequence[Break], used: Used[Project], scratch: Path) -> list[Check]:
    def first_failure(folder: Path, env: Mapping[str, str], tests: Sequence[Path]) -> str:
        names = [f"tests.{one.stem}" for one in tests]
        command: Command = [used.python(), *_UNITTEST, *names]
        result = run(command, cwd=folder, env=env, codes=(0, 1), seconds=300)
        if result.code == 0:
            return ""
        failed = re.findall(r"^(?:FAIL|ERROR): (\S+)", result.err, re.MULTILINE)
        return str(failed[0]) if failed else "no test could run"

    return python_code.break_checks(breaks, used, scratch, first_failure)


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
    before = python_code.files(project.folder)
    env = project.environment(python)
    run([python, "-m", "unittest"], cwd=project.folder, env=env, seconds=300)
    python_code.require_no_new_files(project.folder, before)


def every_module_is_listed(
    projects: Sequence[Project], python: Path, breaks: Sequence[Break]
) -> str:
    """Of each project, the modules that the ones before it do not have."""
    expected: dict[str, str] = {}
    for project in projects:
        for module in python_code.modules(project.folder, python):
            text = (project.folder / module).read_text(encoding="utf-8")
            if text not in expected.values():
                expected[module] = text
    python_code.require_listed(sorted(expected), breaks)
    return f"{len(breaks)} breaks, {len(expected)} modules"
