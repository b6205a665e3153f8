"""What is claimed about that which all layouts share: interpreters, images, licences."""

import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from layouts import outdated
from verification.claims import require, require_equal
from verification.commands import CheckError, environment, run
from verification.context import Context, Layout
from verification.linters import accepts, read_yaml, refuses
from verification.pins import read_relaxed_json
from verification.report import Check, Lane
from verification.tools import REPOSITORY, interpreter, tool, uv, virtual_environment

_NAME = "shared"
_TEMPLATES = REPOSITORY / "Templates"
_LAYOUTS = sorted(path.parent.name for path in _TEMPLATES.glob("*/layout.json"))
_VARIABLES = _TEMPLATES / "shared/variables.json"
# By whom it may be known to be one: by its host, or by what stands before it.
_IMAGE = re.compile(
    r"(?:docker\.io|ghcr\.io|gcr\.io|quay\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.k8s\.io)"
    r"/[\w./-]+:[\w.-]+"
    r"|(?:image: *|FROM +|(?:docker|podman) run .* )\"?[a-z][\w./-]*:(?!local\b)[\w.-]+"
)
_LICENCES = {"mit": "MIT", "bsd-3-clause": "BSD-3-Clause", "apache-2.0": "Apache-2.0"}
# As Debian has it for all of its packages.
_APACHE = Path("/usr/share/common-licenses/Apache-2.0")
_HOLDER = '2026 Zoë O\'Hara & "Sons"'


def _lanes(context: Context) -> Sequence[Lane]:
    checks = [
        Check("images are named in one place", _images),
        *(Check(f"licences of {one}", partial(_licences, context, one)) for one in _LAYOUTS),
        Check("what CI runs, and what it says is covered", partial(_continuous, context)),
        *outdated.checks(context),
        *(
            Check(f"an interpreter of {one}", partial(_interpreter, context, one))
            for one in ("3.13", "3.14", "3.15")
        ),
    ]
    return [Lane(checks)]


def _images() -> str:
    """Every image is a variable that layouts share, and every such variable is used."""
    require(bool(list(_named("    image: redis:8-trixie"))), "an image is not seen")
    require(bool(list(_named("FROM docker.io/library/node:24 AS base"))), "an image is not seen")
    declared = {one for one in _declared() if one.endswith("_IMAGE")}
    used: set[str] = set()
    for layout in _LAYOUTS:
        manifest = read_relaxed_json((_TEMPLATES / layout / "layout.json").read_text("utf-8"))
        own = {one.get("shared") for one in manifest["variables"]} & declared
        texts = [path for path in (_TEMPLATES / layout).rglob("*") if path.is_file()]
        named = "".join(path.read_text("utf-8", errors="replace") for path in texts)
        unused = {one for one in own if f"<<{one}>>" not in named}
        require(not unused, f"{layout} does not use {', '.join(sorted(unused))}")
        used |= own
        for path in texts:
            for image in _named(path.read_text("utf-8", errors="replace")):
                raise CheckError(f"{path.relative_to(REPOSITORY)} names {image} itself")
    require_equal("images that some layout uses", sorted(used), sorted(declared))
    return f"{len(declared)} images"


def _named(text: str) -> Iterator[str]:
    yield from _IMAGE.findall(text)


def _declared() -> dict[str, object]:
    return dict(read_relaxed_json(_VARIABLES.read_text("utf-8")))


def _licences(context: Context, layout: str) -> str:
    """The text in LICENSE, its name where packages have it, and a line of README; or none of it."""
    options = ["--variant=recommended"] if layout == "orchestrator-config" else []
    parent = context.work / layout
    parent.mkdir()
    context.new(layout, parent / "none", *options)
    require(not (parent / "none/LICENSE").exists(), "there is a licence that nobody asked for")
    for word, name in _LICENCES.items():
        folder = parent / word
        holder = [] if word == "apache-2.0" else [f"--copyright={_HOLDER}"]
        context.new(layout, folder, *options, f"--license={word}", *holder)
        text = (folder / "LICENSE").read_text("utf-8")
        if word == "apache-2.0":
            require(
                not _APACHE.is_file() or text == _APACHE.read_text("utf-8"), "it is not Apache's"
            )
        else:
            require(f"Copyright (c) {_HOLDER}\n" in text, f"it is nobody's\n{text}")
        readme = (folder / "README.md").read_text("utf-8")
        require(f"[{name}](LICENSE)" in readme, "README does not tell of it")
        project = folder / "pyproject.toml"
        require(f'license = "{name}"\n' in project.read_text("utf-8"), "packages do not tell of it")
        accepts("validate-pyproject", [], [project], folder)
        if layout == "src-namespace":
            _require_packed(folder, name)
    refuses("validate-pyproject", [], project, 'license = "', 'license-expression = "')
    told = context.new(layout, parent / "nobody", *options, "--license=mit", codes=(3,)).text
    require("--copyright" in told, f"it is refused for another reason\n{told}")
    return ", ".join(_LICENCES.values())


def _require_packed(folder: Path, name: str) -> None:
    """The package that is built has the licence, too."""
    run([tool("python"), "-m", "hatchling", "build", "-t", "wheel", "-d", "made"], cwd=folder)
    [wheel] = (folder / "made").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        [told] = [one for one in archive.namelist() if one.endswith("/METADATA")]
        [text] = [one for one in archive.namelist() if one.endswith("/licenses/LICENSE")]
        require(f"License-Expression: {name}\n" in archive.read(told).decode(), "it is not told")
        require_equal("its text", archive.read(text), (folder / "LICENSE").read_bytes())


def _continuous(context: Context) -> str:
    """Each step as a runner has it; one that leaves too much uncovered fails."""
    folder = context.work / "checked"
    context.new("tiered", folder, "--tier=mvp")
    python = virtual_environment(folder / ".venv", "3.14", folder / "requirements-dev.txt")
    [workflow] = read_yaml(folder / ".github/workflows/ci.yml")
    steps = [str(one["run"]) for one in workflow["jobs"]["checks"]["steps"] if "run" in one]
    require_equal("the first step", steps[0], "pip install -r requirements-dev.txt")
    summary = context.work / "summary.md"
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    env = environment({"PATH": path, "GITHUB_STEP_SUMMARY": str(summary)})

    def take(step: str, codes: Sequence[int] = (0,)) -> str:
        return run(["bash", "-e", "-c", step], cwd=folder, env=env, codes=codes, seconds=300).text

    for step in steps[1:]:
        take(step)
    require("| **TOTAL** |" in re.sub(" +", " ", summary.read_text("utf-8")), "it has no summary")
    uncovered = "".join(f"number_{number} = {number}\n" for number in range(200))
    (folder / "src/uncovered.py").write_text(uncovered, encoding="utf-8")
    told = take(steps[-1], codes=(1,))
    require("Required test coverage" in told and "not reached" in told, told)
    return f"{len(steps)} steps"


def _interpreter(context: Context, version: str) -> str:
    """Its own `venv` and pip work, and what is compiled for it can be loaded."""
    python = interpreter(version)
    folder = context.work / f"python-{version}"
    run([python.executable, "-m", "venv", folder])
    own = folder / "bin/python"
    run([own, "-m", "pip", "--version"])
    uv("pip", "install", "--quiet", "--python", own, "markupsafe", "greenlet")
    script = "import bz2, ctypes, lzma, sqlite3, ssl, zlib, greenlet, markupsafe._speedups"
    run([own, "-c", script])
    prefix = run([own, "-c", "import sys; print(sys.prefix)"]).out.strip()
    require_equal("prefix", prefix, str(folder))
    return python.full.partition(" ")[0]


LAYOUT = Layout(_NAME, outdated.PORTS, _lanes)
