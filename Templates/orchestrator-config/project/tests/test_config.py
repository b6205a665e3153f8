"""The configuration of this project: complete, consistent, and its queries run."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from dotenv import dotenv_values

from config_tools.check import Checked, check
from config_tools.config import Config
<<@if VARIANT == multi-env>>
from config_tools.environments import Environment, environment_names
<<@end>>
from config_tools.models import DatabaseOperation
from config_tools.project import ROOT
from config_tools.variables import PLACEHOLDER, resolve, used_variables
from scripts.init_db import make_database

# The variables of .env.example, with secrets as they have to be in other places than this machine.
EXAMPLE = {
    name: (value or "").replace(PLACEHOLDER, "a-secret")
    for name, value in dotenv_values(ROOT / ".env.example").items()
}
LOCAL_DATABASE = "sqlite:///data/local.db"

# Operations that have to find a record of data/seed.sql, or to make one, and with which parameters.
# Any other only has to run.
FINDING: Mapping[str, Mapping[str, str]] = {
<<@for DOMAIN in DOMAINS>>
    "list_<<DOMAIN>>": {"after": "0"},
<<@if EXAMPLE>>
    "get_<<DOMAIN>>": {"id": "1"},
    "create_<<DOMAIN>>": {"name": "another"},
    "count_<<DOMAIN>>": {},
<<@end>>
<<@end>>
<<@for DOMAIN in COMPLEX_DOMAINS>>
    "domains/<<DOMAIN>>/list_records": {"after": "0"},
<<@if EXAMPLE>>
    "domains/<<DOMAIN>>/get_record": {"id": "1"},
    "domains/<<DOMAIN>>/create_record": {"name": "another"},
<<@end>>
<<@end>>
}

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
    assert set(EXAMPLE) == used | {"ENVIRONMENT", "ORCHESTRATOR_CONFIG_PATH"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The local database, which takes any value in a column."""
    for name in ("schema.sql", "seed.sql"):
        (tmp_path / name).write_text((ROOT / "data" / name).read_text(encoding="utf-8"))
    with closing(sqlite3.connect(make_database(tmp_path))) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def operations(config: Config) -> Iterator[tuple[str, DatabaseOperation, str]]:
    """With their names, those of a domain's own after its directory, and where they are run."""
    for directory, scope in config.scopes.items():
        databases = scope.over(config.scopes[""]).databases
        for name, operation in scope.operations.items():
            source = databases[operation.source_id]
            yield f"{directory}{name}", operation, resolve(source.connection_string, EXAMPLE)


@each_configuration
def test_every_operation_on_the_local_database_runs(
    checked: Checked, database: sqlite3.Connection
) -> None:
    """Those of other databases may have SQL of their own."""
    assert checked.config
    for name, operation, where in operations(checked.config):
        if where == LOCAL_DATABASE:
            check_operation(database, name, operation)


def check_operation(database: sqlite3.Connection, name: str, operation: DatabaseOperation) -> None:
    finding = FINDING.get(name)
    # No record has the id 0, and every type of column takes it.
    values = dict.fromkeys(operation.params, "0") | dict(finding or {})
    cursor = database.execute(operation.query, values)
    rows = cursor.fetchall()
    assert {column for column, *_ in cursor.description or ()} == set(operation.fields), name
    if operation.returns == "one":
        assert len(rows) <= 1, name
    if finding is not None:
        assert rows, f"{name} finds nothing with {finding}"
    database.rollback()


def test_what_has_to_find_something_is_there() -> None:
    names = {
        name
        for checked in CONFIGURATIONS.values()
        if checked.config
        for name, _, _ in operations(checked.config)
    }
    assert set(FINDING) <= names
