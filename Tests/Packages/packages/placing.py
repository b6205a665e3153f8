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
    """A hidden folder inside `into`: whatever is mounted or linked there, files can be moved.

    Whatever happens, it is gone afterwards; so are the folders that were made for it, `into` with
    them, if nothing came to be in them.
    """
    made = [folder for folder in (into, *into.parents) if not folder.exists()]
    staged: Path | None = None
    try:
        try:
            into.mkdir(parents=True, exist_ok=True)
            staged = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=into))
        except OSError as error:
            raise RefusalError([f"--into {into}: {error.strerror}"]) from None
        yield staged
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


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
