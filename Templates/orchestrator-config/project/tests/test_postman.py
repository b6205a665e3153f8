"""The collections have a request for each endpoint, and name no variable that is not defined."""

import json
import re
from collections.abc import Iterator
from typing import Any

from config_tools.config import Route
from config_tools.project import ROOT
from tests.test_config import CONFIGURATIONS

FOLDER = ROOT / "tests" / "postman"


def read(kind: str) -> list[dict[str, Any]]:
    """All files of a kind: a collection for each domain, one environment."""
    paths = sorted(FOLDER.glob(f"*.postman_{kind}.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def requests() -> Iterator[dict[str, Any]]:
    for collection in read("collection"):
        for item in collection["item"]:
            yield item["request"]


def test_each_endpoint_has_one_request() -> None:
    [config, *_] = [checked.config for checked in CONFIGURATIONS.values()]
    assert config
    paths = [
        Route(request["method"], "/" + "/".join(request["url"]["path"])) for request in requests()
    ]
    wanted = [
        Route(route.method, route.path.replace("{entity_id}", "{{record_id}}"))
        for route in config.routes
    ]
    assert sorted(paths, key=str) == sorted(wanted, key=str)


def test_a_request_gives_what_its_endpoint_takes() -> None:
    [config, *_] = [checked.config for checked in CONFIGURATIONS.values()]
    assert config
    endpoints = {
        (domain.name, name): endpoint.request
        for domain in config.domains
        for name, endpoint in domain.content.endpoints.items()
    }
    for request in requests():
        _, domain, name, *_ = request["url"]["path"]
        wanted = endpoints[domain, name]
        query = [parameter["key"] for parameter in request["url"].get("query", [])]
        assert query == wanted.query_params, (domain, name)
        body = json.loads(request["body"]["raw"]) if "body" in request else {}
        assert list(body) == wanted.body, (domain, name)


def test_an_address_is_what_its_parts_say() -> None:
    for request in requests():
        url = request["url"]
        query = "&".join(f"{one['key']}={one['value']}" for one in url.get("query", []))
        parts = "/".join([*url["host"], *url["path"]])
        assert url["raw"] == (f"{parts}?{query}" if query else parts)


def test_every_variable_is_defined() -> None:
    defined = {value["key"] for one in read("environment") for value in one["values"]}
    used = set(re.findall(r"\{\{(\w+)\}\}", json.dumps(read("collection"))))
    assert used == defined
