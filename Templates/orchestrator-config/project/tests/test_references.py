"""Each name that a file uses is defined by another; every other name is a fault, with its line."""

from pathlib import Path

import pytest

from config_tools.config import Route
from tests.samples import FILES, edit, find_faults, line_of, read_config, write_files

DATABASE, DOMAIN, STOCK = "database.yaml", "domains/orders.yaml", "domains/stock/stock.yaml"
APIS, SUPPLIER = "integrations/api_sources.yaml", "domains/stock/integrations/api_sources.yaml"


def test_the_sample_has_no_faults(sample: Path) -> None:
    assert find_faults(sample) == []


def test_each_endpoint_has_a_route(sample: Path) -> None:
    assert read_config(sample).routes == [
        Route("GET", "/orchestrator/orders/list"),
        Route("GET", "/orchestrator/orders/details/{entity_id}"),
        Route("POST", "/orchestrator/stock/order"),
        Route("GET", "/orchestrator/stock/newest"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "remedy"),
    [
        (DOMAIN, "domain_id: orders", "domain_id: order", "domain_id is order", "orders"),
        (DOMAIN, "operation: get_order", "operation: get_ordr", "get_ordr is not", "get_order?"),
        (DOMAIN, "source_id: crm", "source_id: crn", "source_id crn is not", "crm?"),
        (DOMAIN, "find_customer", "seek", "operation seek is not", "known are find_customer"),
        (DOMAIN, "source_id: store", "source_id: stor", "source_id stor is not", "store?"),
        (DOMAIN, "service: activity", "service: x", "feature_service x is not", "activity"),
        (DOMAIN, "source_id: models", "source_id: model", "source_id model is not", "models?"),
        (DOMAIN, "model: urgency", "model: urgent", "model urgent is not", "urgency?"),
        (DOMAIN, "$order.customer", "$order.custmer", "no field custmer", "customer?"),
        (DOMAIN, "$features.age", "$features.size", "no field size", "known are age"),
        (DOMAIN, "$person.title", "$person.name", "no field name", "known are title"),
        (DOMAIN, "$prediction.score", "$prediction.scores", "no field scores", "score?"),
        (DOMAIN, "$prediction.score", "$predict.score", "data source predict ", "prediction?"),
        (DOMAIN, "$order.customer", "$features.age", "source features above", "above its use"),
        (DOMAIN, "items: $rows", "items: $rows.id", "rows has many rows", "write $rows"),
        (DOMAIN, "items: $rows", "items: $rows[0]", "$rows[0] is no reference", "$SOURCE.FIELD"),
        (DOMAIN, "params.lang\n", "params.lng\n", "no such input", "lang?"),
        (
            DOMAIN,
            "$request.query_params.lang",
            "$request.lang",
            "is no input",
            ".query_params.NAME",
        ),
        (DOMAIN, "$request.path_params", "$request.path", "is no input", ".path_params.NAME"),
        (DOMAIN, "customer: $order.customer", "customr: 1", "has customr", "customer?"),
        (DOMAIN, "order_id: $order.id", "id: $order.id", "has id, which", "known are order_id"),
        (DOMAIN, "age: $features.age", "ages: $features.age", "has ages, which", "age?"),
        (DOMAIN, "name: person", "name: order  # 2", "order is taken", "choose another"),
        (DOMAIN, "name: rows", "name: request", "request is taken", "choose another"),
        (DOMAIN, "type: composite", "type: api", "order is of type database", "composite"),
        (DOMAIN, "[lang]", "[lang, more]", "more of the request is used nowhere", "remove it"),
        (STOCK, "source_id: supplier", "source_id: suplier", "source_id suplier", "supplier?"),
        (STOCK, "$request.body.amount", "$request.body.sum", "no such input", "amount"),
        (STOCK, "operation: newest_delivery", "operation: new", "operation new is not", "newest"),
        (DATABASE, "params: [id]", "params: [id, size]", "has size, which", "known are id"),
        (DATABASE, "params: [id]", "params: []", "params of get_order lacks id", "add id"),
        (APIS, "path_params: [customer]", "path_params: []", "lacks customer", "add customer"),
    ],
)
def test_a_name_that_leads_nowhere(
    sample: Path, file: str, old: str, new: str, message: str, remedy: str
) -> None:
    edit(sample, file, old, new)
    [fault] = [fault for fault in find_faults(sample) if message in fault.message]
    assert str(fault.location) == line_of(sample, file, new.strip())
    assert remedy in fault.help


@pytest.mark.parametrize(
    ("file", "old", "new", "near", "message"),
    [
        (STOCK, "method: POST", "method: GET", "body:", "a GET has no body"),
        (STOCK, "body: [", "path_params: [entity_id]\n      body: [", "path_params", "a POST has"),
        (APIS, "/{customer}", "", "path_params:", "has customer, which is not asked for"),
        (SUPPLIER, "method: POST", "method: GET", "body:", "send_order sends a body with GET"),
        (DATABASE, "    main:", "    master:", "source_id: main", "there is no database main"),
    ],
)
def test_two_places_that_do_not_agree(
    sample: Path, file: str, old: str, new: str, near: str, message: str
) -> None:
    edit(sample, file, old, new)
    where = line_of(sample, file, near)
    faults = [fault.message for fault in find_faults(sample) if str(fault.location) == where]
    assert message in " ".join(faults)


@pytest.mark.parametrize(
    ("file", "defined", "used_in", "near"),
    [
        (DATABASE, "    get_order:", DOMAIN, "operation: get_order"),
        (APIS, "    crm:", DOMAIN, "source_id: crm"),
        (APIS, "        find_customer:", DOMAIN, "operation: find_customer"),
        ("integrations/feast_config.yaml", "    store:", DOMAIN, "source_id: store"),
        ("integrations/feast_config.yaml", "        activity:", DOMAIN, "feature_service:"),
        ("integrations/ml_config.yaml", "    models:\n      base", DOMAIN, "source_id: models"),
        ("integrations/ml_config.yaml", "        urgency:", DOMAIN, "model: urgency"),
        ("domains/stock/database.yaml", "    newest_delivery:", STOCK, "operation: newest"),
        (SUPPLIER, "    supplier:", STOCK, "source_id: supplier"),
        (SUPPLIER, "        send_order:", STOCK, "operation: send_order"),
    ],
)
def test_a_definition_that_is_renamed(
    sample: Path, file: str, defined: str, used_in: str, near: str
) -> None:
    edit(sample, file, defined, defined.replace(":", "_2:", 1))
    assert line_of(sample, used_in, near) in [str(one.location) for one in find_faults(sample)]


@pytest.mark.parametrize("file", [name for name in FILES if name not in ("config.yaml", DOMAIN)])
def test_a_file_that_is_missed(sample: Path, file: str) -> None:
    (sample / file).unlink()
    assert find_faults(sample) != []


def test_a_domain_has_its_own_names_before_those_of_all(sample: Path) -> None:
    edit(sample, "domains/stock/database.yaml", "newest_delivery", "list_orders")
    edit(sample, STOCK, "operation: newest_delivery", "operation: list_orders")
    assert find_faults(sample) == []
    edit(sample, DOMAIN, "operation: list_orders", "operation: newest_delivery")
    assert [fault.message for fault in find_faults(sample)] == [
        "operation newest_delivery is not defined"
    ]


def test_a_complex_domain_may_use_what_all_share(sample: Path) -> None:
    edit(sample, STOCK, "operation: newest_delivery", "operation: list_orders")
    edit(sample, STOCK, "id: $delivery.id", "items: $delivery")
    assert find_faults(sample) == []


def test_the_order_of_data_sources_counts_for_parameters_only(sample: Path) -> None:
    edit(sample, DOMAIN, "id: $order.id\n      customer", "id: $features.age\n      customer")
    assert find_faults(sample) == []


def test_files_that_nothing_reads(sample: Path) -> None:
    names = [
        "databse.yaml",
        "domains/orders.yml",
        "domains/stock/integrations/api.yaml",
        "x/a.yaml",
    ]
    write_files(sample, dict.fromkeys(names, "a: 1\n"))
    (sample / ".config.yaml.swp").write_text("of an editor")
    assert [str(fault.location) for fault in find_faults(sample)] == [
        f"{sample.as_posix()}/{name}:1" for name in sorted(names)
    ]


def test_two_main_files_of_a_domain(sample: Path) -> None:
    text = FILES[DOMAIN].replace("domain_id: orders", "domain_id: stock")
    write_files(sample, {"domains/stock.yaml": text})
    assert {fault.message for fault in find_faults(sample)} == {
        "the domain stock has two main files"
    }


def test_a_directory_without_a_main_file(sample: Path) -> None:
    (sample / STOCK).unlink()
    assert [(str(fault.location), fault.message) for fault in find_faults(sample)] == [
        (line_of(sample, f"domains/stock/{name}", ""), "stock has no main file")
        for name in ("database.yaml", "integrations/api_sources.yaml")
    ]


def test_what_every_configuration_has(tmp_path: Path) -> None:
    assert [fault.message for fault in find_faults(tmp_path)] == [
        "there is no config.yaml",
        "there is no domain",
    ]
