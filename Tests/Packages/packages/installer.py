"""`install.sh`, which knows the checksums of the archives that it downloads."""

import hashlib
from pathlib import Path

from packages.about import MACHINES
from packages.faults import BuildError
from packages.release import INSTALLER_NAME, Package, Release, archive_name

_TEMPLATE = Path(__file__).with_name("install.sh")


def make(release: Release, folder: Path) -> Package:
    """Of the archives of the version that lie in the folder."""
    target = folder / INSTALLER_NAME
    archives = {
        machine.name: folder / archive_name(release.version, machine) for machine in MACHINES
    }
    checksums = [
        f"{name} {hashlib.sha256(archive.read_bytes()).hexdigest()}"
        for name, archive in archives.items()
        if archive.exists()
    ]
    if not checksums:
        raise BuildError(f"install.sh needs an archive of {release.version} in {folder}")
    text = _TEMPLATE.read_text(encoding="utf-8")
    for name, value in (
        ("version", release.version),
        ("downloads", release.downloads),
        ("home", release.home),
        ("checksums", "\n".join(checksums)),
    ):
        text = text.replace(f"@{name}@", _quotable(value))
    target.write_text(text, encoding="utf-8")
    target.chmod(0o755)
    return Package("installer", target)


def _quotable(value: str) -> str:
    """What stands between single quotes, and in comments."""
    if "'" in value:
        raise BuildError(f"install.sh cannot have a quote in it: {value}")
    return value
