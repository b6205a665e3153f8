"""What is printed has the values of variables, and no secret."""

from pathlib import Path

import pytest
import yaml

from config_tools.config import read_documents
from config_tools.display import MASK, show
from tests.samples import VARIABLES, edit


def shown(sample: Path) -> str:
    return show(read_documents(sample)[0], {**VARIABLES, "HOST": "db.example.com"})


def test_all_files_are_shown_in_one_document(sample: Path) -> None:
    content = yaml.safe_load(shown(sample))
    assert content["config.yaml"]["server"] == {"host": "0.0.0.0", "port": 8123}  # noqa: S104
    assert content["domains/stock/stock.yaml"]["domain_id"] == "stock"
    assert content["config.yaml"]["api"]["redoc_url"] is None


def test_no_secret_is_shown(sample: Path) -> None:
    text = shown(sample)
    assert not [secret for secret in VARIABLES.values() if secret in text]
    assert f"postgresql://sample:{MASK}@localhost/sample" in text
    assert f"token: '{MASK}'" in text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${HOST}:5432", "db.example.com:5432"),
        ("${NOWHERE}/x", "${NOWHERE}/x"),
        ("is ${DB_PASSWORD}", f"is {MASK}"),
        ("postgresql://user:p/w@x@${HOST}/db", f"postgresql://user:{MASK}@db.example.com/db"),
        ("postgresql://user@${HOST}/db", "postgresql://user@db.example.com/db"),
        ("postgresql:///db?user=a&password=b", f"postgresql:///db?user=a&password={MASK}"),
        ("https://${HOST}/?api_key=abc&page=2", f"https://db.example.com/?api_key={MASK}&page=2"),
    ],
)
def test_secrets_in_a_value_are_masked(sample: Path, written: str, expected: str) -> None:
    edit(sample, "config.yaml", "name: sample", f'name: "{written}"')
    assert yaml.safe_load(shown(sample))["config.yaml"]["app"]["name"] == expected


@pytest.mark.parametrize(
    "key", ["password", "db_passwd", "clientSecret", "Authorization", "X-Api-Key", "privateKey"]
)
def test_values_of_secret_keys_are_masked(sample: Path, key: str) -> None:
    edit(sample, "config.yaml", "name: sample", f"{key}: [literal, 12345]")
    assert yaml.safe_load(shown(sample))["config.yaml"]["app"][key] == [MASK, MASK]
