"""The folder that packages are put into: what has to be so, and what may not lie there."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from packages import sums
from packages.about import MACHINES, Machine
from packages.programs import run
from packages.release import (
    COMMON_NAMES,
    SUMS_NAME,
    archive_name,
    machine_names,
    source_name,
    versioned_names,
)
from packages.request import Request

_NO_REPOSITORY = "not a git repository"


def faults(request: Request, machine: Machine | None) -> Iterator[str]:
    into = request.into
    if not into.is_absolute():
        yield "--into '': names no folder"
        return
    if os.path.lexists(into) and not into.is_dir():
        yield f"--into {into}: not a folder"
        return
    if not into.exists():
        yield from _absent(request)
        return
    if not os.access(into, os.R_OK | os.W_OK | os.X_OK):
        yield f"--into {into}: {into} is not writable"
    if not os.access(into, os.R_OK | os.X_OK):
        return
    others = sorted(one.name for one in into.iterdir() if _is_other(one.name, request.version))
    if others:
        yield f"--into {into}: has packages of another version, remove them: {', '.join(others)}"
    archives = [archive_name(request.version, machine) for machine in MACHINES]
    if request.assemble and not any((into / name).is_file() for name in archives):
        yield f"--into {into}: there is none of {', '.join(archives)} to assemble"
    if foreign := [*_foreign(request, machine)]:
        listed = "".join(f"\n  {one}" for one in foreign)
        yield (
            f"--into {into}: what no build has put there would be replaced, move it away or take "
            f"another folder{listed}"
        )


def _absent(request: Request) -> Iterator[str]:
    into = request.into
    there = next(folder for folder in into.parents if os.path.lexists(folder))
    if not there.is_dir():
        yield f"--into {into}: {there} is not a folder"
    elif not os.access(there, os.W_OK | os.X_OK):
        yield f"--into {into}: it is not there, and {there} is not writable"
    if request.assemble:
        yield f"--into {into}: there are no packages to assemble"


def _is_other(name: str, version: str) -> bool:
    """Whether a file is called as those of another version are."""
    return _version(name) not in (None, version)


def _version(name: str) -> str | None:
    """Of which version a package is, by its name; None where it is none, or of every version."""
    found = re.search(r"[0-9]+\.[0-9]+\.[0-9]+", name)
    return found[0] if found is not None and name in versioned_names(found[0]) else None


def _foreign(request: Request, machine: Machine | None) -> Iterator[str]:
    """What would be replaced and is not an earlier build's own, and why it is not."""
    into = request.into
    names = [name for name in _replaced(request, machine) if os.path.lexists(into / name)]
    recorded = _recorded(into)
    tracked = _tracked(into, names)
    for name in names:
        reason = _kind(into / name)
        if reason is None and (isinstance(tracked, str) or name in tracked):
            reason = tracked if isinstance(tracked, str) else "git tracks it"
        if reason is None:
            reason = _difference(into / name, recorded)
        if reason is not None:
            yield f"{name}: {reason}"


def _replaced(request: Request, machine: Machine | None) -> list[str]:
    """What packages will be called."""
    source = source_name(request.version)
    if request.assemble:
        came = (request.into / source).is_file()
        return [*COMMON_NAMES, *([] if came else [source])]
    own = [] if machine is None else machine_names(request.version, machine)
    return [*COMMON_NAMES, source, *own]


def _kind(path: Path) -> str | None:
    """What it is, but for a file."""
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        return None
    known = ((stat.S_ISLNK(mode), "a link"), (stat.S_ISDIR(mode), "a folder"))
    return next((kind for is_this, kind in known if is_this), "not a file")


def _recorded(into: Path) -> dict[str, str] | None:
    """Checksums of an earlier build, by name; None where there are none, or of other files."""
    path = into / SUMS_NAME
    try:
        found = sums.read(path) if _kind(path) is None else None
    except (OSError, ValueError):
        return None
    if found and all(name in COMMON_NAMES or _version(name) is not None for name in found):
        return found
    return None


def _tracked(into: Path, names: list[str]) -> set[str] | str:
    """Which names git has in its index, or why it cannot say."""
    if not names or shutil.which("git") is None:
        return set()
    code, out, said = run(("git", "ls-files", "-z", "--", *names), cwd=into)
    text = said.decode("utf-8", "replace").strip()
    if code and _NO_REPOSITORY not in text:
        return f"git cannot say whether it tracks it ({text.partition(chr(10))[0]})"
    return set() if code else set(out.decode().split("\0"))


def _difference(path: Path, recorded: dict[str, str] | None) -> str | None:
    """From what an earlier build has put there."""
    if recorded is None:
        if path.name == SUMS_NAME:
            return "not of packages"
        return f"no {SUMS_NAME} of packages names it"
    if path.name == SUMS_NAME:
        return None
    if path.name not in recorded:
        return f"{SUMS_NAME} does not name it"
    try:
        return None if sums.digest(path) == recorded[path.name] else f"not as {SUMS_NAME} says"
    except OSError as error:
        return str(error.strerror)
