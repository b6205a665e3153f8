"""The package for Debian and its kin."""

import gzip
import hashlib
import os
import re
import tempfile
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from packages import notice
from packages.about import DESCRIPTION, MAINTAINER, NAME, SUMMARY
from packages.linked import linked
from packages.programs import environment, output
from packages.release import Item, Package, Payload, Release, debian_name

# It calls tar.
TOOLS = ("dpkg-deb", "tar")

# Where completions of a package are, as zsh's own and fish's own are elsewhere.
_PLACES = {"share/zsh/site-functions/": "share/zsh/vendor-completions/"}
_OVERRIDES = f"""\
# It runs on any distribution and starts without a loader's work.
{NAME}: statically-linked-binary [usr/bin/{NAME}]
"""


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / debian_name(release.version, release.machine)
    items = sorted(_items(release, payload), key=lambda item: item.path)
    control = [
        Item("control", _control(release, items).encode()),
        Item("md5sums", "".join(_md5sum(item) for item in items).encode()),
    ]
    with tempfile.TemporaryDirectory(prefix="debian-") as name:
        root = Path(name) / "root"
        _write(items, root)
        _write(control, root / "DEBIAN")
        _settle(root, release.time)
        settings = ("--root-owner-group", "-Zxz", "-z9", "-Sextreme")
        # The number of threads decides where blocks end.
        env = environment({"SOURCE_DATE_EPOCH": str(release.time), "DPKG_DEB_THREADS_MAX": "1"})
        output(["dpkg-deb", *settings, "--build", root, target], env=env)
    target.chmod(0o644)
    return Package("deb", target)


def _items(release: Release, payload: Payload) -> Sequence[Item]:
    documents = f"share/doc/{NAME}"
    items = [
        *(_installed(item) for item in payload.installed),
        Item(f"{documents}/README.md.gz", _compressed(payload.readme)),
        Item(f"{documents}/NOTICE.gz", _compressed(payload.notice)),
        Item(f"{documents}/changelog.gz", _compressed(_changelog(release).encode())),
        Item(f"{documents}/copyright", _copyright(release, payload).encode()),
        Item(f"share/lintian/overrides/{NAME}", _OVERRIDES.encode()),
    ]
    return [Item(f"usr/{item.path}", item.content, item.executable) for item in items]


def _installed(item: Item) -> Item:
    for ours, theirs in _PLACES.items():
        if item.path.startswith(ours):
            return Item(theirs + item.path.removeprefix(ours), item.content)
    if item.path.startswith("share/man/"):
        return Item(f"{item.path}.gz", _compressed(item.content))
    return item


def _compressed(content: bytes) -> bytes:
    """As `gzip -9n` does: neither a name nor a date is in it."""
    return gzip.compress(content, 9, mtime=0)


def _control(release: Release, items: Sequence[Item]) -> str:
    # As dpkg counts: whole kilobytes, and one for each folder.
    folders = {parent for item in items for parent in Path(item.path).parents}
    kilobytes = len(folders) + sum(-(-len(item.content) // 1024) for item in items)
    fields = {
        "Package": NAME,
        "Version": release.version,
        "Architecture": release.machine.debian,
        "Maintainer": _maintainer(release),
        "Installed-Size": str(kilobytes),
        # It asks git where a project is in a repository, and does without where it is not.
        "Recommends": "git",
        "Section": "devel",
        "Priority": "optional",
        "Multi-Arch": "foreign",
        "Homepage": release.home,
        "Description": f"{SUMMARY[0].lower()}{SUMMARY[1:]}\n{_indented(DESCRIPTION)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _maintainer(release: Release) -> str:
    """Debian demands an address; letters go to where the repository is."""
    return f"{MAINTAINER} <noreply@{urlsplit(release.home).hostname}>"


def _changelog(release: Release) -> str:
    """Debian's own form, of which native packages have the only changelog."""
    day = format_datetime(datetime.fromtimestamp(release.time, UTC))
    head = f"{NAME} ({release.version}) unstable; urgency=medium"
    entry = f"  * {release.home}/releases/tag/{release.tag}"
    changes = "\n\n".join(_change(part) for part in re.split(r"\n+(?=- |\n)", release.changes))
    return f"{head}\n\n{entry}\n\n{changes}\n\n -- {_maintainer(release)}  {day}\n"


def _change(text: str) -> str:
    """A heading, an item or a paragraph of the changelog; terminals are 80 columns wide."""
    words = " ".join(text.split())
    if words.startswith("#"):
        return f"  [ {words.lstrip('# ')} ]"
    if words.startswith("- "):
        return textwrap.fill(f"* {words[2:]}", 79, initial_indent="  ", subsequent_indent="    ")
    return textwrap.fill(words, 79, initial_indent="  ", subsequent_indent="  ")


def _copyright(release: Release, payload: Payload) -> str:
    """In the form that programs read; what is linked has no files of its own here."""
    decided = release.licence is not None
    name = release.licence if release.licence is not None else "not-decided"
    text = payload.licence.decode() if decided else notice.UNDECIDED
    parts = [
        "\n".join(f"{one.title}: {one.licence}" for one in linked(release.machine)),
        "NOTICE.gz beside this file has the terms of these. Where they refer to the LGPL, it is in "
        "/usr/share/common-licenses/LGPL-2.1.",
    ]
    comment = "\n\n".join(textwrap.fill(part, 76) if "\n" not in part else part for part in parts)
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {NAME}\n"
        f"Source: {release.home}\n"
        f"Comment: {notice.LINKED}\n{_indented(comment)}\n\n"
        "Files: *\n"
        f"Copyright: {release.date[:4]} {MAINTAINER}\n"
        f"License: {name}\n{_indented(textwrap.fill(text, 76) if not decided else text)}\n"
    )


def _indented(text: str) -> str:
    """As a field goes on: a blank first, and a dot for an empty line."""
    return "\n".join(f" {line or '.'}" for line in text.strip("\n").splitlines())


def _md5sum(item: Item) -> str:
    """What `dpkg --verify` compares with."""
    return f"{hashlib.md5(item.content, usedforsecurity=False).hexdigest()}  {item.path}\n"


def _write(items: Sequence[Item], root: Path) -> None:
    for item in items:
        path = root / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.content)
        path.chmod(0o755 if item.executable else 0o644)


def _settle(root: Path, time: int) -> None:
    """Neither the umask nor the time of day is in the package."""
    paths = [*root.rglob("*"), root]
    for path in paths:
        if path.is_dir():
            path.chmod(0o755)
    for path in paths:
        os.utime(path, (time, time))
