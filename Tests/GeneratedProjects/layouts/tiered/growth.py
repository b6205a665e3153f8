"""What an owner's project becomes when it grows: another model, the next tier, migrations of his own.

It is rendered again with the answers that it has recorded and what is added to them, and he takes
over the new files and those that list them. The database is the one that he has.
"""

import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from layouts.tiered.api import PASSWORD
from layouts.tiered.migrations import Migrations, tables
from layouts.tiered.project import NAME, SECRET_KEY, TIERS, Project
from verification.claims import require, require_equal
from verification.commands import run
from verification.context import Context
from verification.postgres import Database, Databases
from verification.python_code import Used
from verification.report import Check

# What lists the models.
_LISTS = {"README.md", "src/api/v1/router.py", "src/models/__init__.py"}
# What shows or tries something with one of them.
_EXAMPLES = {
    "tests/e2e/test_service.py",
    "tests/integration/test_api/test_enterprise.py",
    "tests/performance/test_load.py",
}
_ROWS = "SELECT id, name, owner_id FROM items ORDER BY id"
_FILL_MVP = """
from fastapi.testclient import TestClient
from src.main import create_app
with TestClient(create_app("sqlite:///old.db")) as client:
    for name in ("First", "Second"):
        assert client.post("/api/v1/items", json={"name": name}).status_code == 201
"""
_KEPT = ["1|First|1", "2|Second|1"]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", "__pycache__"} & set(path.parts)
    }


@dataclass(frozen=True)
class Growth:
    """Its virtual environment is that of the highest tier, which has what the others need."""

    context: Context
    used: Used[Project]
    databases: Databases
    port: int

    def checks(self) -> list[Check]:
        return [
            Check("a model more or less changes no other's files", self.models_are_apart),
            Check("code is as ruff would write it, whatever the names", self.written_as_by_hand),
            Check("code is as ruff would write it, whatever the project", self.any_project),
            Check("models, a tier and own migrations are added to a database", self.grows),
            Check("a model that goes leaves a sound chain of migrations", self.shrinks),
            Check("a model's name may be as long as it may be", self.long_names),
            Check("an MVP becomes a CORE as README says", self.moves),
            Check("another model by hand, as README says", self.by_hand),
        ]

    def _render(
        self, name: str, *options: str, record: Path | None = None, project: str = "growth"
    ) -> Path:
        folder = self.context.memory / "growth" / name
        given = [f"--answers={record / '.scaffold.json'}"] if record else []
        self.context.new(NAME, folder, f"--project-name={project}", *given, *options)
        return folder

    # Roles and places

    def models_are_apart(self) -> str:
        """Whatever is before, behind or between them."""
        full = "--tier=full"
        base = self._render("apart", full, "--models=item,category,ox")
        before = tree(base)
        others = {
            "first": "supplier,item,category,ox",
            "between": "item,supplier,category,ox",
            "last": "item,category,ox,supplier",
            "less": "item,ox",
        }
        for name, models in others.items():
            after = tree(self._render(f"apart-{name}", f"--models={models}", record=base))
            changed = {path for path in before.keys() & after if before[path] != after[path]}
            changed -= {*_LISTS, ".scaffold.json"}
            if name == "first":
                require(changed <= _EXAMPLES, f"{name}: {changed - _EXAMPLES} changed")
            else:
                require(not changed, f"{name}: {changed} changed")
            moved = {path for path in before.keys() ^ after if not self._is_of(path, name)}
            require(not moved, f"{name}: {moved} came or went")
            for path in _LISTS & {"src/api/v1/router.py", "src/models/__init__.py"}:
                lines = set(before[path].splitlines()) ^ set(after[path].splitlines())
                require(len(lines) <= 4, f"{name}: {len(lines)} lines of {path} differ")
        return f"{len(others)} places"

    @staticmethod
    def _is_of(path: str, name: str) -> bool:
        return bool(re.search("categor(y|ies)" if name == "less" else "suppliers?", path))

    def written_as_by_hand(self) -> str:
        """Models of every length, all of them and one alone, in every tier, with less as well."""
        lengths = ["q" * (length - 1) + "d" for length in range(1, 41)]
        words = ["warehouse_reservation", "a_b", "test_result2", "item_group", "item"]
        count = 0
        for models in ([*lengths, *words], ["item"], ["category", "item", "item_group"]):
            for tier in TIERS:
                for example in ("--example", "--no-example"):
                    options = (f"--tier={tier}", f"--models={','.join(models)}", example)
                    self._require_written(self._render(f"written-{count}", *options))
                    count += 1
        return f"{count} projects"

    def any_project(self) -> str:
        """Its name stands in code too, and may be as long as it may be."""
        count = 0
        for tier in TIERS:
            for example in ("--example", "--no-example"):
                for length in (2, 12, 24, 36, 40):
                    options = (f"--tier={tier}", example)
                    name = "q" * (length - 1) + "d"
                    self._require_written(self._render(f"any-{count}", *options, project=name))
                    count += 1
        return f"{count} projects"

    def _require_written(self, project: Path) -> None:
        for arguments in (("check",), ("format", "--check")):
            self._python(project, "-m", "ruff", *arguments, "--no-cache")
        left = [path for path, text in tree(project).items() if b"isort:" in text]
        require(not left, f"{left} tell isort what to do")
        shutil.rmtree(project)

    # A database that grows with the project

    def grows(self) -> str:
        project = self._render("owner", "--tier=core")
        with self.databases.server(self.port) as running:
            self._alembic(project, running, "upgrade", "head")
            self._fill(running)
            self._own_migration(project, running, "add a price")

            models = "--models=item,supplier"
            self._two_heads(project, models)
            self._take_over(project, self._again(project, "more", models, own="item,add_a_price"))
            self._migrate(project, running, {"items", "suppliers", "users"})

            full = self._again(project, "full", "--tier=full")
            self._take_over(project, full, everything=True)
            self._waits(project, running, code=1)
            self._migrate(project, running, {"analytics_events", "items", "suppliers", "users"})
            self._waits(project, running, code=0)

            self._own_migration(project, running, "Add a colour!", column="colour")
            own = "item,add_a_price,supplier,analytics_event,add_a_colour"
            last = self._again(project, "last", "--models=item,supplier,parcel", own=own)
            self._take_over(project, last)
            found = self._migrate(
                project, running, {"analytics_events", "items", "parcels", "suppliers", "users"}
            )
            # But for those that start processes.
            self._tests(project, "--ignore=tests/e2e", "tests")
        return f"{len(found)} migrations"

    def shrinks(self) -> str:
        """What has run stays, of a model as of a tier, until a migration of the owner drops it."""
        project = self._render("shrunk", "--tier=core", "--models=item,supplier")
        with self.databases.server(self.port) as running:
            self._alembic(project, running, "upgrade", "head")
            less = self._again(project, "less", "--models=item,parcel")
            for path in tree(project).keys() - tree(less).keys():
                (project / path).unlink()
            self._take_over(project, less, everything=True)
            chain = self._chain(project, "user", "item", "supplier", "parcel")
            told = self._tests(project, "tests/integration/test_migrations.py", codes=(1,))
            require("no model has suppliers any more" in told, f"a table is left\n{told}")
            readme = (project / "README.md").read_text(encoding="utf-8")
            _, _, section = readme.partition("\n## A model that goes\n")
            (script,) = re.findall(r"```bash\n(.*?)```", section.split("\n## ")[0], re.DOTALL)
            for line in script.splitlines():
                program, *words = shlex.split(line)
                require_equal("README's program", program, ".venv/bin/alembic")
                self._alembic(project, running, *words)
            self._alembic(project, running, "check")
            require_equal("tables", set(tables(running)), {"items", "parcels", "users"})
        self._tests(project, "tests/integration/test_migrations.py")

        own = "item,supplier,parcel,drop_a_table"
        full = self._again(project, "regrown", "--tier=full", own=own)
        self._take_over(project, full, everything=True)
        chain = self._chain(project, *chain, "drop_a_table", "analytics_event")
        self._tests(project, "tests/integration/test_migrations.py")
        lower = self._again(project, "lower", "--tier=core")
        require((lower / "alembic/versions/analytics_event.py").is_file(), "what has run is gone")
        anew = self._again(project, "anew", "--tables=", "--migrations=")
        self._chain(anew, "user", "item", "parcel", "analytics_event")
        return " <- ".join(chain)

    def _chain(self, project: Path, *expected: str) -> Sequence[str]:
        """The migrations that are there, each behind the one that it names."""
        script = (
            "from alembic.config import Config; from alembic.script import ScriptDirectory;"
            " found = ScriptDirectory.from_config(Config('alembic.ini')).walk_revisions();"
            " print(*(one.revision for one in found))"
        )
        ended = run([self.used.python(), "-c", script], cwd=project)
        require_equal("the chain", ended.out.split()[::-1], list(expected))
        return expected

    def _again(self, project: Path, name: str, *options: str, own: str = "") -> Path:
        return self._render(name, *options, *[f"--migrations={own}"] if own else [], record=project)

    def _take_over(self, project: Path, rendered: Path, *, everything: bool = False) -> None:
        """New files and lists; or all but what the owner has changed, which is the model's table."""
        for path in tree(rendered):
            is_new = not (project / path).exists()
            is_taken = is_new or path in {*_LISTS, ".scaffold.json"} or everything
            if is_taken and path != "src/models/item.py":
                (project / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(rendered / path, project / path)

    def _alembic(self, project: Path, running: Database, *arguments: str) -> str:
        migrations = Migrations(self.used, self.databases, self.context.memory)
        return migrations.alembic(arguments, running.url, folder=project)

    def _fill(self, running: Database) -> None:
        moments = "now(), now()"
        running.query(
            "INSERT INTO users (created_at, updated_at, email, hashed_password, is_active,"
            f" is_superuser) VALUES ({moments}, 'ann@example.com', 'x', true, false)"
        )
        running.query(
            "INSERT INTO items (created_at, updated_at, name, owner_id)"
            f" VALUES ({moments}, 'First', 1), ({moments}, 'Second', 1)"
        )

    def _own_migration(
        self, project: Path, running: Database, message: str, column: str = "price_cents"
    ) -> None:
        model = project / "src/models/item.py"
        text = model.read_text(encoding="utf-8").rstrip()
        model.write_text(f"{text}\n    {column}: int | None = None\n", encoding="utf-8")
        self._alembic(project, running, "revision", "--autogenerate", "-m", message)
        name = re.sub(r"\W+", "_", message.lower()).strip("_")
        require((project / f"alembic/versions/{name}.py").is_file(), f"there is no {name}.py")
        self._alembic(project, running, "upgrade", "head")

    def _two_heads(self, project: Path, models: str) -> None:
        """Who does not name the migration of his own is told what to do by a test."""
        copy = project.with_name("two-heads")
        shutil.copytree(project, copy)
        self._take_over(copy, self._again(project, "unnamed", models))
        ended = self._tests(copy, "tests/integration/test_migrations.py", codes=(1,))
        for told in ("follow the same migration", "down_revision", "add_a_price", "supplier"):
            require(told in ended, f"two heads: {told!r} is not said\n{ended}")

    def _migrate(self, project: Path, running: Database, expected: set[str]) -> Sequence[str]:
        """The tables of all are there, and what was in them."""
        self._alembic(project, running, "upgrade", "head")
        self._alembic(project, running, "check")
        require_equal("tables", set(tables(running)), expected)
        require_equal("the items", running.query(_ROWS), _KEPT)
        (head,) = running.query("SELECT version_num FROM alembic_version")
        history = self._alembic(project, running, "history").splitlines()
        require(f"-> {head} (head)" in history[0], f"the database is at {head}: {history}")
        return history

    def _waits(self, project: Path, running: Database, *, code: int) -> None:
        settings = {"DATABASE_URL": running.url, "SECRET_KEY": SECRET_KEY}
        env = self.used.project().environment(self.used.python(), settings)
        words = ("-m", "tools.deployment.wait_for", "--migrations", "--timeout", "0")
        run([self.used.python(), *words], cwd=project, env=env, codes=(code,))

    def _tests(self, project: Path, *chosen: str, codes: tuple[int, ...] = (0,)) -> str:
        words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen)
        env = self.used.project().environment(self.used.python())
        return run(
            [self.used.python(), *words], cwd=project, env=env, codes=codes, seconds=300
        ).text

    # README's recipes

    def moves(self) -> str:
        """Three files go, all others come, and the records are taken along."""
        project = self._render("moved", "--models=item,supplier")
        self._python(project, "-c", _FILL_MVP)
        rendered = self._again(project, "moved-core", "--tier=core")
        self._take_over(project, rendered, everything=True)
        readme = (project / "README.md").read_text(encoding="utf-8")
        for path in ("src/api.py", "src/models.py", "tests/test_main.py"):
            require(f"`{Path(path).name}`" in readme, f"README does not tell to delete {path}")
            (project / path).unlink()
        shutil.copy2(rendered / "src/models/item.py", project / "src/models/item.py")
        settings = {"DATABASE_URL": "sqlite:///new.db", "SECRET_KEY": SECRET_KEY}
        self._python(project, "-m", "scripts.init_db", settings=settings)
        user = ("-m", "scripts.create_user", "ann@example.com")
        self._python(project, *user, settings=settings, text=f"{PASSWORD}\n")
        (script,) = re.findall(r"```bash\n(sqlite3 new\.db .*?)```", readme, re.DOTALL)
        run(["bash", "-euc", script], cwd=project)
        kept = run(["sqlite3", "new.db", _ROWS], cwd=project).out.splitlines()
        require_equal("the items", kept, _KEPT)
        self._tests(project, "tests/unit/test_models", "tests/integration/test_api")
        return f"{len(kept)} records"

    def by_hand(self) -> str:
        """Copied, renamed, entered into two lists; the migration is written by a command."""
        project = self._render("by-hand", "--tier=core")
        names = {"items": "parcels", "item": "parcel", "Items": "Parcels", "Item": "Parcel"}
        # But for the `items` of a page.
        pattern = re.compile(r"items(?!=\[|\"\])|item(?!s)|Items?")
        for path, content in tree(project).items():
            if re.search(r"(^|[/_])items?\.py$", path) and "alembic" not in path:
                other = project / pattern.sub(lambda found: names[found[0]], path)
                text = pattern.sub(lambda found: names[found[0]], content.decode())
                other.write_text(text, encoding="utf-8")
        for path in ("src/api/v1/router.py", "src/models/__init__.py"):
            file = project / path
            text = file.read_text(encoding="utf-8").replace("items, users", "items, parcels, users")
            lines = text.splitlines(keepends=True)
            (line,) = (one for one in lines if "items.router" in one or "models.item " in one)
            lines.insert(lines.index(line) + 1, pattern.sub(lambda found: names[found[0]], line))
            file.write_text("".join(lines), encoding="utf-8")
        with self.databases.server(self.port) as running:
            self._alembic(project, running, "upgrade", "head")
            self._alembic(project, running, "revision", "--autogenerate", "-m", "parcel")
            self._alembic(project, running, "upgrade", "head")
            self._alembic(project, running, "check")
            require("parcels" in tables(running), "there is no table of the new model")
        for arguments in (("check", "--fix"), ("format",), ("check",), ("format", "--check")):
            self._python(project, "-m", "ruff", *arguments, "--no-cache")
        self._tests(project, *(path for path in tree(project) if "test_parcel" in path))
        return "parcel, beside item"

    def _python(
        self,
        project: Path,
        *words: str,
        settings: Mapping[str, str] | None = None,
        text: str = "",
    ) -> None:
        env = self.used.project().environment(self.used.python(), settings)
        run([self.used.python(), *words], cwd=project, env=env, text=text)

    def long_names(self) -> str:
        """Of forty characters: Alembic itself has room for fewer."""
        model = "warehouse_reservation_of_another_company"
        require_equal("characters", len(model), 40)
        project = self._render("long", "--tier=core", f"--models={model}")
        with self.databases.server(self.port) as running:
            self._alembic(project, running, "upgrade", "head")
            self._alembic(project, running, "check")
            require_equal("at", running.query("SELECT version_num FROM alembic_version"), [model])
        return model
