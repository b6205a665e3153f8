"""Run by a project's own Python: all changes of a configuration that its checker has to notice.

No reference is listed. Every key and every value of the files that are named is walked: what is
not free, by `_FREE` and its kin, is renamed, deleted, doubled, or given another type. Prints JSON.
"""

import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

yaml: Any = importlib.import_module("yaml")

# Texts that nothing refers to, by their place; `#` is any place of a list.
_FREE = (
    "app/*",
    "server/host",
    "logging/format",
    "logging/file/path",
    "api/prefix",
    "api/docs_url",
    "api/redoc_url",
    "api/reload/path",
    "api/reload/token",  # but for a ${VARIABLE}, here as anywhere
    "description",
    "endpoints/*/description",
    "endpoints/*/data_sources/#/params/*",  # but for what begins with $
    "database/sources/*/connection_string",
    "database/operations/*/query",  # but for its :parameters
    "api/sources/*/base_url",
    "api/sources/*/authentication/header",
    "api/sources/*/authentication/token",
    "api/sources/*/headers/*",
    "api/sources/*/operations/*/path",  # but for what is in {braces}
    "feast/sources/*/repo_path",
    "feast/sources/*/project",
    "feast/sources/*/connection/url",
    "ml/sources/*/base_url",
    "ml/sources/*/models/*/model_path",
    "ml/sources/*/models/*/endpoint",
)
# Keys that name something for people only: a request, a header, a parameter of a model.
_FREE_KEYS = (
    "endpoints/*",
    "endpoints/*/response_mapping/*",
    "endpoints/*/response_mapping/*/*",
    "api/sources/*/headers/*",
    "ml/sources/*/models/*/parameters/*",
)
# What may be left out.
_OPTIONAL = (
    "endpoints/*",
    "endpoints/*/response_mapping/*",
    "endpoints/*/response_mapping/*/*",
    "database/sources/*/pool_size",
    "database/sources/*/max_overflow",
    "database/sources/*/pool_timeout",
    "database/sources/*/pool_recycle",
    "api/sources/*/headers",
    "api/sources/*/headers/*",
    "api/sources/*/retry_on_status/#",
    "ml/sources/*/models/*/parameters",
    "ml/sources/*/models/*/parameters/*",
)
# Where a value may be of any type.
_ANY_TYPE = (
    "endpoints/*/data_sources/#/params/*",
    "endpoints/*/response_mapping/*",
    "endpoints/*/response_mapping/*/*",
    "ml/sources/*/models/*/parameters/*",
)
# Where any key may be.
_ANY_KEY = (
    "endpoints/*/response_mapping",
    "endpoints/*/response_mapping/*",
    "ml/sources/*/models/*/parameters",
)
# Files that nothing refers to, and overrides of what there is without them.
_FREE_FILES = ("*/domains/*.yaml",)

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Mutation:
    """One change: the file's text is another then; no text means no file.

    What is wrong then is in the lines from `first` to `line`, or has to do with one of `names`.
    """

    kind: str
    what: str
    file: str
    first: int
    line: int
    text: str | None
    names: tuple[str, ...] = ()


def matches(path: Keys, patterns: tuple[str, ...]) -> bool:
    return any(
        pattern.count("/") == len(path) - 1 and fnmatchcase("/".join(path), pattern)
        for pattern in patterns
    )


class Walk:
    """One file."""

    def __init__(self, project: Path, file: str, *, override: bool) -> None:
        self._file = file
        self._text = (project / file).read_text(encoding="utf-8")
        self._lines = self._text.splitlines(keepends=True)
        self._override = override
        self._root = yaml.compose(self._text, Loader=yaml.SafeLoader)
        self._data = yaml.safe_load(self._text)

    def mutations(self) -> Iterator[Mutation]:
        yield from self._walk(self._root, ())
        if not self._override and not re.fullmatch(r"(?:.*/)?domains/[^/]+\.yaml", self._file):
            name = Path(self._file).name
            yield Mutation("delete", self._file, self._file, 0, 0, None, (name, Path(name).stem))

    def _walk(self, node: Any, path: Keys) -> Iterator[Mutation]:
        if isinstance(node, yaml.MappingNode):
            yield from self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                yield from self._walk(item, (*path, "#"))
                if node.flow_style and not self._is_free(item, (*path, "#"), _OPTIONAL):
                    yield self._without_item(node, index, (*path, "#"))
        else:
            yield from self._scalar(node, path)
        if path and not matches(path, _ANY_TYPE) and path[-1] != "#":
            yield self._of_another_type(node, path)

    def _mapping(self, node: Any, path: Keys) -> Iterator[Mutation]:
        for key, value in node.value:
            below = (*path, key.value)
            if not matches(below, _FREE_KEYS):
                name = key.value
                end = key.start_mark.index + len(name)
                yield self._renamed(below, end, name, first=self._above(node))
            if not (self._override or matches(below, _OPTIONAL)):
                yield self._without(key, value, below)
            yield self._doubled(key, value, below)
            yield from self._walk(value, below)
        if node.value and not matches(path, _ANY_KEY):
            yield self._with_unknown(node, path)

    def _scalar(self, node: Any, path: Keys) -> Iterator[Mutation]:
        text, start = (
            self._text[node.start_mark.index : node.end_mark.index],
            node.start_mark.index,
        )
        if not node.tag.endswith(":str"):
            if not matches(path, _ANY_TYPE):
                yield self._changed("type", node, path, f'"{node.value}"')
            return
        for pattern in (
            r"(?<=\$\{)\w+(?=\})",
            r"(?<=[\w)] [=,(]\s):\w+|(?<=[\s(]):\w+",
            r"(?<=\{)\w+(?=\})",
        ):
            for match in re.finditer(pattern, text):
                if (
                    pattern != r"(?<=\{)\w+(?=\})"
                    or text[match.start() - 2 : match.start()] != "${"
                ):
                    name = match[0].lstrip(":")
                    yield self._renamed(path, start + match.end(), name)
        if text.startswith("$") and not text.startswith("${"):
            for match in re.finditer(r"[\w-]+", text):
                yield self._renamed(path, start + match.end(), match[0])
        elif not self._is_free(node, path, _FREE):
            end = start + len(text.rstrip().rstrip("\"'"))
            yield self._renamed(path, end, node.value.rpartition(":")[2])

    def _is_free(self, node: Any, path: Keys, patterns: tuple[str, ...]) -> bool:
        """The columns of many rows are taken as a whole: no domain names them."""
        if matches(path, ("database/operations/*/fields/#",)):
            operation: Mapping[str, Any] = self._data["database"]["operations"][path[2]]
            return bool(operation["returns"] == "many")
        return matches(path, patterns)

    def _renamed(self, path: Keys, end: int, name: str, *, first: int = 0) -> Mutation:
        text = f"{self._text[:end]}x{self._text[end:]}"
        line = self._text.count("\n", 0, end) + 1
        what = f"{'/'.join(path)}: {name}"
        return Mutation("rename", what, self._file, first or line, line, text, (name, f"{name}x"))

    def _above(self, node: Any) -> int:
        """The line of the key whose value a mapping is, or that of its first key."""
        return int(node.start_mark.line) or 1

    def _changed(self, kind: str, node: Any, path: Keys, new: str) -> Mutation:
        before, after = (self._text[: node.start_mark.index], self._text[node.end_mark.index :])
        if node.end_mark.column == 0:
            new += "\n"
        line = node.start_mark.line + 1
        return Mutation(kind, "/".join(path), self._file, line, line, before + new + after)

    def _of_another_type(self, node: Any, path: Keys) -> Mutation:
        """A list where a text is expected, a text where anything else is."""
        is_text = isinstance(node, yaml.ScalarNode) and node.tag.endswith(":str")
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            return self._changed("type", node, path, "[]" if is_text else "many")
        first, end = node.start_mark.line, self._end(node)
        before = "".join(self._lines[:first]).rstrip("\n")
        key = before.rpartition("\n")[2]
        while key.lstrip().startswith("#"):
            before = before.rpartition("\n")[0]
            key = before.rpartition("\n")[2]
        text = f"{before} many\n{''.join(self._lines[end:])}"
        line = before.count("\n") + 1
        return Mutation("type", "/".join(path), self._file, line, line, text)

    def _end(self, node: Any) -> int:
        """The first line that a node has no part in."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            return int(node.end_mark.line + (node.end_mark.column > 0))
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _without(self, key: Any, value: Any, path: Keys) -> Mutation:
        if key.start_mark.line == value.start_mark.line and self._in_flow(key):
            raise ValueError(f"{self._file}: {'/'.join(path)}: a mapping in one line")
        first, column, end = (key.start_mark.line, key.start_mark.column, self._end(value))
        head, rest = self._lines[first][:column], self._lines[end:]
        if "-" in head and rest:
            rest = [head + rest[0][column:], *rest[1:]]
        names = (key.value, *re.findall(r"[\w-]+", "".join(self._lines[first:end])))
        text = "".join([*self._lines[:first], *rest])
        return Mutation("delete", "/".join(path), self._file, 1, first + 1, text, names)

    def _in_flow(self, key: Any) -> bool:
        before: str = self._lines[key.start_mark.line][: key.start_mark.column]
        return "{" in before

    def _without_item(self, node: Any, index: int, path: Keys) -> Mutation:
        kept = [one for place, one in enumerate(node.value) if place != index]
        written = ", ".join(self._text[one.start_mark.index : one.end_mark.index] for one in kept)
        changed = self._changed("delete", node, path, f"[{written}]")
        name = str(node.value[index].value)
        return replace(changed, what=f"{changed.what}: {name}", names=(name,))

    def _doubled(self, key: Any, value: Any, path: Keys) -> Mutation:
        first, column, end = (key.start_mark.line, key.start_mark.column, self._end(value))
        again = [" " * column + self._lines[first][column:], *self._lines[first + 1 : end]]
        text = "".join([*self._lines[:end], *again, *self._lines[end:]])
        return Mutation("double", "/".join(path), self._file, end + 1, end + 1, text)

    def _with_unknown(self, node: Any, path: Keys) -> Mutation:
        end, column = self._end(node), node.value[0][0].start_mark.column
        added = " " * column + "zzz: 1\n"
        text = "".join([*self._lines[:end], added, *self._lines[end:]])
        return Mutation("unknown", f"{'/'.join(path)}/zzz", self._file, end + 1, end + 1, text)


def main() -> None:
    """PROJECT FILE…; a file that begins with + overrides the base's.

    Of that, what is overridden takes no effect; if it is there, that is seen in other projects.
    """
    project, files = Path(sys.argv[1]), sys.argv[2:]
    hidden = {
        path
        for name in files
        if name.startswith("+")
        for path in paths(yaml.safe_load((project / name[1:]).read_text(encoding="utf-8")))
    }
    found: list[Mutation] = []
    for name in files:
        for one in Walk(project, name.lstrip("+"), override=name.startswith("+")).mutations():
            overridden = one.what.partition(": ")[0] in hidden or one.text is None
            if not (hidden and name == "config/base/config.yaml" and overridden):
                found.append(one)
    json.dump([asdict(one) for one in found], sys.stdout)


def paths(value: Any, above: str = "") -> Iterator[str]:
    """Of everything in a mapping, as mutations have it."""
    for key, item in value.items() if isinstance(value, dict) else ():
        yield f"{above}{key}"
        yield from paths(item, f"{above}{key}/")


if __name__ == "__main__":
    main()
