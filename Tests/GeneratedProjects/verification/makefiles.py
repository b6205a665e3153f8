"""The Makefile of a project: it lists its targets, and says what README says."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.linters import read_yaml
from verification.project import Project
from verification.report import Check
from verification.tools import tool

# What a project has under these names, whatever its layout.
COMMON = ("install", "check", "lint", "format", "test", "run")
_TARGET = re.compile(r"^([a-z][a-z0-9_-]*):(?!=)(.*)$", re.MULTILINE)


def makefile_check(
    project: Callable[[], Project], title: str = "", undocumented: Sequence[str] = ()
) -> Check:
    """`undocumented` are patterns of commands that README has no reason to tell."""
    make = partial(_as_documented, project, undocumented)
    return Check(f"Makefile and README say the same{title}", make)


def targets(folder: Path) -> list[str]:
    """All that there are, each of them with a word about it that `make` shows."""
    text = (folder / "Makefile").read_text(encoding="utf-8")
    found = dict(_TARGET.findall(text))
    phony = " ".join(re.findall(r"^\.PHONY:(.*)$", text, re.MULTILINE)).split()
    require_equal("targets, and .PHONY", sorted(found), sorted(phony))
    silent = [name for name, rest in found.items() if not re.search(r"## \S", rest)]
    require(not silent, f"nothing is said about {silent}")
    missing = set(COMMON) - set(found)
    require(not missing, f"there is no {', '.join(sorted(missing))}")
    for arguments in ([], ["help"]):
        told = run([tool("make"), "--silent", *arguments], cwd=folder).out.splitlines()
        listed = [line.split()[0] for line in told if len(line.split()) > 1]
        require_equal(f"what `make {' '.join(arguments)}` lists", sorted(listed), sorted(found))
    return list(found)


def recipe(folder: Path, target: str) -> list[str]:
    """The commands that a shell would get; none is run."""
    command: Command = [tool("make"), "--dry-run", "--silent", "--warn-undefined-variables", target]
    told = run(command, cwd=folder, env=environment())
    require(not told.err, f"make {target}\n{told.err}")
    return [line.strip() for line in told.out.replace("\\\n", " ").splitlines()]


def checks_what_ci_checks(folder: Path) -> str:
    """All commands of all workflows, those that an action runs included, and no other."""
    expected: set[str] = set()
    for path in sorted((folder / ".github/workflows").glob("*.yml")):
        (workflow,) = read_yaml(path)
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("zizmorcore/zizmor-action@"):
                    expected.add("zizmor --offline .github")
                elif not step.get("run", "pip ").startswith("pip "):
                    expected.add(_without_report(step["run"]))
    if "pytest --cov" in expected:
        # On another database, which is not counted again.
        expected.discard("pytest")
    lines = " && ".join(recipe(folder, "check")).replace(".venv/bin/", "").split(" && ")
    require_equal("`make check`, and CI", {_without_report(one) for one in lines}, expected)
    return f"{len(expected)} commands"


def _without_report(command: str) -> str:
    """Where it is shown is a matter of where it runs."""
    return re.sub(r" --cov-report=\S+", "", command).strip()


def _as_documented(project: Callable[[], Project], undocumented: Sequence[str]) -> str:
    """Each command is one of README's, or README tells the target itself."""
    made = project()
    documented = set(made.documented_commands())
    passed = re.compile("|".join(f"(?:{one})" for one in undocumented) or r"(?!)")
    found = [name for name in targets(made.folder) if name != "help"]
    require("`make" in made.readme or "make help" in documented, "README does not tell of `make`")
    for name in found:
        for line in recipe(made.folder, name):
            plain = line.replace(".venv/bin/", "")
            known = plain in documented or f"make {name}" in documented or passed.fullmatch(plain)
            require(bool(known), f"make {name} does what README does not say: {line}")
    return f"{len(found)} targets"
