"""The merged configuration as files, which is what the service reads.

The copy is in a private temporary directory, with every ${VARIABLE} as it was written. A link in
data/ says where, so that scripts/reload_config.py can bring it up to date.
"""

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import yaml

from config_tools.check import check
from config_tools.config import Documents
from config_tools.environments import Environment
from config_tools.project import DATA, show_faults

_INTERVAL = 0.5  # seconds between two looks at the sources


def link_for(port: int) -> Path:
    """Where the copy of the service that listens on the port is to be found."""
    return DATA / f"local_config_of_port_{port}"


def write_copy(documents: Documents, directory: Path) -> None:
    """Makes the directory hold these documents; each file is complete at any moment."""
    for name, document in documents.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        text = yaml.safe_dump(document.value, sort_keys=False, allow_unicode=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    for path in directory.rglob("*.yaml"):
        if path.relative_to(directory).as_posix() not in documents:
            path.unlink()


@contextmanager
def merged_copy(documents: Documents, link: Path) -> Iterator[Path]:
    """The documents as files, for as long as the context lasts."""
    directory = Path(tempfile.mkdtemp(prefix="orchestrator-config-"))  # only we may enter it
    try:
        write_copy(documents, directory)
        link.unlink(missing_ok=True)  # of a service that was killed
        link.symlink_to(directory)
        yield directory
    finally:
        link.unlink(missing_ok=True)
        shutil.rmtree(directory, ignore_errors=True)


class SourceWatcher:
    """Brings the copy up to date when a source changes, unless the change has faults."""

    def __init__(self, source: Environment, copy: Path, variables: Mapping[str, str]) -> None:
        self._source = source
        self._copy = copy
        self._variables = variables
        self._state = self._look()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def refresh(self) -> bool:
        """Whether the copy was brought up to date."""
        state = self._look()
        if state == self._state:
            return False
        self._state = state
        checked = check(self._source, self._variables)
        show_faults(checked.faults)
        if checked.faults:
            print("the service keeps the configuration that it has", file=sys.stderr)
            return False
        write_copy(checked.documents, self._copy)
        return True

    def _run(self) -> None:
        while not self._stop.wait(_INTERVAL):
            self.refresh()

    def _look(self) -> dict[Path, tuple[int, int]]:
        found = {}
        for directory in (self._source.base, self._source.directory):
            for path in directory.rglob("*.yaml"):
                with suppress(FileNotFoundError):  # an editor may be about to replace it
                    status = path.stat()
                    found[path] = (status.st_mtime_ns, status.st_size)
        return found
