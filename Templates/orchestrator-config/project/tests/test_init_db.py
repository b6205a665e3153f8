"""The local database is made once, and anew only if that is asked for."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import Project

SCHEMA = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT);\n"
SEED = "INSERT INTO things (name) VALUES ('first'), ('second');\n"


def names(project: Project) -> list[str]:
    with closing(sqlite3.connect(project.root / "data" / "local.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM things ORDER BY id")]


def files(project: Project) -> list[str]:
    return sorted(path.name for path in (project.root / "data").iterdir())


def write_sql(project: Project, schema: str = SCHEMA, seed: str = SEED) -> Path:
    data = project.root / "data"
    (data / "schema.sql").write_text(schema, encoding="utf-8")
    (data / "seed.sql").write_text(seed, encoding="utf-8")
    return data / "local.db"


def test_the_database_is_made_once(project: Project) -> None:
    database = write_sql(project)
    made = project.start("scripts/init_db.py")
    assert (made.returncode, made.stdout) == (0, "made data/local.db\n")
    assert names(project) == ["first", "second"]

    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO things (name) VALUES ('mine')")
        connection.commit()
    kept = project.run("scripts/init_db.py")
    assert kept.returncode == 0
    assert "is there already" in kept.stdout
    assert names(project) == ["first", "second", "mine"]

    assert project.run("scripts/init_db.py", "--reset").returncode == 0
    assert names(project) == ["first", "second"]


def test_a_database_of_another_schema_is_told(project: Project) -> None:
    write_sql(project)
    project.run("scripts/init_db.py")
    added = "CREATE TABLE more (id INTEGER PRIMARY KEY);\n"
    write_sql(project, schema=SCHEMA.replace("name TEXT", "name TEXT, size TEXT") + added)
    result = project.run("scripts/init_db.py")
    assert (result.returncode, result.stdout) == (1, "")
    assert "it lacks more.id, things.size: --reset makes it anew" in result.stderr
    assert names(project) == ["first", "second"]
    assert project.run("scripts/init_db.py", "--reset").returncode == 0
    assert project.run("scripts/init_db.py").returncode == 0


def test_a_faulty_script_changes_nothing(project: Project) -> None:
    write_sql(project)
    project.run("scripts/init_db.py")
    write_sql(project, seed="INSERT INTO missing VALUES (1);\n")
    result = project.run("scripts/init_db.py", "--reset")
    assert result.returncode == 1
    assert result.stderr.startswith("error: schema.sql or seed.sql")
    assert "no such table: missing" in result.stderr
    assert names(project) == ["first", "second"]
    # What a failed run leaves behind is in nobody's way
    write_sql(project)
    assert project.run("scripts/init_db.py", "--reset").returncode == 0
    assert files(project) == ["local.db", "schema.sql", "seed.sql"]
