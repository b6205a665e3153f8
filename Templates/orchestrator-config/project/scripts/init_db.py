#!/usr/bin/env python3
"""Makes data/local.db of data/schema.sql and data/seed.sql. It is complete, or it is not there."""

import argparse
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config_tools.project import DATA

SCRIPTS = ("schema.sql", "seed.sql")


def make_database(data: Path) -> Path:
    """Replaces the database by a new one."""
    database = data / "local.db"
    partial = data / "local.db.partial"
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as connection:
        for name in SCRIPTS:
            connection.executescript((data / name).read_text(encoding="utf-8"))
        connection.commit()
    partial.replace(database)
    return database


def missing(data: Path) -> list[str]:
    """The columns of schema.sql that the database does not have."""
    with (
        closing(sqlite3.connect(":memory:")) as wanted,
        closing(sqlite3.connect(data / "local.db")) as there,
    ):
        wanted.executescript((data / "schema.sql").read_text(encoding="utf-8"))
        return sorted(columns(wanted) - columns(there))


def columns(database: sqlite3.Connection) -> set[str]:
    """Of all tables, as TABLE.COLUMN."""
    query = "SELECT t.name || '.' || c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c"
    return {name for (name,) in database.execute(query)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the local database.")
    parser.add_argument(
        "--reset", action="store_true", help="make it anew: what was added to it is lost"
    )
    options = parser.parse_args()
    try:
        if (DATA / "local.db").exists() and not options.reset:
            if lacking := missing(DATA):
                what = f"data/local.db is older than data/schema.sql, it lacks {', '.join(lacking)}"
                print(f"error: {what}: --reset makes it anew", file=sys.stderr)
                return 1
            print("data/local.db is there already, and stays; --reset makes it anew")
            return 0
        make_database(DATA)
    except sqlite3.Error as error:
        print(f"error: {' or '.join(SCRIPTS)} in {DATA}: {error}", file=sys.stderr)
        return 1
    print("made data/local.db")
    return 0


if __name__ == "__main__":
    sys.exit(main())
