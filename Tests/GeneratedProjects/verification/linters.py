"""Checkers of files. Each also has to complain about a broken copy, or its praise means nothing."""

import json
import re
import shutil
import stat
from collections.abc import Sequence
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
        if path.name == ".scaffold.json":
            # The names of templates have placeholders.
            text = re.sub(r'"template": "[^"]*"', "", text)
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


def workflows(project: Path, python: str) -> str:
    """GitHub's, each of them with the version of Python that was asked for."""
    folder = project / ".github"
    found = sound_workflows(folder)
    version = (project / ".python-version").read_text(encoding="utf-8")
    require(version == f"{python}\n", f".python-version names {version!r}")
    for path in found:
        text = path.read_text(encoding="utf-8")
        # uv reads the file by itself.
        require("python-version:" not in text, f"{path.name} names a version of Python")
        read = text.count("python-version-file: .python-version\n")
        require(
            read == text.count("actions/setup-python@"), f"{path.name}: {read} read the version"
        )
    schema = ["--builtin-schema", "vendor.dependabot"]
    for path in folder.glob("dependabot.yml"):
        refuses("check-jsonschema", schema, path, "updates:", "updatez:")
        accepts("check-jsonschema", schema, [path], project)
        _require_updates(project, path)
    return f"{len(found)} workflows"


def sound_workflows(folder: Path) -> list[Path]:
    """Those of a `.github`, each with actions that are pinned."""
    found = require_files(folder, "workflows/*.yml")
    schema = ["--builtin-schema", "vendor.github-workflows"]
    offline = ["--offline", "--quiet"]
    for path in found:
        refuses("check-jsonschema", schema, path, "runs-on:", "runs_on:")
        refuses("actionlint", [], path, "runs-on:", "runs_on:")
        pins = re.findall(r"@[0-9a-f]{40}\b", path.read_text(encoding="utf-8"))
        require(bool(pins), f"{path.name} has no action that is pinned")
        refuses("zizmor", offline, path, pins[0], "@v1")
    accepts("check-jsonschema", schema, found, folder)
    accepts("actionlint", [], found, folder)
    accepts("zizmor", offline, require_files(folder, "*.yml"), folder)
    return found


def _require_updates(project: Path, dependabot: Path) -> None:
    """Updates come a week late and one request at a time, for whatever names a version."""
    folders: dict[str, set[str]] = {}
    for entry in read_yaml(dependabot)[0]["updates"]:
        ecosystem = entry["package-ecosystem"]
        folders[ecosystem] = {*entry.get("directories", [entry.get("directory")])}
        require("cooldown" in entry and "groups" in entry, f"updates of {ecosystem} come at once")
        ignored = [one["dependency-name"] for one in entry.get("ignore", ())]
        if ecosystem == "docker-compose":
            require("*postgres" in ignored, "another PostgreSQL does not read the data")
    # An image of the project itself has no host; what is named by an argument cannot be seen.
    seen = {
        "docker-compose": _folders(project, "*compose*.yml", r"image: [\w.]+\.[a-z]+/"),
        "docker": _folders(project, "*Dockerfile*", r"FROM (?!\S+/python:)[^$\s]+:"),
    }
    for ecosystem, expected in seen.items():
        found = folders.get(ecosystem, set())
        require(found == expected, f"{ecosystem}: it looks into {found}, images are in {expected}")


def _folders(project: Path, pattern: str, line: str) -> set[str]:
    """Those with a file in which a line begins so, as dependabot writes them."""
    found = (path for path in project.rglob(pattern) if path.is_file())
    named = (p for p in found if re.search(rf"(?m)^\s*{line}", p.read_text(encoding="utf-8")))
    return {f"/{path.parent.relative_to(project)}".replace("/.", "/") for path in named}


def read_yaml(path: Path) -> list[Any]:
    """The documents of a file, read by the Python that the tools are installed for."""
    script = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"
    text = path.read_text(encoding="utf-8")
    return list(json.loads(run([tool("python"), "-c", script], text=text).out))
