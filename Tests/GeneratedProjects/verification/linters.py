"""Checkers of files. Each also has to complain about a broken copy, or its praise means nothing."""

import json
import re
import shutil
import stat
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from verification.claims import require
from verification.commands import CheckError, environment, run
from verification.tools import tool


def require_files(project: Path, pattern: str, at_least: int = 1) -> list[Path]:
    """The project's files of a pattern, of which there have to be so many."""
    found = sorted(path for path in project.rglob(pattern) if path.is_file())
    if len(found) < at_least:
        raise CheckError(f"{len(found)} files match {pattern}, at least {at_least} are expected")
    return found


def accepts(name: str, arguments: Sequence[str | Path], files: Sequence[Path], cwd: Path) -> str:
    """A checker that finds nothing to complain about in the files."""
    run([tool(name), *arguments, *files], cwd=cwd)
    return f"{len(files)} files"


def refuses(name: str, arguments: Sequence[str | Path], file: Path, old: str, new: str) -> None:
    """The same checker complains once `old` is `new` in a copy beside the file."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise CheckError(f"{file} does not have {old!r}, which was to be broken")
    folder = file.parent / ".broken"
    folder.mkdir()
    try:
        copy = folder / file.name
        copy.write_text(text.replace(old, new), encoding="utf-8")
        result = run([tool(name), *arguments, copy], codes=None)
        if result.code == 0:
            raise CheckError(f"{name} has nothing against {file.name} with {new!r} for {old!r}")
        if file.name not in result.text:
            raise CheckError(f"{name} ended with {result.code} for another reason\n{result.text}")
    finally:
        shutil.rmtree(folder)


def dockerfile(path: Path, python: str = "") -> str:
    """A Dockerfile of several stages, with the version of Python that was asked for, if any."""
    text = path.read_text(encoding="utf-8")
    require(f"python:{python}" in text, f"{path} has another Python than {python}")
    require(len(re.findall(r"^FROM ", text, re.MULTILINE)) >= 2, f"{path} has one stage")
    refuses("hadolint", [], path, "WORKDIR /", "WORKDIR ")
    return accepts("hadolint", [], [path], path.parent)


def shell_scripts(found: Sequence[Path], project: Path, options: Sequence[str] = ()) -> str:
    """Without anything that shellcheck knows to go wrong, and as shfmt would have written them."""
    refuses("shellcheck", options, found[0], "set -e", "cd $x; set -e")
    refuses("shfmt", ["--diff"], found[0], "set -e", "   set   -e")
    accepts("shfmt", ["--diff"], found, project)
    return accepts("shellcheck", options, found, project)


def require_rendered(project: Path) -> int:
    """No file has anything of the layout's left, nothing is undone, and `#!` means executable."""
    found = [path for path in require_files(project, "*") if ".git" not in path.parts]
    for path in found:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(project)
        require("<<@" not in text, f"{name} has a directive that was not carried out")
        require(
            not re.search(r"<<[A-Z][A-Z0-9_]+(\|[^>\n]*)?>>", text), f"{name} has a placeholder"
        )
        marks = re.findall(r"\b(?:TODO|FIXME|XXX)\b", text)
        require(not marks, f"{name} has {marks}")
        executable = bool(path.stat().st_mode & stat.S_IXUSR)
        require(executable == text.startswith("#!"), f"{name}: #! and the executable bit disagree")
        require(path.name != "__init__.py" or bool(text.strip()), f"{name} says nothing")
    _require_settings(project)
    return len(found)


_COMMON = "NAME=value, without quotes, blanks, $, #, ` or backslashes"


def _require_settings(project: Path) -> None:
    """A file of settings has several readers: it says what all of them read alike, and has no more."""
    for path in project.rglob(".env*"):
        text = path.read_text(encoding="utf-8")
        comments = re.findall(r"^# ?(.*)$", text, re.MULTILINE)
        require(_COMMON in " ".join(comments), f"{path.name} does not say: {_COMMON}")
        for name, value in re.findall(r"^#?([A-Z][A-Z0-9_]*)=(.*)$", text, re.MULTILINE):
            plain = re.sub(r"\$\{[A-Z_]+\}", "", value)
            alike = re.fullmatch(r"[^\s'\"`$\\#]*", plain)
            require(alike is not None, f"{path.name}: {name} is read differently: {value}")


def first_commit(project: Path, ignored: Sequence[str]) -> list[str]:
    """What `git add --all` takes of a new project, in which files are that git has to ignore."""
    env = environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"})
    git = ["git", "-C", str(project)]
    run([*git, "init", "--quiet"], env=env)
    made = [path for name in ignored if not (path := project / name).exists()]
    folders = {path.parent for path in made if not path.parent.exists()}
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    try:
        run([*git, "add", "--all"], env=env)
        found = run([*git, "ls-files"], env=env).out.splitlines()
    finally:
        for path in made:
            path.unlink()
        for folder in folders:
            while not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
    taken = sorted(set(ignored) & set(found))
    require(not taken, f"git would commit {', '.join(taken)}")
    return found


def workflows(project: Path, python: str, without_python: Collection[str] = ()) -> str:
    """GitHub's, each of them with the version of Python that was asked for, but for those named."""
    folder = project / ".github"
    found = require_files(folder, "workflows/*.yml")
    schema = ["--builtin-schema", "vendor.github-workflows"]
    offline = ["--offline", "--quiet"]
    for path in found:
        text = path.read_text(encoding="utf-8")
        refuses("check-jsonschema", schema, path, "runs-on:", "runs_on:")
        refuses("actionlint", [], path, "runs-on:", "runs_on:")
        pins = re.findall(r"@[0-9a-f]{40}\b", text)
        require(bool(pins), f"{path.name} has no action that is pinned")
        refuses("zizmor", offline, path, pins[0], "@v1")
        versions = set(re.findall(r"python-version: \"([^\"]*)\"", text))
        wanted = set() if path.name in without_python else {python}
        require(versions == wanted, f"{path.name} asks for Python {versions or 'of no version'}")
    accepts("check-jsonschema", schema, found, project)
    accepts("actionlint", [], found, project)
    accepts("zizmor", offline, require_files(folder, "*.yml"), project)
    schema = ["--builtin-schema", "vendor.dependabot"]
    for path in folder.glob("dependabot.yml"):
        refuses("check-jsonschema", schema, path, "updates:", "updatez:")
        accepts("check-jsonschema", schema, [path], project)
    return f"{len(found)} workflows"


def read_yaml(path: Path) -> list[Any]:
    """The documents of a file, read by the Python that the tools are installed for."""
    script = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"
    text = path.read_text(encoding="utf-8")
    return list(json.loads(run([tool("python"), "-c", script], text=text).out))
