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
def disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=WORK, prefix="disk-") as folder:
        yield Path(folder)


@contextmanager
def memory() -> Iterator[Optional[Path]]:
    """A folder on a tmpfs: in /dev/shm, else on one that is mounted for this run. None where
    neither can be had."""
    shared = Path("/dev/shm")
    if shared.is_dir() and os.access(shared, os.W_OK) and file_system_of(shared) == "tmpfs":
        with tempfile.TemporaryDirectory(dir=shared, prefix="scaffold-benchmarks-") as folder:
            yield Path(folder)
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
