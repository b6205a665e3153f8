"""A small layout of our own: few files of every kind, so that a run has few calls."""

import json
from collections.abc import Mapping
from pathlib import Path

NAME = "small"
# Written with mode 0600.
PRIVATE = ".env"
# A user may have it already, with another text.
COMMON = "README.md"

_MANIFEST = {
    "name": NAME,
    "summary": "A few files of every kind",
    "version": "1.0.0",
    "variables": [{"name": "OWNER", "kind": "name", "default": "one"}],
    "layers": [{"folder": "base"}],
    "private": [PRIVATE],
}
_SCRIPT = "run.sh"
_FILES = {
    COMMON: "# A project of <<OWNER>>\n",
    PRIVATE: "SECRET_OF=<<OWNER>>\n",
    _SCRIPT: "#!/bin/sh\necho <<OWNER>>\n",
    "data/numbers.txt": "<<OWNER>>\n" + "".join(f"{number}\n" for number in range(17_000)),
    "docs/guide.md": "Ask <<OWNER>>.\n",
    "src/main.py": 'print("<<OWNER>>")\n',
    "src/package/__init__.py": "",
    "src/package/inner/deep/value.py": 'VALUE = "<<OWNER>>"\n',
    "tests/test_main.py": 'OWNER = "<<OWNER>>"\n',
}


def write_layout(folder: Path) -> None:
    for path, text in _FILES.items():
        file = folder / "base" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / "base" / _SCRIPT).chmod(0o755)
    (folder / "layout.json").write_text(json.dumps(_MANIFEST))


def contents(owner: str) -> Mapping[str, bytes]:
    """What the layout's files hold once rendered, without the project's record."""
    return {path: text.replace("<<OWNER>>", owner).encode() for path, text in _FILES.items()}
