"""Migrations lead to the tables of the models, and back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, MetaData, create_engine, inspect

from src.core.config import PROJECT_ROOT, get_settings
from src.core.database import Base


def drop_all_tables(engine: Engine) -> None:
    metadata = MetaData()
    metadata.reflect(engine)
    metadata.drop_all(engine)


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database that the settings name."""
    url = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{tmp_path / 'test.db'}")
    monkeypatch.setenv("DATABASE_URL", url)
    get_settings.cache_clear()
    engine = create_engine(get_settings().sync_database_url)
    drop_all_tables(engine)
    yield engine
    drop_all_tables(engine)
    engine.dispose()
    get_settings.cache_clear()


def test_one_migration_is_the_last() -> None:
    heads = ScriptDirectory.from_config(Config(PROJECT_ROOT / "alembic.ini")).get_heads()
    assert len(heads) == 1, (
        f"{' and '.join(heads)} follow the same migration: "
        "give the one that has run nowhere yet the other as its down_revision"
    )


def test_a_migration_is_called_as_its_message_says(
    empty_database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ruff, which formats what is written, leaves nothing in the project
    monkeypatch.setenv("RUFF_NO_CACHE", "true")
    config = Config(PROJECT_ROOT / "alembic.ini")
    places = (PROJECT_ROOT / "alembic/versions", tmp_path)
    config.set_main_option("version_locations", os.pathsep.join(map(str, places)))
    command.revision(config, "Made by a test!", version_path=tmp_path)
    written = (tmp_path / "made_by_a_test.py").read_text(encoding="utf-8")
    assert 'revision = "made_by_a_test"' in written

    with pytest.raises(CommandError, match="made_by_a_test already"):
        command.revision(config, "made by a test", version_path=tmp_path)
    command.revision(config, "made by a test", rev_id="made_by_a_test_again", version_path=tmp_path)
    assert (tmp_path / "made_by_a_test_again.py").exists()


def test_migrations_make_what_the_models_declare(empty_database: Engine) -> None:
    command.upgrade(Config(PROJECT_ROOT / "alembic.ini"), "head")
    made = inspect(empty_database)
    tables = set(made.get_table_names()) - {"alembic_version"}
    left = sorted(tables - set(Base.metadata.tables))
    assert not left, (
        f"no model has {' and '.join(left)} any more: write a migration that drops such a table, "
        'with alembic revision --autogenerate (README.md, "A model that goes")'
    )
    assert tables == set(Base.metadata.tables)
    for table in Base.metadata.sorted_tables:
        names = {key["name"] for key in made.get_foreign_keys(table.name)}
        assert names == {key.name for key in table.foreign_key_constraints}


def test_alembic_finds_no_difference_wherever_it_is_run(empty_database: Engine) -> None:
    command.upgrade(Config(PROJECT_ROOT / "alembic.ini"), "head")
    for directory, options in (
        (PROJECT_ROOT / "alembic", []),
        (Path("/"), ["-c", str(PROJECT_ROOT / "alembic.ini")]),
    ):
        check = subprocess.run(
            [sys.executable, "-m", "alembic", *options, "check"],
            cwd=directory,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert check.returncode == 0, check.stdout + check.stderr


def test_migrations_can_be_undone_and_done_again(empty_database: Engine) -> None:
    config = Config(PROJECT_ROOT / "alembic.ini")
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    assert inspect(empty_database).get_table_names() == ["alembic_version"]
    command.upgrade(config, "head")
    command.check(config)
