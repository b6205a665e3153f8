"""The last run in a folder, taken back."""

from pathlib import Path

from disks.bed import Bed, at_each, listed, require_success
from disks.cases import OWNERS, PROJECT, REPLACE, fresh_folder
from disks.runs import Point
from disks.trees import UNDO, Tree, differences, tree
from verification.claims import require, require_equal
from verification.commands import run


def takes_back(bed: Bed) -> str:
    """Every byte and mode is what it was, once; git sees nothing of what that takes."""
    undoing = bed.scaffold.undoing()
    with fresh_folder(bed.place.folder) as folder:
        before = _replaced(bed, folder)
        held = sorted(path.name for path in (folder / PROJECT / UNDO).iterdir())
        named = [name for name in held if not name.startswith("new-")]
        require_equal("what is kept", named, [".gitignore", "forward", "old", "plan"])
        git = ("git", "-c", "safe.directory=*", "-C", folder / PROJECT)
        run([*git, "init", "-q"])
        status = run([*git, "status", "--porcelain", "--untracked-files=all"])
        require(UNDO not in status.out, status.out)
        run(["rm", "-rf", folder / PROJECT / ".git"])
        outcome = undoing.run(folder, PROJECT)
        require_success(outcome)
        bed.require_tree(folder, before, outcome)
        _require_nothing_left(folder)
        require(undoing.run(folder, PROJECT).code >= 0, "a second call was killed")
        bed.require_tree(folder, before, outcome)
    return ""


def survives_kills(bed: Bed, part: int) -> str:
    """Killed at a call, it is taken back or it is not; the next one takes it back."""
    undoing = bed.scaffold.undoing()
    complete = bed.expectations.complete(REPLACE)
    with fresh_folder(bed.place.folder) as folder:
        _replaced(bed, folder)
        points = undoing.points(folder, PROJECT)

    def killed(point: Point) -> None:
        with fresh_folder(bed.place.folder) as folder:
            before = _replaced(bed, folder)
            undoing.kill(folder, point, PROJECT)
            for path, entry in tree(folder).items():
                if ".scaffold-" in path:
                    continue
                known = [one[path].data for one in (before, complete) if path in one]
                require(entry.data in known, f"{path}: {entry.text}")
            again = undoing.run(folder, PROJECT)
            bed.require_tree(folder, before, again)
            _require_nothing_left(folder)

    return at_each("points", bed.part(points, part), killed)


def _replaced(bed: Bed, folder: Path) -> Tree:
    """Puts a project over files of the user's, and says what was there before."""
    before = REPLACE.prepare(folder)
    outcome = bed.scaffold.run(folder, *REPLACE.arguments(OWNERS[0]))
    require_success(outcome)
    lines = differences(tree(folder), bed.expectations.complete(REPLACE), modes=bed.keeps_modes)
    require(not lines, listed("the folder", lines, outcome.messages))
    return before


def _require_nothing_left(folder: Path) -> None:
    left = [path.name for path in (folder / PROJECT).iterdir() if ".scaffold" in path.name]
    require(not left, f"left over: {', '.join(left)}")
