"""Somebody who runs `install.sh`, and finds only such programs as that needs."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from packages import installer
from packages.about import HOME, NAME
from packages.release import Item, Release, archive_name
from packages.tarball import write
from uses.bed import Bed, Home
from uses.tools import tool
from uses.tree import Tree, require_same, tree
from verification.claims import require_equal
from verification.commands import Command, Result, run, spawn

# Besides one that downloads.
_NEEDED = (
    *("cat", "chmod", "cp", "cut", "find", "grep", "mkdir", "mktemp", "mv", "rm", "rmdir", "sed"),
    *("sha256sum", "sh", "sort", "tail", "tar", "uname", "xz"),
)
# What installs it, as a path below the prefix.
RECORD = "share/scaffold/installed"


@dataclass(frozen=True)
class Shell:
    """What runs the script, and the programs that come with it."""

    name: str
    command: tuple[str, ...]
    fetcher: str
    # One program that is all of them.
    applets: str | None = None


DASH = Shell("dash, curl", ("dash",), "curl")
BASH = Shell("bash, wget", ("bash",), "wget")
BUSYBOX = Shell("busybox alone", ("busybox", "sh"), "wget", "busybox")
SHELLS = (DASH, BASH, BUSYBOX)


@dataclass(frozen=True)
class Caller:
    """A home that was empty, a folder for what is temporary, and a folder of programs."""

    bed: Bed
    shell: Shell
    home: Home
    temporary: Path
    programs: Path
    # Before the shell: what makes another user of the caller.
    prefix: tuple[str | Path, ...] = ()
    # Of the environment; `None` takes a variable away.
    extra: Mapping[str, str | None] = field(default_factory=dict)

    def env(self, downloads: str) -> dict[str, str]:
        ours: dict[str, str | None] = {
            "HOME": str(self.home.path),
            "PATH": str(self.programs),
            "TMPDIR": str(self.temporary),
            "SCAFFOLD_DOWNLOADS": downloads,
            **self.extra,
        }
        return {name: value for name, value in ours.items() if value is not None}

    def command(self, script: Path | None, *arguments: str) -> Command:
        """- script: None where it comes in a pipe"""
        program, *words = self.shell.command
        source: tuple[str | Path, ...] = ("-s", "--") if script is None else (script,)
        return [*self.prefix, tool(program), *words, *source, *arguments]

    def run(
        self, script: Path, *arguments: str, downloads: str, codes: Sequence[int] | None = (0,)
    ) -> Result:
        """From a file, as who looks at it first does."""
        command = self.command(script, *arguments)
        return run(command, cwd=self.home.path, env=self.env(downloads), codes=codes)

    def pipe(
        self, script: str, *arguments: str, downloads: str, codes: Sequence[int] | None = (0,)
    ) -> Result:
        """As `curl … | sh` does."""
        command = self.command(None, *arguments)
        env = self.env(downloads)
        return run(command, cwd=self.home.path, env=env, codes=codes, text=script)

    def start(self, script: Path, *arguments: str, downloads: str) -> subprocess.Popen[str]:
        return spawn(
            self.command(script, *arguments),
            cwd=self.home.path,
            env=self.env(downloads),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )

    def state(self) -> Tree:
        return tree(self.home.path)

    def require_as_before(self, before: Tree) -> None:
        require_same("the home", self.state(), before)
        self.require_nothing_temporary()

    def require_nothing_temporary(self) -> None:
        require_equal("what is left of temporary files", os.listdir(self.temporary), [])


def caller(bed: Bed, shell: Shell = DASH, *, without: Sequence[str] = ()) -> Caller:
    """- without: programs that are not there"""
    programs = bed.folder("programs")
    for name in (*_NEEDED, shell.fetcher):
        if name not in without:
            (programs / name).symlink_to(tool(shell.applets or name))
    return Caller(bed, shell, bed.home("caller"), bed.folder("temporary"), programs)


def with_program(one: Caller, name: str, script: str) -> Caller:
    """- script: what a program does instead of what it is for"""
    path = one.programs / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return one


def with_env(one: Caller, **extra: str | None) -> Caller:
    return replace(one, extra={**one.extra, **extra})


def small(bed: Bed, version: str, *others: str, program: bytes | None = None) -> Path:
    """A folder with a release of a program that does nothing but tell its version, and its script.

    - others: further files, below the prefix
    - program: what it is, if it does not even do that
    """
    folder = bed.folder("release")
    machine = bed.built.machine
    release = Release(version, "0" * 40, 0, machine, HOME, None, "")
    script = f"#!/bin/sh\necho {NAME} {version}\n".encode() if program is None else program
    items = [Item(f"bin/{NAME}", script, executable=True), Item("NOTICE", b"for testing\n")]
    items += [Item(path, f"{path} of {version}\n".encode()) for path in others]
    target = folder / archive_name(version, machine)
    write(items, target, 0)
    installer.make(release, folder)
    return folder
