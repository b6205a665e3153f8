"""The configuration as a whole: which files there are, and what each domain finds in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from config_tools.faults import Fault, Location
from config_tools.models import (
    ApiFile,
    ApiSource,
    DatabaseFile,
    DatabaseOperation,
    DatabaseSource,
    DomainFile,
    FeastFile,
    FeatureStore,
    ModelFile,
    ModelServer,
    Section,
    Settings,
)
from config_tools.shapes import check_shape
from config_tools.yaml_reader import Document, read_yaml

# The files of the configuration, by their paths in it.
type Documents = Mapping[str, Document]

_OF_A_SCOPE: Mapping[str, type[Section]] = {
    "database.yaml": DatabaseFile,
    "integrations/api_sources.yaml": ApiFile,
    "integrations/feast_config.yaml": FeastFile,
    "integrations/ml_config.yaml": ModelFile,
}


@dataclass(frozen=True)
class Scope:
    """Databases and integrations by their names: those that all domains share, or a domain's."""

    databases: Mapping[str, DatabaseSource]
    operations: Mapping[str, DatabaseOperation]
    apis: Mapping[str, ApiSource]
    feature_stores: Mapping[str, FeatureStore]
    model_servers: Mapping[str, ModelServer]

    def over(self, shared: Self) -> Self:
        """Both; of equal names those of this one."""
        return type(self)(
            {**shared.databases, **self.databases},
            {**shared.operations, **self.operations},
            {**shared.apis, **self.apis},
            {**shared.feature_stores, **self.feature_stores},
            {**shared.model_servers, **self.model_servers},
        )


@dataclass(frozen=True)
class Domain:
    """A domain: its main file, and what that may use."""

    name: str
    file: str
    content: DomainFile
    scope: Scope


@dataclass(frozen=True)
class Route:
    """How an endpoint is reached."""

    method: str
    path: str


@dataclass(frozen=True)
class Config:
    """All files, each of the right shape."""

    documents: Documents
    settings: Settings
    scopes: Mapping[str, Scope]  # by their directories, "" for what all domains share
    domains: Sequence[Domain]

    @property
    def routes(self) -> list[Route]:
        """Every endpoint, as the service serves it."""
        routes = []
        for domain in self.domains:
            for name, endpoint in domain.content.endpoints.items():
                entity = [f"{{{param}}}" for param in endpoint.request.path_params]
                parts = [self.settings.api.prefix.rstrip("/"), domain.name, name, *entity]
                routes.append(Route(endpoint.method, "/".join(parts)))
        return routes


def read_documents(directory: Path) -> tuple[dict[str, Document], list[Fault]]:
    """Every file of a directory; names that begin with a dot are no configuration."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for path in sorted(directory.rglob("*")):
        relative = path.relative_to(directory)
        if path.is_dir() or any(part.startswith(".") for part in relative.parts):
            continue
        if _model_of(relative.as_posix()) is None:
            faults.append(
                Fault(
                    Location(shown(path), 1),
                    "no such file is read",
                    f"it may be config.yaml, domains/DOMAIN.yaml, {', '.join(_OF_A_SCOPE)}, or the"
                    " same four below domains/DOMAIN/, beside domains/DOMAIN/DOMAIN.yaml",
                )
            )
            continue
        document, found = read_yaml(path, shown(path))
        faults += found
        if document is not None:
            documents[relative.as_posix()] = document
    return documents, faults


def build_config(directory: Path, documents: Documents) -> tuple[Config | None, list[Fault]]:
    """What the documents of a directory say together, unless one of them has the wrong shape."""
    files: dict[str, Section] = {}
    faults: list[Fault] = []
    for name, document in documents.items():
        if model := _model_of(name):
            content, found = check_shape(document, model)
            faults += found
            if content is not None:
                files[name] = content

    shared = _scope(files, "")
    scopes = {"": shared}
    domains: list[Domain] = []
    for name, content in files.items():
        if isinstance(content, DomainFile):
            own = name.removesuffix(".yaml").rpartition("/")[2]
            folder = f"domains/{own}/"
            scope = shared
            if name.startswith(folder):
                scopes[folder] = _scope(files, folder)
                scope = scopes[folder].over(shared)
            domains.append(Domain(own, name, content, scope))

    here = Location(shown(directory), 1)
    if "config.yaml" not in documents:
        faults.append(Fault(here, "there is no config.yaml", "add it: it has the settings of all"))
    if not any(_model_of(name) is DomainFile for name in documents):
        faults.append(Fault(here, "there is no domain", "add domains/DOMAIN.yaml"))
    for name, document in documents.items():
        match name.split("/"):
            case ["domains", folder, _, *_] if f"domains/{folder}/{folder}.yaml" not in documents:
                remedy = f"add domains/{folder}/{folder}.yaml, or remove the directory"
                faults.append(Fault(document.locate(()), f"{folder} has no main file", remedy))
    settings = files.get("config.yaml")
    if faults or not isinstance(settings, Settings):
        return None, faults
    return Config(documents, settings, scopes, domains), []


def _model_of(name: str) -> type[Section] | None:
    """The model of a file, by its path in the configuration; none if nothing reads it."""
    match name.split("/"):
        case ["config.yaml"]:
            return Settings
        case ["domains", file] if file.endswith(".yaml"):
            return DomainFile
        case ["domains", domain, file] if file == f"{domain}.yaml":
            return DomainFile
        case ["domains", _, *rest]:
            return _OF_A_SCOPE.get("/".join(rest))
        case _:
            return _OF_A_SCOPE.get(name)


def _scope(files: Mapping[str, Section], directory: str) -> Scope:
    def find[M: Section](name: str, model: type[M]) -> M | None:
        file = files.get(directory + name)
        return file if isinstance(file, model) else None

    database = find("database.yaml", DatabaseFile)
    api = find("integrations/api_sources.yaml", ApiFile)
    feast = find("integrations/feast_config.yaml", FeastFile)
    models = find("integrations/ml_config.yaml", ModelFile)
    return Scope(
        databases=database.database.sources if database else {},
        operations=database.database.operations if database else {},
        apis=api.api.sources if api else {},
        feature_stores=feast.feast.sources if feast else {},
        model_servers=models.ml.sources if models else {},
    )


def shown(path: Path) -> str:
    """As short as it can be opened from here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
