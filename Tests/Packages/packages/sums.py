"""Checksums, as `sha256sum --check` reads them."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from packages.release import SUMS_NAME, Package

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\n]+)")


def make(files: Iterable[Path], folder: Path) -> Package:
    target = folder / SUMS_NAME
    lines = [f"{digest(path)}  {path.name}\n" for path in sorted(files, key=lambda one: one.name)]
    target.write_text("".join(lines), encoding="utf-8")
    return Package("checksums", target)


def read(path: Path) -> dict[str, str]:
    """By name; `ValueError` where a file has other lines than those that `make` writes."""
    lines = [_LINE.fullmatch(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = {line[2]: line[1] for line in lines if line is not None}
    if len(found) != len(lines):
        raise ValueError(f"{path} has lines that are no checksums")
    return found


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
