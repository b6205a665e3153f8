"""In tmux, another emulator, which rewraps what it shows when its window changes."""

import operator
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.conversation import SAME, require_same
from terminals.screen import PATIENCE
from verification.claims import require, require_equal
from verification.commands import CheckError, run
from verification.report import Check


class Tmux:
    """A server of its own with one window; ended by leaving the block."""

    def __init__(self, bed: Bed, cwd: Path, columns: int = 80, rows: int = 24) -> None:
        # Its name is short: sockets have no long ones.
        self._socket = bed.folder("socket") / "tmux"
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
    return [
        [
            Check("a run, in 80 columns and then in 40", partial(_runs, bed)),
        ]
    ]


def conversations(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("a conversation, while the window changes", partial(_converses, bed)),
            Check("Escape, Ctrl-C and Ctrl-Z leave the shell as it was", partial(_is_left, bed)),
            Check("a paste of several lines", partial(_takes_a_paste, bed)),
        ]
    ]


def _runs(bed: Bed) -> str:
    folder = bed.folder("tmux")
    with Tmux(bed, folder) as tmux:
        tmux.type("scaffold new --layout tiered shop")
        tmux.keys("Enter")
        tmux.wait_text("Created shop")
        tmux("clear-history")
        tmux.resize(40, 20)
        tmux.type("clear; SCAFFOLD_PAGER=cat scaffold list; echo done")
        tmux.keys("Enter")
        text = tmux.wait_for(lambda seen: "\ndone" in seen, "end of the list")
    require(max(map(len, text.splitlines())) <= 40, text)
    require("staged-docker" in text, text)
    return ""


def _begin(tmux: Tmux, layout: str = "orchestrator-config") -> None:
    tmux.type("scaffold")
    tmux.keys("Enter")
    tmux.wait_text("Layout", "Filter")
    tmux.type(layout)
    tmux.wait_for(lambda seen: "src-namespace" not in seen, "filtered list")
    tmux.keys("Enter")
    tmux.wait_text("Directory")


def _converses(bed: Bed) -> str:
    folder = bed.folder("tmux")
    with Tmux(bed, folder) as tmux:
        _begin(tmux)
        tmux.type("shop")
        tmux.keys("Enter")
        sizes = [(20, 6), (200, 50), (40, 12), (80, 24)]
        count = 0
        while "Write it?" not in tmux.wait_for(_is_asked, "question"):
            tmux.resize(*sizes[count % len(sizes)])
            tmux.wait_for(_is_asked, "question")
            before = tmux.text
            tmux.keys("Enter")
            tmux.wait_for(partial(operator.ne, before), "next question")
            count += 1
        tmux.resize(80, 24)
        tmux.keys("Enter")
        tmux.wait_for(lambda seen: SAME.search(seen) is not None, "the end")
        tmux.resize(200, 50)
        text = tmux.wait_for(lambda seen: SAME.search(seen) is not None, "the end")
        _require_as_it_was(tmux)
        require_same(bed, folder, SAME.findall(text)[-1])
    return f"{count} questions"


def _is_asked(seen: str) -> bool:
    return "Enter" in seen


def _require_as_it_was(tmux: Tmux) -> None:
    flags = "#{alternate_on} #{cursor_flag} #{wrap_flag} #{keypad_cursor_flag}"
    require_equal(
        "alternate, cursor, wrap, keypad", tmux("display", "-p", flags).strip(), "0 1 1 0"
    )


def _is_left(bed: Bed) -> str:
    folder = bed.folder("tmux")
    with Tmux(bed, folder) as tmux:
        for key in ("Escape", "C-c"):
            tmux.type("clear")
            tmux.keys("Enter")
            _begin(tmux)
            tmux.keys(key)
            tmux.wait_for(lambda seen: seen.endswith("$"), "prompt")
            _require_as_it_was(tmux)
        tmux.type("clear")
        tmux.keys("Enter")
        _begin(tmux)
        tmux.keys("C-z")
        tmux.wait_text("Stopped")
        _require_as_it_was(tmux)
        tmux.type("stty -a | grep -c -e ' echo ' -e ' icanon '; fg")
        tmux.keys("Enter")
        tmux.wait_text("Directory")
        tmux.keys("Escape")
        tmux.wait_for(lambda seen: seen.endswith("$"), "prompt")
    require_equal("files", [path.name for path in folder.iterdir()], [])
    return ""


def _takes_a_paste(bed: Bed) -> str:
    folder = bed.folder("tmux")
    with Tmux(bed, folder) as tmux:
        _begin(tmux, "tiered")
        tmux("set-buffer", "one\ntwo; touch seen\n")
        tmux("paste-buffer", "-p")
        tmux.wait_text("two; touch seen")
        tmux.wait_text("Directory")
        tmux.keys("C-c")
        tmux.wait_for(lambda seen: seen.endswith("$"), "prompt")
        tmux.type("echo still here")
        tmux.keys("Enter")
        tmux.wait_text("\nstill here")
    require_equal("files", [path.name for path in folder.iterdir()], [])
    return ""
