"""A terminal as its user sees it: pyte, and what it lacks."""

from collections.abc import Callable, Iterator
from typing import Any

import pyte
from pyte import modes
from wcwidth import wcswidth, wcwidth

_ALTERNATE = (47, 1047, 1049)
_BRACKETED_PASTE = 2004
_CURSOR_KEYS = 1


class Emulator(pyte.Screen):
    """Has an alternate screen, answers what it is asked, and knows which lines were too long."""

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], None]) -> None:
        self._main: tuple[Any, Any] | None = None
        self._answer = answer
        # Rows that begin where the one above ran into the right edge; true as long as nothing has
        # scrolled.
        self.continued: set[int] = set()
        self.titles: list[str] = []
        self.unknown: list[str] = []
        self.bells = 0
        super().__init__(columns, rows)

    @property
    def is_alternate(self) -> bool:
        return self._main is not None

    @property
    def has_bracketed_paste(self) -> bool:
        return _BRACKETED_PASTE << 5 in self.mode

    @property
    def has_application_keys(self) -> bool:
        return _CURSOR_KEYS << 5 in self.mode

    @property
    def wraps(self) -> bool:
        return modes.DECAWM in self.mode

    def row(self, number: int) -> str:
        line = self.buffer[number] if number in self.buffer else {}
        last = max((column for column in line if column < self.columns), default=-1)
        return "".join(line[column].data if column in line else " " for column in range(last + 1))

    def rows(self) -> list[str]:
        """All that is seen, without what is blank at the right and below."""
        last = max((number for number in self.buffer if number < self.lines), default=-1)
        found = [self.row(number).rstrip() for number in range(last + 1)]
        while found and not found[-1]:
            found.pop()
        return found

    def written(self) -> Iterator[str]:
        """The lines as the program wrote them: rows that ran into the edge go on in the next."""
        line = ""
        for number, row in enumerate(self.rows()):
            if number and number not in self.continued:
                yield line
                line = ""
            line += row.ljust(self.columns) if number + 1 in self.continued else row
        yield line

    def cells(self, text: str) -> Iterator[Any]:
        """The cells of the first place on the screen that reads `text`."""
        for number, row in enumerate(self.rows()):
            if text in row:
                column, read = 0, ""
                while len(read) < row.index(text):
                    read += self.buffer[number][column].data
                    column += 1
                while len(read) < row.index(text) + len(text):
                    yield self.buffer[number][column]
                    read += self.buffer[number][column].data
                    column += 1
                return

    # pyte's own calls

    def draw(self, data: str) -> None:
        # One at a time: pyte leaves out what follows a joiner in the same chunk.
        for character in data:
            width = wcwidth(character)
            if width > 0 and self.wraps and self.cursor.x + width > self.columns:
                # A wide character goes to the next row where one column is left.
                self.cursor.x = self.columns
                self.continued.add(self.cursor.y + 1)
            super().draw(character)

    def set_mode(self, *numbers: int, **kwargs: Any) -> None:
        if kwargs.get("private") and any(number in _ALTERNATE for number in numbers):
            self._enter_alternate()
        super().set_mode(*numbers, **kwargs)

    def reset_mode(self, *numbers: int, **kwargs: Any) -> None:
        super().reset_mode(*numbers, **kwargs)
        if kwargs.get("private") and any(number in _ALTERNATE for number in numbers):
            self._leave_alternate()

    def _enter_alternate(self) -> None:
        if self._main is None:
            lines = {number: line.copy() for number, line in self.buffer.items()}
            self._main = (lines, (self.cursor.x, self.cursor.y))
            self.erase_in_display(2)

    def _leave_alternate(self) -> None:
        if self._main is not None:
            lines, (column, row) = self._main
            self._main = None
            self.erase_in_display(2)
            self.buffer.update(lines)
            self.cursor.x = min(column, self.columns - 1)
            self.cursor.y = min(row, self.lines - 1)

    def set_title(self, param: str) -> None:
        self.titles.append(param)
        super().set_title(param)

    def set_icon_name(self, param: str) -> None:
        self.titles.append(param)
        super().set_icon_name(param)

    def bell(self, *_arguments: Any) -> None:
        self.bells += 1

    def debug(self, *arguments: Any, **_kwargs: Any) -> None:
        self.unknown.append(" ".join(map(str, arguments)))

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())


def cells(text: str) -> int:
    """How many columns a text takes, what is joined counted once."""
    return max(wcswidth(text), 0)
