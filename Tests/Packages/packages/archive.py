"""The archive for everybody: what is installed, in the folders it has below a prefix."""

from pathlib import Path

from packages.about import LICENCE_FILE
from packages.release import Item, Package, Payload, Release, archive_name
from packages.tarball import packed


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / archive_name(release.version, release.machine)
    items = [*payload.installed, Item("README.md", payload.readme), Item("NOTICE", payload.notice)]
    if payload.licence:
        items.append(Item(LICENCE_FILE, payload.licence))
    root = target.name.removesuffix(".tar.xz")
    target.write_bytes(packed(items, root, release.time))
    return Package("archive", target)
