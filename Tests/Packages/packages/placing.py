"""Puts packages into their folder: all of them or none."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from packages.faults import RefusalError

_PREFIX = ".packages-"


@contextmanager
def staging(into: Path) -> Iterator[Path]:
    """A folder beside `into`, on the same disk; whatever happens, it is gone afterwards.

    So are the folders that were made for it, if nothing came to be in them.
    """
    made = [folder for folder in into.parents if not folder.exists()]
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        name = tempfile.mkdtemp(prefix=_PREFIX, dir=into.parent)
    except OSError as error:
        raise RefusalError([f"{into.parent}: {error.strerror}"]) from None
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def place(files: Sequence[Path], into: Path, staged: Path) -> None:
    """Moves files into the folder; a fault on the way takes back what has been moved."""
    is_new = not into.exists()
    into.mkdir(exist_ok=True)
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
            if is_new:
                with suppress(OSError):
                    into.rmdir()
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
