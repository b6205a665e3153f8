"""In tmux, another emulator, which rewraps what it shows when its window changes."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.screen import PATIENCE
from verification.claims import require
from verification.commands import CheckError, quoted, run
from verification.report import Check


class Tmux:
    """A server of its own with one window; ended by leaving the block."""

    def __init__(self, bed: Bed, cwd: Path, columns: int = 80, rows: int = 24) -> None:
        self._socket = cwd / "tmux"
        self._env = bed.env()
        self._cwd = cwd
        self._size = (str(columns), str(rows))

    def __enter__(self) -> "Tmux":
        columns, rows = self._size
        shell = ["env", "PS1=$ ", "bash", "--norc", "--noprofile"]
        size = ["-x", columns, "-y", rows]
        self("-f", "/dev/null", "new-session", "-d", *size, *shell)
        self.wait_text("$")
        return self

    def __exit__(self, *_error: object) -> None:
        self("kill-server")

    def __call__(self, *arguments: str) -> str:
        return run(["tmux", "-u", "-S", self._socket, *arguments], cwd=self._cwd, env=self._env).out

    def type(self, text: str) -> None:
        self("send-keys", "-l", text)

    def keys(self, *names: str) -> None:
        """By tmux's names: Enter, Escape, Up, C-c."""
        self("send-keys", *names)

    def resize(self, columns: int, rows: int) -> None:
        self("resize-window", "-x", str(columns), "-y", str(rows))

    @property
    def text(self) -> str:
        return self("capture-pane", "-p").rstrip()

    def wait_for(self, is_there: Callable[[str], bool], what: str) -> str:
        limit = time.monotonic() + PATIENCE
        while not is_there(text := self.text):
            if time.monotonic() > limit:
                raise CheckError(f"tmux: no {what}\n{text}")
            # Asking is a process of its own, which takes long enough not to be in the way.
        return text

    def wait_text(self, *texts: str) -> None:
        for text in texts:
            self.wait_for(partial(_has, text), f"“{text}”")


def _has(text: str, seen: str) -> bool:
    return text in seen


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [[Check("a run, in 80 columns and then in 40", partial(_runs, bed))]]


def _runs(bed: Bed) -> str:
    folder = bed.folder("tmux")
    with Tmux(bed, folder) as tmux:
        tmux.type(quoted([bed.scaffold, "new", "--layout", "tiered", "shop"]))
        tmux.keys("Enter")
        tmux.wait_text("Created shop")
        tmux("clear-history")
        tmux.resize(40, 20)
        tmux.type("clear; scaffold list; echo done")
        tmux.keys("Enter")
        text = tmux.wait_for(lambda seen: "\ndone" in seen, "end of the list")
    require(max(map(len, text.splitlines())) <= 40, text)
    require("staged-docker" in text, text)
    return ""
