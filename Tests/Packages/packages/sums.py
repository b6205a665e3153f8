"""Checksums, as `sha256sum --check` reads them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from packages.release import SUMS_NAME, Package


def make(files: Iterable[Path], folder: Path) -> Package:
    target = folder / SUMS_NAME
    lines = [f"{digest(path)}  {path.name}\n" for path in sorted(files, key=lambda one: one.name)]
    target.write_text("".join(lines), encoding="utf-8")
    return Package("checksums", target)


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
