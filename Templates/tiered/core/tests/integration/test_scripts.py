"""The scripts do what they say, and nothing the second time."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from scripts import create_user, init_db, reset_password
from src.core.config import get_settings
from src.core.database import Base
from src.core.security import verify_password, verify_reset_token
from tests.conftest import PASSWORD


@pytest.fixture
def database_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The database that the settings name; it does not exist yet."""
    path = tmp_path / "test.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    get_settings.cache_clear()
    yield path
    get_settings.cache_clear()


def run_create_user(monkeypatch: pytest.MonkeyPatch, password: str, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["create_user", *arguments])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
    create_user.main()


def user_rows(database_file: Path) -> list[tuple[str, str, bool]]:
    engine = create_engine(f"sqlite:///{database_file}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT email, hashed_password, is_superuser FROM users"))
        result = [(row.email, row.hashed_password, bool(row.is_superuser)) for row in rows]
    engine.dispose()
    return result


def test_the_tables_are_made_once(database_file: Path) -> None:
    init_db.main()
    init_db.main()
    engine = create_engine(f"sqlite:///{database_file}")
    assert {*Base.metadata.tables} < {*inspect(engine).get_table_names()}
    engine.dispose()


def test_a_user_is_made_once(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init_db.main()
    capsys.readouterr()
    for email in ("Ann@example.com", "ann@example.com"):
        run_create_user(monkeypatch, PASSWORD, email)
    assert capsys.readouterr().out.splitlines() == [
        "made ann@example.com",
        "ann@example.com exists already, nothing was changed",
    ]
    ((email, hashed_password, is_superuser),) = user_rows(database_file)
    assert (email, is_superuser) == ("ann@example.com", False)
    assert verify_password(PASSWORD, hashed_password)


def test_a_user_becomes_a_superuser_once(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init_db.main()
    capsys.readouterr()
    run_create_user(monkeypatch, PASSWORD, "ann@example.com")
    for _ in range(2):
        run_create_user(monkeypatch, PASSWORD, "ann@example.com", "--superuser")
    run_create_user(monkeypatch, PASSWORD, "root@example.com", "--superuser")
    assert capsys.readouterr().out.splitlines() == [
        "made ann@example.com",
        "ann@example.com is a superuser now",
        "ann@example.com exists already, nothing was changed",
        "made root@example.com",
    ]
    assert [row[2] for row in user_rows(database_file)] == [True, True]


@pytest.mark.parametrize("options", [(), ("--superuser",)])
def test_a_user_with_another_password_is_left_alone(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    init_db.main()
    run_create_user(monkeypatch, "registered by somebody", "root@example.com")
    before = user_rows(database_file)
    with pytest.raises(SystemExit, match="cannot log in with this password") as ended:
        run_create_user(monkeypatch, PASSWORD, "root@example.com", *options)
    assert ended.value.code not in (0, None)
    assert user_rows(database_file) == before


@pytest.fixture
def first_superuser(monkeypatch: pytest.MonkeyPatch) -> str:
    """The settings name one."""
    monkeypatch.setenv("FIRST_SUPERUSER_EMAIL", "root@example.com")
    monkeypatch.setenv("FIRST_SUPERUSER_PASSWORD", PASSWORD)
    return "root@example.com"


def test_the_first_superuser_is_made_once(
    database_file: Path, first_superuser: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        init_db.main()
    assert capsys.readouterr().out.count(f"made the superuser {first_superuser}") == 1
    ((email, hashed_password, is_superuser),) = user_rows(database_file)
    assert (email, is_superuser) == (first_superuser, True)
    assert verify_password(PASSWORD, hashed_password)


def test_nobody_becomes_the_first_superuser_by_registering_its_address(
    database_file: Path,
    first_superuser: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as without:
        without.delenv("FIRST_SUPERUSER_EMAIL")
        without.delenv("FIRST_SUPERUSER_PASSWORD")
        init_db.main()
        run_create_user(without, PASSWORD, first_superuser)
    get_settings.cache_clear()
    with pytest.raises(SystemExit, match=f"{first_superuser} is a user"):
        init_db.main()
    assert [row[2] for row in user_rows(database_file)] == [False]


def test_a_token_for_a_new_password_is_printed_for_who_may_log_in(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init_db.main()
    run_create_user(monkeypatch, PASSWORD, "ann@example.com")
    ((_, hashed_password, _),) = user_rows(database_file)
    capsys.readouterr()

    monkeypatch.setattr(sys, "argv", ["reset_password", "Ann@example.com"])
    reset_password.main()
    token = capsys.readouterr().out.strip()
    assert verify_reset_token(token, hashed_password)

    monkeypatch.setattr(sys, "argv", ["reset_password", "nobody@example.com"])
    with pytest.raises(SystemExit, match="is no user who may log in"):
        reset_password.main()


def test_a_malformed_user_is_explained(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match=r"(?s)error: email: .*error: password: "):
        run_create_user(monkeypatch, "short", "nobody")


@pytest.mark.parametrize("main", [init_db.main, create_user.main, reset_password.main])
def test_a_wrong_setting_is_explained(
    main: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["script", "ann@example.com"])
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    get_settings.cache_clear()
    try:
        with pytest.raises(SystemExit, match="error: DATABASE_URL: "):
            main()
    finally:
        monkeypatch.undo()
        get_settings.cache_clear()


@pytest.mark.skipif("TEST_DATABASE_URL" not in os.environ, reason="needs TEST_DATABASE_URL")
def test_a_database_of_a_server_is_made_once() -> None:
    server = make_url(os.environ["TEST_DATABASE_URL"]).set(drivername="postgresql+psycopg")
    url = server.set(database=f"{server.database} made by a test")
    assert init_db.create_database(url)
    assert not init_db.create_database(url)
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{url.database}"'))
    engine.dispose()
