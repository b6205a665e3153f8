"""The list of what is in the binary: it is SPDX, and of just the files that the archive has."""

import hashlib
import json
import lzma
import tarfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from packages.about import NAME
from packages.linked import UNKNOWN, linked
from uses.bed import Bed
from uses.tools import tool
from verification.claims import require, require_equal
from verification.commands import CheckError, Result, run
from verification.report import Check

Document = dict[str, Any]

_LIBRARIES = (
    *("LLVM", "Swift standard library and runtime", "Unicode Character Database"),
    *("glibc", "libgcc", "libstdc++"),
)


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("is SPDX", lambda: _valid(bed)),
            *(Check(f"{name} would be noticed", partial(_noticed, bed, name)) for name in _WRONG),
        ],
        [
            Check("is of the files of the archive", lambda: _installed(bed)),
            Check("is of what is linked into the binary", lambda: _linked(bed)),
            Check("a wrong checksum would be noticed", lambda: _wrong_checksum(bed)),
        ],
    ]


def _read(bed: Bed) -> Document:
    try:
        return dict(json.loads(bed.built.bill.read_bytes()))
    except ValueError as error:
        raise CheckError(f"{bed.built.bill.name} is no JSON: {error}") from None


def _validated(file: Path, codes: Sequence[int] = (0,)) -> Result:
    return run([tool("pyspdxtools"), "--infile", file], codes=codes)


def _valid(bed: Bed) -> str:
    require_equal("what the validator says", _validated(bed.built.bill).text, "")
    document = _read(bed)
    return f"{document['spdxVersion']}, {len(document['packages'])} packages"


def _no_namespace(document: Document) -> None:
    del document["documentNamespace"]


def _unknown_licence(document: Document) -> None:
    document["packages"][-1]["licenseDeclared"] = "GPL-3.0-or-later WITH Nothing"


def _nowhere(document: Document) -> None:
    document["relationships"][-1]["relatedSpdxElement"] = "SPDXRef-Nowhere"


_WRONG: Mapping[str, Callable[[Document], None]] = {
    "a missing namespace": _no_namespace,
    "an unknown licence": _unknown_licence,
    "a relationship to nothing": _nowhere,
}


def _noticed(bed: Bed, name: str) -> str:
    """The validator does look."""
    document = _read(bed)
    _WRONG[name](document)
    file = bed.folder("bill") / bed.built.bill.name
    file.write_text(json.dumps(document), encoding="utf-8")
    return _validated(file, codes=(1,)).text.strip().splitlines()[-1][:100]


def _files(bed: Bed) -> Mapping[str, bytes]:
    """All that the archive has."""
    root = bed.built.archive.name.removesuffix(".tar.xz")
    found = {}
    with lzma.open(bed.built.archive) as unpacked, tarfile.open(fileobj=unpacked) as archive:
        for entry in archive:
            content = archive.extractfile(entry)
            name = entry.name.removeprefix(f"{root}/")
            if content is not None:
                found[f"./{name}"] = content.read()
    return found


def _require_files(document: Document, files: Mapping[str, bytes]) -> None:
    for algorithm, digest in (("SHA1", _sha1), ("SHA256", _sha256)):
        seen = {
            file["fileName"]: checksum["checksumValue"]
            for file in document["files"]
            for checksum in file["checksums"]
            if checksum["algorithm"] == algorithm
        }
        wanted = {name: digest(content) for name, content in files.items()}
        require_equal(f"{algorithm} of the files", seen, wanted)


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _installed(bed: Bed) -> str:
    document, files = _read(bed), _files(bed)
    _require_files(document, files)
    program = _package(document, NAME)
    require_equal("the version", program["versionInfo"], bed.built.version)
    contained = {file["SPDXID"] for file in document["files"]}
    require_equal("what it contains", _related(document, program["SPDXID"], "CONTAINS"), contained)
    # As SPDX defines it, of the checksums of all files.
    code = _sha1("".join(sorted(map(_sha1, files.values()))).encode())
    found = program["packageVerificationCode"]["packageVerificationCodeValue"]
    require_equal("the verification code", found, code)
    return f"{len(files)} files"


def _package(document: Document, name: str) -> Document:
    found = [one for one in document["packages"] if one["name"] == name]
    require_equal(f"how many packages are {name}", len(found), 1)
    return dict(found[0])


def _related(document: Document, identifier: str, kind: str) -> set[str]:
    return {
        relation["relatedSpdxElement"]
        for relation in document["relationships"]
        if (relation["spdxElementId"], relation["relationshipType"]) == (identifier, kind)
    }


def _linked(bed: Bed) -> str:
    document = _read(bed)
    binary = next(file for file in document["files"] if file["fileName"] == f"./bin/{NAME}")
    found = _related(document, binary["SPDXID"], "STATIC_LINK")
    libraries = [one for one in document["packages"] if one["SPDXID"] in found]
    names = sorted(one["name"] for one in libraries)
    require_equal("what is linked", names, sorted(_LIBRARIES))
    source = _related(document, binary["SPDXID"], "GENERATED_FROM")
    require_equal("of how many sources it is made", len(source), 1)
    for field in ("licenseDeclared", "licenseConcluded"):
        unlicensed = [one["name"] for one in libraries if one[field] == UNKNOWN]
        require(not unlicensed, f"without {field}: {unlicensed}")
    # What this machine knows, whoever made the packages did as well.
    known = {one.name for one in linked(bed.built.machine) if one.version != UNKNOWN}
    versions = {str(one["name"]): str(one["versionInfo"]) for one in libraries}
    lost = sorted(name for name in known if versions[name] == UNKNOWN)
    require(not lost, f"without a version: {lost}")
    return ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))


def _wrong_checksum(bed: Bed) -> str:
    """The comparison does look."""
    document, files = _read(bed), dict(_files(bed))
    program = f"./bin/{NAME}"
    require(program in files, f"the archive has no {program} in a folder of its own name")
    files[program] += b"\0"
    try:
        _require_files(document, files)
    except CheckError:
        return ""
    raise CheckError("a binary with one byte more has the checksum that is listed")
