"""The list of what is in the binary, in the form of SPDX 2.3.

Everything in it comes from the release, the files and the machine's toolchain; the same of them
give the same bytes.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from packages import archive
from packages.about import MAINTAINER, NAME, SUMMARY
from packages.linked import UNKNOWN, Linked, linked
from packages.release import (
    Item,
    Package,
    Payload,
    Release,
    archive_name,
    bill_name,
    source_name,
)

_DOCUMENT = "SPDXRef-DOCUMENT"
_PROGRAM = "SPDXRef-Program"
_SOURCE = "SPDXRef-Source"

_KINDS = {"bin": ["BINARY", "APPLICATION"], "man": ["DOCUMENTATION", "TEXT"]}

Json = Mapping[str, object]


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / bill_name(release.version, release.machine)
    bill = document(release, payload, linked(release.machine))
    target.write_text(json.dumps(bill, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return Package("bill", target)


def document(release: Release, payload: Payload, libraries: Sequence[Linked]) -> Json:
    content = {
        "SPDXID": _DOCUMENT,
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "name": bill_name(release.version, release.machine).removesuffix(".spdx.json"),
        "creationInfo": {
            "created": release.instant,
            "creators": [f"Organization: {MAINTAINER}", f"Tool: {NAME}-packages-{release.version}"],
        },
        "packages": [
            _program(release, payload),
            _source(release),
            *(_library(one) for one in libraries),
        ],
        "files": [_file(item) for item in _files(payload)],
        "relationships": _relationships(payload, libraries),
    }
    # No two documents may have one name: other content has another.
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    own = uuid.uuid5(uuid.NAMESPACE_URL, digest)
    name = bill_name(release.version, release.machine)
    return {**content, "documentNamespace": f"{release.downloads}/{name}/{own}"}


def _files(payload: Payload) -> Sequence[Item]:
    """All that the archive has."""
    return [*payload.installed, *archive.beside(payload)]


def _program(release: Release, payload: Payload) -> Json:
    """The archive; what it installs, every other package installs as well."""
    return {
        "SPDXID": _PROGRAM,
        "name": NAME,
        "summary": SUMMARY,
        "versionInfo": release.version,
        "supplier": f"Organization: {MAINTAINER}",
        "downloadLocation": f"{release.downloads}/{archive_name(release.version, release.machine)}",
        "homepage": release.home,
        "primaryPackagePurpose": "APPLICATION",
        "filesAnalyzed": True,
        "packageVerificationCode": {"packageVerificationCodeValue": _verification_code(payload)},
        "licenseInfoFromFiles": [UNKNOWN],
        **_licences(release.licence or UNKNOWN),
    }


def _source(release: Release) -> Json:
    return {
        "SPDXID": _SOURCE,
        "name": f"{NAME} (source)",
        "versionInfo": release.version,
        "supplier": f"Organization: {MAINTAINER}",
        "downloadLocation": f"{release.downloads}/{source_name(release.version)}",
        "homepage": release.home,
        "primaryPackagePurpose": "SOURCE",
        "sourceInfo": f"commit {release.commit}",
        "filesAnalyzed": False,
        **_licences(release.licence or UNKNOWN),
    }


def _library(library: Linked) -> Json:
    references = [
        {"referenceCategory": category, "referenceType": kind, "referenceLocator": locator}
        for category, kind, locator in (
            ("PACKAGE-MANAGER", "purl", library.package_url),
            ("SECURITY", "cpe23Type", library.cpe),
        )
        if locator
    ]
    return {
        "SPDXID": _identifier(library),
        "name": library.name,
        "versionInfo": library.version,
        "supplier": library.supplier,
        "downloadLocation": library.source,
        "homepage": library.home,
        "primaryPackagePurpose": "LIBRARY",
        "filesAnalyzed": False,
        **({"externalRefs": references} if references else {}),
        **_licences(library.licence),
    }


def _file(item: Item) -> Json:
    return {
        "SPDXID": _file_identifier(item),
        "fileName": f"./{item.path}",
        "fileTypes": _KINDS.get(item.path.removeprefix("share/").partition("/")[0], ["TEXT"]),
        "checksums": [
            {"algorithm": "SHA1", "checksumValue": _sha1(item.content)},
            {"algorithm": "SHA256", "checksumValue": hashlib.sha256(item.content).hexdigest()},
        ],
        "licenseConcluded": UNKNOWN,
        "licenseInfoInFiles": [UNKNOWN],
        "copyrightText": UNKNOWN,
    }


def _relationships(payload: Payload, libraries: Sequence[Linked]) -> Sequence[Json]:
    binary = _file_identifier(payload.program)
    relations = [(_DOCUMENT, "DESCRIBES", _PROGRAM)]
    relations += [(_PROGRAM, "CONTAINS", _file_identifier(item)) for item in _files(payload)]
    relations += [(binary, "STATIC_LINK", _identifier(library)) for library in libraries]
    relations += [(_file_identifier(item), "GENERATED_FROM", _SOURCE) for item in payload.installed]
    return [
        {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
        for one, kind, other in relations
    ]


def _licences(declared: str) -> Json:
    """Nothing was found that says otherwise: what is declared is concluded as well, which readers
    of other forms take for the licence."""
    return {
        "licenseDeclared": declared,
        "licenseConcluded": declared,
        "copyrightText": UNKNOWN,
    }


def _verification_code(payload: Payload) -> str:
    """As SPDX defines it: of the checksums of all files."""
    checksums = sorted(_sha1(item.content) for item in _files(payload))
    return _sha1("".join(checksums).encode())


def _sha1(content: bytes) -> str:
    """SPDX demands it of every file; SHA-256 stands beside it."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _identifier(library: Linked) -> str:
    return f"SPDXRef-Library-{_plain(library.name)}"


def _file_identifier(item: Item) -> str:
    return f"SPDXRef-File-{_plain(item.path)}"


def _plain(text: str) -> str:
    """Only letters, digits, dots and hyphens may be in an identifier."""
    return "".join(one if one.isascii() and (one.isalnum() or one in ".-") else "-" for one in text)
