import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from src.database.migrate import main, migrate, wait_until_migrated
from src.utils.config import PROJECT_ROOT
from tests.fixtures.environment import environment

MIGRATIONS = PROJECT_ROOT / "src" / "database" / "migrations"


@pytest.fixture
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


@pytest.fixture
def empty(connect_to: Callable[[str], Engine]) -> Engine:
    return connect_to("sqlite://")


def test_migrations_lead_to_the_tables_of_the_code(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_they_form_one_row(scripts: ScriptDirectory) -> None:
    """Of two that follow the same one, only a merge could make one again; `migrate` runs neither."""
    row = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert [one.down_revision for one in row] == [*[one.revision for one in row[1:]], None]


def test_they_are_named_as_their_files(scripts: ScriptDirectory) -> None:
    for one in scripts.walk_revisions():
        assert Path(one.path).stem.startswith(one.revision)
        assert len(one.revision) <= 32, "Alembic keeps no more"


def test_they_may_be_run_again(empty: Engine) -> None:
    migrate(empty)
    migrate(empty)
    assert "predictions" in inspect(empty).get_table_names()


def test_a_database_that_is_ahead_is_left_alone(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of a later release'"))
    migrate(empty)
    assert wait_until_migrated(empty, 0)


def test_waiting_migrates_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("src.database.migrate.configure_logging", lambda *_: None)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/test.db")
    with pytest.raises(SystemExit) as ended:
        main(["--wait", "0"])
    assert ended.value.code == 1
    main([])
    main(["--wait", "0"])


def test_they_can_be_undone(empty: Engine) -> None:
    migrate(empty)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_alembic_finds_them_by_itself(tmp_path: Path) -> None:
    """`alembic` reads pyproject.toml, and the database from the settings."""
    settings = environment(DATABASE_URL=f"sqlite:///{tmp_path}/test.db")

    def run(folder: Path, *arguments: str) -> str:
        command = [sys.executable, "-m", *arguments]
        ended = subprocess.run(
            command, cwd=folder, env=settings, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stderr

    last = json.loads(run(tmp_path, "src.database.migrate").splitlines()[-1])
    assert last["message"] == "the database is up to date"
    run(PROJECT_ROOT, "alembic", "check")
