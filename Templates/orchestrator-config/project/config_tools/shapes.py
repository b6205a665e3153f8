"""Holds a document against the model of its file."""

import types
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config_tools.faults import Fault
from config_tools.models import Section
from config_tools.yaml_reader import Document, KeyPath, Value


def check_shape[M: Section](document: Document, model: type[M]) -> tuple[M | None, list[Fault]]:
    """The document as the model has it, unless there are faults."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [_fault(document, model, detail) for detail in details]


def _fault(document: Document, model: type[Section], detail: ErrorDetails) -> Fault:
    kind, path = detail["type"], _path_in(document.value, detail["loc"])
    shown = _dotted(path) or "the file"
    if kind == "missing":
        key = detail["loc"][-1]
        return Fault(document.locate(path), f"{shown} has no {key}", f"add the key {key}")
    if kind == "extra_forbidden":
        remedy = _instead_of(path, document.value, model)
        return Fault(document.locate(path), f"the key {shown} is not known", remedy)
    if kind.startswith("union_tag"):
        path = (*path, "type")
    message = f"{shown} has a value that does not fit"
    return Fault(document.locate(path), message, f"correct it: {detail['msg']}")


def _instead_of(path: KeyPath, value: Value, model: type[Section]) -> str:
    *_, key = path
    known = set(_keys(model, path[:-1], value))
    if nearest := get_close_matches(str(key), known, n=1):
        return f"did you mean {nearest[0]}?"
    return f"remove it: there are {', '.join(sorted(known))}"


def _path_in(value: Value, loc: tuple[int | str, ...]) -> KeyPath:
    """The part of the location that is in the document: pydantic also names alternatives."""
    path: KeyPath = ()
    for part in loc:
        if (isinstance(value, dict) and isinstance(part, str) and part in value) or (
            isinstance(value, list) and isinstance(part, int)
        ):
            path = (*path, part)
            value = value[part]  # type: ignore[index]
    return path


def _at(value: Value, path: KeyPath) -> Value:
    for part in path:
        value = value[part]  # type: ignore[index]
    return value


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path)


def _keys(annotation: Any, path: KeyPath, value: Value) -> Iterator[str]:
    """The keys that a model, or whatever else is annotated, has at the path."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _keys(get_args(annotation)[0], path, value)
    elif origin in (Union, types.UnionType):
        for alternative in get_args(annotation):
            yield from _keys(alternative, path, value)
    elif isinstance(annotation, type) and issubclass(annotation, Section):
        if not path:
            if _is_meant(annotation, value):
                yield from annotation.model_fields
        elif path[0] in annotation.model_fields:
            field = annotation.model_fields[str(path[0])]
            yield from _keys(field.annotation, path[1:], _at(value, path[:1]))
    elif origin in (dict, list) and path:
        yield from _keys(get_args(annotation)[-1], path[1:], _at(value, path[:1]))


def _is_meant(model: type[Section], value: Value) -> bool:
    """Whether an alternative is the one of the mapping's `type`."""
    kind = model.model_fields.get("type")
    if kind is None or get_origin(kind.annotation) is not Literal:
        return True
    return isinstance(value, dict) and value.get("type") in get_args(kind.annotation)
