"""Shows the configuration as it takes effect, without its secrets."""

import re
from collections.abc import Mapping

import yaml

from config_tools.config import Documents
from config_tools.variables import resolve
from config_tools.yaml_reader import Value

MASK = "********"
_SECRET = re.compile(
    r"password|passwd|secret|token|credential|authorization|cookie|(private|api)[_-]?key", re.I
)
_IN_URL = re.compile(
    r"(?<=://)(?P<user>[^/@:\s]*):\S*@|(?P<name>[?&][^=&]*(password|secret|token|key)=)[^&\s]*",
    re.I,
)


def show(documents: Documents, variables: Mapping[str, str]) -> str:
    """All files as one YAML document, variables replaced by their values."""
    known = {name: MASK if _SECRET.search(name) else value for name, value in variables.items()}
    shown = {name: _masked(document.value, known) for name, document in documents.items()}
    return yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=100)


def _masked(value: Value, variables: Mapping[str, str], key: str = "") -> Value:
    if isinstance(value, dict):
        return {name: _masked(item, variables, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_masked(item, variables, key) for item in value]
    if value is not None and _SECRET.search(key):
        return MASK
    if isinstance(value, str):
        return _IN_URL.sub(_masked_part, resolve(value, variables))
    return value


def _masked_part(match: re.Match[str]) -> str:
    return f"{match['name']}{MASK}" if match["name"] else f"{match['user']}:{MASK}@"
