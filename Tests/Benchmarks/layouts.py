"""Large layouts: of many files, of one large template, of binary files."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

# What a template of many placeholders asks for, in turn.
_TAGS = [
    "<<PROJECT_NAME>>", "<<PROJECT_NAME|snake>>", "<<OWNER>>", "<<PROJECT_NAME|pascal>>",
    "<<PROJECT_NAME|upper>>", "<<OWNER|json>>", "<<PORT>>",
]
_TEXT = "# text without placeholders, as most of a template is\n"
_FILE_SIZE = 1024
_FILES_PER_DIRECTORY = 50
# The directories at the top, and below each of them.
_TOP, _BELOW = 40, 49

_VARIABLES = [
    {"name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"},
    {"name": "OWNER", "kind": "text", "default": "The Platform Team"},
    {"name": "PORT", "kind": "port", "default": "8080"},
]


# What asks for paths, and for what is in files.
_RULES = [
    {
        "id": "modules", "that": "Each part has its first module", "why": "Others import it",
        "require": ["part_0/", "part_0/module_0.py"],
    },
    {
        "id": "values", "that": "No value is a number", "why": "Values are texts",
        "files": ["part_0/*.py"], "refuse": ["^value_[0-9]+ = [0-9]"],
    },
]


def write_files(folder: Path, files: int, placeholders: int, rules: bool = False) -> Path:
    """A layout of `files` templates of 1 KB, 50 in a directory: 2,000 directories for 100,000."""
    layer = _start(folder, rules=_RULES if rules else [])
    for number in range(files):
        directory = layer / _directory(number // _FILES_PER_DIRECTORY)
        if number % _FILES_PER_DIRECTORY == 0:
            directory.mkdir(parents=True, exist_ok=True)
        (directory / f"module_{number}.py").write_bytes(_template(number, placeholders))
    return folder


def write_items(folder: Path, templates: int, items: int) -> Path:
    """A layout of templates of 1 KB that are written once for each item of a list."""
    names = ",".join(f"item_{number}" for number in range(items))
    layer = _start(
        folder, {"name": "ITEMS", "kind": "list", "of": "identifier", "default": names},
        each="ITEM in ITEMS")
    directory = layer / "<<ITEM>>"
    directory.mkdir()
    for number in range(templates):
        (directory / f"module_{number}.py").write_bytes(_template(number, placeholders=1))
    return folder


def write_template(folder: Path, size: int) -> Path:
    """A layout of one template, with a placeholder every 64 KB."""
    block = ("# <<PROJECT_NAME>>\n" + _TEXT * (65_536 // len(_TEXT))).encode()
    with (_start(folder) / "large.txt").open("wb") as file:
        for _ in range(max(1, size // len(block))):
            file.write(block)
    return folder


def write_binaries(folder: Path, files: int, size: int) -> Path:
    """A layout of files that are no templates, since they hold NULs."""
    layer = _start(folder)
    block = random.Random(0).randbytes(1_000_000)
    for number in range(files):
        with (layer / f"weights_{number}.bin").open("wb") as file:
            file.write(number.to_bytes(8, "big"))
            for _ in range(max(1, size // len(block))):
                file.write(block)
    return folder


def _start(
    folder: Path, *variables: "dict[str, str]", rules: "Sequence[object]" = (), **of_layer: str
) -> Path:
    layer = folder / "base"
    layer.mkdir(parents=True)
    manifest = {
        "name": "large", "summary": "Large", "version": "1.0.0",
        "variables": [*_VARIABLES, *variables], "layers": [{"folder": layer.name, **of_layer}],
        "rules": list(rules),
    }
    (folder / "layout.json").write_text(json.dumps(manifest))
    return layer


def _directory(number: int) -> str:
    """The first ones are at the top, the others in these."""
    if number < _TOP:
        return f"part_{number}"
    return f"part_{(number - _TOP) // _BELOW % _TOP}/section_{number}"


def _template(number: int, placeholders: int) -> bytes:
    tags = (_TAGS[index % len(_TAGS)] for index in range(placeholders))
    lines = [f"value_{number}_{index} = '{tag}'\n" for index, tag in enumerate(tags)]
    text = "".join(lines) + _TEXT * (_FILE_SIZE // len(_TEXT) + 1)
    return text[: _FILE_SIZE - 1].encode() + b"\n"
