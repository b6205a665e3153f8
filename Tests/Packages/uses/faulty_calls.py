"""Calls of `build`, and what can be wrong with them."""

import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packages import sums
from packages.about import MACHINES
from packages.release import (
    FORMULA_NAME,
    INSTALLER_NAME,
    SUMS_NAME,
    archive_name,
    bill_name,
    wheel_name,
)
from uses import machines
from uses.bed import Bed
from uses.clones import Clone, programs
from verification.claims import require, require_equal
from verification.commands import CheckError


@dataclass
class Call:
    """A call that is to be refused, which each case spoils in its way."""

    bed: Bed
    clone: Clone
    version: str
    into: Path
    program: Path | None
    options: list[str | Path] = field(default_factory=lambda: ["--unlicensed-for-testing"])
    env: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None

    def arguments(self) -> Sequence[str | Path]:
        program = () if self.program is None else ("--program", self.program)
        return [self.version, "--into", self.into, *program, *self.options]


def other_commit(call: Call) -> None:
    (call.clone.folder / "another").write_text("", encoding="utf-8")
    call.clone.commit()


def write(path: Path, text: str = "something\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def versioned(version: str) -> Callable[[Call], None]:
    def spoil(call: Call) -> None:
        call.version = version

    return spoil


def without_programs(*missing: str) -> Callable[[Call], None]:
    def spoil(call: Call) -> None:
        call.env["PATH"] = str(programs(call.bed, *missing))

    return spoil


def without_swift(call: Call) -> None:
    without_programs("swift")(call)
    call.program = None


def licensed_as(call: Call, name: str | None, *, text: bool) -> None:
    """Whatever the owner has decided."""
    about = call.clone.folder / "Tests/Packages/packages/about.py"
    line = f"LICENCE: str | None = {json.dumps(name) if name else None}"
    content = about.read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)^LICENCE: str \| None = .*$", line, content)
    require_equal("lines of about.py that say which licence", count, 1)
    about.write_text(changed, encoding="utf-8")
    file = call.clone.folder / "LICENSE"
    file.unlink(missing_ok=True)
    if text:
        write(file)
    call.clone.commit()


def for_release(call: Call) -> None:
    """Of a version that may be published, but for the licence."""
    licensed_as(call, None, text=False)
    call.options = ["--home", "https://git.example.org/scaffold"]


def unlicensed(call: Call) -> None:
    for_release(call)
    call.program = None


def undecided_text(call: Call) -> None:
    licensed_as(call, None, text=True)


def text_missing(call: Call) -> None:
    licensed_as(call, "MIT", text=False)


def licence_mixed(call: Call) -> None:
    licensed_as(call, "MIT AND (Apache-2.0 OR ISC)", text=True)


def licence_empty(call: Call) -> None:
    licensed_as(call, "MIT", text=True)
    write(call.clone.folder / "LICENSE", "\n")
    call.clone.commit()


def quoted_temporary(call: Call) -> None:
    folder = call.bed.folder("temporary") / 'a"b'
    folder.mkdir()
    call.env["TMPDIR"] = str(folder)


def homeless(call: Call) -> None:
    unlicensed(call)
    call.options = ["--home", "https://github.com/OWNER/scaffold"]


def at_home(home: str) -> Callable[[Call], None]:
    return lambda call: call.options.extend(["--home", home])


def file_as_folder(call: Call) -> None:
    write(call.into)


def file_above_folder(call: Call) -> None:
    call.into = write(call.into) / "packages"


def other_packages(call: Call) -> None:
    for name in ("scaffold_0.0.9_amd64.deb", "scaffold-0.0.9-source.tar.xz", "notes-0.0.9.txt"):
        write(call.into / name)


def nameless_folder(call: Call) -> None:
    """As of a variable that is not set: nothing is to come into the current folder."""
    call.cwd = call.into.parent
    call.options += ["--into", ""]


def foreign(call: Call) -> None:
    """What others may have under these names."""
    write(call.into / INSTALLER_NAME / "precious")
    (call.into / FORMULA_NAME).symlink_to(write(call.into / "ours.rb"))
    write(call.into / call.bed.built.source.name)
    write(call.into / SUMS_NAME, f"{'0' * 64}  notes.txt\n")


def assembled(call: Call) -> None:
    """As it should be."""
    nothing_to_assemble(call)
    commit = call.clone.git("rev-parse", "HEAD")
    for machine in MACHINES:
        machines.fill(call.into, call.version, machine, commit)
    machines.fill_source(call.into, call.version, commit)


def wrong_to_assemble(call: Call) -> None:
    assembled(call)
    first, second = (call.into / archive_name(call.version, machine) for machine in MACHINES)
    first.write_bytes(first.read_bytes()[:-20])
    machines.fill(call.into, call.version, MACHINES[1], "0" * 40)
    machines.fill_source(call.into, call.version, "0" * 40)
    bill = call.into / bill_name(call.version, MACHINES[0])
    bill.unlink()
    bill.symlink_to(second)
    (call.into / wheel_name(call.version, MACHINES[1])).unlink()


def other_machines(call: Call) -> None:
    """Of another commit, beside which this machine's would be made."""
    call.into.mkdir()
    for machine in MACHINES:
        if machine != call.bed.built.machine:
            machines.fill(call.into, call.version, machine, "0" * 40)


def foreign_to_assemble(call: Call) -> None:
    assembled(call)
    write(call.into / INSTALLER_NAME)


def altered(call: Call) -> None:
    """An earlier build's, two of whose files somebody has worked on."""
    built = call.bed.built
    call.into.mkdir()
    for path in (built.archive, built.formula, built.installer, built.debian):
        shutil.copy(path, call.into)
    changed = write(call.into / built.formula.name)
    listed = [call.into / name for name in (built.archive.name, built.installer.name)]
    sums.make([*listed, built.formula], call.into)
    require(changed.read_bytes() != built.formula.read_bytes(), "nothing was altered")


def tracked(call: Call) -> None:
    call.into = call.clone.folder / "Tests/Packages/packages"


def templates_folder_as_home(call: Call) -> None:
    """Something else has to be wrong, else it is built."""
    call.env["HOME"] = "/data"
    call.options += ["--home", "nowhere"]


def program_at(path: Callable[[Call], Path]) -> Callable[[Call], None]:
    def spoil(call: Call) -> None:
        call.program = path(call)

    return spoil


def script(call: Call) -> Path:
    path = write(call.bed.folder("script") / "scaffold", "#!/bin/sh\n")
    path.chmod(0o755)
    return path


def told_checkout(call: Call) -> Path:
    """It is where its sources were, as a compiler says it."""
    return _with_path(call, call.clone.folder / "Sources/scaffold/Program/Program.swift")


def told_home(call: Call) -> Path:
    call.env["HOME"] = "/home/ann"
    return _with_path(call, Path("/home/ann/.swiftpm/configuration"))


def _with_path(call: Call, path: Path) -> Path:
    if call.program is None:
        raise CheckError("there is no program to add to")
    made = call.bed.folder("telling") / "scaffold"
    made.write_bytes(call.program.read_bytes() + b"\0" + str(path).encode() + b"\0")
    made.chmod(0o755)
    return made


def mute(call: Call) -> Path:
    """It has the form of a release, and no version."""
    return Path(shutil.which("busybox") or "/bin/busybox")


def dynamic(call: Call) -> Path:
    return Path(shutil.which("env") or "/usr/bin/env").resolve()


def nothing_to_assemble(call: Call) -> None:
    call.program = None
    call.options.append("--assemble")
    call.into.mkdir()
