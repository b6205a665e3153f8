"""The databases: the local one, made by a script, and PostgreSQL, by what README says of it.

Every operation of the configuration runs on both.
"""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from layouts.orchestrator_config.project import Copies, Copy, Project
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.linters import read_yaml
from verification.postgres import Database, Databases
from verification.report import Check, Once

_SCRIPT = Path(__file__).with_name("operations.py")


def checks(copies: Copies, title: str) -> list[Check]:
    copy = Once("a copy with a database", lambda: copies.make("database"))
    return [
        Check(f"each operation on the seeded SQLite file, twice{title}", lambda: _run(copy())),
        Check(f"init_db.py: once, anew, not at all{title}", lambda: _init(copy())),
    ]


def postgresql_check(databases: Databases, project: Once[Project], port: int, title: str) -> Check:
    def make() -> str:
        with databases.server(port) as database:
            return _run_on_postgresql(project(), database)

    return Check(f"each operation on PostgreSQL, as README has the tables{title}", make)


# What finds a record of the first ones, or makes one, on whichever environment's server.
_VALUES = {"after": "'0'", "id": "'1'", "name": "'it''s new'"}


def _run_on_postgresql(project: Project, database: Database) -> str:
    [identity] = re.findall(r"^`(id integer PRIMARY KEY [^`]*)`", project.readme, re.MULTILINE)
    schema = (project.folder / "data/schema.sql").read_text(encoding="utf-8")
    require("id INTEGER PRIMARY KEY" in schema, "data/schema.sql has no such column")
    database.query(schema.replace("id INTEGER PRIMARY KEY", identity))
    database.query((project.folder / "data/seed.sql").read_text(encoding="utf-8"))
    done = 0
    for environment in project.environments:
        if environment == project.loosest and not project.lone:
            continue
        [content] = read_yaml(project.folder / f"config/{environment}/database.yaml")
        for name, operation in content["database"]["operations"].items():
            query = re.sub(
                r"(?<!:):([a-z]+)\b", lambda match: _VALUES[match[1]], operation["query"]
            )
            rows = database.query(f"WITH q AS ({query}) SELECT row_to_json(q) FROM q")
            require(bool(rows), f"{name} of {environment} gives nothing")
            require_equal(f"fields of {name}", list(json.loads(rows[0])), operation["fields"])
            done += 1
    return f"{done} operations"


def _run(copy: Copy) -> str:
    told = run_operations(copy.python, copy.folder / "data/local.db", copy.config)
    domains = {*copy.project.simple, *copy.project.complex}
    unused = [
        name for name in domains if not any(name in f"{one['file']}/{one['name']}" for one in told)
    ]
    require(not unused, f"no operation is of {unused}")
    return f"{len(told) // 2} operations"


def run_operations(python: Path, database: Path, folder: Path) -> list[dict[str, Any]]:
    command: Command = [python, _SCRIPT, database, folder]
    told: list[dict[str, Any]] = json.loads(run(command).out)
    for one in told:
        what = f"{one['file']}: {one['name']}{tuple(one['values'].values())}"
        rows = one["rows"]
        require_equal(f"{what}, its columns", one["columns"], one["fields"])
        require(len(rows) == 1 if one["returns"] == "one" else len(rows) > 0, f"{what} gave {rows}")
        for name, value in one["values"].items():
            if name in ("id", "name"):
                require_equal(f"{what}, {name}", str(rows[0][name]), str(value))
            elif name == "after":
                require(all(row["id"] > int(value or 0) for row in rows), f"{what} gave {rows}")
    # What is written is there for whoever asks next, once for each time.
    written = [one for one in told if "name" in one["values"]]
    keys = [(one["file"], one["name"], one["rows"][0]["id"]) for one in written]
    require_equal("written twice", len(set(keys)), len(written))
    with closing(sqlite3.connect(database)) as connection:
        for one in written:
            [name] = one["rows"]
            found = [
                table
                for (table,) in connection.execute("SELECT name FROM sqlite_master")
                if connection.execute(
                    f"SELECT 1 FROM {table} WHERE id = ? AND name = ?",
                    (name["id"], one["values"]["name"]),
                ).fetchone()
            ]
            require(bool(found), f"{one['name']} wrote nothing")
    return told


def _init(copy: Copy) -> str:
    database = copy.folder / "data/local.db"
    before = database.read_bytes()
    told = copy.run("scripts/init_db.py").text
    require_equal("with a database", database.read_bytes(), before)
    copy.run("scripts/init_db.py", "--reset")
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        counts = [
            connection.execute(f"SELECT COUNT(*) FROM {one}").fetchone()[0] for (one,) in tables
        ]
    require_equal("tables", len(tables), len({*copy.project.simple, *copy.project.complex}))
    require(min(counts) > 0, f"tables without records: {counts}")
    before = database.read_bytes()
    seed = copy.folder / "data/seed.sql"
    text = seed.read_text(encoding="utf-8")
    seed.write_text(text + "\nINSERT INTO nowhere VALUES (1);\n", encoding="utf-8")
    for options in ((), ("--reset",)):
        if not options:
            database.unlink()
        else:
            database.write_bytes(before)
        failed = copy.run("scripts/init_db.py", *options, codes=(1,))
        require("nowhere" in failed.err and "Traceback" not in failed.err, failed.text)
        require_equal(
            "a database", database.exists() and database.read_bytes(), bool(options) and before
        )
    seed.write_text(text, encoding="utf-8")
    return told.strip()
