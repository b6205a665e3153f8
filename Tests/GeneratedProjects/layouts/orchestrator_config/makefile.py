"""The Makefile: it says what README and CI say, and each of its targets works."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

from layouts.orchestrator_config.project import Copy, Project
from layouts.orchestrator_config.service import running
from verification.claims import require, require_equal
from verification.commands import Result, environment, run
from verification.context import Context
from verification.makefiles import checks_what_ci_checks, makefile_check
from verification.python_code import Used
from verification.report import Check
from verification.tools import REQUIREMENTS, interpreter


def checks(context: Context, used: Used[Project], title: str) -> list[Check]:
    def as_in_ci() -> str:
        return checks_what_ci_checks(used.project().folder)

    return [
        makefile_check(used.project, title),
        Check(f"`make check` is what CI checks{title}", as_in_ci),
        Check(f"each target of the Makefile works{title}", lambda: _works(context, used)),
    ]


def _works(context: Context, used: Used[Project]) -> str:
    """In a clone, in which nothing is made yet, on nothing but the project's own Python."""
    project = used.project()
    folder = context.memory / f"{project.name}-made"
    shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns(".git", ".env"))
    python = interpreter(project.python).executable
    constraints = context.memory / "constraints.txt"
    # pip, unlike uv, takes no extras in a constraint.
    pins = re.sub(r"(?m)^.*\[.*\n", "", REQUIREMENTS.read_text(encoding="utf-8"))
    constraints.write_text(pins, encoding="utf-8")
    settings = {
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "PIP_CONSTRAINT": str(constraints),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
    }
    env = environment(settings)

    def make(target: str, codes: tuple[int, ...] = (0,)) -> Result:
        return run(["make", target], cwd=folder, env=env, codes=codes, seconds=300)

    run(["git", "init", "--quiet"], cwd=folder, env=env)
    for target in ("install", "env", "database", "config", "check", "hooks", "backup"):
        make(target)
    for path in (".env", "data/local.db", ".git/hooks/pre-commit"):
        require((folder / path).is_file(), f"there is no {path}")
    require_equal("archives", len(list((folder / "data/local_backups").iterdir())), 1)
    spoilt = folder / "config_tools/spoilt.py"
    spoilt.write_text("import os\nvalue = {  }\n", encoding="utf-8")
    make("lint", (2,))
    make("format")
    require_equal("formatted", spoilt.read_text(encoding="utf-8"), "value = {}\n")
    spoilt.unlink()
    failing = folder / "tests/test_spoilt.py"
    failing.write_text("def test_it() -> None:\n    assert 1 == 2\n", encoding="utf-8")
    make("check", (2,))
    failing.unlink()
    copy = Copy(replace(project, folder=folder), folder / ".venv/bin/python", context.memory)
    command: list[str | Path] = ["make", "-C", folder, "run"]
    with running(copy, port=project.port, command=command) as one:
        require(one.recorded.call["reload"] is True, "make run does not follow changes")
        make("reload")
    told = run(["make", "run"], cwd=folder, env=env, codes=(2,)).text
    require("is not installed" in told, f"it says nothing of the library\n{told}")
    return "from `make install` to `make reload`"
