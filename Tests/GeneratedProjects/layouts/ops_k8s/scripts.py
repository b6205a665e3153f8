"""The project's scripts, run as its documents say by somebody who has Poetry."""

import json
import os
import re
import shutil
import stat
import tomllib
from pathlib import Path

from layouts.ops_k8s.install import virtual_environment
from layouts.ops_k8s.project import NAME
from layouts.ops_k8s.shell import Shell
from verification.claims import require, require_equal
from verification.commands import environment, run
from verification.context import Context
from verification.libraries import locked, require_refused
from verification.linters import require_files
from verification.project import shell_commands
from verification.report import Check
from verification.tools import interpreter, tool

_NO_INSTALL = """\
#!/bin/sh
if [ "$1" = install ]; then exit 0; fi
exec {poetry} "$@"
"""


class Scripts:
    """One project's."""

    def __init__(self, context: Context, shell: Shell) -> None:
        self._context = context
        self._shell = shell

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"every script explains itself{title}", self._help),
            Check(f"scripts/demo/local.sh{title}", self._demo),
            Check(f"scripts/setup/setup.sh by Poetry, twice{title}", self._setup),
            Check(f"Poetry takes the Python that was chosen{title}", self._python),
            Check(f"no library could be the project's name{title}", self._libraries),
            Check(f"the guide's pip, up to the installation{title}", self._pip),
        ]

    def _help(self) -> str:
        folder = self._shell.project.folder
        found = [path for path in require_files(folder, "scripts/*/*.sh") if path.is_file()]
        for path in found:
            name = path.relative_to(folder)
            # From any folder, and without having done anything.
            for option in ("-h", "--help"):
                told = run([path, option], cwd=Path("/"), env=self._shell.environment({})).out
                require(told.startswith(f"Usage: {name}"), f"{name} {option} says\n{told}")
        return f"{len(found)} scripts"

    def _demo(self) -> str:
        """It leaves nothing behind."""
        shell = self._shell
        folder = shell.project.folder
        before = {path for path in folder.rglob("*") if "__pycache__" not in path.parts}
        env = shell.environment(shell.services.settings(mlflow=False))
        told = run([folder / "scripts/demo/local.sh"], cwd=Path("/"), env=env, seconds=300)
        answers = [json.loads(line) for line in told.out.splitlines() if line.startswith("{")]
        predicted = [one for one in answers if "probability" in one]
        require(len(predicted) == 1, f"no prediction\n{told.text}")
        require_equal("the model's version", predicted[0]["model_version"], "1")
        [batch] = [one for one in answers if "predictions" in one]
        require_equal("without features", batch["without_features"], ["nobody"])
        after = {path for path in folder.rglob("*") if "__pycache__" not in path.parts}
        left = sorted(str(path) for path in after - before)
        require(not left, f"it left {', '.join(left)}")
        return f"{len(answers)} answers"

    def _setup(self) -> str:
        """In a fresh clone: lock, dependencies, `.env`, hooks, linters.

        Its virtual environment has what uv chose; whatever Poetry locks otherwise it replaces.
        """
        shell = self._shell
        copy = self._context.work / "set-up"
        run(["cp", "-a", shell.project.folder, copy])
        for name in ("poetry.lock", ".env"):
            (copy / name).unlink(missing_ok=True)
        run(["git", "init", "--quiet", "."], cwd=copy)
        python = virtual_environment(self._context.work / "venv-set-up", shell.project)
        env = shell.project.environment(python)
        run([copy / "scripts/setup/setup.sh"], cwd=copy, env=env, seconds=400)
        settings = copy / ".env"
        require_equal("the mode of .env", stat.S_IMODE(settings.stat().st_mode), 0o600)
        text = settings.read_text(encoding="utf-8")
        password = next(line for line in text.splitlines() if line.startswith("POSTGRES_PASSWORD="))
        require(len(password) > len("POSTGRES_PASSWORD=") + 20, ".env has no password")
        require((copy / ".git/hooks/pre-commit").is_file(), "there is no hook")
        locked = (copy / "poetry.lock").read_text(encoding="utf-8")
        again = run([copy / "scripts/setup/setup.sh"], cwd=copy, env=env, seconds=200)
        require("No dependencies to install" in again.text, f"the second time\n{again.text}")
        require_equal(".env, the second time", settings.read_text(encoding="utf-8"), text)
        require_equal("the lock", (copy / "poetry.lock").read_text(encoding="utf-8"), locked)
        status = run(["git", "status", "--porcelain", "--ignored"], cwd=copy).out
        require("!! .env" in status.splitlines(), f"git does not ignore .env\n{status}")
        run([python, "-c", "import src.api.main, apache_beam"], cwd=copy, env=env)
        run(["make", "lint"], cwd=copy, env=env, seconds=400)
        return f"{locked.count('[[package]]')} locked packages"

    def _python(self) -> str:
        """Of several that are there, and though it runs by another itself; nothing is installed."""
        project = self._shell.project
        copy = self._context.work / "set-up-elsewhere"
        shutil.copytree(project.folder, copy, ignore=shutil.ignore_patterns(".git", ".env"))
        programs = self._context.work / "poetry-that-installs-nothing"
        programs.mkdir()
        poetry = programs / "poetry"
        poetry.write_text(_NO_INSTALL.format(poetry=tool("poetry")), encoding="utf-8")
        poetry.chmod(0o755)
        pythons = [interpreter(one).executable.parent for one in ("3.13", "3.14")]
        env = environment(
            {
                "PATH": os.pathsep.join(map(str, [programs, *pythons, *os.defpath.split(":")])),
                "POETRY_VIRTUALENVS_PATH": str(self._context.work / "poetry-environments"),
                "POETRY_NO_INTERACTION": "1",
            }
        )
        run([copy / "scripts/setup/setup.sh"], cwd=copy, env=env, seconds=200)
        told = run([poetry, "run", "python", "--version"], cwd=copy, env=env).out
        require(told.startswith(f"Python {project.python}."), f"Poetry's environment has {told}")
        return told.strip()

    def _libraries(self) -> str:
        """Of those that Poetry has locked just now."""
        found = locked(self._context.work / "set-up/poetry.lock", self._shell.project.name)
        require(len(found) > 100, f"the lock has only {found}")
        return require_refused(self._context, NAME, found, ["project-name"])

    def _pip(self) -> str:
        """All that is declared is asked for and found; that it fits together, uv has tried."""
        project = self._shell.project
        start = (f"python{project.python} -m venv ", ".venv/bin/")
        commands = [one for one in shell_commands(project.documents) if one.startswith(start)]
        require(len(commands) == 3, f"the guide has {commands}")
        commands.insert(2, "export PIP_DRY_RUN=1 PIP_NO_DEPS=1")
        folder = self._context.work / "pip"
        folder.mkdir()
        shutil.copy(project.folder / "pyproject.toml", folder)
        path = [interpreter(project.python).executable.parent, os.environ["PATH"]]
        env = environment({"PATH": os.pathsep.join(map(str, path))})
        script = "\n".join(commands)
        told = run(["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=env, seconds=300).out
        read = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        wanted = [*read["project"]["dependencies"], *sum(read["dependency-groups"].values(), [])]
        match = re.search(r"^Would install (.*)$", told, re.MULTILINE)
        found = match[1].split() if match else []
        names = {re.split(r"[\[>]", one)[0] for one in wanted}
        require_equal("what pip would install", len(found), len(names))
        return f"{len(found)} packages"
