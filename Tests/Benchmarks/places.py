"""Where projects are written to while it is measured: in memory and on a disk."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional

from tools import WORK


def file_system_of(path: Path) -> str:
    """`tmpfs`, `ext2/ext3`, …; empty where the system does not tell."""
    done = subprocess.run(["stat", "-f", "-c", "%T", path], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


@contextmanager
def folder(parent: Path, prefix: str = "") -> Iterator[Path]:
    """A folder that is gone at the end, whatever ends the run."""
    path = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
    try:
        yield path
    finally:
        # Of a session of its own: a second Ctrl-C does not leave half of it.
        subprocess.run(["rm", "-rf", path], start_new_session=True, check=True)


@contextmanager
def disk() -> Iterator[Path]:
    with folder(WORK, "disk-") as path:
        yield path


@contextmanager
def memory() -> Iterator[Optional[Path]]:
    """A folder on a tmpfs: in /dev/shm, else on one that is mounted for this run. None where
    neither can be had."""
    shared = Path("/dev/shm")
    if shared.is_dir() and os.access(shared, os.W_OK) and file_system_of(shared) == "tmpfs":
        with folder(shared, "scaffold-benchmarks-") as path:
            yield path
        return
    point = Path(tempfile.mkdtemp(dir=WORK, prefix="tmpfs-"))
    try:
        mount = ["mount", "-t", "tmpfs", "tmpfs", str(point)]
        if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode != 0:
            yield None
            return
        try:
            yield point
        finally:
            subprocess.run(["umount", str(point)], check=True)
    finally:
        point.rmdir()


def room(place: Path) -> int:
    """The bytes that can be written to a tmpfs: what it takes, and what the machine has."""
    free = shutil.disk_usage(place).free
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return free
    return min(free, next(int(line.split()[1]) * 1024 for line in lines if "Available" in line))
