"""What is in a folder, and how that differs from what has to be."""

import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What the last run in a folder left, so that it can be taken back.
UNDO = ".scaffold-undo"
# A network's file system may list a file that is removed a little longer.
_SETTLING_SECONDS = 3.0


@dataclass(frozen=True)
class Entry:
    """A file with its bytes, or a directory (`data` is None)."""

    mode: int
    data: bytes | None

    @property
    def text(self) -> str:
        if self.data is None:
            return "a directory"
        beginning = self.data[:24].decode("utf-8", "backslashreplace")
        return f"{len(self.data)} bytes, {self.mode:04o}, {beginning!r}"


# By path below the folder that was looked at.
Tree = Mapping[str, Entry]


def tree(folder: Path) -> Tree:
    """All that is in `folder`, but for what it takes to take the last run back.

    A file that FUSE hides until it is closed gets a while to vanish.

    One that stays is left out: libfuse asks whether a file is open before it hides it, so one whose
    last close arrives in between keeps its hidden name until the disk is unmounted. No program can
    see that coming, and what it holds was removed.
    """
    limit = time.monotonic() + _SETTLING_SECONDS
    while True:
        seen = _look(folder)
        hidden = {path for path in seen if "/.fuse_hidden" in f"/{path}"}
        if not hidden or time.monotonic() > limit:
            return {path: entry for path, entry in seen.items() if path not in hidden}
        time.sleep(0.05)


def _look(folder: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    open_folders = [""]
    while open_folders:
        below = open_folders.pop()
        for file in (folder / below).iterdir():
            if file.name == UNDO:
                continue
            path = str(file.relative_to(folder))
            status = file.lstat()
            data = None
            if stat.S_ISDIR(status.st_mode):
                open_folders.append(path)
            elif stat.S_ISREG(status.st_mode):
                data = file.read_bytes()
            else:
                data = b"neither a file nor a directory"
            found[path] = Entry(stat.S_IMODE(status.st_mode), data)
    return found


def differences(seen: Tree, expected: Tree, *, modes: bool) -> list[str]:
    """A line for each path that is not as expected; modes count only on disks that keep them."""
    lines = []
    for path in sorted({*seen, *expected}):
        one, other = seen.get(path), expected.get(path)
        if one is None or other is None:
            lines.append(f"{path}: {'is missing' if one is None else f'is left over, {one.text}'}")
        elif one.data != other.data:
            lines.append(f"{path}: {one.text}, expected {other.text}")
        elif modes and one.mode != other.mode:
            lines.append(f"{path}: mode {one.mode:04o}, expected {other.mode:04o}")
    return lines


def below(folder: str, content: Tree) -> dict[str, Entry]:
    """The same tree seen from further up: every path below `folder`, whose parts are added."""
    parts = folder.split("/")
    above = {"/".join(parts[: count + 1]): Entry(0o755, None) for count in range(len(parts))}
    return above | {f"{folder}/{path}": entry for path, entry in content.items()}
