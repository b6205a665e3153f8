"""The same commit gives the same bytes, wherever and however packages are built."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from packages import release
from packages.about import MACHINES
from uses import machines
from uses.bed import Bed
from uses.built import REPOSITORY
from uses.clones import Clone, clone, content, program_in, settings
from verification.claims import require, require_equal
from verification.commands import Command, NotVerifiedError, run
from verification.report import Check, Once

_TESTING = "--unlicensed-for-testing"
# Another place, time, language, date and habit.
_ELSEWHERE = {
    "TZ": "Pacific/Chatham",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "SOURCE_DATE_EPOCH": "0",
    "XZ_OPT": "-0",
    "XZ_DEFAULTS": "-0",
    "GZIP": "-1",
    "TAR_OPTIONS": "--owner=ann",
    "DPKG_DEB_COMPRESSOR_LEVEL": "0",
    "DPKG_COLORS": "always",
    "USER": "ann",
    "HOME": "/nonexistent",
}
# Where the repository is, as a workflow knows it.
_HOME = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    program = Once("unpacking the archive", lambda: program_in(bed, bed.built.archive))
    compiled = [
        Check("a release build elsewhere has the same bytes", lambda: _compiled(bed, program()))
    ]
    return [
        [
            Check(
                "packages built elsewhere, by other habits, have the same bytes",
                lambda: _same(bed, program()),
            ),
            Check("checksums are those of all files", lambda: _sums(bed)),
            Check("packages of two machines are assembled", lambda: _assembled(bed)),
        ],
        *([compiled] if bed.rotation.number is None else []),
    ]


def _require_commit(bed: Bed, checkout: Clone) -> None:
    """The packages are of the commit that the scripts are of."""
    commit = checkout.git("rev-parse", "HEAD")
    notice = program_in(bed, bed.built.archive).parents[1] / "NOTICE"
    require(notice.is_file(), "the archive has no NOTICE")
    said = notice.read_text(encoding="utf-8")
    if commit[:9] not in said.partition("\n")[0]:
        raise NotVerifiedError(f"the packages are not of {commit[:9]}, which is checked out")


def _same(bed: Bed, program: Path) -> str:
    """The clone has a longer path, the caller another mask and folder, and the disk another order."""
    there = clone(bed, "a folder of another name, and longer")
    _require_commit(bed, there)
    into = bed.folder("into") / "packages"
    call = there.call(bed.built.version, "--into", into, "--program", program, _TESTING)
    masked = ("sh", "-c", 'umask 0077 && cd / && exec "$@"', "sh")
    # It is said in the packages.
    home = {name: os.environ[name] for name in _HOME if name in os.environ}
    run([*masked, *call], env=settings(_ELSEWHERE | home), seconds=600)
    ours, theirs = content(bed.built.folder), content(into)
    other = {name for name in ours.keys() - theirs.keys() if not _of_other_machine(bed, name)}
    require(not other, f"only built here: {sorted(other)}")
    missing = theirs.keys() - ours.keys()
    require(not missing, f"only built there: {sorted(missing)}")
    # What covers all machines differs where there are packages of others.
    of_all = {release.SUMS_NAME, release.FORMULA_NAME, release.INSTALLER_NAME}
    compared = theirs.keys() if ours.keys() == theirs.keys() else theirs.keys() - of_all
    different = sorted(name for name in compared if ours[name] != theirs[name])
    require(not different, f"other bytes in {different}")
    modes = {f"{path.name} {path.stat().st_mode & 0o777:o}" for path in into.iterdir()}
    executable = {f"{release.INSTALLER_NAME} 755"}
    plain = {f"{name} 644" for name in theirs if name != release.INSTALLER_NAME}
    require_equal("modes", sorted(modes), sorted(plain | executable))
    return f"{len(compared)} files"


def _of_other_machine(bed: Bed, name: str) -> bool:
    own = {path.name for path in bed.built.folder.glob(f"*{bed.built.machine.name}*")}
    own.add(bed.built.debian.name)
    return name in release.machines_names(bed.built.version) and name not in own


def _sums(bed: Bed) -> str:
    """Held to coreutils, and seen to tell a byte that has changed."""
    folder = bed.folder("sums") / "packages"
    shutil.copytree(bed.built.folder, folder)
    check = ("sha256sum", "--check", "--strict", release.SUMS_NAME)
    call: Command = ["env", "--chdir", folder, *check]
    said = run(call).out.splitlines()
    expected = sorted(content(folder).keys() - {release.SUMS_NAME})
    require_equal("what has a checksum", [line.removesuffix(": OK") for line in said], expected)
    changed = folder / expected[-1]
    changed.write_bytes(changed.read_bytes() + b"\n")
    told = run(call, codes=(1,)).out
    require_equal(
        "what has changed",
        [line for line in told.splitlines() if "OK" not in line],
        [f"{changed.name}: FAILED"],
    )
    return f"{len(expected)} files"


def _assembled(bed: Bed) -> str:
    """As if those of another machine had come from there."""
    there = clone(bed, "assembly")
    into = bed.folder("into") / "packages"
    into.mkdir()
    version, commit = bed.built.version, there.git("rev-parse", "HEAD")
    for machine in MACHINES:
        machines.fill(into, version, machine, commit)
    machines.fill_source(into, version, commit)
    before = content(into)
    there.build(version, "--into", into, "--assemble", _TESTING)
    after = content(into)
    require_equal("what came", {name: after[name] for name in before}, before)
    made = {release.SUMS_NAME, release.FORMULA_NAME, release.INSTALLER_NAME}
    require_equal("what was made", after.keys() - before.keys(), made)
    sums = after[release.SUMS_NAME].decode()
    for name in after.keys() - {release.SUMS_NAME}:
        require(name in sums, f"{name} has no checksum")
    digests = {line.split()[1]: line.split()[0] for line in sums.splitlines()}
    archives = [release.archive_name(version, machine) for machine in MACHINES]
    for name in (*archives, bed.built.source.name):
        readers = {release.FORMULA_NAME, release.INSTALLER_NAME}
        if name == bed.built.source.name:
            readers.remove(release.INSTALLER_NAME)
        for one in readers:
            require(digests[name] in after[one].decode(), f"{one} does not know {name}")
    return ""


def _compiled(bed: Bed, program: Path) -> str:
    """Neither the place of the sources nor what was built before is in the binary."""
    there = clone(bed, "compiled elsewhere", whole=True)
    commit = there.git("rev-parse", "HEAD")
    if commit[:7] not in run([program, "--version"]).out:
        raise NotVerifiedError("the packages are not of a release build of this commit")
    into = bed.folder("into") / "packages"
    there.build(bed.built.version, "--into", into, _TESTING, seconds=3600)
    made = program_in(bed, into / bed.built.archive.name)
    same = made.read_bytes() == program.read_bytes()
    require(same, f"another binary than that which was built in {REPOSITORY}")
    return f"{made.stat().st_size:,} bytes"
