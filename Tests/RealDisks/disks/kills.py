"""Runs that are killed, and the next ones, which find what those left."""

from pathlib import Path

from disks import layout
from disks.bed import Bed, at_each, listed, require_own_files
from disks.cases import OWNERS, PROJECT, REPLACE, Case, fresh_folder
from disks.runs import Point
from disks.trees import Tree, tree
from verification.claims import require


def survives_kills(bed: Bed, case: Case, part: int) -> str:
    def killed(point: Point) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = case.prepare(folder)
            bed.scaffold.kill(case.directory(folder), point, *case.arguments(OWNERS[0]))
            _require_recovery(bed, case, folder, before)

    return at_each("points", bed.part(bed.points(case), part), killed)


def survives_a_second_kill(bed: Bed, part: int) -> str:
    """The next run after one that died is killed as well, at points of its own."""
    arguments = REPLACE.arguments(OWNERS[0])
    points = bed.points(REPLACE)
    first = points[len(points) * 2 // 3]
    with fresh_folder(bed.place.folder) as folder:
        REPLACE.prepare(folder)
        bed.scaffold.kill(folder, first, *arguments)
        seconds = bed.part(bed.scaffold.points(folder, *arguments), part)

    def killed(second: Point) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = REPLACE.prepare(folder)
            bed.scaffold.kill(folder, first, *arguments)
            bed.scaffold.kill(folder, second, *arguments)
            _require_recovery(bed, REPLACE, folder, before)

    return f"{first}, then {at_each('points', seconds, killed)}"


def _require_recovery(bed: Bed, case: Case, folder: Path, before: Tree) -> None:
    """After one more run all is complete, and further ones change nothing."""
    complete = bed.expectations.complete(case)
    require_own_files(case, tree(folder), before, complete)
    directory, arguments = case.directory(folder), case.arguments(OWNERS[0])
    second = bed.scaffold.run(directory, *arguments)
    bed.require_tree(folder, complete, second)
    require(second.code == 0, second.messages)
    third = bed.scaffold.run(directory, *arguments)
    require(third.code == 0, third.messages)
    bed.require_tree(folder, complete, third)


def keeps_edits(bed: Bed, part: int) -> str:
    """What the user writes between a crash and the next run is the user's."""
    arguments = ["--owner", OWNERS[0], PROJECT]

    def killed(point: Point) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = REPLACE.prepare(folder)
            bed.scaffold.kill(folder, point, *REPLACE.arguments(OWNERS[0]))
            files = [folder / PROJECT / name for name in (layout.COMMON, "docs/guide.md")]
            edited = [file for file in files if file.exists()]
            for file in edited:
                file.write_text("edited\n")
            for options in ([], ["--on-conflict", "keep"]):
                outcome = bed.scaffold.run(folder, *options, *arguments)
                for file in edited:
                    held = file.read_text() if file.exists() else None
                    require(held == "edited\n", f"{file.name}: {held!r}\n{outcome.messages}")
            seen = tree(folder)
            for path, entry in before.items():
                is_edited = folder / path in edited
                require(is_edited or seen.get(path) == entry, f"{path} is no more what it was")
            # An edited file may have a copy of what it held before beside it.
            left = [path for path in seen if ".scaffold-" in path]
            left += [
                f"{path} is missing"
                for path in bed.expectations.complete(REPLACE)
                if path not in seen
            ]
            require(not left, listed("the folder", left, outcome.messages))

    points = bed.points(REPLACE)
    return at_each("points", bed.part(points[len(points) // 3 :], part), killed)
