"""Packages as if they had come from another machine: as small as may be."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

from packages import notice, release
from packages.about import Machine


def fill(folder: Path, version: str, machine: Machine, commit: str) -> None:
    """All that is made for one kind of machine, of a commit; what they are is in the archive."""
    for name in release.machine_names(version, machine):
        (folder / name).write_bytes(f"of {machine.name}".encode())
    name = release.archive_name(version, machine)
    title = notice.title(version, commit).encode()
    _write(folder / name, {f"{name.removesuffix('.tar.xz')}/NOTICE": title + b"\n====\n"})


def fill_source(folder: Path, version: str, commit: str) -> None:
    """With the commit as git writes it."""
    _write(folder / release.source_name(version), {"README.md": b"of both"}, {"comment": commit})


def _write(
    path: Path, files: Mapping[str, bytes], headers: Mapping[str, str] | None = None
) -> None:
    with tarfile.open(
        path, "w:xz", format=tarfile.PAX_FORMAT, pax_headers=dict(headers or {})
    ) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
