"""Packages that came from other machines, which are published with those that are made here."""

import io
import lzma
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from packages import notice
from packages.about import MACHINES, Machine
from packages.release import archive_name, machine_names, source_name
from packages.request import Request

_UNREADABLE = (tarfile.TarError, lzma.LZMAError, EOFError, OSError, ValueError)


def faults(request: Request, machine: Machine | None, commit: str) -> Iterator[str]:
    """What the formula, the installer and the checksums would vouch for, and is not what it has to
    be: all packages of a machine, and of the commit."""
    others = [one for one in MACHINES if request.assemble or one != machine]
    found = [fault for one in others for fault in _of_machine(request, one, commit)]
    if request.assemble:
        found += _of_source(request.into / source_name(request.version), commit)
    if found:
        listed = "".join(f"\n  {one}" for one in found)
        yield f"--into {request.into}: what came from other machines is not right{listed}"


def _of_machine(request: Request, machine: Machine, commit: str) -> Iterator[str]:
    paths = [request.into / name for name in machine_names(request.version, machine)]
    if not any(os.path.lexists(path) for path in paths):
        return
    for path in paths:
        if not os.path.lexists(path):
            yield f"{path.name}: is missing"
        elif path.is_symlink() or not path.is_file():
            yield f"{path.name}: is no file"
        elif path.name == archive_name(request.version, machine):
            title = notice.title(request.version, commit)
            try:
                said = _title(path)
            except _UNREADABLE as error:
                yield f"{path.name}: cannot be read ({error})"
                continue
            if said != title:
                yield f"{path.name}: is of `{said}`, not `{title}`"


def _opened(archive: Path) -> tarfile.TarFile:
    """All of it is read, to see that it has an end."""
    return tarfile.open(fileobj=io.BytesIO(lzma.decompress(archive.read_bytes())))


def _title(archive: Path) -> str:
    """The first line of its notice."""
    said = ""
    name = f"{archive.name.removesuffix('.tar.xz')}/NOTICE"
    with _opened(archive) as entries:
        for entry in entries:
            content = entries.extractfile(entry)
            if entry.name == name and content is not None:
                said = content.read().decode("utf-8", "replace").partition("\n")[0]
    return said


def _of_source(path: Path, commit: str) -> Iterator[str]:
    """git writes the commit into it."""
    if not path.is_file():
        return
    try:
        with _opened(path) as entries:
            said = entries.pax_headers.get("comment", "nothing")
    except _UNREADABLE as error:
        yield f"{path.name}: cannot be read ({error})"
        return
    if path.is_symlink():
        yield f"{path.name}: is no file"
    elif said != commit:
        yield f"{path.name}: is of {said:.9}, not {commit:.9}"
