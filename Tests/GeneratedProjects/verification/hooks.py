"""The hooks of pre-commit that a project comes with."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from verification.claims import require
from verification.commands import Command, run
from verification.context import Context
from verification.project import Project, in_path
from verification.python_code import Used
from verification.report import Check


def hook_check(
    context: Context,
    used: Used[Project],
    package: str = "src",
    programs: Callable[[], Sequence[Path]] = tuple,
    more: Callable[[], Mapping[str, str]] = dict,
    *,
    activated: bool = True,
) -> Check:
    """README's `pre-commit install`, and a commit of what was generated.

    A fault goes into `package`. The programs are what the project does not bring along itself;
    `more` are further variables of the environment. A virtual environment that is not activated is
    the project's `.venv`.
    """

    def make() -> str:
        project, python = used.project(), used.python()
        copy = context.work / "hooked"
        run(["cp", "-a", project.folder, copy])
        with_programs = context.work / "hook-programs"
        with_programs.mkdir()
        for program in programs():
            (with_programs / program.name).symlink_to(program)
        settings = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        settings |= {"PRE_COMMIT_HOME": str(context.work / "pre-commit"), **more()}
        env = project.environment(python, settings)
        if activated:
            env["PATH"] = f"{with_programs}{os.pathsep}{env['PATH']}"
            pre_commit = in_path(env, "pre-commit")
        else:
            env["PATH"] = f"{with_programs}{os.pathsep}{os.environ['PATH']}"
            # A link in a folder: git would take the folder's own link for a file.
            (copy / ".venv").mkdir()
            (copy / ".venv/bin").symlink_to(python.parent)
            pre_commit = copy / ".venv/bin/pre-commit"
        run(["git", "init", "--quiet", "."], cwd=copy, env=env)
        run([pre_commit, "install"], cwd=copy, env=env)
        run(["git", "add", "--all"], cwd=copy, env=env)
        name = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        commit: Command = ["git", *name, "commit", "--quiet", "-m", "Begin"]
        run(commit, cwd=copy, env=env, seconds=200)
        (copy / package / "broken.py").write_text("value = undefined\n", encoding="utf-8")
        run(["git", "add", "--all"], cwd=copy, env=env)
        refused = run(commit, cwd=copy, env=env, codes=(1,), seconds=200)
        require("broken.py" in refused.text, f"it refuses for another reason\n{refused.text}")
        return "a commit is made, a broken one is refused"

    return Check("the hooks of pre-commit", make)
