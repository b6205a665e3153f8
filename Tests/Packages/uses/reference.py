"""The binary of the archive, and what it makes: all that is installed is held against them."""

import lzma
import tarfile
from collections.abc import Sequence
from pathlib import Path

from packages.about import NAME
from uses import projects
from uses.built import Built
from uses.tree import Tree
from verification.commands import CheckError, Result, run


def program(built: Built, work: Path) -> Path:
    target = work / "reference" / NAME
    target.parent.mkdir()
    with lzma.open(built.archive) as unpacked, tarfile.open(fileobj=unpacked) as archive:
        for entry in archive:
            if entry.isfile() and entry.name.endswith(f"/bin/{NAME}"):
                content = archive.extractfile(entry)
                target.write_bytes(content.read() if content is not None else b"")
                target.chmod(0o755)
                return target
    raise CheckError(f"{built.archive.name} has no bin/{NAME}")


def expected(binary: Path) -> Tree:
    folder = binary.parent / "projects"
    folder.mkdir()

    def call(*arguments: str, codes: Sequence[int] = (0,)) -> Result:
        return run([binary, *arguments], cwd=folder, env={"PATH": "/usr/bin"}, codes=codes)

    return projects.use(call, folder)
