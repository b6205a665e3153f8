"""A queue and a feature store that come to a project when its databases are there."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from layouts.ops_k8s.project import NAME, Project
from layouts.ops_k8s.services import with_driver
from verification.claims import require, require_equal
from verification.commands import Command, Result, run
from verification.context import Context
from verification.generated import generated
from verification.postgres import Database, Databases
from verification.python_code import Used
from verification.report import Check, Once

_VERSIONS = "src/database/migrations/versions"
_MODELS = "src/database/models.py"
_COLUMN = ("    churn: bool\n", "    churn: bool\n    note: str | None = None\n")
_EVENT = (
    "INSERT INTO customer_events (event_id, customer_id, kind, amount, occurred_at, received_at)"
    " VALUES ('kept', 'c1', 'session', 0, now(), now())"
)
_TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
)
_ROW_TEST = "tests/unit/test_migrations.py"


class LaterChoices:
    """One project, which begins with Kafka and Redis; its Python has the libraries of all."""

    def __init__(
        self, context: Context, used: Used[Project], databases: Databases, port: int
    ) -> None:
        self._context = context
        self._python = used.python
        self._databases = databases
        self._port = port
        small = Project(Path("growing"), ingestion=("kafka",), feature_store=("redis",))
        self._project: Once[Project] = generated(context, NAME, small)

    def checks(self) -> list[Check]:
        return [
            Check(
                "a queue and a store that come later: their tables are made, data stays",
                self._grow,
            )
        ]

    @property
    def _record(self) -> Path:
        return self._context.work / "growing-at-first.json"

    def _grow(self) -> str:
        """With a migration of the owner's in between, which the answers name."""
        folder = self._project().folder
        shutil.copy2(folder / ".scaffold.json", self._record)
        with self._databases.server(self._port) as database:
            self._module(database, folder, "src.database.migrate")
            database.query(_EVENT)
            own = self._own_revision(database, folder)
            again = self._render_again("again", ["--migrations", own])
            self._take_over(folder, again)
            self._module(database, folder, "src.database.migrate")
            tables = database.query(_TABLES)
            expected = ["alembic_version", "customer_events", "features", "kinesis_checkpoints"]
            require_equal("tables", tables, [*expected, "predictions"])
            kept = database.query("SELECT event_id FROM customer_events")
            require_equal("events", kept, ["kept"])
            self._module(database, folder, "alembic", "check")
            heads = self._module(database, folder, "alembic", "heads").out.split()
            require_equal("the end of the row", heads, ["kinesis_checkpoints", "(head)"])
        require_equal("own tests", self._row_test(folder), 0)
        self._require_noticed(folder, own)
        return f"{own} and two more"

    def _own_revision(self, database: Database, folder: Path) -> str:
        """As the guide for developers says."""
        models = folder / _MODELS
        text = models.read_text(encoding="utf-8")
        models.write_text(text.replace(*_COLUMN), encoding="utf-8")
        arguments = ["revision", "--autogenerate", "-m", "add a note"]
        self._module(database, folder, "alembic", *arguments)
        self._module(database, folder, "src.database.migrate")
        [made] = (folder / _VERSIONS).glob("*_add_a_note.py")
        return made.name.partition("_")[0]

    def _render_again(self, name: str, options: Sequence[str]) -> Path:
        """With all that was chosen at first, and more."""
        folder = self._context.work / f"growing-{name}" / self._project().name
        folder.parent.mkdir()
        more = ["--ingestion=kafka,kinesis", "--feature-store=redis,postgres", *options]
        self._context.new(NAME, folder, "--answers", str(self._record), *more)
        return folder

    @staticmethod
    def _take_over(folder: Path, again: Path) -> None:
        """What is new or was not touched is taken as it is; what was, keeps what the owner added."""
        for path in (one for one in again.rglob("*") if one.is_file()):
            inside = path.relative_to(again)
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / inside)
        models = folder / _MODELS
        text = models.read_text(encoding="utf-8")
        require(_COLUMN[0] in text, f"{_MODELS} has no column `churn`")
        models.write_text(text.replace(*_COLUMN), encoding="utf-8")

    def _require_noticed(self, folder: Path, own: str) -> None:
        """Whoever does not name the migration in between has two ends, and a test that says so."""
        wrong = self._render_again("wrongly", [])
        for path in (wrong / _VERSIONS).glob("*.py"):
            shutil.copy2(path, folder / _VERSIONS / path.name)
        versions = {path.name for path in (folder / _VERSIONS).glob("*.py")}
        require(any(name.startswith(own) for name in versions), f"{own} is gone")
        require(self._row_test(folder) != 0, "two ends of the migrations are not noticed")

    def _row_test(self, folder: Path) -> int:
        python = self._python()
        env = replace(self._project(), folder=folder).environment(python)
        command: Command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", _ROW_TEST]
        result = run(command, cwd=folder, env=env, codes=None, seconds=240)
        if result.code != 0:
            require(
                re.search(r"FAILED .*test_they_form_one_row", result.out) is not None,
                f"it fails for another reason\n{result.text}",
            )
        return result.code

    def _module(self, database: Database, folder: Path, *words: str) -> Result:
        python = self._python()
        settings = {"DATABASE_URL": with_driver(database.url)}
        env = replace(self._project(), folder=folder).environment(python, settings)
        command: Command = [python, "-m", *words]
        return run(command, cwd=folder, env=env, seconds=240)
