"""The configuration of this project: complete, consistent, and its queries run."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from dotenv import dotenv_values

from config_tools.check import Checked, check
<<@if VARIANT == multi-env>>
from config_tools.environments import Environment, environment_names
<<@end>>
from config_tools.models import DatabaseOperation
from config_tools.project import ROOT
from config_tools.variables import used_variables
from scripts.init_db import make_database

EXAMPLE = {name: value or "" for name, value in dotenv_values(ROOT / ".env.example").items()}
# What the queries are tried with; a parameter that is not here is 1.
PARAMETERS = {"after": "0", "id": "1", "name": "another"}

<<@if VARIANT == multi-env>>
CONFIGURATIONS = {
    name: check(Environment(ROOT / "config", name), EXAMPLE)
    for name in environment_names(ROOT / "config")
}
<<@else>>
CONFIGURATIONS = {"config": check(ROOT / "config", EXAMPLE)}
<<@end>>
each_configuration = pytest.mark.parametrize("checked", CONFIGURATIONS.values(), ids=CONFIGURATIONS)


@each_configuration
def test_there_are_no_faults(checked: Checked) -> None:
    assert [str(fault) for fault in checked.faults] == []


def test_the_example_has_every_variable() -> None:
    used = set[str]().union(*(used_variables(one.documents) for one in CONFIGURATIONS.values()))
<<@if VARIANT == multi-env>>
    assert set(EXAMPLE) == used | {"ENVIRONMENT", "ORCHESTRATOR_CONFIG_PATH"}
<<@else>>
    assert set(EXAMPLE) == used | {"ORCHESTRATOR_CONFIG_PATH"}
<<@end>>


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    for name in ("schema.sql", "seed.sql"):
        (tmp_path / name).write_text((ROOT / "data" / name).read_text(encoding="utf-8"))
    with closing(sqlite3.connect(make_database(tmp_path))) as connection:
        yield connection


@each_configuration
def test_every_operation_gives_its_fields(checked: Checked, database: sqlite3.Connection) -> None:
    assert checked.config
    operations = [
        (f"{directory}{name}", operation)
        for directory, scope in checked.config.scopes.items()
        for name, operation in scope.operations.items()
    ]
    assert operations
    for name, operation in operations:
        check_operation(database, name, operation)


def check_operation(database: sqlite3.Connection, name: str, operation: DatabaseOperation) -> None:
    values = {param: PARAMETERS.get(param, 1) for param in operation.params}
    cursor = database.execute(operation.query, values)
    assert [column for column, *_ in cursor.description] == operation.fields, name
    rows = len(cursor.fetchall())
    assert rows == 1 if operation.returns == "one" else rows > 1, name
    database.rollback()


def test_a_value_never_becomes_part_of_a_query(database: sqlite3.Connection) -> None:
    """Every operation that takes a name keeps it as it is."""
    hostile = "'); DROP TABLE records; --"
    checked = next(iter(CONFIGURATIONS.values()))
    assert checked.config
    for scope in checked.config.scopes.values():
        for operation in scope.operations.values():
            if operation.params == ["name"]:
                row = database.execute(operation.query, {"name": hostile}).fetchone()
                assert row[operation.fields.index("name")] == hostile
