"""Puts packages into their folder: all of them or none."""

import fcntl
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from packages.faults import RefusalError

_PREFIX = ".packages-"
# As tempfile ends it.
_NAME = re.compile(rf"{re.escape(_PREFIX)}[a-z0-9_]{{8}}")


@contextmanager
def staging(into: Path) -> Iterator[Path]:
    """A hidden folder inside `into`: whatever is mounted or linked there, files can be moved.
    Those of builds that were killed are removed.

    Whatever happens, it is gone afterwards; so are the folders that were made for it, `into` with
    them, if nothing came to be in them.
    """
    made = [folder for folder in (into, *into.parents) if not folder.exists()]
    staged: Path | None = None
    with ExitStack() as locks:
        try:
            try:
                into.mkdir(parents=True, exist_ok=True)
                # Nobody takes a new folder for one that is left over before that is locked.
                with _lock(into, wait=True):
                    _remove_left(into)
                    staged = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=into))
                    locks.enter_context(_lock(staged))
            except OSError as error:
                raise RefusalError([f"--into {into}: {error.strerror}"]) from None
            yield staged
        finally:
            if staged is not None:
                shutil.rmtree(staged, ignore_errors=True)
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()


def is_staged(path: Path, into: Path) -> bool:
    """Whether a file is of a build that goes on, or was killed."""
    return into in path.parents and _NAME.fullmatch(path.relative_to(into).parts[0]) is not None


def _remove_left(into: Path) -> None:
    for path in into.iterdir():
        if _NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            with suppress(OSError), _lock(path) as is_free:
                if is_free:
                    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _lock(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    """Whether this has the lock, which ends with the process, however that ends. Some disks have
    no locks: nothing is removed there."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(opened)


def place(files: Sequence[Path], into: Path, staged: Path) -> None:
    """Moves files into the folder; a fault on the way takes back what has been moved."""
    kept = staged / "replaced"
    kept.mkdir()
    moved: list[Path] = []
    with _uninterrupted():
        try:
            for file in files:
                # Whatever the umask is.
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
                target = into / file.name
                if os.path.lexists(target):
                    os.rename(target, kept / file.name)
                moved.append(target)
                os.rename(file, target)
        except OSError:
            for target in moved:
                target.unlink(missing_ok=True)
            for before in kept.iterdir():
                os.rename(before, into / before.name)
            raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A signal waits until all is moved, or taken back."""
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
