"""Mounts, loop devices and file system daemons, all of which are taken down again."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from verification.commands import (
    CheckError,
    Command,
    NotVerifiedError,
    environment,
    forget,
    kill_group,
    quoted,
    run,
    spawn,
)

_SECONDS_TO_MOUNT = 15.0
_SECONDS_TO_UNMOUNT = 10.0


class Mounts:
    """What is mounted is unmounted in reverse, whatever happens in between.

    `verify` works in a mount and a process namespace of its own: even when it is killed, nothing
    stays mounted and no daemon stays.
    """

    def __init__(self) -> None:
        self._closing = ExitStack()

    def __enter__(self) -> "Mounts":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.close()

    def memory(self, at: Path, size: str, files: int = 0) -> Path:
        """A file system in memory for so many bytes, and so many files unless that is 0."""
        options = f"size={size},nr_inodes={files},mode=0755"
        return self.kernel(["mount", "-t", "tmpfs", "-o", options, "tmpfs", at], at)

    def image(self, kind: Command, file: Path, megabytes: int) -> Path:
        """A file that holds an empty file system: `kind` makes it, given the file."""
        with file.open("wb") as image:
            image.truncate(megabytes << 20)
        run([*kind, file])
        return file

    def kernel(self, command: Command, at: Path) -> Path:
        """Mounts something of the kernel's. A loop device goes with the mount."""
        at.mkdir(exist_ok=True)
        run(command)
        self._closing.callback(_unmount, at)
        return at

    def fuse(self, command: Command, at: Path, text: str = "") -> Path:
        """Mounts by a daemon, which stays in the foreground if it can; `text` is its input."""
        at.mkdir(exist_ok=True)
        process = self._daemon(command, at.with_name(f"{at.name}.log"), text)
        limit = time.monotonic() + _SECONDS_TO_MOUNT
        while not at.is_mount():
            if process.poll() not in (None, 0) or time.monotonic() > limit:
                said = at.with_name(f"{at.name}.log").read_text(errors="replace").strip()
                raise CheckError(f"`{quoted(command)}` mounted nothing\n{said}")
            time.sleep(0.02)
        self._closing.callback(_unmount, at)
        return at

    @staticmethod
    @contextmanager
    def device(image: Path) -> Iterator[str]:
        """A block device for an image, for as long as somebody who opened it meanwhile holds it."""
        device = run(["losetup", "--find", "--show", image]).out.strip()
        try:
            yield device
        finally:
            run(["losetup", "--detach", device])

    def server(self, command: Command, log: Path) -> "subprocess.Popen[str]":
        return self._daemon(command, log)

    def _daemon(self, command: Command, log: Path, text: str = "") -> "subprocess.Popen[str]":
        with log.open("w") as said:
            process = spawn(
                command,
                cwd=None,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=said.fileno(),
                stderr=subprocess.STDOUT,
            )
        self._closing.callback(_end, process)
        if process.stdin is not None:
            process.stdin.write(text)
            process.stdin.close()
        return process


def require_programs(*names: str) -> None:
    for name in names:
        if shutil.which(name) is None:
            raise NotVerifiedError(f"{name} is not installed (Tests/RealDisks/install does it)")


def _unmount(at: Path) -> None:
    limit = time.monotonic() + _SECONDS_TO_UNMOUNT
    while run(["umount", at], codes=None).code != 0:
        if time.monotonic() > limit:
            run(["umount", "--lazy", at], codes=None)
            return
        time.sleep(0.1)


def _end(process: "subprocess.Popen[str]") -> None:
    """A daemon ends when its mount is gone; if not, it is ended."""
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        kill_group(process)
        process.wait()
    forget(process)
