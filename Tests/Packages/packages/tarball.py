"""Writes `.tar.xz`, the same bytes for the same files."""

import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

from packages.programs import output
from packages.release import Item

TOOLS = ("xz",)

# Without a filter for processors' instructions, which would save a tenth: busybox reads none. In
# one thread, as their number decides where blocks end.
_SETTINGS = ("--compress", "--format=xz", "--check=crc32", "-9", "--extreme", "--threads=1")


def write(items: Iterable[Item], target: Path, time: int) -> None:
    """Of files below one folder, which has the target's name; they are root's, and of one date."""
    folder = target.name.removesuffix(".tar.xz")
    files = {f"{folder}/{item.path}": item for item in items}
    folders = {parent for path in files for parent in _parents(path)}
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(folders | files.keys()):
            entry = tarfile.TarInfo(path)
            entry.mtime = time
            entry.uname = entry.gname = "root"
            item = files.get(path)
            if item is None:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(entry)
                continue
            entry.mode = 0o755 if item.executable else 0o644
            entry.size = len(item.content)
            archive.addfile(entry, io.BytesIO(item.content))
    compress(buffer.getvalue(), target)


def compress(content: bytes, target: Path) -> None:
    plain = target.with_suffix("")
    plain.write_bytes(content)
    output(["xz", *_SETTINGS, plain])


def _parents(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
