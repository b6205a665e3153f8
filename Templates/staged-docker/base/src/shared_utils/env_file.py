"""Reads `.env`, which holds secrets and nothing else.

Docker Compose reads the same file. Quotes, `$`, `#`, backslashes and blanks mean different things
to different readers, so a value that has one of them is refused instead of being guessed at.
No message shows a value.
"""

import re
from pathlib import Path

from shared_utils.errors import EnvVarError

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>.*)")
_READ_DIFFERENTLY = re.compile(r"[\s'\"`$\\#]")


def read_env_file(path: Path) -> dict[str, str]:
    """The keys and values of the file; none if there is no file. Of equal keys the last one counts."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise EnvVarError(f"{path} cannot be read as text: {error}") from None
    values: dict[str, str] = {}
    for number, raw_line in enumerate(text.splitlines(), start=1):
        line = raw_line.strip()
        if not line or line.startswith("#"):
            continue
        match = _ASSIGNMENT.fullmatch(line)
        if match is None:
            raise EnvVarError(f"{path}:{number}: expected NAME=value")
        name, value = match["name"], match["value"]
        if _READ_DIFFERENTLY.search(value):
            raise EnvVarError(
                f"{path}:{number}: {name} has a quote, a blank, $, #, ` or a backslash, which"
                " compose would read differently: expected a value without them"
            )
        values[name] = value
    return values
