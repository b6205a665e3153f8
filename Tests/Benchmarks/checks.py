"""`check` of a thousand projects in one run, beside what `git status` takes in each of them."""

from pathlib import Path

import layouts
import repositories
from places import folder
from programs import PROJECT, Programs
from scale import Scale
from table import Row, ratio
from tools import Unmeasurable, checked

_FILES = 100
_ROUNDS = 5
# No program in between: what the shell itself does is nothing beside a process.
_STATUS = 'while read -r project; do git -C "$project" status > /dev/null || exit; done < "$0"'


def rows(programs: Programs, place: Path, scale: Scale) -> "list[Row]":
    with folder(place) as own:
        layout = layouts.write_files(own / "large", _FILES, 1, rules=True)
        variables = repositories.environment(own / "home")
        original = own / PROJECT
        checked(programs.new(original, layout))
        repositories.Repository(original, variables).commit("Make the project")
        names = own / "names"
        names.write_text("".join(f"{one}\n" for one in _copies(original, own, scale)))
        check = [str(programs.scaffold), "check", *map(str, names.read_text().split())]
        told = checked(check, env=variables)
        if told.count(": ok\n") != scale.projects:
            raise Unmeasurable(f"it is not so that all projects are right: {told[:200]}")
        times = programs.launcher.measure(
            {"check": check, "status": ["sh", "-c", _STATUS, str(names)]}, runs=_ROUNDS,
            environment=variables)
    work = f"`check` of {scale.projects:,} projects of {_FILES} files"
    return [
        ratio(
            work, "time against `git status` in each", times["check"], times["status"],
            at_most=1.2),
        Row(work, "peak memory", times["check"].peak / 1e6, "MB"),
    ]


def _copies(original: Path, place: Path, scale: Scale) -> "list[Path]":
    """Beside the layout, by whose name it is found; each with an index that git knows as fresh."""
    found = [place / f"project-{number}" for number in range(scale.projects)]
    for project in found:
        checked(["cp", "-a", original, project])
        checked(["git", "-C", project, "update-index", "--refresh", "-q"])
    return found
