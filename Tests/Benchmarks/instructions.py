"""How many instructions `new` takes, by valgrind: the same in each run, whatever else runs."""

import re
import shutil
import subprocess
from pathlib import Path

import built_in
from places import folder
from programs import PROJECT, Programs
from table import Row
from tools import Unmeasurable, checked

_MEASURE = "instructions against the base build"
_AT_MOST = 0.6


def rows(programs: Programs, base: Path, place: Path) -> "list[Row]":
    """The present program's and those of `base`, each with its own layouts."""
    works = {layout: f"`new --layout {layout}`" for layout in built_in.LAYOUTS}
    if not shutil.which("valgrind"):
        return [
            Row(work, _MEASURE, None, remark="no valgrind", at_most=_AT_MOST)
            for work in works.values()
        ]
    with folder(place) as own:
        present = _readable(programs.linked, own / "present")
        earlier = _readable(base, own / "earlier")
        found = []
        for layout, work in works.items():
            new, old = (_count(program, layout, own / PROJECT) for program in (present, earlier))
            remark = f"{new / 1e6:.2f} M to {old / 1e6:.2f} M"
            found.append(Row(work, _MEASURE, new / old, remark=remark, at_most=_AT_MOST))
    return found


def _readable(program: Path, copy: Path) -> Path:
    """A copy without what debuggers read, which valgrind cannot make sense of."""
    checked(["strip", "--strip-debug", "-o", copy, program])
    return copy


def _count(program: Path, layout: str, target: Path) -> int:
    """Valgrind hides the processor's instructions for SHA-1, so that hashes weigh more than they
    do elsewhere."""
    checked(["rm", "-rf", target])
    call = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(program)]
    call += ["new", "--layout", layout, str(target)]
    done = subprocess.run(call, capture_output=True, text=True)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not collected:
        raise Unmeasurable(f"{' '.join(call)} failed:\n{done.stdout}{done.stderr}")
    return int(collected[1])
