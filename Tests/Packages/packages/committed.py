"""Whether a checkout is as its commit, which packages say that they are of."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from packages.checkout import Checkout

_SHOWN = 10
# What a build takes in, whether git looks at it or not.
_COMPILED = ("Sources", "Templates", "Package.swift", "Package@swift*", ".swiftpm")


def faults(checkout: Checkout, is_other: Callable[[Path], bool]) -> Iterator[str]:
    """`BuildError` where there is no checkout with a commit.

    - is_other: what may lie there without being of the commit
    """
    if checkout.root() != checkout.folder.resolve():
        yield f"{checkout.folder} is no checkout of its own: it lies in {checkout.root()}"
        return
    changes = [one for one in checkout.changes() if one[0] != "??" or not is_other(one[1])]
    if changes:
        yield "the checkout is not as its commit: commit this, or remove it" + _listed(
            checkout, [f"{how} {path.relative_to(checkout.folder)}" for how, path in changes]
        )
    if unseen := checkout.unseen():
        yield (
            "git is told to see no changes of files: undo it by `git update-index "
            "--no-assume-unchanged --no-skip-worktree FILE`" + _listed(checkout, unseen)
        )
    if ignored := checkout.ignored(_COMPILED):
        yield "what git ignores would be compiled: remove it" + _listed(checkout, ignored)
    attributes = checkout.attributes()
    if attributes is not None:
        yield f"{attributes} changes how files are packed: move it away"


def _listed(checkout: Checkout, lines: Sequence[str | Path]) -> str:
    shown = [
        str(line.relative_to(checkout.folder)) if isinstance(line, Path) else line
        for line in lines[:_SHOWN]
    ]
    more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "".join(f"\n  {line}" for line in [*shown, *more])
