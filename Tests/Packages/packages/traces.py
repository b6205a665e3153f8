"""Paths that a compiler leaves in a binary, which tell of the machine that built it."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

# What is compiled and where that goes, below the checkout: the checkout's own path proves nothing,
# since `/build/` and `/data/` are in the texts of templates.
_CHECKOUT = ("Package.swift", "Sources/", "Tests/", ".build/")
# Where compilers keep modules and packages below the home of whoever builds, and toolchains lie.
_HOME = (".cache/clang/", ".cache/org.swift.swiftpm/", ".swiftpm/", ".local/share/swiftly/")
# Of the toolchain, below the folder that has its `bin`.
_TOOLCHAIN = ("lib/clang/", "lib/swift/", "lib/swift_static/")


def traces(content: bytes, repository: Path, environment: Mapping[str, str]) -> list[str]:
    """Which of these paths a binary has.

    - environment: of whoever built it
    """
    return [path for path in sorted({*_paths(repository, environment)}) if path.encode() in content]


def _paths(repository: Path, environment: Mapping[str, str]) -> Iterator[str]:
    for checkout in (repository, repository.resolve()):
        yield from _below(checkout, _CHECKOUT)
    if home := environment.get("HOME"):
        yield from _below(Path(home), _HOME)
    if compiler := shutil.which("swiftc", path=environment.get("PATH")):
        yield from _below(Path(compiler).resolve().parents[1], _TOOLCHAIN)


def _below(folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield f"{str(folder).rstrip('/')}/{name}"
