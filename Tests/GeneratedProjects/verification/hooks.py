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
from verification.tools import program_folder

_COMMIT: Command = [
    *("git", "-c", "user.name=A", "-c", "user.email=a@example.com"),
    *("commit", "--quiet", "-m", "Begin"),
]
# What a shell has that knows of no virtual environment.
_PLAIN = "/usr/local/bin:/usr/bin:/bin"


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
    the project's `.venv`, which is found from a linked worktree too.
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
            env["PATH"] = f"{with_programs}{os.pathsep}{_PLAIN}"
            # A link in a folder: git would take the folder's own link for a file.
            (copy / ".venv").mkdir()
            (copy / ".venv/bin").symlink_to(python.parent)
            pre_commit = copy / ".venv/bin/pre-commit"
        run(["git", "init", "--quiet", "."], cwd=copy, env=env)
        run([pre_commit, "install"], cwd=copy, env=env)
        run(["git", "add", "--all"], cwd=copy, env=env)
        run(_COMMIT, cwd=copy, env=env, seconds=200)
        _refuses(copy, package, env, "undefined")
        if activated:
            return "a commit is made, a broken one is refused"
        run(["git", "worktree", "add", "--quiet", "../hooked-tree"], cwd=copy, env=env)
        _refuses(copy.with_name("hooked-tree"), package, env, "undefined")
        run(["git", "clone", "--quiet", copy, "../hooked-clone"], cwd=copy, env=env)
        clone = copy.with_name("hooked-clone")
        env["PATH"] = f"{program_folder('pre-commit')}{os.pathsep}{env['PATH']}"
        run(["pre-commit", "install"], cwd=clone, env=env)
        _refuses(clone, package, env, "README.md says how .venv is made")
        return "a commit is made; a broken one is refused, from a linked worktree as well"

    return Check("the hooks of pre-commit", make)


def _refuses(repository: Path, package: str, env: Mapping[str, str], reason: str) -> None:
    (repository / package / "broken.py").write_text("value = undefined\n", encoding="utf-8")
    run(["git", "add", "--all"], cwd=repository, env=env)
    refused = run(_COMMIT, cwd=repository, env=env, codes=(1,), seconds=200)
    require(reason in refused.text, f"it refuses for another reason\n{refused.text}")
