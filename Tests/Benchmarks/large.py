"""Layouts of large files: one template, and files that are copied as they are."""

from pathlib import Path
from typing import Callable

import layouts
from places import folder, room
from programs import Programs
from scale import Scale
from table import Row, ratio

_ROUNDS = 5
_MORE_MEMORY = 32
# A layout, what it renders to, and a copy of that; and something to spare.
_COPIES = 3.2


def rows(programs: Programs, place: Path, scale: Scale) -> "list[Row]":
    number, size = scale.binaries
    return [
        *_compare(
            programs, place, scale, f"a template of {_size(scale.template)}", scale.template, 2,
            lambda layout: layouts.write_template(layout, scale.template), template=scale.template),
        *_compare(
            programs, place, scale, f"{_size(number * size)} of binary files", number * size, 1.05,
            lambda layout: layouts.write_binaries(layout, number, size), template=0),
    ]


def _compare(
    programs: Programs, place: Path, scale: Scale, work: str, size: int, bound: float,
    write: "Callable[[Path], Path]", *, template: int,
) -> "list[Row]":
    time, memory = "time against `cp -r`", "peak memory" + " beyond the template" * (template > 0)
    if room(place) < size * _COPIES:
        remark = f"needs {_size(int(size * _COPIES))} of memory"
        return [
            Row(work, time, None, remark=remark, at_most=bound),
            Row(work, memory, None, "MB", remark, at_most=_MORE_MEMORY),
        ]
    with folder(place) as own:
        comparison = programs.compare(own, write(own / "layout"), *scale.options)
        times = comparison.measure(runs=_ROUNDS)
    peak = (times["new"].peak - template) / 1e6
    return [
        ratio(work, time, times["new"], times["cp"], at_most=bound),
        Row(work, memory, peak, "MB", at_most=_MORE_MEMORY),
    ]


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
