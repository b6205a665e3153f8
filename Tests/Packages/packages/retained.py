"""The toolchain's static libraries, of which a program takes what it calls and no more.

The standard library marks the sections of all its functions as retained (SHF_GNU_RETAIN, see the
generic ABI of ELF), so that each stays in every program that is linked of it. Here are copies that
have the mark on data alone: what the runtime finds by itself, such as conformances, stays; a
function stays where something refers to it. Nothing else in them is another.
"""

import json
import struct
from collections.abc import Iterator
from pathlib import Path

from packages.faults import BuildError
from packages.programs import output

_LIBRARIES = ("libswiftCore.a", "libswiftGlibc.a", "libswiftSynchronization.a")
_MAGIC = b"!<arch>\n"
# A member's name, date, owner, group, mode, size and end.
_HEADER = struct.Struct("16s12s6s6s8s10s2s")
_FUNCTIONS = b".text"
_RETAINED = 0x200000


def libraries(folder: Path) -> list[Path]:
    """Writes the copies into `folder`; to be linked before those of the toolchain."""
    told = json.loads(output(["swiftc", "-print-target-info"]))
    static = Path(told["paths"]["runtimeResourcePath"]).with_name("swift_static") / "linux"
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for name in _LIBRARIES:
        content = bytearray((static / name).read_bytes())
        if not release_functions(content):
            raise BuildError(f"{static / name} retains no function: it can be linked as it is")
        copy = folder / name
        # The build would link anew for a newer one.
        if not copy.is_file() or copy.read_bytes() != content:
            copy.write_bytes(content)
        copies.append(copy)
    return copies


def release_functions(archive: bytearray) -> int:
    """Takes the mark from the functions of all objects in an archive; returns of how many."""
    if not archive.startswith(_MAGIC):
        raise BuildError("a library of the toolchain is no archive of objects")
    return sum(_release(archive, start) for start in _objects(archive))


def _objects(archive: bytearray) -> Iterator[int]:
    """Where each begins."""
    place = len(_MAGIC)
    while place < len(archive):
        *_, size, _end = _HEADER.unpack_from(archive, place)
        place += _HEADER.size
        # Of 64 bits, the lowest byte first: so are both kinds of machine.
        if archive.startswith(b"\x7fELF\x02\x01", place):
            yield place
        # Each begins at an even place.
        place += int(size) + int(size) % 2


def _release(archive: bytearray, start: int) -> int:
    (table,) = struct.unpack_from("<Q", archive, start + 40)
    size, count, of_names = struct.unpack_from("<HHH", archive, start + 58)
    (names,) = struct.unpack_from("<Q", archive, start + table + of_names * size + 24)
    released = 0
    for header in range(start + table, start + table + count * size, size):
        name, _kind, flags = struct.unpack_from("<IIQ", archive, header)
        if flags & _RETAINED and archive.startswith(_FUNCTIONS, start + names + name):
            struct.pack_into("<Q", archive, header + 8, flags & ~_RETAINED)
            released += 1
    return released
