"""The wheel for PyPI. Its command is the binary itself: no interpreter stands in the way."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from packages import zipped
from packages.about import DISTRIBUTION, LICENCE_FILE, MAINTAINER, NAME, SUMMARY
from packages.markdown import absolute
from packages.release import Item, Package, Payload, Release, wheel_name

TOOLS = zipped.TOOLS

_KEYWORDS = ("cli", "project", "scaffolding", "template")
_CLASSIFIERS = (
    "Environment :: Console",
    "Intended Audience :: Developers",
    "Operating System :: POSIX :: Linux",
    "Topic :: Software Development :: Code Generators",
)
# PyPI refuses what has it.
_PRIVATE = "Private :: Do Not Upload"


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / wheel_name(release.version, release.machine)
    stem = f"{DISTRIBUTION.replace('-', '_')}-{release.version}"
    items = [*_installed(payload, f"{stem}.data"), *_information(release, payload, stem)]
    record = f"{stem}.dist-info/RECORD"
    # Those who read metadata of a remote wheel find it at the end.
    items.append(Item(record, _record(items, record)))
    target.write_bytes(zipped.packed(items, release.time))
    return Package("wheel", target)


def _installed(payload: Payload, folder: str) -> Sequence[Item]:
    """Below the environment's prefix: the binary in `bin`, manuals and completions in `share`."""
    items = [Item(f"{folder}/scripts/{NAME}", payload.program.content, executable=True)]
    items += [
        Item(f"{folder}/data/{item.path}", item.content)
        for item in payload.installed
        if item is not payload.program
    ]
    return items


def _information(release: Release, payload: Payload, stem: str) -> Sequence[Item]:
    folder = f"{stem}.dist-info"
    licences = [Item("NOTICE", payload.notice)]
    if payload.licence:
        licences.append(Item(LICENCE_FILE, payload.licence))
    return [
        *(Item(f"{folder}/licenses/{item.path}", item.content) for item in licences),
        Item(f"{folder}/WHEEL", _wheel(release).encode()),
        Item(f"{folder}/METADATA", _metadata(release, payload, licences).encode()),
    ]


def _wheel(release: Release) -> str:
    tags = [f"Tag: py3-none-{platform}" for platform in release.machine.wheel.split(".")]
    lines = ["Wheel-Version: 1.0", f"Generator: {NAME} {release.version}", "Root-Is-Purelib: false"]
    return "\n".join([*lines, *tags]) + "\n"


def _metadata(release: Release, payload: Payload, licences: Sequence[Item]) -> str:
    links = {
        "Homepage": release.home,
        "Changelog": f"{release.home}/blob/{release.tag}/.github/CHANGELOG.md",
        "Issues": f"{release.home}/issues",
        "Source": f"{release.home}/tree/{release.tag}",
    }
    classifiers = [*_CLASSIFIERS]
    if release.licence is None:
        classifiers.append(_PRIVATE)
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", DISTRIBUTION),
        ("Version", release.version),
        ("Summary", SUMMARY),
        ("Maintainer", MAINTAINER),
        ("Keywords", ",".join(_KEYWORDS)),
        *(("License-Expression", one) for one in (release.licence,) if one is not None),
        *(("License-File", item.path) for item in licences),
        *(("Classifier", one) for one in classifiers),
        *(("Project-URL", f"{name}, {link}") for name, link in links.items()),
        ("Description-Content-Type", "text/markdown; charset=UTF-8; variant=GFM"),
    ]
    header = "".join(f"{name}: {value}\n" for name, value in fields)
    description = absolute(payload.readme.decode(), release, "README.md")
    return f"{header}\n{description}"


def _record(items: Sequence[Item], own: str) -> bytes:
    """Every file with its checksum, as PEP 376 and PEP 427 have it."""
    lines = [f"{item.path},sha256={_digest(item)},{len(item.content)}\n" for item in items]
    return "".join([*lines, f"{own},,\n"]).encode()


def _digest(item: Item) -> str:
    digest = hashlib.sha256(item.content).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
