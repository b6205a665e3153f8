"""The table of results."""

from dataclasses import dataclass
from typing import Optional

from measuring import Series


@dataclass
class Row:
    name: str
    # Medians of this command's and the reference's times, divided; or what else was measured.
    value: Optional[float] = None
    series: Optional[Series] = None
    unit: str = "×"
    at_most: Optional[float] = None
    at_least: Optional[float] = None
    # What the ratio is of, where it is not the first row of the group.
    reference: str = ""

    @property
    def is_met(self) -> bool:
        assert self.value is not None
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.at_least is None or self.value >= self.at_least

    @property
    def has_target(self) -> bool:
        return self.at_most is not None or self.at_least is not None

    def cells(self) -> "list[str]":
        times = ["", ""]
        if self.series:
            times = [_time(self.series.median), _time(self.series.minimum)]
        value = "" if self.value is None else f"{self.value:.2f} {self.unit}{self.reference}"
        target, verdict = "", ""
        if self.has_target:
            sign, bound = ("≤", self.at_most) if self.at_most is not None else ("≥", self.at_least)
            target = f"{sign} {bound:g}"
            verdict = "met" if self.is_met else "NOT MET"
        return [self.name, *times, value, target, verdict]


HEAD = ["", "median", "min", "ratio", "target", ""]


def text(groups: "dict[str, list[Row]]") -> str:
    cells = [HEAD] + [row.cells() for rows in groups.values() for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = [_line(HEAD, widths)]
    for title, rows in groups.items():
        lines += ["", title] + [_line(row.cells(), widths) for row in rows]
    return "\n".join(lines)


def _line(cells: "list[str]", widths: "list[int]") -> str:
    numbers = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:])]
    return ("  " + "   ".join([cells[0].ljust(widths[0]), *numbers])).rstrip()


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
