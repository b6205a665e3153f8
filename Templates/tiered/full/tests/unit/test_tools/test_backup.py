import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from src.core.config import get_settings
from tools.deployment import backup

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

# Stand-ins for PostgreSQL's programs: the database is a file, and a dump is its content.
PROGRAMS = {
    "pg_dump": 'echo "$PGUSER $PGPASSWORD $PGHOST $PGPORT $PGDATABASE" >"$FAKE/asked"; cat "$FAKE/database"',
    "pg_restore": """
        content="$(cat)"
        case "$content" in "whole "*) ;; *) echo "it breaks off" >&2; exit 1 ;; esac
        if [ "$1" != --list ]; then echo "$content"; fi
        """,
    "psql": """
        case "$*" in *--single-transaction*ON_ERROR_STOP=1*"DROP SCHEMA"*"CREATE SCHEMA"*) ;; *) exit 1 ;; esac
        cat >"$FAKE/database"
        """,
}


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the database of a server that the settings name."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in PROGRAMS.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:p%40ss@db.example.com:5433/shop")
    get_settings.cache_clear()
    (tmp_path / "database").write_text("whole content\n")
    yield tmp_path
    get_settings.cache_clear()


def backups(fake: Path) -> list[Path]:
    return sorted((fake / "backups").iterdir())


def create(fake: Path, *options: str) -> int:
    return backup.main(["create", "--folder", str(fake / "backups"), *options])


def test_a_backup_is_whole_and_for_its_owner_alone(fake: Path) -> None:
    assert create(fake) == 0

    (file,) = backups(fake)
    assert file.suffix == ".dump"
    assert file.read_text() == "whole content\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert (fake / "asked").read_text().split() == ["ann", "p@ss", "db.example.com", "5433", "shop"]


def test_what_cannot_be_read_again_is_no_backup(
    fake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (fake / "database").write_text("half")

    assert create(fake) == 1
    assert "it breaks off" in capsys.readouterr().err
    assert backups(fake) == []


def test_a_database_comes_back_as_it_was(fake: Path) -> None:
    file = backup.create(backup.server_of(get_settings()), fake / "backups", NOON)
    assert file.name.endswith("-20260601T120000Z.dump")
    (fake / "database").write_text("something else")

    assert backup.main(["restore", str(file), "--replace"]) == 0
    assert (fake / "database").read_text() == "whole content\n"


def test_a_backup_that_breaks_off_changes_nothing(fake: Path) -> None:
    file = fake / "broken.dump"
    file.write_text("half")

    assert backup.main(["restore", str(file), "--replace"]) == 1
    assert backup.main(["restore", str(fake / "absent.dump"), "--replace"]) == 1
    assert (fake / "database").read_text() == "whole content\n"


def test_nothing_is_replaced_by_mistake(fake: Path) -> None:
    file = backup.create(backup.server_of(get_settings()), fake / "backups", NOON)
    (fake / "database").write_text("something else")
    with pytest.raises(SystemExit):
        backup.main(["restore", str(file)])
    assert (fake / "database").read_text() == "something else"


def test_old_backups_are_deleted_when_that_is_asked_for(fake: Path) -> None:
    server = backup.server_of(get_settings())
    old = [backup.create(server, fake / "backups", NOON.replace(day=day)) for day in (1, 2, 3)]
    # Another project's name may begin with this one's
    others = [
        fake / "backups" / name
        for name in (
            "other.dump",
            f"{backup.NAME}-eu-20260601T120000Z.dump",
            f"{backup.NAME}-20260601T120000Z-by-hand.dump",
            f"{backup.NAME}-20250101.dump",
        )
    ]
    for file in others:
        file.touch()

    assert create(fake, "--keep", "2") == 0
    assert [file.exists() for file in old] == [False, False, True]
    assert all(file.exists() for file in others)
    assert len(backups(fake)) == len(others) + 2
    with pytest.raises(SystemExit):
        create(fake, "--keep", "0")


def test_the_container_is_reached_as_it_is_said(fake: Path) -> None:
    through = f"env PGUSER=container FAKE={fake}"
    assert backup.main(["--through", through, "create", "--folder", str(fake / "backups")]) == 0
    assert (fake / "asked").read_text().split()[0] == "container"


def test_what_is_absent_is_named(
    fake: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(fake))
    assert create(fake) == 1
    assert "pg_dump is not installed" in capsys.readouterr().err

    monkeypatch.setenv("DATABASE_URL", "sqlite:///shop.db")
    get_settings.cache_clear()
    assert create(fake) == 1
    assert "SQLite" in capsys.readouterr().err


@pytest.mark.skipif(
    "TEST_DATABASE_URL" not in os.environ or shutil.which("pg_dump") is None,
    reason="needs TEST_DATABASE_URL, and pg_dump of the server's version",
)
def test_a_real_database_comes_back_without_what_came_later(tmp_path: Path) -> None:
    url = make_url(os.environ["TEST_DATABASE_URL"]).set(drivername="postgresql+psycopg")
    engine = create_engine(url)

    def run(*statements: str) -> None:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    server = backup.server_of(get_settings())
    run("CREATE TABLE kept (name text)", "INSERT INTO kept VALUES ('ünïcödé ☃')")
    try:
        file = backup.create(server, tmp_path, NOON)
        run("UPDATE kept SET name = 'changed'", "CREATE TABLE later (name text)")
        backup.restore(server, file)
        with engine.connect() as connection:
            assert list(connection.scalars(text("SELECT name FROM kept"))) == ["ünïcödé ☃"]
            assert connection.scalar(text("SELECT to_regclass('later')")) is None
    finally:
        run("DROP TABLE IF EXISTS kept, later")
        engine.dispose()
