"""Whether the licence can be said in every package, once it is decided."""

import re
from collections.abc import Iterator
from pathlib import Path

from packages.about import LICENCE, LICENCE_FILE

# A name of SPDX, with its exception; several of which any, or all, are meant. Homebrew can say no
# mixture of these.
_ONE = r"[A-Za-z0-9][A-Za-z0-9.-]*\+?( WITH [A-Za-z0-9.-]+)?"
_EXPRESSION = re.compile(rf"{_ONE}(( OR {_ONE})*|( AND {_ONE})*)")


def faults(repository: Path) -> Iterator[str]:
    """Nothing, as long as nothing is decided."""
    file = repository / LICENCE_FILE
    there = file.is_file()
    if LICENCE is None:
        if there:
            yield f"there is a {LICENCE_FILE}, and packages/about.py does not say which (LICENCE)"
        return
    if not _EXPRESSION.fullmatch(LICENCE):
        yield (
            f"packages/about.py says {LICENCE!r}: not a name as SPDX has them, nor several joined by "
            "OR alone or by AND alone"
        )
    if not there:
        yield f"packages/about.py says {LICENCE}, and there is no {LICENCE_FILE} with its text"
    elif not file.read_bytes().strip():
        yield f"{LICENCE_FILE} is empty: it is the text of {LICENCE}"
