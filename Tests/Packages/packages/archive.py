"""The archive for everybody: what is installed, in the folders it has below a prefix."""

from pathlib import Path

from packages import tarball
from packages.about import LICENCE_FILE
from packages.release import Item, Package, Payload, Release, archive_name

TOOLS = tarball.TOOLS


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / archive_name(release.version, release.machine)
    items = [*payload.installed, Item("README.md", payload.readme), Item("NOTICE", payload.notice)]
    if payload.licence:
        items.append(Item(LICENCE_FILE, payload.licence))
    tarball.write(items, target, release.time)
    return Package("archive", target)
