"""Runs of the built program: to the end, killed at one call, or stopped after one."""

import itertools
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verification.claims import require
from verification.commands import CheckError, Command, environment, forget, kill_group, spawn

# Calls that change a disk, and the one that begins a file.
CALLS = ("mkdirat", "openat", "write", "renameat2", "renameat", "linkat", "unlinkat")
_CALL = re.compile(rf"({'|'.join(CALLS)})\((.*)")
# A run takes a hundredth of a second; a network's file system, killed and stopped runs take longer.
_SECONDS = 60
# Lines that name a directory which the user may have to remove.
_NAMED = re.compile(r"is not what a run of yours left here|could not be removed")
# Names that only the program knows. No message is of use that has one.
_INTERNAL = re.compile(r"\.scaffold-|\.fuse_hidden|plan\.tmp|staging|journal|/new/|/old/|/undo\b")


@dataclass(frozen=True)
class Point:
    """One call of a run: `unlinkat` and 3 is the third of its kind."""

    call: str
    when: int

    def __str__(self) -> str:
        return f"{self.call}#{self.when}"


@dataclass(frozen=True)
class Outcome:
    """How a run ended (negative: by which signal) and what it said."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> str:
        return f"exit code {self.code}\n{self.err.rstrip()}"


class Stopped:
    """A run that has been stopped after a call, if it got so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def go_on(self) -> Outcome:
        kill_group(self._process, signal.SIGCONT)
        return _end(self._process)


class Scaffold:
    """The program with a layout, as one user has it.

    `user` is a number that is neither root nor any real account, or None for the caller. `notes` is
    a folder for what strace writes, in which that user may write.
    """

    _numbers = itertools.count()

    def __init__(
        self,
        program: Path,
        layout: str | Path,
        notes: Path,
        user: int | None,
        *,
        undoes: bool = False,
    ) -> None:
        self._program = program
        self._call = ("undo",) if undoes else ("new", "--layout", layout)
        self._layout = layout
        self._notes = notes
        self._user = user

    def with_layout(self, layout: str | Path) -> "Scaffold":
        return Scaffold(self._program, layout, self._notes, self._user)

    def undoing(self) -> "Scaffold":
        """Takes the last run back where the other makes one."""
        return Scaffold(self._program, self._layout, self._notes, self._user, undoes=True)

    def run(self, folder: Path, *arguments: str) -> Outcome:
        return _end(_start(self._command(arguments), folder))

    def start(self, folder: Path, *arguments: str) -> subprocess.Popen[str]:
        """For two at once: ended by `end`."""
        return _start(self._command(arguments), folder)

    @staticmethod
    def end(process: subprocess.Popen[str]) -> Outcome:
        return _end(process)

    def points(self, folder: Path, *arguments: str) -> list[Point]:
        """Runs to the end and says at which calls it changed, or could have changed, the disk."""
        notes = self._note()
        command = self._command(arguments, self._strace(notes, CALLS))
        outcome = _end(_start(command, folder))
        require(outcome.code == 0, f"a run under strace ended with {outcome.messages}")
        counts = dict.fromkeys(CALLS, 0)
        found = []
        has_begun = False
        for line in notes.read_text(errors="replace").splitlines():
            match = _CALL.match(line)
            if match is None:
                continue
            call, rest = match.groups()
            counts[call] += 1
            has_begun = has_begun or call == "mkdirat"
            # Opening a directory or a file to read it changes nothing.
            is_change = call != "openat" or "O_CREAT" in rest
            # Nor does printing.
            if has_begun and is_change and not (call == "write" and rest.startswith(("1,", "2,"))):
                found.append(Point(call, counts[call]))
        notes.unlink()
        return found

    def kill(self, folder: Path, point: Point, *arguments: str) -> Outcome:
        """Runs until `point`, which does not take place any more."""
        inject = ("-e", f"inject={point.call}:signal=KILL:when={point.when}")
        notes = self._note()
        command = self._command(arguments, (*self._strace(notes, (point.call,)), *inject))
        try:
            return _end(_start(command, folder))
        finally:
            notes.unlink(missing_ok=True)

    @contextmanager
    def stop(self, folder: Path, point: Point, *arguments: str) -> Iterator[Stopped]:
        """Runs until `point` has taken place, and stops there."""
        inject = ("-e", f"inject={point.call}:signal=STOP:when={point.when}")
        notes = self._note()
        command = self._command(arguments, (*self._strace(notes, (point.call,)), *inject))
        process = _start(command, folder)
        try:
            limit = time.monotonic() + _SECONDS
            while process.poll() is None and "stopped by SIGSTOP" not in _text(notes):
                if time.monotonic() > limit:
                    raise CheckError(f"a run did not come to {point}")
                time.sleep(0.005)
            yield Stopped(process)
        finally:
            # It may be traced and stopped: only this ends it for certain.
            kill_group(process)
            process.wait()
            forget(process)
            notes.unlink(missing_ok=True)

    def _command(self, arguments: Sequence[str], watched_by: Command = ()) -> Command:
        user: Command = ()
        if self._user is not None:
            user = ("setpriv", f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups")
        call = (self._program, *self._call, *arguments)
        return (*user, *watched_by, *call)

    def _note(self) -> Path:
        return self._notes / f"{os.getpid()}-{next(self._numbers)}"

    @staticmethod
    def _strace(notes: Path, calls: Sequence[str]) -> Command:
        return ("strace", "-q", "-s", "0", "-o", notes, "-e", f"trace={','.join(calls)}")


def internals(outcome: Outcome) -> list[str]:
    """Lines that speak of what no user knows."""
    lines = outcome.err.splitlines()
    return [line for line in lines if _INTERNAL.search(line) and not _NAMED.search(line)]


def _start(command: Command, folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    none = subprocess.DEVNULL
    return spawn(command, cwd=folder, env=environment(), stdin=none, stdout=pipe, stderr=pipe)


def _end(process: subprocess.Popen[str]) -> Outcome:
    try:
        out, err = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        kill_group(process)
        out, err = process.communicate()
        raise CheckError(f"a run took over {_SECONDS} s\n{err}") from None
    finally:
        forget(process)
    return Outcome(process.returncode, out, err)


def _text(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except FileNotFoundError:
        return ""
