"""`update` with nothing to do: of a small project, and of one of many files."""

from pathlib import Path

import layouts
import repositories
from measuring import Series
from places import folder
from programs import PROJECT, Programs
from scale import Scale
from table import Row, ratio
from tools import Unmeasurable, checked

_LAYOUT = "staged-docker"
_TEMPLATES = 100
_ROUNDS = 20


def rows(programs: Programs, place: Path, scale: Scale, runs: int) -> "list[Row]":
    return [_of_a_built_in_layout(programs, place, runs), _of_many_files(programs, place, scale)]


def _of_a_built_in_layout(programs: Programs, place: Path, runs: int) -> Row:
    with folder(place) as own:
        project = own / PROJECT
        checked(programs.new(project, _LAYOUT))
        times = _times(programs, project, {"list": [str(programs.scaffold), "list"]}, runs)
    work = f"`update` of `{_LAYOUT}`, nothing to do"
    return ratio(work, "time against `list`", times["update"], times["list"], at_most=2)


def _of_many_files(programs: Programs, place: Path, scale: Scale) -> Row:
    """All are of a layer that is written once for each item of a list."""
    with folder(place) as own:
        layout = layouts.write_items(own / "layout", _TEMPLATES, scale.items)
        project = own / PROJECT
        checked(programs.new(project, layout))
        variables = repositories.environment(own / "home")
        repository = repositories.Repository(project, variables)
        repository.commit("Make the project")
        _expect(repository.git("status", "--porcelain") == "", "the project is as committed")
        status = ["git", "-C", str(project), "status"]
        times = _times(programs, project, {"status": status}, _ROUNDS, variables)
    work = f"`update` of {_TEMPLATES * scale.items:,} files, nothing to do"
    return ratio(work, "time against `git status`", times["update"], times["status"], at_most=1.5)


def _times(
    programs: Programs, project: Path, others: "dict[str, list[str]]", runs: int,
    variables: "dict[str, str] | None" = None,
) -> "dict[str, Series]":
    update = [str(programs.scaffold), "update", str(project)]
    told = checked(update, env=variables)
    _expect(told.startswith("Nothing to update"), f"`update` has nothing to do, not: {told}")
    before = _stamps(project)
    commands = {"update": update, **others}
    times = programs.launcher.measure(commands, runs=runs, warmup=3, environment=variables)
    _expect(_stamps(project) == before, "`update` writes nothing")
    return times


def _stamps(project: Path) -> "dict[Path, tuple[int, int]]":
    """What changes with whatever is written, made or removed."""
    paths = [project, *(path for path in project.rglob("*") if ".git" not in path.parts)]
    statuses = {path: path.stat() for path in paths}
    return {path: (status.st_ino, status.st_ctime_ns) for path, status in statuses.items()}


def _expect(is_so: bool, promise: str) -> None:
    if not is_so:
        raise Unmeasurable(f"it is not so that {promise}")
