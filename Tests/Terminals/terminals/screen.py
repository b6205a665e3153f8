"""A program on a pseudo-terminal of its own, seen through an emulator."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

from terminals.emulator import Emulator
from verification.claims import require, require_equal
from verification.commands import CheckError, Command, forget, kill_group, quoted, spawn

# One patience for all: a loaded machine is slow, and what never comes is waited for once.
PATIENCE = 60.0
_CHUNK = 65536

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
DELETE, SHIFT_TAB = "\x1b[3~", "\x1b[Z"
ENTER, TAB, BACKSPACE, ESCAPE = "\r", "\t", "\x7f", "\x1b"
_ARROWS = (UP, DOWN, RIGHT, LEFT)


def control(letter: str) -> str:
    return chr(ord(letter.upper()) & 0x1F)


class Screen:
    """What was written to the terminal so far, and keys to answer with.

    Nothing sleeps: whoever waits reads what the program writes, until the screen is as wanted or
    the program has ended.
    """

    def __init__(
        self,
        command: Command,
        *,
        cwd: Path,
        env: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> None:
        self._command = quoted(command)
        self.master, slave = pty.openpty()
        self.name = os.ttyname(slave)
        self._raw = bytearray()
        self._is_open = True
        self.emulator = Emulator(columns, rows, self.write)
        self._stream = pyte.ByteStream(self.emulator)
        try:
            self.set_size(columns, rows)
            self.before = _keeping_output(slave)
            # Where the program has another path, this one is not in it.
            setsid = shutil.which("setsid") or "setsid"
            # It gets the terminal for its controlling one, in a session of its own.
            self._process = spawn(
                [setsid, "--ctty", *command] if stdin is None else [setsid, *command],
                cwd=cwd,
                env=env,
                stdin=slave if stdin is None else stdin,
                stdout=slave if stdout is None else stdout,
                stderr=slave if stderr is None else stderr,
                own_session=False,
            )
        except BaseException:
            os.close(self.master)
            raise
        finally:
            os.close(slave)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.hang_up()
        kill_group(self._process)
        self._process.wait()
        forget(self._process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def raw(self) -> bytes:
        """All bytes that came, as the program and the terminal's driver wrote them."""
        return bytes(self._raw)

    @property
    def text(self) -> str:
        return "\n".join(self.emulator.rows())

    # In

    def keys(self, *keys: str) -> None:
        for key in keys:
            if key in _ARROWS and self.emulator.has_application_keys:
                key = key.replace("[", "O")
            self.write(key.encode())

    def paste(self, text: str) -> None:
        """As terminals do it: bracketed where the program has asked for that."""
        lines = text.replace("\n", "\r")
        if self.emulator.has_bracketed_paste:
            lines = f"\x1b[200~{lines}\x1b[201~"
        self.write(lines.encode())

    def resize(self, columns: int, rows: int) -> None:
        self.emulator.resize(rows, columns)
        self.emulator.cursor.x = min(self.emulator.cursor.x, columns - 1)
        self.emulator.cursor.y = min(self.emulator.cursor.y, rows - 1)
        self.set_size(columns, rows)

    def signal(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def hang_up(self) -> None:
        """The window is closed, or the line to it is cut."""
        if self._is_open:
            self._is_open = False
            os.close(self.master)

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.master, data) :]

    def set_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)

    # Out

    def wait_for(self, is_there: Callable[["Screen"], bool], what: str) -> None:
        limit = time.monotonic() + PATIENCE
        while not is_there(self):
            if not self._read(limit):
                code = self._process.poll()
                ended = "it has not come" if code is None else f"it ended with {code}"
                raise CheckError(f"{self._command}: no {what}: {ended}\n{self.drawn()}")

    def wait_text(self, *texts: str) -> None:
        """For all of them, wherever they are."""
        for text in texts:
            self.wait_for(partial(_has, text), f"“{text}”")

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def wait_stopped(self) -> None:
        state = Path(f"/proc/{self.pid}/stat")
        limit = time.monotonic() + PATIENCE
        while state.read_text().rpartition(") ")[2][0] != "T":
            require(time.monotonic() < limit, f"{self._command}: it does not stop")
            self.read_some()

    def read_some(self) -> None:
        """What is there already."""
        while select.select([self.master], [], [], 0)[0] and self._read(time.monotonic() + 1):
            pass

    def read_all(self) -> None:
        """Until nobody has the terminal open any more."""
        limit = time.monotonic() + PATIENCE
        while self._read(limit):
            pass

    def end(self) -> int:
        """The exit code, or minus the signal, of a program that ends by itself."""
        if self._is_open:
            self.read_all()
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise CheckError(f"{self._command}: it does not end\n{self.drawn()}") from None

    def _read(self, limit: float) -> bool:
        """Whether more may come."""
        left = limit - time.monotonic()
        if left <= 0 or not select.select([self.master], [], [], left)[0]:
            return False
        try:
            chunk = os.read(self.master, _CHUNK)
        except OSError:
            # All ends of the line are closed.
            return False
        self._raw += chunk
        self._stream.feed(chunk)
        return bool(chunk)

    # What is held against it

    def require_as_it_was(self) -> None:
        """The modes of the line and of the screen are those of before."""
        require_equal("termios", termios.tcgetattr(self.master), self.before)
        emulator = self.emulator
        require(not emulator.cursor.hidden, f"the cursor is hidden\n{self.drawn()}")
        require(not emulator.is_alternate, f"the alternate screen is there\n{self.drawn()}")
        require(not emulator.has_bracketed_paste, "pasted text comes in brackets")
        require(not emulator.has_application_keys, "the arrow keys are others")
        require(emulator.wraps, "lines are not wrapped")
        attributes = emulator.cursor.attrs._replace(data=" ")
        require_equal("attributes", attributes, emulator.default_char)

    def drawn(self) -> str:
        """For people who look for what went wrong."""
        emulator = self.emulator
        line = "-" * emulator.columns
        place = f"cursor {emulator.cursor.x},{emulator.cursor.y}"
        return "\n".join([line, *emulator.rows()[-60:], line, place, repr(self.raw[-300:])])


def _keeping_output(terminal: int) -> list[Any]:
    """Sets that Ctrl-C does not drop what was written and nobody has read yet, so that all that a
    program says can be held against it; returns the terminal's modes."""
    modes = termios.tcgetattr(terminal)
    modes[3] |= termios.NOFLSH
    termios.tcsetattr(terminal, termios.TCSANOW, modes)
    return termios.tcgetattr(terminal)


def _has(text: str, screen: Screen) -> bool:
    return text in screen.text
