"""A step is what it is by its name: steps that come or go change nothing of the others."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from layouts.staged_docker.project import NAME
from verification.claims import require, require_equal
from verification.context import Context
from verification.report import Check

_STEPS = ("load", "refine", "rank", "serve")
_ROLES = ("--ingest=load", "--engine=serve")
# What lists the steps, or says what was answered.
_LISTS = ("README.md", "src/shared_utils/steps.txt", ".scaffold.json")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{3}(?=__[a-z])")


def role_check(context: Context) -> Check:
    return Check("steps that come or go change nothing of the others", lambda: _others(context))


def _others(context: Context) -> str:
    before = _files(context, _STEPS)
    lists = [[*_STEPS[:place], "added", *_STEPS[place:]] for place in range(len(_STEPS) + 1)]
    lists += [[step for step in _STEPS if step != gone] for gone in ("refine", "rank")]
    for steps in lists:
        after = _files(context, steps)
        kept = {step for step in _STEPS if step in steps}
        for path, content in before.items():
            owner = re.search(r"NNN__([a-z]+)", path)
            if path not in _LISTS and (owner is None or owner[1] in kept):
                require(path in after, f"{path} is gone with {','.join(steps)}")
                require_equal(f"{path} with {','.join(steps)}", after[path], content)
        new = {path for path in after.keys() - before.keys() if "NNN__added" not in path}
        require(not new, f"{','.join(steps)} brings {new}")
    return f"{len(lists)} lists, {len(before)} files"


def _files(context: Context, steps: Sequence[str]) -> Mapping[str, str]:
    """By their paths, and both without the steps' numbers."""
    folder = context.memory / f"roles-{'-'.join(steps)}"
    context.new(NAME, folder, "--project-name=roles", f"--steps={','.join(steps)}", *_ROLES)
    return {
        _NUMBER.sub("NNN", str(path.relative_to(folder))): _NUMBER.sub("NNN", _text(path))
        for path in folder.rglob("*")
        if path.is_file()
    }


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
