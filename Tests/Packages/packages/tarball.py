"""Writes `.tar.xz`, the same bytes for the same files."""

import io
import lzma
import tarfile
from collections.abc import Iterable

from packages.release import Item

# Without a filter for processors' instructions, which would save a tenth: busybox reads none.
_FILTERS = ({"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME},)


def packed(items: Iterable[Item], folder: str, time: int) -> bytes:
    """Of files below one folder, which are root's, sorted, and of one date."""
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
    return compressed(buffer.getvalue())


def compressed(content: bytes) -> bytes:
    return lzma.compress(
        content, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=list(_FILTERS)
    )


def _parents(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
