"""`new` with built-in layouts, against copying what it writes."""

from pathlib import Path

import tools
import trees
from measuring import Series
from places import file_system_of, folder
from programs import Programs
from table import Row, ratio

LAYOUTS = ["staged-docker", "ops-k8s"]
_MOST_MEMORY = 20


def rows(programs: Programs, place: Path, runs: int) -> "list[Row]":
    found = []
    for layout in LAYOUTS:
        work = f"`new --layout {layout}`"
        times = _times(programs, place, layout, runs)
        found += [
            ratio(work, "time against `cp -r` of its tree", times["new"], times["cp"], at_most=1.2),
            ratio(work, "dry run, time against `cp -r`", times["dry run"], times["cp"]),
            ratio(work, "time against a static C writer of it", times["new"], times["writer"]),
            Row(work, "peak memory", times["new"].peak / 1e6, "MB", at_most=_MOST_MEMORY),
        ]
    return found


def rows_on_disk(programs: Programs, place: Path, runs: int) -> "list[Row]":
    layout = LAYOUTS[0]
    times = _times(programs, place, layout, runs)
    measure = f"time against `cp -r`, on disk ({file_system_of(place)})"
    return [ratio(f"`new --layout {layout}`", measure, times["new"], times["cp"])]


def _times(programs: Programs, place: Path, layout: str, runs: int) -> "dict[str, Series]":
    with folder(place) as own:
        comparison = programs.compare(own, layout)
        source = own / "writer.c"
        source.write_text(trees.c_program(trees.read(comparison.rendered)))
        writer = tools.compile_c(source, own / "writer")
        target = comparison.target
        comparison.commands["writer"] = [str(writer), str(target)]
        comparison.commands["dry run"] = programs.new(target, layout, "--dry-run")
        return comparison.measure(runs=runs, warmup=3)
