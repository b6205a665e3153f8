"""A project that its owner changes and takes from the first tier to the last, by `scaffold update`.

Core keeps no file of the MVP under another name: what it moves are parts of files, as README's table
says, and those the owner carries over.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from layouts.tiered.code import Code
from layouts.tiered.migrations import Migrations
from layouts.tiered.project import NAME, Project
from verification.claims import require, require_equal
from verification.commands import run
from verification.context import Context
from verification.following import Edit, Followed, require_same, tree
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Once

_SLUGS = '''\
"""What stands for a name in an address."""


def slug(name: str) -> str:
    return "-".join(name.lower().split())
'''
_SLUG_TESTS = """\
from src.slugs import slug


def test_a_name_of_several_words() -> None:
    assert slug("Two  Words") == "two-words"
"""
# What the service is called in public, which core has in another file.
_VERSION = Edit("src/main.py", 'version="0.2.0"', 'version="0.1.0"')
_DROPPED = Edit("src/api.py", "while the service runs, to the balancer", "while the service runs")
_CONTACTS = Edit("README.md", "\n## Contacts\n\nAnn keeps this service.\n")
_COVERAGE = Edit("pyproject.toml", "fail_under = 80", "fail_under = 90")
_OWN = (Edit("src/slugs.py", _SLUGS), Edit("tests/test_slugs.py", _SLUG_TESTS))
_EXECUTABLE = "Makefile"
_REMOVED = ".editorconfig"

_VERSION_OF_CORE = Edit("src/app.py", _VERSION.new, _VERSION.old)
_HEALTH = Edit("src/api/health.py", "The process answers, to the balancer.", "The process answers.")
_PRICE = Edit("src/models/item.py", "    price_cents: int | None = None\n")
# At the end, where full has its own.
_REQUIREMENT = Edit("requirements.txt", "\n# Addresses\nidna>=3,<4\n")
# Full has more in each of these.
_REMOVED_OF_CORE = ".github/workflows/postgresql.yml"
_MOVED = {
    ".github/dependabot.yml": ".github/dependabot.yaml",
    "tests/unit/test_core/test_config.py": "tests/unit/test_core/test_settings.py",
}
_MIGRATION = "add_a_price"
# Of a model that was added, beside the one that is next.
_SUPPLIER_EDITS = (
    Edit("src/services/supplier.py", "\n\n# Ann knows all of them.\n"),
    Edit("src/api/v1/endpoints/suppliers.py", "\n\n# Ann answers for these.\n"),
    Edit("tests/unit/test_services/test_supplier.py", "\n\n# Ann has tried it.\n"),
)
_ROW = (
    "INSERT INTO users (id, created_at, updated_at, email, hashed_password, is_active,"
    " is_superuser) VALUES (1, '2026-01-01', '2026-01-01', 'ann@example.com', 'x', 1, 0);"
    "INSERT INTO items (created_at, updated_at, name, owner_id, price_cents)"
    " VALUES ('2026-01-01', '2026-01-01', 'First', 1, 250)"
)


@dataclass(frozen=True)
class Life:
    """Its virtual environment is that of the highest tier, which has what the others need.

    What is wanted is what it is in the end.
    """

    context: Context
    wanted: Project
    python: Once[Path]
    databases: Databases

    def checks(self) -> list[Check]:
        title = ", updated from MVP"
        project = Once("MVP, CORE, FULL by `scaffold update`, models by `add`", self._live)
        used = Used(project, self.python)
        code = Code(used, self.context.memory, self.databases)
        return [
            Check(
                "update, add, remove: MVP, CORE, FULL, models keep what the owner has changed",
                lambda: _told(project),
            ),
            *code.checks(title),
            Check("update: two branches with other answers are united", self._unite),
            # And down to nothing, with the owner's among them.
            *Migrations(used, self.databases, self.context.memory).checks(title, everywhere=False)[
                :1
            ],
        ]

    @property
    def _project(self) -> Followed:
        return Followed(self.context.scaffold, self.context.memory / self.wanted.name)

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.context.memory / 'life.db'}"

    def _live(self) -> Project:
        self._as_mvp()
        self._to_core()
        self._as_core()
        self._to_full()
        self._grow()
        return replace(self.wanted, folder=self._project.folder)

    def _as_mvp(self) -> None:
        project = self._project
        project.begin(NAME, *replace(self.wanted, tier="mvp").options)
        require_equal("a new project's edits", project.edits(), {})
        project.rest()
        project.edit(_VERSION, _DROPPED, _CONTACTS, _COVERAGE, *_OWN)
        (project.folder / _EXECUTABLE).chmod(0o755)
        project.remove(_REMOVED)
        project.commit("Make it ours")

    def _to_core(self) -> None:
        """Conflicts are where the owner's lines are beside others, and where the service was."""
        project = self._project
        edits = project.edits()
        edited = [one.path for one in (_VERSION, _DROPPED, _CONTACTS, _COVERAGE)]
        require_equal("edits", sorted(edits), sorted([*edited, _EXECUTABLE, _REMOVED]))
        conflicts = [_CONTACTS.path, _VERSION.path]
        dropped = (project.folder / _DROPPED.path).read_bytes()
        project.update("--tier", "core", conflicts=conflicts)
        require_equal(_DROPPED.path, (project.folder / _DROPPED.path).read_bytes(), dropped)
        project.require_kept(_VERSION, _DROPPED, _CONTACTS, _COVERAGE, *_OWN)
        require(not (project.folder / "src/models.py").exists(), "what nobody changed is there")

        project.resolve(_CONTACTS.path, lambda _, theirs: theirs + _CONTACTS.new)
        project.resolve(_VERSION.path, lambda _, theirs: theirs)
        project.rest()
        del edits[_VERSION.path], edits[_DROPPED.path]
        project.require_edits(edits)
        # What nobody but the owner has now, and what README says is elsewhere.
        project.remove(_DROPPED.path)
        project.edit(_VERSION_OF_CORE, _HEALTH)
        project.commit("Follow the layout to core")

    def _as_core(self) -> None:
        """A column of the owner's, with a migration, and a row in it."""
        project = self._project
        for words in (["check"], ["format", "--check"]):
            self._run("-m", "ruff", *words, "--no-cache")
        tests = ("tests/test_slugs.py", "tests/integration/test_migrations.py")
        self._run("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
        project.edit(_PRICE, _REQUIREMENT)
        project.remove(_REMOVED_OF_CORE)
        for path, to in _MOVED.items():
            project.move(path, to)
        self._alembic("upgrade", "head")
        self._alembic("revision", "--autogenerate", "-m", "add a price")
        self._alembic("upgrade", "head")
        run(["sqlite3", self.context.memory / "life.db", _ROW])
        project.commit("Add a price")

    def _to_full(self) -> None:
        project = self._project
        edits = project.edits()
        kept = (_CONTACTS, _COVERAGE, _VERSION_OF_CORE, _HEALTH, _PRICE, _REQUIREMENT)
        other = [_EXECUTABLE, _REMOVED, _REMOVED_OF_CORE, *_MOVED]
        require_equal("edits", sorted(edits), sorted([*(one.path for one in kept), *other]))
        migrations = f"item,{_MIGRATION}"
        update = ("--tier", "full", "--migrations", migrations)
        project.update(*update, conflicts=[_REQUIREMENT.path])
        project.resolve(_REQUIREMENT.path, lambda yours, theirs: f"{theirs}\n{yours}")
        project.rest()
        # Full has changed them, and so it is known where they are.
        for path in _MOVED:
            del edits[path]
        project.require_edits(edits)
        project.require_kept(*kept, *_OWN)
        self._require_rest_of_it()
        project.commit("Follow the layout to full")

        self._alembic("upgrade", "head")
        self._alembic("check")
        rows = run(
            ["sqlite3", self.context.memory / "life.db", "SELECT name, price_cents FROM items"]
        )
        require_equal("the items", rows.out.splitlines(), ["First|250"])

    def _grow(self) -> None:
        """One model after the other; what has gone comes back as it was, its migration had stayed."""
        project = self._project
        altered = (_EXECUTABLE, _REMOVED, _REMOVED_OF_CORE, *_MOVED)
        crate = ("model", "crate")
        project.grow("add", "model", "supplier", altered=altered)
        self._alembic("upgrade", "head")
        first = ("--before", "item")
        project.grow("add", *crate, *first, edits=_SUPPLIER_EDITS, altered=altered)
        self._alembic("upgrade", "head")
        self._alembic("check")
        grown = tree(project.folder)
        project.grow("remove", *crate, altered=altered)
        project.grow("add", *crate, *first, altered=altered)
        require_same("a model that went and came again", tree(project.folder), grown)
        project.require_kept(*_SUPPLIER_EDITS)

    def _require_rest_of_it(self) -> None:
        """What has no text to be looked for."""
        folder = self._project.folder
        require((folder / _EXECUTABLE).stat().st_mode & 0o777 == 0o755, "a mode is lost")
        for path in (_REMOVED, _REMOVED_OF_CORE, *_MOVED, _DROPPED.path):
            require(not (folder / path).exists(), f"{path} is there again")
        for path, text in zip(_MOVED.values(), ("docker-compose", "REDIS_URL"), strict=True):
            found = (folder / path).read_text(encoding="utf-8")
            require(text in found, f"{path} does not have what full has in it")

    def _unite(self) -> str:
        """What each has written fits the answers of both afterwards, as if it had been made so."""
        project = Followed(self.context.scaffold, self.context.memory / "united")
        project.begin(NAME, "--tier=core")
        project.branch("elsewhere", "--port=9000")
        # In the record the line of the licence is beside that of the port.
        licence = ("--license=mit", "--copyright=2026 Ann")
        project.branch("grown", "--tier=full", *licence)
        project.merge("elsewhere", "grown")
        anew = self.context.memory / "anew" / project.folder.name
        anew.parent.mkdir()
        self.context.new(NAME, anew, f"--answers={project.folder / '.scaffold.json'}")
        require_same("the branches and a new project", tree(project.folder), tree(anew))
        compose = (anew / "docker/docker-compose.yml").read_text(encoding="utf-8")
        require(":9000:" in compose, "the port of the one branch is lost")
        require((anew / "LICENSE").is_file(), "the licence of the other branch is lost")
        return "one branch's port, the other one's tier and licence"

    def _alembic(self, *words: str) -> None:
        used = Used(Once("its folder", lambda: Project(self._project.folder)), self.python)
        migrations = Migrations(used, self.databases, self.context.memory)
        migrations.alembic(words, self._database)

    def _run(self, *words: str) -> None:
        env = Project(self._project.folder).environment(self.python())
        run([self.python(), *words], cwd=self._project.folder, env=env)


def _told(project: Once[Project]) -> str:
    project()
    return "3 conflicts, each expected"
