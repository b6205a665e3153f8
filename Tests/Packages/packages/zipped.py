"""Writes a zip, the same bytes for the same files, as small as its readers allow.

Python's writer compresses with zlib; 7-Zip's deflate is as every reader expects it, and a thirtieth
smaller.
"""

import struct
import tempfile
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from packages.programs import output
from packages.release import Item

TOOLS = ("7z",)

_DEFLATED = 8
# 2.0, made on Unix.
_NEEDED = 20
_MADE_BY = 3 << 8 | _NEEDED
# Names are UTF-8.
_FLAGS = 1 << 11
_SETTINGS = ("-tzip", "-mm=Deflate", "-mx=9", "-mfb=258", "-mpass=3", "-mmt=1", "-bd", "-y")


def packed(items: Sequence[Item], time: int) -> bytes:
    """In the order of the items; all have one date."""
    body, directory = bytearray(), bytearray()
    stamp = _stamp(time)
    for item, data in zip(items, _deflated(items), strict=True):
        name = item.path.encode()
        sizes = (zlib.crc32(item.content), len(data), len(item.content))
        common = struct.pack("<HHHIIIIHH", _NEEDED, _FLAGS, _DEFLATED, stamp, *sizes, len(name), 0)
        mode = 0o100755 if item.executable else 0o100644
        directory += struct.pack("<IH", 0x02014B50, _MADE_BY) + common
        directory += struct.pack("<HHHII", 0, 0, 0, mode << 16, len(body)) + name
        body += struct.pack("<I", 0x04034B50) + common + name + data
    count = len(items)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def _stamp(time: int) -> int:
    """As MS-DOS has it, in UTC."""
    moment = datetime.fromtimestamp(time, UTC)
    day = (moment.year - 1980) << 9 | moment.month << 5 | moment.day
    return day << 16 | moment.hour << 11 | moment.minute << 5 | moment.second // 2


def _deflated(items: Sequence[Item]) -> Sequence[bytes]:
    with tempfile.TemporaryDirectory(prefix="zip-") as name:
        folder = Path(name)
        files = [folder / str(number) for number in range(len(items))]
        for file, item in zip(files, items, strict=True):
            file.write_bytes(item.content)
        target = folder / "packed.zip"
        output(["7z", "a", *_SETTINGS, target, *files])
        content = target.read_bytes()
        with ZipFile(target) as archive:
            entries = [archive.getinfo(file.name) for file in files]
        return [_data(content, entry.header_offset, entry.compress_size) for entry in entries]


def _data(content: bytes, offset: int, size: int) -> bytes:
    """What stands behind the header of an entry."""
    name, extra = struct.unpack_from("<HH", content, offset + 26)
    start = offset + 30 + name + extra
    return content[start : start + size]
