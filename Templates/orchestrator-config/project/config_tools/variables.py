"""`${NAME}` in the configuration: a variable of the environment, or of .env."""

import re
from collections.abc import Iterator, Mapping

from config_tools.config import Documents
from config_tools.faults import Fault, Location
from config_tools.yaml_reader import items

<<@if VARIANT != multi-env>>
LOCAL = "local"  # what ENVIRONMENT says on the machine that one works on
<<@end>>
PLACEHOLDER = "change-me"  # what .env.example has in the place of secrets
_START = re.compile(r"\$\{[^}]*\}?")
_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


def used_variables(documents: Documents) -> set[str]:
    """The names of all variables in the documents."""
    return {name for _, text in _texts(documents) for name in _VARIABLE.findall(text)}


def check_variables(documents: Documents, environment: Mapping[str, str]) -> list[Fault]:
    """Those that are not set, or are empty, at each place where they are used."""
    faults: list[Fault] = []
    for location, text in _texts(documents):
        for written in _START.findall(text):
            match = _VARIABLE.fullmatch(written)
            if match is None:
                remedy = "write ${NAME}, in capital letters, digits and _"
                faults.append(Fault(location, f"{written} names no variable", remedy))
            elif not environment.get(match[1]):
                state = "empty" if match[1] in environment else "not set"
                remedy = f"set {match[1]} in .env, as .env.example shows, or in the environment"
                faults.append(Fault(location, f"the variable {match[1]} is {state}", remedy))
    return faults


def placeholders(documents: Documents, environment: Mapping[str, str]) -> list[str]:
    """The names of those that still have the value of .env.example."""
    names = sorted(used_variables(documents))
    return [name for name in names if PLACEHOLDER in environment.get(name, "")]


def check_placeholders(documents: Documents, environment: Mapping[str, str]) -> list[Fault]:
    """The same as faults, at each place where they are used."""
    found = placeholders(documents, environment)
    return [
        Fault(
            location,
            f"the variable {name} is still {PLACEHOLDER}, as in .env.example",
            f"set {name} to a secret of your own in .env, or in the environment",
        )
        for location, text in _texts(documents)
        for name in _VARIABLE.findall(text)
        if name in found
    ]


def _texts(documents: Documents) -> Iterator[tuple[Location, str]]:
    for document in documents.values():
        for path, value in items(document.value):
            if isinstance(value, str):
                yield document.locate(path), value


def resolve(text: str, environment: Mapping[str, str]) -> str:
    """The text with the values of those variables that are set."""
    return _VARIABLE.sub(lambda match: environment.get(match[1], match[0]), text)
