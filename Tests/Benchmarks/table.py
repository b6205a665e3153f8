"""The table of results, in Markdown."""

from dataclasses import dataclass
from typing import Optional

from measuring import Series


@dataclass
class Row:
    work: str
    measure: str
    # What was measured, or None where it could not be; then `remark` says why.
    value: Optional[float]
    unit: str = "×"
    remark: str = ""
    at_most: Optional[float] = None
    at_least: Optional[float] = None

    @property
    def has_target(self) -> bool:
        return self.at_most is not None or self.at_least is not None

    @property
    def is_met(self) -> bool:
        if self.value is None:
            return not self.has_target
        if self.at_most is not None and self.value > self.at_most:
            return False
        return self.at_least is None or self.value >= self.at_least

    def cells(self) -> "list[str]":
        measured, target, verdict = "–", "–", "–"
        if self.value is not None:
            measured = _number(self.value, self.unit)
        if self.remark:
            measured += f" ({self.remark})"
        if self.has_target:
            sign, bound = ("≤", self.at_most) if self.at_most is not None else ("≥", self.at_least)
            target = f"{sign} {bound:g} {self.unit}"
            verdict = "yes" if self.is_met else "**no**"
        return [self.work, self.measure, measured, target, verdict]


HEAD = ["work", "measure", "measured", "to reach", "met"]


def ratio(
    work: str, measure: str, command: Series, reference: Series, *,
    at_most: Optional[float] = None, at_least: Optional[float] = None,
) -> Row:
    """The medians, one divided by the other."""
    remark = f"{_time(command.median)} to {_time(reference.median)}"
    value = command.median / reference.median
    return Row(work, measure, value, remark=remark, at_most=at_most, at_least=at_least)


def text(rows: "list[Row]") -> str:
    lines = [HEAD, ["---"] * len(HEAD)] + [row.cells() for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _number(value: float, unit: str) -> str:
    if unit == "×":
        return f"{value:.2f} ×" if value < 10 else f"{value:.0f} ×"
    return f"{value:.1f} {unit}"


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"
