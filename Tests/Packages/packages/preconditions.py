"""What has to be so before anything is built; all that is not is told at once."""

import os
import platform
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from packages import binary, caller, changelog, committed, folder, licence, notice, others, texts
from packages.about import LICENCE, LICENCE_FILE, MACHINES, Machine
from packages.checkout import Checkout
from packages.faults import BuildError, RefusalError
from packages.kinds import FOR_ALL, FOR_MACHINE
from packages.placing import is_staged
from packages.release import COMMON_NAMES, Release, versioned_names
from packages.request import Request

_VERSION = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")
# Neither a name and a password nor what means something to a shell or to Ruby: it is published.
_HOME = re.compile(r"https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?(/[A-Za-z0-9._~-]+)*")
# What a zip can have, whose dates are of 1980 to 2107.
_TIMES = range(315_532_800, 4_354_819_200)
# In which package of Debian a program is, where it has another name.
_PACKAGES = {"7z": "p7zip-full", "dpkg-deb": "dpkg", "readelf": "binutils", "xz": "xz-utils"}


def release(request: Request) -> Release:
    """What is to be released, if all is well."""
    checkout = Checkout(request.repository)
    machine = next((one for one in MACHINES if one.name == platform.machine()), None)
    found = [*_programs(request), *_machine(machine), *_licence(request), *_home(request)]
    if shutil.which("git") is not None:
        found += _tree(request, checkout, machine)
    found += [*_version(request, checkout), *folder.faults(request, machine)]
    found += [*_given(request, checkout), *_readme(request)]
    if not request.assemble:
        found += caller.faults()
    try:
        sections = changelog.read(request.repository)
    except RefusalError as error:
        sections = ()
        found += error.faults
    else:
        found += _changelog(request, checkout, sections)
    if found or machine is None:
        raise RefusalError(found)
    section = next(one for one in sections if one.version == request.version)
    commit, time = checkout.commit(), checkout.time()
    return Release(request.version, commit, time, machine, request.home, LICENCE, section.text)


def _programs(request: Request) -> Iterator[str]:
    """Programs that are not there, and what each is for."""
    needs: dict[str, list[str]] = defaultdict(list)
    needs["git"].append("the commit")
    if not request.assemble:
        needs["readelf"].append("looking at the binary")
        if request.program is None:
            needs["swift"].append("the binary")
        needs["swiftc"].append("what is linked into the binary")
        for kind in FOR_MACHINE:
            for program in kind.programs:
                needs[program].append(kind.name)
    for every in FOR_ALL:
        for program in every.programs:
            needs[program].append(every.name)
    for program, purposes in needs.items():
        if shutil.which(program) is None:
            yield f"{program} is not installed, for: {', '.join(purposes)} ({_source(program)})"
    if not request.assemble:
        for path, package in notice.TEXTS.items():
            if not path.is_file():
                yield f"{path} is not there, for: the notice ({_installed_by(package)})"


def _source(program: str) -> str:
    if program.startswith("swift"):
        return "https://www.swift.org/install/linux/"
    return _installed_by(_PACKAGES.get(program, program))


def _installed_by(package: str) -> str:
    return f"apt-get install {package}, on Debian and its kin"


def _machine(machine: Machine | None) -> Iterator[str]:
    if platform.system() != "Linux":
        yield f"this is {platform.system()}: packages are made on Linux"
    elif machine is None:
        known = ", ".join(one.name for one in MACHINES)
        yield f"this machine is {platform.machine()}: there are packages for {known}"


def _licence(request: Request) -> Iterator[str]:
    yield from licence.faults(request.repository)
    if LICENCE is None and not request.for_testing:
        kinds = ", ".join(kind.name for kind in (*FOR_MACHINE, *FOR_ALL))
        yield (
            f"there is no licence: it is the owner's decision, and these need one: {kinds}. Once "
            f"it is made, its text is the file {LICENCE_FILE}, and LICENCE in packages/about.py "
            "says it as SPDX does. --unlicensed-for-testing makes packages that are not published"
        )


def _home(request: Request) -> Iterator[str]:
    if not _HOME.fullmatch(request.home):
        yield f"--home {request.home}: not an address as https://github.com/OWNER/scaffold is"
    elif "/OWNER/" in request.home and not request.for_testing:
        yield "where the repository is, is not known: --home https://…, or HOME in packages/about.py"


def _tree(request: Request, checkout: Checkout, machine: Machine | None) -> Iterator[str]:
    try:
        head, tagged = checkout.commit(), checkout.tagged(f"v{request.version}")
        yield from committed.faults(checkout, partial(_is_ours, request))
        yield from others.faults(request, machine, head)
        if checkout.time() not in _TIMES:
            yield f"{head:.9} has no date of 1980 to 2107, which a wheel can have: commit anew"
    except BuildError as error:
        yield f"{request.repository} is no checkout with a commit: {error}"
        return
    if tagged not in (None, head) and not request.for_testing:
        yield (
            f"the tag v{request.version} is of {tagged:.9}, and this is {head:.9}: "
            "a version is released once; check it out, or release another"
        )


def require_unchanged(request: Request, made: Release) -> None:
    """What was built is of the commit only if that stood there until the end."""
    checkout = Checkout(request.repository)
    if checkout.commit() != made.commit or [
        *committed.faults(checkout, partial(_is_ours, request))
    ]:
        raise BuildError("the checkout was changed while it was built: build again")


def _is_ours(request: Request, path: Path) -> bool:
    """Packages may lie in the checkout."""
    names = {*versioned_names(request.version), *COMMON_NAMES}
    is_package = path.parent == request.into and path.name in names
    return is_package or is_staged(path, request.into)


def _version(request: Request, checkout: Checkout) -> Iterator[str]:
    if not _VERSION.fullmatch(request.version):
        yield f"VERSION {request.version!r}: not three numbers as 0.1.0 is"
        return
    program = checkout.version()
    if program is None:
        yield 'Sources/scaffold/Program/Program.swift does not say `static let version = "…"`'
    elif program != request.version:
        yield (
            f"VERSION {request.version}: the program is {program} "
            "(`Program.version` in Sources/scaffold/Program/Program.swift)"
        )


def _changelog(
    request: Request, checkout: Checkout, sections: tuple[changelog.Section, ...]
) -> Iterator[str]:
    if not _VERSION.fullmatch(request.version):
        return
    section = next((one for one in sections if one.version == request.version), None)
    if section is None:
        known = ", ".join(one.version for one in sections) or "none"
        yield (
            f"{changelog.PATH} has no section of {request.version} (there is: {known}): "
            f"write `## {request.version} — YYYY-MM-DD`, and below it what is new"
        )
        return
    date = checkout.version_date()
    if checkout.version() == request.version and date not in (None, section.date.isoformat()):
        yield (
            f"{changelog.PATH} dates {request.version} {section.date}, and the program {date} "
            "(`Program.date` in Sources/scaffold/Program/Program.swift)"
        )


def _readme(request: Request) -> Iterator[str]:
    try:
        texts.read(request.repository, "README.md")
    except RefusalError as error:
        yield from error.faults


def _given(request: Request, checkout: Checkout) -> Iterator[str]:
    """A binary that is there already."""
    program = request.program
    if program is None:
        return
    if not request.for_testing:
        yield "--program: for testing alone, with --unlicensed-for-testing"
    if not program.is_file() or not os.access(program, os.X_OK):
        yield f"--program {program}: not a file that can be run"
        return
    if shutil.which("readelf") is None:
        return
    try:
        found = binary.faults(program, request.repository)
        said = "" if found else binary.version(program)
    except BuildError as error:
        found, said = [str(error)], ""
    yield from (f"--program {program}: {fault}" for fault in found)
    expected = checkout.version()
    if not found and said.split()[1:2] != [expected]:
        yield f"--program {program}: says `{said}`, not {expected}"
