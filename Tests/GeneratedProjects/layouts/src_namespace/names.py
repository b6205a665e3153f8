"""Names that are hard: a working project, or a refusal whose suggestion is one."""

import re
import shutil
import zipfile
from functools import partial
from itertools import product
from pathlib import Path

from layouts.src_namespace.packaging import first_steps
from layouts.src_namespace.project import NAME, PYTHONS
from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.context import Context
from verification.ignored import ignored_check
from verification.libraries import require_refused
from verification.report import Check, Once
from verification.tools import interpreter, tool

# What becomes of each: a project of that name, or a refusal that suggests it.
_HARD = {
    "3d-tools": None,
    "class": None,
    "my.project": "my-project",
    "Ünïcode": None,
    "test": None,
    "json": None,
    # Words that the project itself or its libraries have.
    "tests": None,
    "quart": None,
    "uvloop": None,
    "hypercorn": None,
}


def checks(context: Context, python: Once[Path], port: int) -> list[Check]:
    """The Python has what such a project needs; a service is started on the port."""
    return [
        Check("ruff, whatever the name's length", lambda: _lengths(context)),
        ignored_check(
            context, NAME, [["--project-name={name}"], ["--package={identifier}"]], [".env"]
        ),
        Check("packages that tools would pass over", lambda: _passed_over(context)),
        Check("no name is a word of Python's", lambda: _words_of_python(context)),
        *_hard_names(context, python, port),
    ]


def _hard_names(context: Context, python: Once[Path], port: int) -> list[Check]:
    return [
        Check(f"a name that is hard: {name}", partial(_check, context, python, port, name, made))
        for name, made in _HARD.items()
    ]


def _lengths(context: Context) -> str:
    """Where a line breaks, and how imports sort, depends on the package's name."""
    folder = context.memory / "lengths"
    folder.mkdir()
    names = [letter + "b" * length for letter in "az" for length in range(1, 40, 2)]
    names += [f"a-{name}" for name in names if len(name) < 39]
    for name in names:
        for example, slack in product(("", "no-"), repeat=2):
            target = folder / f"{example}example" / f"{slack}slack" / name
            context.new(NAME, target, f"--{example}example", f"--{slack}slack")
    for command in (["check", "--output-format=concise"], ["format", "--check"]):
        run([tool("ruff"), *command, "--no-cache", "."], cwd=folder)
    shutil.rmtree(folder)
    return f"{4 * len(names)} projects"


def _passed_over(context: Context) -> str:
    """The package is checked and in the wheel, though others leave out folders of its name."""
    names = ("build", "dist", "node_modules")
    for name in names:
        folder = context.memory / f"package-{name}"
        context.new(NAME, folder, f"--package={name}")
        run(["git", "init", "--quiet"], cwd=folder)
        package = folder / "src" / name
        probe = package / "broken.py"
        probe.write_text("import os\n", encoding="utf-8")
        told = run([tool("ruff"), "check", "--no-cache"], cwd=folder, codes=(1,)).out
        require("broken.py" in told, f"ruff does not see files in src/{name}\n{told}")
        probe.unlink()
        run([tool("python"), "-m", "hatchling", "build", "-t", "wheel", "-d", "made"], cwd=folder)
        [wheel] = (folder / "made").iterdir()
        with zipfile.ZipFile(wheel) as archive:
            packed = set(archive.namelist())
        lacking = {f"{name}/{one.name}" for one in package.iterdir()} - packed
        require(not lacking, f"the wheel lacks {', '.join(sorted(lacking))}")
        shutil.rmtree(folder)
    return ", ".join(names)


def _words_of_python(context: Context) -> str:
    """Neither the project's nor the package's, of the versions that one can choose."""
    script = "import keyword, sys; print(*keyword.kwlist, *sys.stdlib_module_names)"
    found = {
        word
        for version in PYTHONS
        for word in run([interpreter(version).executable, "-c", script]).out.split()
        if word.islower()
    }
    return require_refused(context, NAME, found, ["project-name", "package"])


def _check(context: Context, python: Once[Path], port: int, name: str, made: str | None) -> str:
    # The name is the folder's, so each is in a folder of its own.
    parent = context.work / "names" / str(list(_HARD).index(name))
    parent.mkdir(parents=True)
    folder = parent / name
    result = context.new(NAME, folder, codes=(0, 3))
    if result.code == 0:
        require_equal("the project's name", _project_name(folder), made)
        return f"makes {made}: {first_steps(context, folder, result.out, port)}"
    require(made is None, f"it is refused\n{result.text}")
    require(not folder.exists(), f"{folder} is left behind")
    require(name.casefold() in result.err.casefold(), f"it does not say what is refused\n{result}")
    suggested = re.search(r"^help: .*--project-name[ =](\S+)", result.err, re.MULTILINE)
    if suggested is None:
        require(False, f"nothing is suggested\n{result.text}")
        return ""
    context.new(NAME, folder, f"--project-name={suggested[1]}")
    require_equal("the project's name", _project_name(folder), suggested[1])
    _require_import(folder, suggested[1], python())
    return f"refused, {suggested[1]} is suggested"


def _require_import(folder: Path, name: str, python: Path) -> None:
    """Nothing of the standard library or of the libraries is hidden by the package."""
    package = name.replace("-", "_")
    command: Command = [python, "-c", f"import {package}.app, {package}.entrypoint"]
    settings = {"PYTHONPATH": str(folder / "src")}
    run(command, cwd=folder, env=environment(settings))


def _project_name(folder: Path) -> str:
    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^name = "(.*)"$', text, re.MULTILINE)
    return found[1] if found else ""
