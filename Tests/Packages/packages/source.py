"""The sources of the commit, which Homebrew builds on macOS."""

from pathlib import Path

from packages import tarball
from packages.checkout import Checkout
from packages.release import Package, Release, source_name

TOOLS = ("git", *tarball.TOOLS)

_REPOSITORY = Path(__file__).resolve().parents[3]


def make(release: Release, folder: Path) -> Package:
    target = folder / source_name(release.version)
    archive = Checkout(_REPOSITORY).archive(release.commit, target.name.removesuffix(".tar.xz"))
    tarball.compress(archive, target)
    return Package("source", target)
