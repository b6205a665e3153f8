"""What was begun and came to nothing leaves all as it was."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from packages import placing, release, sums
from uses.bed import Bed
from uses.built import REPOSITORY
from uses.clones import clone, content, program_in, programs, settings
from verification.claims import require, require_equal
from verification.commands import CheckError, NotVerifiedError, forget, kill_group, spawn
from verification.report import Check, Once

_STARTED = "making archive"


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    program = Once("unpacking the archive", lambda: program_in(bed, bed.built.archive))
    return [
        [
            Check("what cannot be moved whole is moved back", lambda: _half_moved(bed)),
            Check("a folder on another disk has them all", lambda: _on_another_disk(bed)),
            Check("folders that were made for nothing go", lambda: _made_for_nothing(bed)),
            Check("what a killed build has left goes", lambda: _left_over(bed)),
        ],
        [
            Check("a build that fails leaves what was there", lambda: _failed(bed, program())),
            *(
                Check(
                    f"a build that gets {number.name} leaves what was there",
                    partial(_interrupted, bed, program, number),
                )
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
            ),
        ],
    ]


def _half_moved(bed: Bed) -> str:
    """One of the files is lost on the way: neither those before it nor those after it come."""
    into, before = _occupied(bed)
    with placing.staging(into) as staged:
        names = ["a new one", *before, "lost", "never reached"]
        for name in names:
            (staged / name).write_bytes(b"of this build")
        (staged / "lost").unlink()
        try:
            placing.place([staged / name for name in names], into, staged)
        except OSError as error:
            said = str(error)
        else:
            raise CheckError("nothing was said")
    require_equal("the folder", content(into), before)
    require_equal("what is beside it", [path.name for path in into.parent.iterdir()], [into.name])
    return said.partition(": ")[0]


def _on_another_disk(bed: Bed) -> str:
    """A link leads there, as something that is mounted does."""
    for place in (Path("/dev/shm"), Path(tempfile.gettempdir()), REPOSITORY):  # noqa: S108
        if place.stat().st_dev != bed.work.stat().st_dev and os.access(place, os.W_OK):
            break
    else:
        raise NotVerifiedError(f"there is no other disk than that of {bed.work}")
    with tempfile.TemporaryDirectory(prefix=".packages-", dir=place) as other:
        into = bed.folder("into") / "packages"
        into.symlink_to(other)
        (into / "one").write_bytes(b"of an earlier build")
        names = ("one", "another")
        with placing.staging(into) as staged:
            for name in names:
                (staged / name).write_bytes(b"of this build")
            placing.place([staged / name for name in names], into, staged)
        require_equal("the folder", content(Path(other)), dict.fromkeys(names, b"of this build"))
        beside = [path.name for path in into.parent.iterdir()]
        require_equal("what is beside it", beside, [into.name])
    return f"{bed.work} and {place}"


def _made_for_nothing(bed: Bed) -> str:
    folder = bed.folder("into")
    into = folder / "of/several/packages"
    try:
        with placing.staging(into) as staged:
            (staged / "one").write_bytes(b"of this build")
            placing.place([staged / "one", staged / "lost"], into, staged)
    except OSError as error:
        require_equal("what is left", list(folder.iterdir()), [])
        return str(error).partition(": ")[0]
    raise CheckError("nothing was said")


def _left_over(bed: Bed) -> str:
    """And not what a build has that goes on, nor what is of others."""
    into = bed.folder("into")
    with placing.staging(into) as going_on:
        for name in (".packages-of_the_1", ".packages-of-ours"):
            (into / name).mkdir()
            (into / name / "one").write_bytes(b"of an earlier build")
        kept = {".packages-of-ours", going_on.name}
        with placing.staging(into) as staged:
            require_equal("in it", {path.name for path in into.iterdir()}, kept | {staged.name})
        require_equal("in it", {path.name for path in into.iterdir()}, kept)
    return ""


def _failed(bed: Bed, program: Path) -> str:
    """dpkg-deb ends as on a full disk, after others were made."""
    there = clone(bed, "failing")
    into, before = _occupied(bed)
    path = programs(bed, "dpkg-deb")
    failing = path / "dpkg-deb"
    failing.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 2\n", encoding="utf-8")
    failing.chmod(0o755)
    temporary = bed.folder("temporary")
    env = {"PATH": str(path), "TMPDIR": str(temporary)}
    result = there.build(*_call(bed, into, program), env=env, codes=(1,))
    require("no space left" in result.err, f"why is not said:\n{result.text}")
    require_equal("the output", result.out, "")
    _require_nothing(into, before, temporary)
    return result.err.splitlines()[-2]


def _interrupted(bed: Bed, program: Callable[[], Path], number: signal.Signals) -> str:
    there = clone(bed, "interrupted")
    into, before = _occupied(bed)
    temporary = bed.folder("temporary")
    process = spawn(
        there.call(*_call(bed, into, program())),
        cwd=None,
        env=settings({"TMPDIR": str(temporary)}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        if process.stdout is None:
            raise CheckError("no output")
        first = process.stdout.readline()
        require(_STARTED in first, f"it began with {first!r}")
        os.kill(process.pid, number)
        said, _ = process.communicate(timeout=120)
        require_equal("the exit code", process.returncode, 128 + number)
        require_equal("what is said", said, "interrupted\n")
    finally:
        kill_group(process)
        forget(process)
    _require_nothing(into, before, temporary)
    return ""


def _call(bed: Bed, into: Path, program: Path) -> Sequence[str | Path]:
    return (bed.built.version, "--into", into, "--program", program, "--unlicensed-for-testing")


def _occupied(bed: Bed) -> tuple[Path, dict[str, bytes]]:
    """A folder with some of the packages that would be replaced."""
    into = bed.folder("into") / "packages"
    into.mkdir()
    for name in (release.INSTALLER_NAME, bed.built.archive.name):
        (into / name).write_bytes(b"of an earlier build")
    sums.make(into.iterdir(), into)
    return into, content(into)


def _require_nothing(into: Path, before: dict[str, bytes], temporary: Path) -> None:
    require_equal("the folder", content(into), before)
    require_equal("what is beside it", [path.name for path in into.parent.iterdir()], [into.name])
    require_equal("temporary files", list(temporary.iterdir()), [])
