"""Templates of cookiecutter and copier that are equal to what `scaffold new` wrote."""

import json
import os
import re
import shlex
from pathlib import Path

import trees
from tools import VENV, Unmeasurable, checked


def environment(home: Path) -> "dict[str, str]":
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

    def command(self, place: Path) -> str:
        """Writes the project to `place`, under its own name."""
        program = VENV / "bin" / self.name
        if self.name == "cookiecutter":
            words = [program, "--no-input", "--output-dir", place, self.template]
        else:
            words = [program, "copy", "--defaults", "--quiet", self.template, place / self.project]
        return shlex.join(map(str, words))

    def check(self, place: Path, reference: Path, variables: "dict[str, str]") -> None:
        """The template is held to be equal before anybody measures it."""
        checked(shlex.split(self.command(place)), env=variables)
        path = trees.difference(reference, place / self.project)
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
