"""A project whose owner has changed its steps, and puts another one between them."""

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
_CLEAN = "task__012__clean"
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


def checks(
    context: Context, wanted: Project, python: Once[Path], databases: Databases
) -> list[Check]:
    title = ", updated with one step more"

    def insert() -> Project:
        few, more = (f"--steps={','.join(steps)}" for steps in (_STEPS, _MORE))
        project = Followed(context.scaffold, context.memory / wanted.name)
        project.begin(NAME, few, *wanted.options)
        project.keep(_EDITS, more, back=[few], moved=_moved)
        for folder in ("src/task__012__clean", "src/task__013__serve"):
            require(not (project.folder / folder).exists(), f"{folder} is there")
        new = (project.folder / "src/task__012__merge/main.py").read_text(encoding="utf-8")
        require("Ann" not in new, "what the owner has changed is in the new step")
        return Project(project.folder, _MORE, block=wanted.block)

    made = Once("one more step by `scaffold update`", insert)
    used = Used(made, python)
    return [
        Check("update: one more step moves what the owner has changed", lambda: _told(made)),
        *code.checks(title, used, databases, context.work),
        *Steps(used, databases, context.work).checks(title)[:1],
    ]


def _moved(path: str) -> str:
    """Those behind the new one have the next number."""
    return path.replace("013__serve", "014__serve").replace("012__clean", "013__clean")


def _told(made: Once[Project]) -> str:
    return ", ".join(made().numbered_steps)
