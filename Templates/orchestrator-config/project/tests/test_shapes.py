"""Each file is held against its model; a fault names the line, and what to write instead."""

from pathlib import Path

import pytest

from tests.samples import edit, find_faults, line_of

CONFIG, DATABASE, DOMAIN = "config.yaml", "database.yaml", "domains/orders.yaml"
APIS, FEATURES = "integrations/api_sources.yaml", "integrations/feast_config.yaml"
MODELS = "integrations/ml_config.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "remedy"),
    [
        (CONFIG, "port: 8123", 'port: "8123"', "server.port", "integer"),
        (CONFIG, "port: 8123", "port: true", "server.port", "integer"),
        (CONFIG, "port: 8123", "port: 70000", "server.port", "65535"),
        (CONFIG, "port: 8123", "prot: 8123", "the key server.prot", "did you mean port?"),
        (CONFIG, "level: INFO", "level: INFOS", "logging.level", "'INFO'"),
        (CONFIG, "prefix: /orch", "prefix: orch", "api.prefix", "pattern"),
        (CONFIG, "timeout: 60", "timeout: 0", "execution.timeout", "greater than 0"),
        (CONFIG, "retries: 2", "retries: 2.5", "execution.retries", "integer"),
        (DATABASE, "string: postgresql://", "string: ", "connection_string", "pattern"),
        (DATABASE, "params: [id]", "params: id", "get_order.params", "list"),
        (DATABASE, "returns: many", "returns: all", "list_orders.returns", "'many'"),
        (
            DOMAIN,
            "operation: get_order",
            "operatoin: get_order",
            "operatoin",
            "did you mean operation?",
        ),
        (DOMAIN, "model: urgency", "modle: urgency", "modle", "did you mean model?"),
        (DOMAIN, "type: feast", "type: feats", "data_sources.2", "'feast'"),
        (DOMAIN, "description: Orders", "description: []", "description", "string"),
        (APIS, "base_url: https", "base_url: ftp", "base_url", "pattern"),
        (APIS, "type: none", "type: bearer, ", "authentication", "'bearer'"),
        (APIS, "path: /customers", "path: customers", "path", "pattern"),
        (FEATURES, '"orders:age"', "age", "features.0", "pattern"),
        (MODELS, "inputs: [age]", "inputs: []", "inputs", "at least 1"),
    ],
)
def test_a_value_that_does_not_fit(
    sample: Path, file: str, old: str, new: str, message: str, remedy: str
) -> None:
    edit(sample, file, old, new)
    faults = [fault for fault in find_faults(sample) if "has no" not in fault.message]
    assert [str(fault.location) for fault in faults] == [line_of(sample, file, new)]
    assert message in faults[0].message
    assert remedy in faults[0].help


@pytest.mark.parametrize(
    ("file", "removed", "message", "near"),
    [
        (CONFIG, "  port: 8123\n", "server has no port", "server:"),
        (CONFIG, "    token: ${ADMIN_TOKEN}\n", "api.reload has no token", "reload:"),
        (DATABASE, "      fields: [id]\n", "list_orders has no fields", "list_orders:"),
        (DOMAIN, "domain_id: orders\n", "the file has no domain_id", "description: Orders"),
        (DOMAIN, "        model: urgency\n", "3 has no model", "- name: prediction"),
        (APIS, "        type: none\n", "authentication", "authentication:"),
    ],
)
def test_a_key_that_is_missing(
    sample: Path, file: str, removed: str, message: str, near: str
) -> None:
    edit(sample, file, removed, "")
    faults = find_faults(sample)
    assert str(faults[0].location) == line_of(sample, file, near)
    assert any(message in fault.message for fault in faults)


def test_known_keys_are_those_of_the_kind_that_is_meant(sample: Path) -> None:
    edit(sample, DOMAIN, "        model: urgency\n", "        model: urgency\n        zzz: 1\n")
    edit(sample, DOMAIN, "operation: list_orders", "operation: list_orders\n        zzz: 1")
    edit(sample, CONFIG, "  host: 0.0.0.0\n", "  host: 0.0.0.0\n  zzz: 1\n")
    helps = {str(fault.location): fault.help for fault in find_faults(sample)}
    assert helps == {
        line_of(sample, CONFIG, "zzz"): "remove it: there are host, port",
        line_of(sample, DOMAIN, "zzz"): "remove it: there are name, operation, params, type",
        str(find_faults(sample)[-1].location): (
            "remove it: there are model, name, operation, params, source_id, type"
        ),
    }


def test_faults_of_all_files_are_found_together(sample: Path) -> None:
    edit(sample, CONFIG, "port: 8123", "port: high")
    edit(sample, CONFIG, "retries: 2", "retries: some")
    edit(sample, MODELS, "timeout: 5", "timeout: long")
    assert {str(fault.location) for fault in find_faults(sample)} == {
        line_of(sample, CONFIG, "high"),
        line_of(sample, CONFIG, "some"),
        line_of(sample, MODELS, "long"),
    }


def test_a_file_that_is_no_mapping(sample: Path) -> None:
    (sample / DATABASE).write_text("- 1\n", encoding="utf-8")
    [fault] = find_faults(sample)
    assert str(fault.location) == line_of(sample, DATABASE, "- 1")
    assert "the file has a value that does not fit" in fault.message
