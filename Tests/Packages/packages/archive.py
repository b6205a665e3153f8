"""The archive for everybody: what is installed, in the folders it has below a prefix."""

from collections.abc import Sequence
from pathlib import Path

from packages import tarball
from packages.about import LICENCE_FILE
from packages.release import Item, Package, Payload, Release, archive_name

TOOLS = tarball.TOOLS


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / archive_name(release.version, release.machine)
    tarball.write([*payload.installed, *beside(payload)], target, release.time)
    return Package("archive", target)


def beside(payload: Payload) -> Sequence[Item]:
    """What is to be read, and is not installed."""
    items = [Item("README.md", payload.readme), Item("NOTICE", payload.notice)]
    if payload.licence:
        items.append(Item(LICENCE_FILE, payload.licence))
    return items
