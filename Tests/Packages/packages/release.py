"""What a set of packages is of, and what its files are called."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from packages.about import DISTRIBUTION, MACHINES, NAME, Machine


@dataclass(frozen=True)
class Release:
    """One version, of one commit, for one kind of machine."""

    version: str
    # 40 digits.
    commit: str
    # Of the commit, in seconds since 1970: the date of every file in every package.
    time: int
    machine: Machine
    # Where the repository is; what is downloaded is below `downloads`.
    home: str
    # As SPDX writes it; None where there is none yet, for testing only.
    licence: str | None
    # The section of the changelog, without its heading.
    changes: str

    @property
    def date(self) -> str:
        """The day in UTC, as 2026-11-29."""
        return datetime.fromtimestamp(self.time, UTC).date().isoformat()

    @property
    def instant(self) -> str:
        """The second in UTC, as 2026-11-29T12:34:56Z."""
        return datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def tag(self) -> str:
        return f"v{self.version}"

    @property
    def downloads(self) -> str:
        """Where the files of this release are published."""
        return f"{self.home}/releases/download/{self.tag}"


def archive_name(version: str, machine: Machine) -> str:
    """Of the archive for everybody, which unpacks into a folder of its name without endings."""
    return f"{NAME}-{version}-linux-{machine.name}.tar.xz"


def source_name(version: str) -> str:
    return f"{NAME}-{version}-source.tar.xz"


def wheel_name(version: str, machine: Machine) -> str:
    return f"{DISTRIBUTION.replace('-', '_')}-{version}-py3-none-{machine.wheel}.whl"


def debian_name(version: str, machine: Machine) -> str:
    return f"{NAME}_{version}_{machine.debian}.deb"


def image_name(version: str, machine: Machine) -> str:
    """Of an OCI archive, which `podman load` and `skopeo copy oci-archive:` read."""
    return f"{NAME}-{version}-linux-{machine.name}.oci.tar"


def bill_name(version: str, machine: Machine) -> str:
    """Of the list of what is in the binary, in the form of SPDX."""
    return f"{NAME}-{version}-linux-{machine.name}.spdx.json"


FORMULA_NAME = f"{NAME}.rb"
INSTALLER_NAME = "install.sh"
SUMS_NAME = "SHA256SUMS"
# Those whose name is of every version.
COMMON_NAMES = (FORMULA_NAME, INSTALLER_NAME, SUMS_NAME)


def machine_names(version: str, machine: Machine) -> list[str]:
    """Of all files that a version has for one kind of machine."""
    makers = (archive_name, wheel_name, debian_name, image_name, bill_name)
    return [make(version, machine) for make in makers]


def machines_names(version: str) -> list[str]:
    """Of all files that a version has for each kind of machine."""
    return [name for machine in MACHINES for name in machine_names(version, machine)]


def versioned_names(version: str) -> set[str]:
    """Of all files that a version can have and no other has."""
    return {source_name(version), *machines_names(version)}


@dataclass(frozen=True)
class Item:
    """A file that is installed, below the prefix that a kind of package has (`/usr`, `~/.local`)."""

    # As `share/man/man1/scaffold.1`.
    path: str
    content: bytes
    executable: bool = False


@dataclass(frozen=True)
class Payload:
    """What every package carries.

    `installed` are the program (`bin/scaffold`), the pages of the manual
    (`share/man/man1/scaffold.1`, `share/man/man5/scaffold-layout.5`, neither compressed) and the
    completions (`share/bash-completion/completions/scaffold`,
    `share/zsh/site-functions/_scaffold`, `share/fish/vendor_completions.d/scaffold.fish`).
    """

    installed: tuple[Item, ...]
    # README.md of the repository.
    readme: bytes
    # What the licence is, or that there is none yet; then what else is linked into the binary, by
    # whom and under what terms.
    notice: bytes
    # The text of LICENSE; empty where there is none.
    licence: bytes

    @property
    def program(self) -> Item:
        return next(item for item in self.installed if item.path == f"bin/{NAME}")


@dataclass(frozen=True)
class Package:
    """One file that was made."""

    # For the table: `archive`, `wheel`, …
    kind: str
    path: Path
