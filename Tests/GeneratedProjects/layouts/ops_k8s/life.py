"""A project that its owner operates, and that reads from one more queue in one more environment."""

from pathlib import Path

from layouts.ops_k8s.code import Code
from layouts.ops_k8s.project import NAME, Project
from layouts.ops_k8s.services import Services
from verification.claims import require
from verification.context import Context
from verification.following import Edit, Followed
from verification.python_code import Used
from verification.report import Check, Once

_QUEUES, _MORE_QUEUES = "kafka", "kafka,kinesis"
_ENVIRONMENTS, _MORE_ENVIRONMENTS = "staging,production", "staging,dr,production"
_STAGING = "ops/k8s/overlays/staging/config.env"
_EDITS = (
    Edit("src/ingestion/worker.py", "The process of Ann's that", "The process that"),
    Edit("src/database/models.py", "The tables, as Ann wants them.", "The tables."),
    Edit("ops/k8s/base/config.env", "INGESTION_BATCH_SIZE=200", "INGESTION_BATCH_SIZE=100"),
    # The last line, below which the other queue has its own.
    Edit(_STAGING, "kafka.example.com:9092", "kafka.staging.internal:9092"),
    Edit("docs/guides/ingestion.md", "\n## Contacts\n\nAnn knows both queues.\n"),
    Edit("ops/k8s/overlays/staging/NOTES.md", "What is different here.\n"),
    Edit("src/reports/__init__.py", '"""What is told once a month."""\n'),
)
# Beside what comes next.
_NEW_EDITS = (
    Edit("ops/k8s/overlays/qa/config.env", "\n# Ann tries it here.\n"),
    Edit("ops/k8s/overlays/qa/NOTES.md", "What is tried here.\n"),
    Edit("src/ingestion/pubsub.py", "\n\n# Ann listens here, too.\n"),
)


def checks(context: Context, python: Once[Path], services: Services) -> list[Check]:
    title = ", updated with one queue and environment more"

    def add() -> Project:
        project = Followed(context.scaffold, context.memory / "life")
        project.begin(NAME, f"--ingestion={_QUEUES}", f"--environments={_ENVIRONMENTS}")
        more = (f"--ingestion={_MORE_QUEUES}", f"--environments={_MORE_ENVIRONMENTS}")
        project.keep(_EDITS, *more, conflicts=[_STAGING], choose=_both)
        settings = (project.folder / _STAGING).read_text(encoding="utf-8")
        require("AWS_DEFAULT_REGION=" in settings, f"{_STAGING} lacks what the queue needs")
        project.grow("add", "environment", "qa")
        project.grow("add", "ingestion", "pubsub")
        project.grow("add", "environment", "drill", "--after", "qa", edits=_NEW_EDITS)
        project.grow("remove", "environment", "drill")
        project.require_kept(*_NEW_EDITS)
        return Project(project.folder)

    made = Once("more queues and environments by `scaffold update` and `add`", add)
    code = Code(Used(made, python), context.memory, services)
    return [
        Check(
            "update, add, remove: queues and environments keep what the owner has",
            lambda: _told(made),
        ),
        Check(f"ruff and black{title}", code.style),
        Check(f"mypy{title}", code.mypy),
        Check(f"scripts/test/unit.sh{title}", lambda: _unit(code)),
    ]


def _both(yours: str, theirs: str) -> str:
    """The owner's address, and what the layout has below the one of its own."""
    return yours + theirs.partition("\n")[2]


def _told(made: Once[Project]) -> str:
    made()
    return f"{_MORE_QUEUES}; {_MORE_ENVIRONMENTS}"


def _unit(code: Code) -> str:
    return code.tests({}, may_skip=True, script="scripts/test/unit.sh")
