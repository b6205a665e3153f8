"""Variables that are not set are found before the service misses them."""

from pathlib import Path

import pytest

from config_tools.config import read_documents
from config_tools.variables import (
    PLACEHOLDER,
    check_placeholders,
    check_variables,
    resolve,
    used_variables,
)
from tests.samples import VARIABLES, edit, line_of


def test_the_variables_of_all_files(sample: Path) -> None:
    documents, _ = read_documents(sample)
    assert used_variables(documents) == set(VARIABLES)
    assert check_variables(documents, VARIABLES) == []


@pytest.mark.parametrize(("value", "state"), [(None, "not set"), ("", "empty")])
def test_a_variable_without_a_value(sample: Path, value: str | None, state: str) -> None:
    variables = {name: text for name, text in VARIABLES.items() if name != "DB_PASSWORD"}
    if value is not None:
        variables["DB_PASSWORD"] = value
    [fault] = check_variables(read_documents(sample)[0], variables)
    assert str(fault.location) == line_of(sample, "database.yaml", "${DB_PASSWORD}")
    assert fault.message == f"the variable DB_PASSWORD is {state}"
    assert "set DB_PASSWORD in .env" in fault.help


@pytest.mark.parametrize("value", [PLACEHOLDER, f"x:{PLACEHOLDER}@y"])
def test_a_secret_that_is_still_a_placeholder(sample: Path, value: str) -> None:
    documents, _ = read_documents(sample)
    assert check_placeholders(documents, VARIABLES) == []
    [fault] = check_placeholders(documents, {**VARIABLES, "STOCK_KEY": value})
    file = "domains/stock/integrations/api_sources.yaml"
    assert str(fault.location) == line_of(sample, file, "${STOCK_KEY}")
    assert fault.message == "the variable STOCK_KEY is still change-me, as in .env.example"
    assert "set STOCK_KEY" in fault.help


@pytest.mark.parametrize("written", ["${db_password}", "${DB-PASSWORD}", "${}", "${DB_PASSWORD"])
def test_a_malformed_variable(sample: Path, written: str) -> None:
    edit(sample, "config.yaml", "name: sample", f'name: "{written}"')
    [fault] = check_variables(read_documents(sample)[0], VARIABLES)
    assert str(fault.location) == line_of(sample, "config.yaml", written)
    assert fault.message == f"{written} names no variable"


def test_variables_are_replaced_by_their_values() -> None:
    assert resolve("${A}/${B}${A}", {"A": "x", "C": "y"}) == "x/${B}x"
