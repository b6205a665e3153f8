"""An environment is the base with its own files over it."""

from pathlib import Path

import pytest

from config_tools import environments
from config_tools.environments import Environment, find_environment, merge_values, read_merged
from config_tools.faults import UsageError
from config_tools.project import DEFAULT_ENVIRONMENT
from config_tools.yaml_reader import Value
from tests.samples import line_of, write_files
from tests.test_config import CONFIGURATIONS


@pytest.mark.parametrize(
    ("base", "override", "merged"),
    [
        ({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 4}}, {"a": 1, "b": {"c": 2, "d": 4}}),
        ({"a": [1, 2, 3]}, {"a": [4]}, {"a": [4]}),
        ({"a": 1}, {"a": None}, {"a": None}),
        ({"a": {"b": 1}}, {"a": "text"}, {"a": "text"}),
        ({"a": "text"}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
    ],
)
def test_mappings_merge_and_everything_else_replaces(
    base: Value, override: Value, merged: Value
) -> None:
    assert merge_values(base, override) == merged


def test_merging_changes_neither_of_the_two() -> None:
    base: Value = {"a": {"b": 1}}
    merge_values(base, {"a": {"b": 2, "c": 3}})
    assert base == {"a": {"b": 1}}


def test_a_value_has_the_line_that_it_comes_from(tmp_path: Path) -> None:
    write_files(tmp_path / "base", {"config.yaml": "a: 1\nb:\n  c: 2\n  d: 3\n"})
    write_files(tmp_path / "live", {"config.yaml": "# override\nb:\n  d: 4\n"})
    documents, faults = read_merged(Environment(tmp_path, "live"))
    assert faults == []
    locations = [str(documents["config.yaml"].locate(path)) for path in (("a",), ("b", "d"))]
    assert locations == [
        line_of(tmp_path, "base/config.yaml", "a: 1"),
        line_of(tmp_path, "live/config.yaml", "d: 4"),
    ]


@pytest.mark.parametrize(
    ("base", "told"),
    [("b: many\n", "b is no mapping"), ("- 1\n", "the file is no mapping")],
)
def test_what_hides_a_mapping_is_told_where_it_is(tmp_path: Path, base: str, told: str) -> None:
    write_files(tmp_path / "base", {"config.yaml": base})
    write_files(tmp_path / "live", {"config.yaml": "b:\n  d: 4\n"})
    _, [fault] = read_merged(Environment(tmp_path, "live"))
    assert str(fault.location) == line_of(tmp_path, "base/config.yaml", base.strip())
    assert fault.message.startswith(told)


def test_the_base_has_settings(tmp_path: Path) -> None:
    write_files(tmp_path / "base", {"domains/x.yaml": "b: 1\n"})
    write_files(tmp_path / "live", {"config.yaml": "a: 1\n"})
    _, [fault] = read_merged(Environment(tmp_path, "live"))
    assert fault.location.file.endswith("base")
    assert fault.message == "there is no config.yaml"


def test_files_of_both_are_there(tmp_path: Path) -> None:
    write_files(tmp_path / "base", {"config.yaml": "a: 1\n", "domains/x.yaml": "b: 1\n"})
    write_files(tmp_path / "live", {"database.yaml": "c: 1\n", "domains/y.yaml": "d: on\n"})
    documents, [fault] = read_merged(Environment(tmp_path, "live"))
    assert sorted(documents) == ["config.yaml", "database.yaml", "domains/x.yaml", "domains/y.yaml"]
    assert str(fault.location) == line_of(tmp_path, "live/domains/y.yaml", "d: on")


def test_only_what_is_listed_is_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "LOCAL", ("here",))
    assert Environment(Path("config"), "here").is_local
    assert not Environment(Path("config"), "there").is_local


def test_what_is_local_is_there() -> None:
    assert set(environments.LOCAL) <= set(CONFIGURATIONS)
    assert DEFAULT_ENVIRONMENT in CONFIGURATIONS


def test_an_environment_is_a_directory_beside_the_base(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no .*base: correct ORCHESTRATOR_CONFIG_PATH"):
        find_environment(tmp_path, "live")
    for name in ("base", "live", "testing", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").touch()
    assert find_environment(tmp_path, "live").directory == tmp_path / "live"
    with pytest.raises(UsageError, match=r"no environment base: set ENVIRONMENT to live, testing$"):
        find_environment(tmp_path, "base")


def test_an_environment_says_its_own_name() -> None:
    for name, checked in CONFIGURATIONS.items():
        assert checked.config
        assert checked.config.settings.app.environment == name


def test_every_environment_has_the_same_operations() -> None:
    """They take and give the same; how they ask is a matter of each environment's databases."""
    signatures = {
        name: {
            operation: (set(one.params), one.returns, set(one.fields))
            for operation, one in checked.config.scopes[""].operations.items()
        }
        for name, checked in CONFIGURATIONS.items()
        if checked.config
    }
    assert set(signatures) == set(CONFIGURATIONS)
    first = next(iter(signatures))
    for name, others in signatures.items():
        assert others == signatures[first], f"{name} is unlike {first}"
