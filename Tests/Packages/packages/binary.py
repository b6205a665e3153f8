"""The program of a release, and what has to be true of it wherever it was built."""

import os
import re
from pathlib import Path

from packages import retained, traces
from packages.about import NAME
from packages.faults import BuildError
from packages.programs import environment, output, show
from packages.release import Release

# Debug information and symbols stay out: the linker leaves them away.
_SETTINGS = ("-c", "release", "--product", NAME, "-Xlinker", "-s")
# The kinds of entries in an ELF file's table: what only a program with a loader has, and symbols.
_LOADED = re.compile(r"^ *(INTERP|DYNAMIC) ", re.MULTILINE)
_SYMBOLS = re.compile(r"\.(symtab|debug_\w+)\b")

TOOLS = ("readelf",)


def build(release: Release, repository: Path) -> Path:
    """Builds the program in the checkout, beside other builds; returns where it is."""
    libraries = retained.libraries(repository / ".build/retained")
    env = environment(
        {
            "SCAFFOLD_COMMIT": release.commit[:9],
            "SCAFFOLD_DATE": release.date,
            "SCAFFOLD_LIBRARIES": "\n".join(map(str, libraries)),
            "SOURCE_DATE_EPOCH": str(release.time),
        }
    )
    call: list[str | Path] = ["swift", "build", "--package-path", repository, *_SETTINGS]
    show(call, cwd=repository, env=env)
    folder = output([*call, "--show-bin-path"], cwd=repository, env=env).decode().strip()
    return Path(folder) / NAME


def faults(program: Path, repository: Path) -> list[str]:
    """What keeps a binary from running elsewhere, or tells of the machine that built it."""
    content = program.read_bytes()
    if not content.startswith(b"\x7fELF"):
        return ["it is no binary of Linux"]
    found: list[str] = []
    told = output(["readelf", "--wide", "--program-headers", "--section-headers", program]).decode()
    if _LOADED.search(told):
        found.append("it is not linked static: it needs a loader")
    if _SYMBOLS.search(told):
        found.append("it has symbols: `strip` leaves them away")
    found += [
        f"it has the path {path} in it" for path in traces.traces(content, repository, os.environ)
    ]
    return found


def version(program: Path) -> str:
    """What it says of itself."""
    return output([program, "--version"], cwd=Path("/"), env={}).decode().strip()


def require(program: Path, release: Release, repository: Path) -> None:
    found = faults(program, repository)
    said = version(program)
    # git abbreviates to seven digits, and to more where they are ambiguous.
    commits = {release.commit[:count] for count in range(7, 10)}
    expected = {f"{NAME} {release.version} ({commit} {release.date})" for commit in commits}
    if said not in expected:
        found.append(f"it says `{said}`, not `{max(expected, key=len)}`")
    if found:
        raise BuildError("\n".join(f"{program}: {fault}" for fault in found))
