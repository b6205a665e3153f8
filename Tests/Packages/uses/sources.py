"""The archive of the sources, held to what git has of its commit."""

import hashlib
import lzma
import tarfile

from uses.bed import Bed
from uses.clones import clone
from verification.claims import require, require_equal
from verification.commands import CheckError, NotVerifiedError, run


def of_commit(bed: Bed) -> str:
    """Each file as git names its content; not by git's own archive."""
    root = bed.built.source.name.removesuffix(".tar.xz")
    seen: dict[str, str] = {}
    with lzma.open(bed.built.source) as unpacked, tarfile.open(fileobj=unpacked) as archive:
        commit = archive.pax_headers.get("comment", "")
        for entry in archive:
            if not entry.isdir():
                name = entry.name.removeprefix(f"{root}/")
                seen[name] = f"{_mode(entry)} {_blob(_content(archive, entry))}"
    there = clone(bed, "sources").folder
    told = run(["git", "-C", there, "ls-tree", "-r", "-z", commit], codes=None)
    if told.code:
        raise NotVerifiedError(f"the sources are of {commit or 'no commit'}, which is not here")
    listed = [line.partition("\t") for line in told.out.split("\0") if line]
    wanted = {name: f"{about.split()[0]} {about.split()[2]}" for about, _, name in listed}
    for name in sorted({*seen, *wanted}):
        require_equal(name, seen.get(name, "not there"), wanted.get(name, "not of the commit"))
    formula = bed.built.formula.read_text(encoding="utf-8")
    require(f'"{commit[:9]}"' in formula, f"the formula does not say {commit[:9]}")
    return f"{len(seen)} files of {commit[:9]}"


def _mode(entry: tarfile.TarInfo) -> str:
    if entry.issym():
        return "120000"
    return "100755" if entry.mode & 0o100 else "100644"


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    if entry.issym():
        return entry.linkname.encode()
    content = archive.extractfile(entry)
    if content is None:
        raise CheckError(f"{entry.name} is neither a file nor a link")
    return content.read()


def _blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
