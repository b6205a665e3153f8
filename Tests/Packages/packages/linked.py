"""What is linked into the binary besides our own, and which versions this machine has of it.

The compiler says which files it links; Debian's and its kin's records say whose they are. What
nobody knows is not asserted.
"""

import json
import platform
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from packages.about import Machine

# As SPDX says that a thing is not known.
UNKNOWN = "NOASSERTION"


@dataclass(frozen=True)
class Linked:
    """A piece of software that is linked into the binary."""

    name: str
    version: str
    # As SPDX writes it.
    licence: str
    home: str
    # Who has packed what was linked.
    supplier: str = UNKNOWN
    # Where its sources are.
    source: str = UNKNOWN
    # Its names in databases of packages and of weaknesses.
    package_url: str = ""
    cpe: str = ""

    @property
    def title(self) -> str:
        """With its version, if that is known."""
        return self.name if self.version == UNKNOWN else f"{self.name} {self.version}"


@dataclass(frozen=True)
class _Library:
    """A piece of software by one of its files."""

    name: str
    file: str
    licence: str
    home: str
    # Of databases of weaknesses.
    product: str


_LIBRARIES = (
    _Library(
        "glibc",
        "libc.a",
        "LGPL-2.1-or-later",
        "https://www.gnu.org/software/libc/",
        "gnu:glibc",
    ),
    _Library(
        "libstdc++",
        "libstdc++.a",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "https://gcc.gnu.org/",
        "gnu:gcc",
    ),
    _Library(
        "libgcc",
        "libgcc_eh.a",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "https://gcc.gnu.org/",
        "gnu:gcc",
    ),
)


# Parts of these are in Swift's runtime, in versions that it does not tell.
_WITHIN_SWIFT = (
    Linked("LLVM", UNKNOWN, "Apache-2.0 WITH LLVM-exception", "https://llvm.org/"),
    Linked("Unicode Character Database", UNKNOWN, "Unicode-3.0", "https://www.unicode.org/ucd/"),
)


def linked(machine: Machine) -> Sequence[Linked]:
    """All of it, the same however often it is asked on one machine."""
    return [_swift(), *_WITHIN_SWIFT, *(_packed(library, machine) for library in _LIBRARIES)]


def _output(*command: str) -> str:
    """What a program prints, or nothing, where it is not there or has nothing to say."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    result = subprocess.run(
        [program, *command[1:]],
        env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout.strip() if result.returncode == 0 else ""


def _swift() -> Linked:
    told = _output("swiftc", "-print-target-info")
    tag = json.loads(told).get("swiftCompilerTag", "") if told else ""
    # As swift-6.3.1-RELEASE; snapshots have a date instead.
    version = tag.removeprefix("swift-").removesuffix("-RELEASE")
    home = "https://github.com/swiftlang/swift"
    return Linked(
        "Swift standard library and runtime",
        version or UNKNOWN,
        "Apache-2.0 WITH Swift-exception",
        "https://www.swift.org/",
        "Organization: The Swift project",
        f"git+{home}@{tag}" if tag else UNKNOWN,
        f"pkg:github/swiftlang/swift@{_escaped(tag)}" if tag else "",
        _cpe("apple:swift", version) if tag.endswith("-RELEASE") else "",
    )


def _packed(library: _Library, machine: Machine) -> Linked:
    package = _package(library.file, machine)
    fields = ("${binary:Package}", "${Version}", "${Architecture}", "${source:Upstream-Version}")
    shown = _output("dpkg-query", "--show", "--showformat", "\\t".join(fields), package)
    if not package or not shown:
        return Linked(library.name, UNKNOWN, library.licence, library.home)
    name, version, architecture, upstream = shown.split("\t")
    system = platform.freedesktop_os_release()
    distribution = system["ID"]
    qualifiers = f"arch={architecture}&distro={distribution}-{system.get('VERSION_ID', 'unknown')}"
    name = _escaped(name.partition(":")[0])
    return Linked(
        library.name,
        version,
        library.licence,
        library.home,
        f"Organization: {system['NAME']}",
        package_url=f"pkg:deb/{distribution}/{name}@{_escaped(version)}?{qualifiers}",
        cpe=_cpe(library.product, upstream),
    )


def _package(file: str, machine: Machine) -> str:
    """The package of Debian whose file the toolchain links; empty where that is not known."""
    found = _output(_clang(), f"--target={machine.name}-linux-gnu", f"-print-file-name={file}")
    # The name alone is printed of what is not found.
    if not found.startswith("/"):
        return ""
    # As `libc6-dev:amd64: /usr/lib/…`.
    lines = _output("dpkg-query", "--search", str(Path(found).resolve())).splitlines()
    owners = [line.rpartition(": ")[0] for line in lines if not line.startswith("diversion ")]
    return owners[0].partition(",")[0] if owners else ""


def _clang() -> str:
    """That of the Swift toolchain, which links, and not another of the machine."""
    compiler = shutil.which("swiftc")
    if compiler is None:
        return "clang"
    return str(Path(compiler).resolve().with_name("clang"))


def _escaped(text: str) -> str:
    return quote(text, safe=".-_~:")


def _cpe(product: str, version: str) -> str:
    return f"cpe:2.3:a:{product}:{version}:*:*:*:*:*:*:*"
