"""Cookiecutter and copier, with templates that are equal to what `scaffold new` writes."""

import json
import os
import re
from pathlib import Path

import trees
from places import folder
from programs import Programs
from table import Row, ratio
from tools import VENV, Unmeasurable, checked

# With how many times the time of `new` a renderer takes at least.
_NAMES = {"cookiecutter": 80, "copier": None}
_LAYOUT = "staged-docker"


def rows(programs: Programs, place: Path) -> "list[Row]":
    with folder(place) as own:
        comparison = programs.compare(own, _LAYOUT)
        del comparison.commands["cp"]
        variables = _environment(own)
        for name in _NAMES:
            renderer = Renderer(name, comparison.rendered, own / "templates")
            renderer.check(comparison.target, comparison.rendered, variables)
            comparison.commands[name] = renderer.command(own)
        times = comparison.measure(runs=10, environment=variables)
    measure = f"time against `new --layout {_LAYOUT}`"
    return [
        ratio(name, measure, times[name], times["new"], at_least=bound)
        for name, bound in _NAMES.items()
    ]


def _environment(home: Path) -> "dict[str, str]":
    """The renderers' settings, away from those of the user."""
    config = home / "cookiecutter.yaml"
    config.write_text(
        f"cookiecutters_dir: {home / 'cookiecutters'}\nreplay_dir: {home / 'replay'}\n"
    )
    return {
        **os.environ, "HOME": str(home), "COOKIECUTTER_CONFIG": str(config),
        "PYTHONDONTWRITEBYTECODE": "",
    }


class Renderer:
    """A template of one renderer, and the command that makes a project of it."""

    def __init__(self, name: str, reference: Path, folder: Path):
        self.name = name
        self.project = reference.name
        self.template = folder / name
        getattr(self, "_write_" + name)(reference)

    def command(self, place: Path) -> "list[str]":
        """Writes the project to `place`, under its own name."""
        program = VENV / "bin" / self.name
        if self.name == "cookiecutter":
            words = [program, "--no-input", "--output-dir", place, self.template]
        else:
            words = [program, "copy", "--defaults", "--quiet", self.template, place / self.project]
        return [str(word) for word in words]

    def check(self, target: Path, reference: Path, variables: "dict[str, str]") -> None:
        """The template is held to be equal before anybody measures it."""
        checked(["rm", "-rf", target])
        checked(self.command(target.parent), env=variables)
        path = trees.difference(reference, target)
        if path:
            raise Unmeasurable(f"{self.name} does not render the same tree: see {path}")

    def _write_cookiecutter(self, reference: Path) -> None:
        self._write_tree(
            reference, self.template / "{{cookiecutter.project_name}}", "cookiecutter.project_name")
        variables = json.dumps({"project_name": self.project})
        (self.template / "cookiecutter.json").write_text(variables)

    def _write_copier(self, reference: Path) -> None:
        self._write_tree(reference, self.template / "template", "project_name")
        (self.template / "copier.yml").write_text(
            "_subdirectory: template\n"
            "_templates_suffix: ''\n"  # every file is a template, as with the others
            "_envops: {keep_trailing_newline: true}\n"
            f"project_name: {{type: str, default: {self.project}}}\n"
        )

    def _write_tree(self, reference: Path, target: Path, variable: str) -> None:
        target.mkdir(parents=True)
        for entry in trees.read(reference):
            path = target / entry.path
            if entry.content is None:
                path.mkdir()
                continue
            path.write_bytes(self._as_template(entry.content, variable))
            path.chmod(entry.mode)

    def _as_template(self, content: bytes, variable: str) -> bytes:
        """The content with a placeholder wherever the project's name stands."""
        escaped = re.sub(rb"\{[{%#]", lambda tag: b"{{ '" + tag[0] + b"' }}", content)
        placeholder = b"{{ " + variable.encode() + b" }}"
        return escaped.replace(self.project.encode(), placeholder)
