"""Reads documents of the repository."""

from pathlib import Path

from packages.faults import RefusalError


def read(repository: Path, name: str) -> str:
    """What cannot be read is refused, with its name."""
    try:
        return (repository / name).read_text(encoding="utf-8")
    except OSError as error:
        raise RefusalError([f"{name}: {error.strerror}"]) from None
    except UnicodeDecodeError as error:
        raise RefusalError([f"{name}: byte {error.start + 1} is not UTF-8"]) from None
