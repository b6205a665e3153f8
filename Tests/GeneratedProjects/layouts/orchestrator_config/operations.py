"""Run by a project's own Python, in the project: every operation of every database.yaml, twice.

SQLite, as `scripts/init_db.py` has made it, is in the place of whatever the sources name. Prints a
list of what each gave, as JSON.
"""

import importlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

yaml: Any = importlib.import_module("yaml")

_HOSTILE = "'); DROP TABLE records; -- ünï \"\\ %s {x} :name"
_VALUES: dict[str, list[Any]] = {
    "id": ["1", 1],
    "after": [None, "0"],
    "name": [_HOSTILE, "another"],
}


def results(connection: sqlite3.Connection, folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("database.yaml")):
        database = yaml.safe_load(path.read_text(encoding="utf-8"))["database"]
        for name, operation in database["operations"].items():
            if operation["source_id"] not in database["sources"]:
                raise KeyError(f"{path}: {name}: {operation['source_id']}")
            for turn in range(2):
                values = {one: _VALUES[one][turn] for one in operation["params"]}
                cursor = connection.execute(operation["query"], values)
                columns = [column for column, *_ in cursor.description or ()]
                yield {
                    "file": path.as_posix(),
                    "name": name,
                    "returns": operation["returns"],
                    "fields": operation["fields"],
                    "columns": columns,
                    "values": values,
                    "rows": [dict(zip(columns, row, strict=True)) for row in cursor],
                }
                connection.commit()


def main() -> None:
    """DATABASE FOLDER"""
    with closing(sqlite3.connect(f"file:{sys.argv[1]}?mode=rw", uri=True)) as connection:
        json.dump(list(results(connection, Path(sys.argv[2]))), sys.stdout)


if __name__ == "__main__":
    main()
