"""A conversation with the program: what it asks, and answers by keys."""

import fcntl
import os
import re
import struct
import termios
from collections.abc import Iterator
from pathlib import Path

from terminals.bed import Bed
from terminals.screen import ENTER, Screen
from verification.claims import require
from verification.commands import CheckError, run

# How every drawing of a whole screen begins, and how it ends, but for where the cursor goes.
_BEGINS, _ENDS = b"\x1b[?7l", b"\x1b[?7h"
# Below the remark, which is as wide as the window.
SAME = re.compile(r"the\s+same\s+without\s+questions:\s+(scaffold .*)")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
REVIEW = "Write it?"
# How the program ends where a person stops it, which is no error and no answer.
STOPPED = 1


class Conversation:
    """Keys are pressed one after the other, each after the screen has been drawn that the one before
    has led to."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    @property
    def drawings(self) -> int:
        """How many are whole."""
        raw = self.screen.raw
        return raw.count(_BEGINS) - (raw.rfind(_BEGINS) > raw.rfind(_ENDS))

    def wait_drawn(self, more_than: int) -> None:
        self.screen.wait_for(lambda _screen: self.drawings > more_than, "other screen")

    def begin(self) -> "Conversation":
        self.wait_drawn(0)
        return self

    def press(self, *keys: str) -> "Conversation":
        for text in keys:
            # What comes in one piece may be drawn once, or more often.
            for key in [text] if text.startswith("\x1b") else text:
                before = self.drawings
                self.screen.keys(key)
                self.wait_drawn(before)
        return self

    def drip(self, text: str) -> None:
        """A byte at a time, the next one when that has been read: the slowest line there is."""
        terminal = os.open(self.screen.name, os.O_RDONLY | os.O_NOCTTY)
        try:
            for byte in text.encode():
                self.screen.write(bytes([byte]))
                while _unread(terminal):
                    os.sched_yield()
        finally:
            os.close(terminal)

    @property
    def question(self) -> str:
        """What is asked: the rows in bold."""
        emulator = self.screen.emulator
        found = []
        for number, row in enumerate(emulator.rows()):
            cells = [emulator.buffer[number][column] for column in range(emulator.columns)]
            if row and all(cell.bold for cell in cells if cell.data.strip()):
                found.append(row.strip())
            elif found:
                break
        return " ".join(found)

    @property
    def is_list(self) -> bool:
        return "to filter" in self.screen.text

    @property
    def is_flag(self) -> bool:
        return "y/n" in self.screen.text

    def answer_all(self, change: str = "") -> Iterator[str]:
        """Takes the defaults, but for what the key `change` makes of lists and flags; gives each
        question before it is answered, the review at last."""
        for _ in range(200):
            question = self.question
            yield question
            if REVIEW in question:
                return
            if change and (self.is_list or self.is_flag):
                self.press(change)
            if "Copyright" in question:
                self.press("2026 Ann")
            self.press(ENTER)
        raise CheckError(f"it does not end asking\n{self.screen.drawn()}")


def begun(screen: Screen, layout: str, directory: str) -> Conversation:
    """Answers for the layout and the directory."""
    conversation = Conversation(screen).begin()
    screen.wait_text("Layout")
    conversation.press(layout, ENTER)
    require("Directory" in conversation.question, screen.drawn())
    conversation.press(directory, ENTER)
    return conversation


def answer_up_to(conversation: Conversation, part: str) -> None:
    """Answers with defaults up to a question."""
    for question in conversation.answer_all():
        if part in question:
            return
    raise CheckError(f"no question “{part}”\n{conversation.screen.drawn()}")


def reached(screen: Screen, layout: str, place: int) -> Conversation:
    """The question at this place: the layout, the directory, and so on."""
    conversation = Conversation(screen).begin()
    for number in range(place):
        conversation.press(*([[layout], ["shop"]][number] if number < 2 else []), ENTER)
    return conversation


def told_command(screen: Screen) -> str:
    """The line that is said to do the same."""
    text = _STYLE.sub("", screen.raw.decode(errors="replace")).replace("\r\n", "\n")
    found = SAME.findall(text)
    require(len(found) > 0, f"it tells no command\n{screen.drawn()}")
    return str(found[-1])


def require_same(bed: Bed, folder: Path, command: str) -> None:
    """The command line makes in another folder what the keys have made in this one."""
    other = bed.folder("same")
    run(["bash", "-c", command], cwd=other, env=bed.env())
    run(["diff", "-r", folder, other])


def require_nothing(folder: Path) -> None:
    left = sorted(path.name for path in folder.iterdir())
    require(not left, f"left behind: {left}")


def _unread(terminal: int) -> bool:
    count = fcntl.ioctl(terminal, termios.FIONREAD, struct.pack("i", 0))
    return bool(struct.unpack("i", count)[0])
