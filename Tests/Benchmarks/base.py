"""The program as it was at an earlier commit, which the present one is held against."""

from pathlib import Path

from tools import REPOSITORY, WORK, Unmeasurable, build_scaffold, checked

# The last one whose engine reads, parses and holds every template of a layout at once.
COMMIT = "da9f48cd61fb5a081ef0e47df61ed9605735cda6"


def full_hash(commit: str) -> str:
    try:
        return checked(
            ["git", "rev-parse", "--verify", "--quiet", commit + "^{commit}"], cwd=REPOSITORY
        ).strip()
    except Unmeasurable:
        raise Unmeasurable(
            f"there is no commit {commit} here: git fetch --unshallow, or name another with --base"
        ) from None


def build(commit: str) -> Path:
    """Built in a work tree of its own, which stays: the next run finds it done."""
    tree = WORK / "base" / commit
    if not (tree / "Package.swift").exists():
        # By force, since git may remember one that was removed with `.build`.
        checked(["git", "worktree", "add", "--force", "--detach", tree, commit], cwd=REPOSITORY)
    return build_scaffold(tree)
