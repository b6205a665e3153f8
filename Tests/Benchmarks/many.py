"""Layouts of many files: time and memory of a hundred thousand, and what one file costs."""

import statistics
from pathlib import Path

import layouts
from measuring import Series
from places import folder
from programs import Comparison, Programs
from scale import Scale
from table import Row, ratio

_TAGS = 20
_ROUNDS = 5
# How often the commands of a size run in each round: the small ones are soon over.
_SIZES = {100: 20, 1000: 5, 10_000: 2, 100_000: 1}


def rows(programs: Programs, place: Path, scale: Scale) -> "list[Row]":
    found = []
    for tags, bound in ((1, 1.5), (_TAGS, 2.0)):
        with folder(place) as own:
            found += _of_a_layout(programs, own, scale, tags, bound)
    return found


def _of_a_layout(
    programs: Programs, place: Path, scale: Scale, tags: int, bound: float
) -> "list[Row]":
    layout = layouts.write_files(place / "layout", scale.files, tags)
    comparison = programs.compare(place, layout, *scale.options)
    times = comparison.measure(runs=_ROUNDS)
    work = f"{scale.files:,} files, {tags} placeholder{'s' * (tags > 1)} each"
    found = [ratio(work, "time against `cp -r`", times["new"], times["cp"], at_most=bound)]
    if tags == _TAGS:
        found.append(Row(work, "peak memory", times["new"].peak / 1e6, "MB", at_most=96))
        found.append(_dry_run(programs, work, comparison))
    return found


def _dry_run(programs: Programs, work: str, comparison: Comparison) -> Row:
    """A dry run walks a tree, reads every file and prints every path. `find` does that in one walk
    here, which is the least that can be asked of the two together: `find` by itself, and a second
    one for `cat`, take longer."""
    rendered = str(comparison.rendered)
    times = programs.launcher.measure(
        {
            "find": ["find", rendered, "-print", "-type", "f", "-exec", "cat", "{}", "+"],
            "dry run": [*comparison.commands["new"], "--dry-run", "--format", "paths"],
        }, runs=_ROUNDS, remove=comparison.target)
    measure = "dry run against `find` and `cat`"
    return ratio(work, measure, times["dry run"], times["find"], at_most=1.5)


def rows_of_growth(programs: Programs, place: Path, scale: Scale) -> "list[Row]":
    """What a file costs in layouts of several sizes.

    The cost of a size is its time less that of a layout of one file, for each file more: what a
    run costs in any case is no part of it. How far the costs are from one another is how far the
    farthest is from their mean. What `cp -r` of the same trees costs is beside it, since a file
    costs the system more where there are many.
    """
    sizes = {1: _SIZES[100], **{size: n for size, n in _SIZES.items() if size <= scale.files}}
    with folder(place) as own:
        times = _times_of_sizes(programs, own, scale, sizes)
    work = f"cost of a file, {min(_SIZES)} to {max(sizes):,} files"
    return [
        _spread(work, "`new`", {size: series["new"] for size, series in times.items()}, 20),
        _spread(work, "`cp -r`", {size: series["cp"] for size, series in times.items()}, None),
    ]


def _times_of_sizes(
    programs: Programs, place: Path, scale: Scale, sizes: "dict[int, int]"
) -> "dict[int, dict[str, Series]]":
    """All sizes take turns, too."""
    comparisons = {}
    for size in sizes:
        own = place / str(size)
        layout = layouts.write_files(own / "layout", size, _TAGS)
        comparisons[size] = programs.compare(own, layout, *scale.options)
    times = {size: {"cp": Series(), "new": Series()} for size in sizes}
    for turn in range(_ROUNDS):
        for size, runs in sizes.items():
            more = comparisons[size].measure(runs=runs, warmup=1 if turn == 0 else 0)
            for name, series in more.items():
                times[size][name].times += series.times
    return times


def _spread(work: str, measure: str, times: "dict[int, Series]", bound: "float | None") -> Row:
    start = times[1].median
    costs = [(series.median - start) / (size - 1) for size, series in times.items() if size > 1]
    mean = statistics.mean(costs)
    spread = max(abs(cost - mean) for cost in costs) / mean
    remark = ", ".join(f"{cost * 1e6:.1f}" for cost in costs) + " µs"
    return Row(work, f"{measure}, from their mean", spread * 100, "%", remark, at_most=bound)
