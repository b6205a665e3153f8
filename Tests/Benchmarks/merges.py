"""An update that has files to merge, against what git and copier take for the same merges."""

import json
from pathlib import Path

import trees
from measuring import Series, renew
from places import folder
from programs import PROJECT, Programs
from repositories import Repository, environment
from table import Row, ratio
from tools import VENV, Unmeasurable, checked

_FILES = 100
_MERGED = 10
_WORK = f"`update`, {_MERGED} of {_FILES} files to merge"
# Where the files are, in a project as in what it is made of.
_FOLDER = "src"


def rows(programs: Programs, place: Path, runs: int) -> "list[Row]":
    with folder(place) as own:
        merges = Merges(programs, own)
        times = merges.measure({"update": merges.update(), "git": merges.merge_tree()}, runs)
    measure = "time against `git merge-tree`"
    return [ratio(_WORK, measure, times["update"], times["git"], at_most=15)]


def rows_of_copier(programs: Programs, place: Path) -> "list[Row]":
    with folder(place) as own:
        merges = Merges(programs, own)
        times = merges.measure({"update": merges.update(), "copier": merges.copier()}, runs=10)
    measure = f"time against {_WORK}"
    return [ratio("copier update", measure, times["copier"], times["update"], at_least=40)]


class Merges:
    """What each command begins with, and what it is to end with: ten files that the user has edited
    in one place, and the new version of a layout in another. Each run has a fresh copy."""

    def __init__(self, programs: Programs, place: Path):
        self._programs = programs
        self._place = place
        self._original, self._copy = place / "original", place / "copy"
        self._original.mkdir()
        self._expected = place / "expected"
        _write(self._expected, PROJECT, version=2)
        _edit(self._expected)
        # What copier is made of may be kept as bytecode.
        self._variables = {**environment(place / "home"), "PYTHONDONTWRITEBYTECODE": ""}

    def measure(self, commands: "dict[str, list[str]]", runs: int) -> "dict[str, Series]":
        return self._programs.launcher.measure(
            commands, runs=runs, remove=self._copy, original=self._original,
            environment=self._variables)

    # The commands, each held to what it promises before anybody measures it.

    def update(self) -> "list[str]":
        """Of a project whose repository holds the layout, too."""
        repository = self._repository("scaffold")
        layout, project = repository.folder / "layout", repository.folder / PROJECT
        _write_layout(layout, version=1)
        checked(self._programs.new(project, layout))
        repository.commit("Make the project")
        _edit(project)
        _write_layout(layout, version=2)
        repository.commit("Change the layout, and what it has made")

        copy = self._copy / "scaffold" / PROJECT
        command = [str(self._programs.scaffold), "update", str(copy)]
        self._check(command, copy)
        record = json.loads((copy / ".scaffold.json").read_text())
        if record["layouts"][0]["version"] != _version(2):
            raise Unmeasurable(f"{' '.join(command)} leaves the record as it was")
        return command

    def merge_tree(self) -> "list[str]":
        """Of the three trees, as commits."""
        repository = self._repository("git")
        _write(repository.folder, PROJECT, version=1)
        repository.commit("Make the project")
        repository.git("branch", "theirs")
        _edit(repository.folder)
        repository.commit("Edit it")
        repository.git("checkout", "--quiet", "theirs")
        _write(repository.folder, PROJECT, version=2)
        repository.commit("Change it")

        copy = self._copy / "git"
        command = ["git", "-C", str(copy), "merge-tree", "--write-tree", "main", "theirs"]
        renew(self._copy, self._original)
        merged = checked(command, env=self._variables).strip()
        checked(["git", "-C", copy, "read-tree", "-u", "--reset", merged], env=self._variables)
        self._compare(command, copy)
        return command

    def copier(self) -> "list[str]":
        """Of a template that is equal to the layout."""
        template = Repository(self._place / "template", self._variables)
        _write_template(template.folder, version=1)
        template.commit("Make the template")
        template.git("tag", _version(1))
        copier = str(VENV / "bin" / "copier")
        project = self._original / "copier" / PROJECT
        checked(
            [copier, "copy", "--defaults", "--quiet", template.folder, project],
            env=self._variables)
        repository = Repository(project, self._variables)
        repository.commit("Make the project")
        _edit(project)
        repository.commit("Edit it")
        _write_template(template.folder, version=2)
        template.commit("Change the template")
        template.git("tag", _version(2))

        copy = self._copy / "copier" / PROJECT
        command = [copier, "update", "--defaults", "--quiet", str(copy)]
        self._check(command, copy)
        return command

    def _repository(self, name: str) -> Repository:
        return Repository(self._original / name, self._variables)

    def _check(self, command: "list[str]", project: Path) -> None:
        renew(self._copy, self._original)
        checked(command, env=self._variables)
        self._compare(command, project)

    def _compare(self, command: "list[str]", project: Path) -> None:
        path = trees.difference(self._expected / _FOLDER, project / _FOLDER)
        if path:
            raise Unmeasurable(f"{' '.join(command)} does not merge as is expected: see {path}")


def _version(number: int) -> str:
    return f"{number}.0.0"


def _write_layout(layout: Path, version: int) -> None:
    _write(layout / "base", "<<PROJECT_NAME>>", version)
    manifest = {
        "name": "merged", "summary": "Merged", "version": _version(version),
        "variables": [{"name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"}],
        "layers": [{"folder": "base"}],
    }
    (layout / "layout.json").write_text(json.dumps(manifest))


def _write_template(template: Path, version: int) -> None:
    files = template / "template"
    _write(files, "{{ project_name }}", version)
    answers = "{{ _copier_answers|to_nice_yaml }}"
    (files / "{{ _copier_conf.answers_file }}").write_text(answers)
    (template / "copier.yml").write_text(
        f"_subdirectory: {files.name}\n"
        "_templates_suffix: ''\n"  # every file is a template, as in a layout
        "_envops: {keep_trailing_newline: true}\n"
        f"project_name: {{type: str, default: {PROJECT}}}\n"
    )


def _write(place: Path, name: str, version: int) -> None:
    """The files of a version; those of the second differ from the first in ten files."""
    (place / _FOLDER).mkdir(parents=True, exist_ok=True)
    for number in range(_FILES):
        lines = [f"line_{index} = '{name}'" for index in range(40)]
        if number < _MERGED:
            lines[5] = f"version = {version}"
        (place / _FOLDER / f"module_{number}.py").write_text("\n".join(lines) + "\n")


def _edit(project: Path) -> None:
    """What the user does, far from where the layout changes."""
    for number in range(_MERGED):
        path = project / _FOLDER / f"module_{number}.py"
        lines = path.read_text().splitlines()
        lines[35] = "edited = True"
        path.write_text("\n".join(lines) + "\n")
