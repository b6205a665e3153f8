"""Reads YAML strictly: what different readers would read differently is a fault.

YAML 1.1, which PyYAML and therefore the service reads, takes `on` for true and `22:30` for 1350,
and of two equal keys it silently drops the first.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from config_tools.faults import Fault, Location

type Value = bool | int | float | str | list[Value] | dict[str, Value] | None
type KeyPath = tuple[str | int, ...]

_TAG_PREFIX = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]+")
# What a reader of YAML 1.1 makes of a plain text that it takes for something else.
_READINGS: Mapping[str, Callable[[str], str]] = {
    "bool": lambda text: str(yaml.safe_load(text)).lower(),
    "float": lambda text: str(yaml.safe_load(text)),
    "int": lambda text: str(yaml.safe_load(text)),
    "null": lambda text: "null",
    "timestamp": lambda text: "a date",
}
_CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Document:
    """The content of a file, and the line of everything in it."""

    value: Value
    locations: Mapping[KeyPath, Location]

    def locate(self, path: KeyPath) -> Location:
        """Where the path is, or where the nearest thing around it is."""
        while path not in self.locations:
            path = path[:-1]
        return self.locations[path]


def items(value: Value, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Value]]:
    """Everything in a value that is no mapping and no list, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from items(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from items(item, (*path, index))
    else:
        yield path, value


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.locations: dict[KeyPath, Location] = {}
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, path: KeyPath = ()) -> Value:
        # An alias is the very node that its anchor marks, with the line of that.
        if id(node) in self._seen:
            location = self.locations.get(path) or self.locations[path[:-1]]
            message = "an alias stands for something above"
            self.faults.append(Fault(location, message, "write it out here"))
            return None
        self._seen.add(id(node))
        self.locations.setdefault(path, self._location(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> Value:
        content: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in content:
                first = self.locations[*path, key].line
                self._complain(
                    key_node, f"the key {key} is already in line {first}", "keep one of the two"
                )
                continue
            self.locations[*path, key] = self._location(key_node)
            content[key] = self.read(value_node, (*path, key))
        return content

    def _key(self, node: yaml.Node) -> str | None:
        if node.tag == f"{_TAG_PREFIX}str" and isinstance(node, yaml.ScalarNode):
            return str(node.value)
        if node.tag == f"{_TAG_PREFIX}merge":
            self._complain(node, "a merge key takes over what is elsewhere", "write it out here")
        else:
            shown = f'"{node.value}"' if isinstance(node, yaml.ScalarNode) else "a text"
            self._complain(node, "a key is not a text", f"write {shown}")
        return None

    def _scalar(self, node: yaml.Node) -> Value:
        text, kind = str(node.value), node.tag.removeprefix(_TAG_PREFIX)
        if kind == "str":
            return text
        if kind in ("bool", "null") and text in _CONSTANTS:
            return _CONSTANTS[text]
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "float" and _FLOAT.fullmatch(text):
            return float(text)
        if kind == "null" and not text:
            self._complain(node, "there is no value", 'write one, or null, or "" for an empty text')
        elif kind in _READINGS:
            message = f"YAML reads {text} as {_READINGS[kind](text)}"
            remedy = f'write "{text}" for the text, or true, false, null or a plain number'
            self._complain(node, message, remedy)
        else:
            self._complain(node, f"the tag {kind} is not known here", "write a plain value")
        return None

    def _complain(self, node: yaml.Node, message: str, remedy: str) -> None:
        self.faults.append(Fault(self._location(node), message, remedy))

    def _location(self, node: yaml.Node) -> Location:
        return Location(self.file, node.start_mark.line + 1)


def read_yaml(path: Path, file: str) -> tuple[Document | None, list[Fault]]:
    """The document of a file, which faults call `file`; none if it cannot be read at all."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = " ".join(filter(None, (error.context, error.problem)))
        return None, [Fault(Location(file, line), f"this is not YAML: {problem}", "correct it")]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        summary = " ".join(str(error).split())
        return None, [Fault(Location(file, 1), f"this is no text: {summary}", "save it as UTF-8")]
    if node is None:
        return None, [Fault(Location(file, 1), "the file is empty", "fill it, or remove it")]
    reader = _Reader(file)
    value = reader.read(node)
    return Document(value, reader.locations), reader.faults
