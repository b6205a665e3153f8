"""Reads the files that the quoting filters have written, with every reader of their syntax.

A program for the Python that has the readers: `readers.py FOLDER VALUES SHELL...`, where VALUES is
a JSON list of the texts and FOLDER holds the rendered files (see `layouts/quoting.py`). Prints a
line per text that was read otherwise than it was given, and at the end how many were read.
"""

import ast
import configparser
import html.parser
import io
import json
import shutil
import subprocess
import sys
import tomllib
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cmarkgfm
import commonmark
import dotenv
import markdown
import markdown2
import markdown_it
import marko
import mistune
import podman_compose
import tomlkit
import yaml
from ruamel.yaml import YAML

# Between the documents of one file.
CUT = "\n<!-- cut -->\n"
PLACES = ("paragraph", "heading", "line", "cell")


def _ruamel(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


DATA: dict[str, dict[str, Callable[[str], Any]]] = {
    "json": {"json": json.loads},
    "yaml": {"PyYAML": yaml.safe_load, "ruamel": _ruamel},
    "toml": {"tomllib": tomllib.loads, "tomlkit": lambda text: tomlkit.parse(text).unwrap()},
    "python": {"ast": ast.literal_eval},
}

_MISTUNE_PLUGINS = ["table", "strikethrough", "url", "math"]
MARKDOWN: dict[str, tuple[Callable[[str], str], bool]] = {
    # And whether it knows tables.
    "markdown-it": (markdown_it.MarkdownIt("gfm-like", {"linkify": False}).render, True),
    "cmark-gfm": (cmarkgfm.github_flavored_markdown_to_html, True),
    "commonmark": (commonmark.commonmark, False),
    "mistune": (mistune.create_markdown(escape=False, plugins=_MISTUNE_PLUGINS), True),
    "Markdown": (lambda text: markdown.markdown(text, extensions=["extra"]), True),
    "markdown2": (lambda text: markdown2.markdown(text, extras=["tables"]), True),
    "marko": (marko.convert, False),
}


class Shown(html.parser.HTMLParser):
    """The text that a page shows, its elements, and its links as pairs of text and address."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.cells: list[str] = []
        self.elements: set[str] = set()
        self.links: list[list[str]] = []
        self._open = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag == "td":
            self.cells.append("")
        if tag == "a":
            self._open = True
            self.links.append(["", dict(attrs).get("href") or ""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.cells.append("")
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cells:
            self.cells[-1] += data
        if self._open:
            self.links[-1][0] += data


_EXPECTED_ELEMENTS = {
    "paragraph": {"p", "a"},
    "line": {"p", "a"},
    "heading": {"h2", "a"},
    "cell": {"table", "thead", "tbody", "tr", "th", "td", "a"},
}


def markdown_fault(place: str, page: str, value: str) -> str | None:
    shown = Shown(page)
    if place == "cell":
        # With what stands between the cells.
        text, wanted = shown.cells[2] if len(shown.cells) == 6 else page, value
    else:
        text = shown.text.replace("\n", "")
        wanted = f"say {value} now" if place == "line" else value
    if text != wanted:
        return text
    if others := shown.elements - _EXPECTED_ELEMENTS[place]:
        return f"{sorted(others)} in it"
    for text, address in shown.links:
        target = urllib.parse.unquote(address.removeprefix("mailto:"))
        if target not in (urllib.parse.unquote(text), f"http://{text}"):
            return f"a link to {address}"
    return None


def markdown_faults(folder: Path, values: list[str]) -> Iterator[tuple[str, str, str]]:
    for place in PLACES:
        documents = (folder / f"{place}.md").read_text(encoding="utf-8").split(CUT)
        for name, (read, has_tables) in MARKDOWN.items():
            if place == "cell" and not has_tables:
                continue
            for document, value in zip(documents, values, strict=True):
                if (fault := markdown_fault(place, read(document), value)) is not None:
                    yield f"{name}, {place}", value, fault


def pairs_faults(
    name: str,
    read: dict[str, Any],
    values: list[str],
    cannot: Callable[[str, str], bool] = lambda _value, _kind: False,
) -> Iterator[tuple[str, str, str]]:
    """`V` is a complete literal, `I` a part of one; `cannot` says what a reader has no form for."""
    for index, value in enumerate(values):
        for kind, wanted in (("V", value), ("I", f"a {value} b")):
            found = read.get(f"{kind}{index}")
            if found != wanted and not cannot(value, kind):
                yield f"{name}, {kind}", wanted, str(found)


def python_dotenv_cannot(value: str, kind: str) -> bool:
    """It replaces `${NAME}` between any quotes, and takes the shell's escapes of `$` and of a
    backtick, which the filter decides for, as they stand."""
    in_double = kind == "I" or "'" in value or value.endswith("\\") or "\\\\" in value
    return "${" in value or (in_double and any(mark in value for mark in "$`"))


def fish_cannot(value: str, kind: str) -> bool:
    """Between double quotes it keeps the backslash before a backtick."""
    return kind == "I" and "`" in value


def shell_read(*command: str | Path) -> dict[str, str]:
    out = subprocess.run(command, check=True, capture_output=True).stdout
    words = out.decode().split("\0")
    return dict(zip(words[0::2], words[1::2], strict=False))


def configparser_read(text: str) -> dict[str, str]:
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return {name: value[1:-1] for name, value in parser["values"].items()}


def doubled_faults(folder: Path, values: list[str]) -> Iterator[tuple[str, str, str]]:
    """What is read twice: a compose file, a recipe of a Makefile, values with references."""
    compose = yaml.safe_load((folder / "values.compose").read_text(encoding="utf-8"))
    read = {
        "podman-compose": podman_compose.rec_subs(compose, {}),
        "configparser": configparser_read((folder / "values.ini").read_text(encoding="utf-8")),
    }
    if program := shutil.which("make"):
        read["make"] = shell_read(program, "-s", "-f", folder / "values.make")
    for name, found in read.items():
        for index, value in enumerate(values):
            if found.get(f"V{index}") != value:
                yield name, value, str(found.get(f"V{index}"))


def faults(folder: Path, values: list[str], shells: list[str]) -> Iterator[tuple[str, str, str]]:
    for syntax, readers in DATA.items():
        text = (folder / f"values.{syntax}").read_text(encoding="utf-8")
        for name, read in readers.items():
            yield from pairs_faults(name, read(text), values)
    for shell in shells:
        name = Path(shell).name
        cannot = (fish_cannot,) if name == "fish" else ()
        yield from pairs_faults(name, shell_read(shell, folder / "values.sh"), values, *cannot)
    yield from pairs_faults("env file, sh", shell_read("/bin/sh", folder / "env.sh"), values)
    read_dotenv = dict(dotenv.dotenv_values(folder / "values.env"))
    yield from pairs_faults("env file, python-dotenv", read_dotenv, values, python_dotenv_cannot)
    yield from doubled_faults(folder, values)
    yield from markdown_faults(folder, values)


def main() -> int:
    folder, values, *shells = sys.argv[1:]
    texts = json.loads(Path(values).read_text(encoding="utf-8"))
    found = list(faults(Path(folder), texts, shells))
    for reader, value, seen in found:
        print(f"{reader}: {value!r} was read as {seen!r}")
    readers = [*MARKDOWN, *(name for group in DATA.values() for name in group), *shells]
    print(f"{len(texts)} texts, {len(readers)} readers, env files and what is read twice")
    return 1 if found or not texts else 0


if __name__ == "__main__":
    sys.exit(main())
