"""What files say about each other: each name that one uses has to be defined by another."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from config_tools.config import Config, Domain, Scope
from config_tools.faults import Fault
from config_tools.models import (
    ApiCall,
    ApiOperation,
    Call,
    DatabaseCall,
    DatabaseOperation,
    Endpoint,
    FeastCall,
    ModelCall,
)
from config_tools.suggestions import suggest, suggest_instead
from config_tools.yaml_reader import KeyPath, Value, items

_REFERENCE = re.compile(r"\$([A-Za-z][\w-]*)((?:\.[\w-]+)*)")
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_PARAMETER = re.compile(r"(?<![:\w]):([A-Za-z]\w*)")  # but not the cast in `value::integer`
_BRACES = re.compile(r"\{([^{}]*)\}")

_DEFINED_IN: Mapping[str, str] = {
    "database": "database.yaml",
    "api": "integrations/api_sources.yaml",
    "feast": "integrations/feast_config.yaml",
    "ml": "integrations/ml_config.yaml",
}


@dataclass(frozen=True)
class _Signature:
    """What a data source is called with, and the fields it gives, in one row or in many."""

    params: Collection[str]
    fields: Collection[str]
    many: bool = False


def check_references(config: Config) -> list[Fault]:
    """Every reference that leads nowhere."""
    faults: list[Fault] = []
    for directory, scope in config.scopes.items():
        faults += _check_scope(config, directory, scope)
    by_name = Counter(domain.name for domain in config.domains)
    for domain in config.domains:
        complain = _Complaints(config, domain.file)
        if by_name[domain.name] > 1:
            complain((), f"the domain {domain.name} has two main files", "keep one of the two")
        if domain.content.domain_id != domain.name:
            complain(
                ("domain_id",),
                f"domain_id is {domain.content.domain_id} in the file of {domain.name}",
                f"write domain_id: {domain.name}, or rename the file",
            )
        for name, endpoint in domain.content.endpoints.items():
            _EndpointCheck(complain, domain, name, endpoint).run()
        faults += complain.faults
    return faults


@dataclass
class _Complaints:
    """Collects the faults of one file."""

    config: Config
    file: str
    faults: list[Fault] = field(default_factory=list)

    def __call__(self, path: KeyPath, message: str, remedy: str) -> None:
        self.faults.append(Fault(self.config.documents[self.file].locate(path), message, remedy))

    def compare(
        self, path: KeyPath, what: str, given: Collection[str], wanted: Sequence[str]
    ) -> None:
        """Two lists of names that have to be the same."""
        for name in sorted(set(wanted) - set(given)):
            self(path, f"{what} lacks {name}", f"add {name}")
        for name in sorted(set(given) - set(wanted)):
            remedy = suggest_instead(name, wanted)
            self((*path, name), f"{what} has {name}, which is not asked for", remedy)


def _check_scope(config: Config, directory: str, scope: Scope) -> list[Fault]:
    database = _Complaints(config, f"{directory}database.yaml")
    sources = {**config.scopes[""].databases, **scope.databases}
    for name, operation in scope.operations.items():
        path: KeyPath = ("database", "operations", name)
        if operation.source_id not in sources:
            database(
                (*path, "source_id"),
                f"there is no database {operation.source_id}",
                suggest(operation.source_id, sources, "database.sources"),
            )
        used = _PARAMETER.findall(_QUOTED.sub("", operation.query))
        database.compare((*path, "params"), f"params of {name}", operation.params, used)
    api = _Complaints(config, f"{directory}integrations/api_sources.yaml")
    for source_id, source in scope.apis.items():
        for name, request in source.operations.items():
            path = ("api", "sources", source_id, "operations", name)
            braces = _BRACES.findall(request.path)
            api.compare(
                (*path, "path_params"), f"path_params of {name}", request.path_params, braces
            )
            if request.method == "GET" and request.body:
                api((*path, "body"), f"{name} sends a body with GET", "use query_params, or POST")
    return database.faults + api.faults


class _EndpointCheck:
    """One endpoint: its data sources in their order, then its response."""

    def __init__(
        self, complain: _Complaints, domain: Domain, name: str, endpoint: Endpoint
    ) -> None:
        self._complain = complain
        self._scope = domain.scope
        self._path: KeyPath = ("endpoints", name)
        self._endpoint = endpoint
        self._inputs: Mapping[str, Sequence[str]] = {
            "path_params": endpoint.request.path_params,
            "query_params": endpoint.request.query_params,
            "body": endpoint.request.body,
        }
        self._used: set[tuple[str, str]] = set()
        # None where the call itself is at fault: its fields are not known.
        self._available: dict[str, _Signature | None] = {}

    def run(self) -> None:
        self._check_request()
        for index, call in enumerate(self._endpoint.data_sources):
            self._check_call(call, (*self._path, "data_sources", index))
        for path, reference in _references(
            self._endpoint.response_mapping, (*self._path, "response_mapping")
        ):
            self._check_reference(path, reference)
        for place, names in self._inputs.items():
            for name in names:
                if (place, name) not in self._used:
                    self._complain(
                        (*self._path, "request", place),
                        f"{name} of the request is used nowhere",
                        f"use $request.{place}.{name}, or remove it",
                    )

    def _check_request(self) -> None:
        method, request = self._endpoint.method, self._endpoint.request
        if method == "GET" and request.body:
            self._complain(
                (*self._path, "request", "body"), "a GET has no body", "use query_params, or POST"
            )
        if method == "POST" and request.path_params:
            self._complain(
                (*self._path, "request", "path_params"),
                "a POST has no entity_id in its path",
                "take it from the body, or use GET",
            )

    def _check_call(self, call: Call, path: KeyPath) -> None:
        if call.name == "request" or call.name in self._available:
            self._complain(
                (*path, "name"), f"the name {call.name} is taken already", "choose another"
            )
        if self._endpoint.endpoint_type not in (call.type, "composite"):
            self._complain(
                (*self._path, "endpoint_type"),
                f"{call.name} is of type {call.type}, unlike its endpoint",
                "write endpoint_type: composite",
            )
        signature = self._signature(call, path)
        if signature is not None:
            self._complain.compare(
                (*path, "params"), f"params of {call.name}", call.params, list(signature.params)
            )
        for place, reference in _references(call.params, (*path, "params")):
            self._check_reference(place, reference)
        self._available[call.name] = signature

    def _signature(self, call: Call, path: KeyPath) -> _Signature | None:
        scope = self._scope
        match call:
            case DatabaseCall():
                operation = self._find(call, path, "operation", scope.operations)
                return _of_query(operation) if operation else None
            case ApiCall():
                api = self._find(call, path, "source_id", scope.apis)
                request = self._find(call, path, "operation", api.operations) if api else None
                return _of_request(request) if request else None
            case FeastCall():
                store = self._find(call, path, "source_id", scope.feature_stores)
                services = store.feature_services if store else {}
                service = self._find(call, path, "feature_service", services) if store else None
                return _Signature(service.entities, service.fields) if service else None
            case ModelCall():
                server = self._find(call, path, "source_id", scope.model_servers)
                model = self._find(call, path, "model", server.models) if server else None
                return _Signature(model.inputs, model.outputs) if model else None

    def _find[T](self, call: Call, path: KeyPath, key: str, known: Mapping[str, T]) -> T | None:
        """What the key of the call names."""
        name = str(getattr(call, key))
        if name not in known:
            remedy = suggest(name, known, _DEFINED_IN[call.type])
            self._complain((*path, key), f"{key} {name} is not defined", remedy)
        return known.get(name)

    def _check_reference(self, path: KeyPath, text: str) -> None:
        match = _REFERENCE.fullmatch(text)
        if match is None:
            self._complain(
                path,
                f"{text} is no reference",
                "write $request.PLACE.NAME, $SOURCE or $SOURCE.FIELD",
            )
            return
        root, fields = match[1], match[2].split(".")[1:]
        if root == "request":
            self._check_input(path, text, fields)
        elif root not in self._available:
            self._complain(
                path,
                f"{text}: there is no data source {root} above",
                suggest(root, self._available, "data_sources, above its use"),
            )
        elif (signature := self._available[root]) is not None and fields:
            self._check_field(path, root, fields[0], signature)

    def _check_input(self, path: KeyPath, text: str, fields: Sequence[str]) -> None:
        match fields:
            case [place, name] if name in self._inputs.get(place, ()):
                self._used.add((place, name))
            case [place, name] if place in self._inputs:
                self._complain(
                    path,
                    f"{text}: the request has no such input",
                    suggest(name, self._inputs[place], f"request.{place}"),
                )
            case _:
                self._complain(
                    path,
                    f"{text} is no input of a request",
                    "write $request.path_params.NAME, .query_params.NAME or .body.NAME",
                )

    def _check_field(self, path: KeyPath, root: str, name: str, signature: _Signature) -> None:
        if signature.many:
            self._complain(path, f"{root} has many rows", f"write ${root} for all of them")
        elif name not in signature.fields:
            self._complain(
                path,
                f"{root} has no field {name}",
                suggest(name, signature.fields, "the fields of its operation"),
            )


def _of_query(operation: DatabaseOperation) -> _Signature:
    return _Signature(operation.params, operation.fields, operation.returns == "many")


def _of_request(operation: ApiOperation) -> _Signature:
    return _Signature(operation.params, operation.fields)


def _references(value: Value, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """All references in a value. `${` begins a variable of the environment instead."""
    for place, item in items(value, path):
        if isinstance(item, str) and item.startswith("$") and not item.startswith("${"):
            yield place, item
