"""A root directory with nothing in it but the program: no /proc, no libraries, no shell."""

import shutil
from pathlib import Path

from disks.cases import BUILT_IN, PROJECT
from disks.trees import differences, tree
from verification.claims import require
from verification.commands import run


def runs_in_a_bare_root(program: Path, work: Path) -> str:
    """It starts there, takes its arguments and makes what it makes elsewhere."""
    root = work / "bare"
    root.mkdir()
    shutil.copy(program, root / "scaffold")
    elsewhere = work / "elsewhere"
    elsewhere.mkdir()
    arguments = ("new", "--layout", BUILT_IN, PROJECT)
    run([program, *arguments], cwd=elsewhere)
    run(["chroot", root, "/scaffold", *arguments])
    lines = differences(tree(root / PROJECT), tree(elsewhere / PROJECT), modes=True)
    require(not lines, "\n".join(lines))
    return ""
