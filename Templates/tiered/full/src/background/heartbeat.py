"""A file whose age says when a process without an HTTP port was last seen working."""

import os
import tempfile
from pathlib import Path

_DEFAULT = Path(tempfile.gettempdir(), "<<PROJECT_NAME>>-heartbeat")
HEARTBEAT_FILE = Path(os.environ.get("HEARTBEAT_FILE", _DEFAULT))


def beat(file: Path = HEARTBEAT_FILE) -> None:
    file.touch()
