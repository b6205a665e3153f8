"""What lies in a folder, so that what came and what went can be told."""

import hashlib
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from verification.claims import require
from verification.commands import CheckError

# By path below the folder: kind, mode, owner, and content.
Tree = Mapping[str, str]


def tree(folder: Path, *, without: Sequence[str] = (), owners: bool = True) -> Tree:
    """- without: folders or files that are left out, with all in them"""
    found: dict[str, str] = {}
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            name = str(path.relative_to(folder))
            if name in without:
                continue
            found[name] = _entry(path, owners)
            if path.is_dir() and not path.is_symlink():
                waiting.append(path)
    return found


def files(seen: Tree) -> Tree:
    """Without directories, of which some installers leave empty ones."""
    return {name: entry for name, entry in seen.items() if not entry.startswith("directory")}


def _entry(path: Path, owners: bool) -> str:
    status = path.lstat()
    owner = f" {status.st_uid}:{status.st_gid}" if owners else ""
    mode = f"{stat.S_IMODE(status.st_mode):04o}{owner}"
    if stat.S_ISLNK(status.st_mode):
        return f"link to {path.readlink()}"
    if stat.S_ISDIR(status.st_mode):
        return f"directory {mode}"
    if stat.S_ISREG(status.st_mode):
        return f"file {mode} {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"
    return f"{stat.S_IFMT(status.st_mode):o} {mode}"


def require_same(what: str, seen: Tree, expected: Tree) -> None:
    lines = []
    for name in sorted({*seen, *expected}):
        one, other = seen.get(name), expected.get(name)
        if one == other:
            continue
        if other is None:
            lines.append(f"{name}: is left over, {one}")
        elif one is None:
            lines.append(f"{name}: is gone, {other}")
        else:
            lines.append(f"{name}: {one}, before {other}")
    require(not lines, "\n".join([f"{what} is not as it was:", *lines]))


def same_file(seen: Path, expected: Path) -> None:
    """Both byte for byte, and not by being the same."""
    if seen.resolve() == expected.resolve():
        raise CheckError(f"{seen} is {expected}")
    require(seen.read_bytes() == expected.read_bytes(), f"{seen} is not as {expected}")
