"""A project whose owner has changed its steps, and puts others between them."""

from pathlib import Path

from layouts.staged_docker import code
from layouts.staged_docker.project import NAME, Project
from layouts.staged_docker.steps import Steps
from verification.claims import require
from verification.context import Context
from verification.following import Edit, Followed
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Once

_STEPS, _MORE = ("ingest", "clean", "serve"), ("ingest", "merge", "clean", "serve")
_GROWN = ("ingest", "merge", "clean", "tidy", "serve")
_CLEAN = "task__012__clean"
_TIDY, _SERVE = "src/task__014__tidy", "src/task__015__serve"
_EDITS = (
    Edit(f"src/{_CLEAN}/main.py", "least about it, as Ann says.", "least about it."),
    Edit(f"src/{_CLEAN}/py_args.py", "\n\n# Ann decides what else can be set.\n"),
    Edit(f"tests/test_{_CLEAN}.py", "say most, as Ann says.", "say most."),
    Edit("src/task__013__serve/main.py", "\n\n# Ann answers for this one.\n"),
    # In the step's folder, the owner's own; the number of the step is nobody's.
    Edit(f"src/{_CLEAN}/words.txt", "and\nthe\n"),
    Edit(f"src/{_CLEAN}/rules/german.txt", "der\ndie\ndas\n"),
    Edit("notes/task__012.md", "What clean leaves out.\n"),
)
# Beside what comes next.
_MORE_EDITS = (
    Edit(f"{_TIDY}/main.py", "\n\n# Ann tidies up.\n"),
    Edit(f"{_TIDY}/py_args.py", "\n\n# Ann decides what is tidy.\n"),
    Edit(f"{_SERVE}/app.py", "\n\n# Ann answers for this one, too.\n"),
)


def checks(
    context: Context, wanted: Project, python: Once[Path], databases: Databases
) -> list[Check]:
    title = ", updated with more steps"

    def insert() -> Project:
        few, more = (f"--steps={','.join(steps)}" for steps in (_STEPS, _MORE))
        project = Followed(context.scaffold, context.memory / wanted.name)
        project.begin(NAME, few, *wanted.options)
        project.keep(_EDITS, more, back=[few], moved=_moved)
        for folder in ("src/task__012__clean", "src/task__013__serve"):
            require(not (project.folder / folder).exists(), f"{folder} is there")
        new = (project.folder / "src/task__012__merge/main.py").read_text(encoding="utf-8")
        require("Ann" not in new, "what the owner has changed is in the new step")
        project.grow("add", "step", "tidy", moved=_after_tidy)
        project.grow(
            "add", "step", "audit", "--after", "ingest", edits=_MORE_EDITS, moved=_after_another
        )
        project.grow("remove", "step", "audit", moved=_before_another)
        project.require_kept(*_MORE_EDITS)
        return Project(project.folder, _GROWN, block=wanted.block)

    made = Once("more steps by `scaffold update` and `scaffold add`", insert)
    used = Used(made, python)
    return [
        Check(
            "update, add, remove: another step moves what the owner has changed",
            lambda: _told(made),
        ),
        *code.checks(title, used, databases, context.work),
        *Steps(used, databases, context.work).checks(title)[:1],
    ]


def _moved(path: str) -> str:
    """Those behind the new one have the next number."""
    return path.replace("013__serve", "014__serve").replace("012__clean", "013__clean")


_NUMBERS = {f"0{number}__": f"0{number + 1}__" for number in (15, 14, 13, 12)}


def _after_tidy(path: str) -> str:
    """The engine stays the last."""
    return path.replace("014__serve", "015__serve")


def _after_another(path: str) -> str:
    return next((path.replace(*one) for one in _NUMBERS.items() if one[0] in path), path)


def _before_another(path: str) -> str:
    return next((path.replace(new, old) for old, new in _NUMBERS.items() if new in path), path)


def _told(made: Once[Project]) -> str:
    return ", ".join(made().numbered_steps)
