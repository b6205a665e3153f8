"""What may be in the files of the configuration, and of which type.

Only the shape of each file is described here; what files say about each other is in references.py.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Text = Annotated[str, Field(min_length=1)]
UrlPath = Annotated[str, Field(pattern=r"^/\S*$")]
HttpUrl = Annotated[str, Field(pattern=r"^(https?://\S+|\$\{\w+\}\S*)$")]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(gt=0)]
Status = Annotated[int, Field(ge=400, le=599)]


class Section(BaseModel):
    """A mapping in which a key that is not known is an error, and "8000" is no number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# config.yaml


class App(Section):
    name: Text
    description: Text
    version: Text
<<@if VARIANT == multi-env>>
    environment: Text
<<@end>>


class Server(Section):
    host: Text
    port: Port


class LogFile(Section):
    path: Text
    max_bytes: Annotated[int, Field(gt=0)]
    backup_count: Annotated[int, Field(gt=0)]


class Logging(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
    format: Text
    file: LogFile


class Reload(Section):
    path: UrlPath
    token: Text


class Api(Section):
    prefix: UrlPath
    docs_url: UrlPath | None
    redoc_url: UrlPath | None
    reload: Reload


class Execution(Section):
    timeout: Seconds
    retries: Count


class Settings(Section):
    """config.yaml"""

    app: App
    server: Server
    logging: Logging
    api: Api
    execution: Execution


# database.yaml


class DatabaseSource(Section):
    connection_string: Annotated[str, Field(pattern=r"^([a-z0-9+]+://|\$\{\w+\})")]
    pool_size: Annotated[int, Field(gt=0)] = 5
    max_overflow: Count = 10
    pool_timeout: Seconds = 30
    pool_recycle: Annotated[int, Field(gt=0)] | None = None


class DatabaseOperation(Section):
    source_id: Name
    query: Text
    params: list[Name]
    returns: Literal["one", "many"]
    fields: list[Name]


class Database(Section):
    sources: dict[Name, DatabaseSource]
    operations: dict[Name, DatabaseOperation]


class DatabaseFile(Section):
    """database.yaml, of all domains or of one"""

    database: Database


# domains/*.yaml


class Request(Section):
    """What an endpoint takes from a request."""

    path_params: list[Literal["entity_id"]] = []
    query_params: list[Name] = []
    body: list[Name] = []


class DataSource(Section):
    """What the four kinds of data sources have alike."""

    name: Name
    operation: Name
    params: dict[Name, JsonValue]


class DatabaseCall(DataSource):
    type: Literal["database"]


class ApiCall(DataSource):
    type: Literal["api"]
    source_id: Name


class FeastCall(DataSource):
    type: Literal["feast"]
    source_id: Name
    operation: Literal["get_online_features"]
    feature_service: Name


class ModelCall(DataSource):
    type: Literal["ml"]
    source_id: Name
    operation: Literal["predict"]
    model: Name


Call = DatabaseCall | ApiCall | FeastCall | ModelCall


class Endpoint(Section):
    description: Text
    endpoint_type: Literal["database", "api", "feast", "ml", "composite"]
    method: Literal["GET", "POST"]
    request: Request = Request()
    data_sources: Annotated[list[Annotated[Call, Field(discriminator="type")]], Field(min_length=1)]
    response_mapping: Annotated[dict[Name, JsonValue], Field(min_length=1)]


class DomainFile(Section):
    """domains/DOMAIN.yaml, or domains/DOMAIN/DOMAIN.yaml"""

    domain_id: Name
    description: Text
    endpoints: Annotated[dict[Name, Endpoint], Field(min_length=1)]


# integrations/api_sources.yaml


class NoAuthentication(Section):
    type: Literal["none"]


class BearerAuthentication(Section):
    type: Literal["bearer"]
    token: Text


class ApiKeyAuthentication(Section):
    type: Literal["api_key"]
    header: Name
    token: Text


class ApiOperation(Section):
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: UrlPath
    path_params: list[Name] = []
    query_params: list[Name] = []
    body: list[Name] = []
    fields: list[Name]

    @property
    def params(self) -> list[str]:
        return [*self.path_params, *self.query_params, *self.body]


class ApiSource(Section):
    base_url: HttpUrl
    authentication: Annotated[
        NoAuthentication | BearerAuthentication | ApiKeyAuthentication,
        Field(discriminator="type"),
    ]
    timeout: Seconds
    retry_count: Count
    retry_on_status: list[Status]
    retry_backoff: Seconds
    headers: dict[Name, Text] = {}
    operations: dict[Name, ApiOperation]


class ApiSources(Section):
    sources: dict[Name, ApiSource]


class ApiFile(Section):
    """integrations/api_sources.yaml, of all domains or of one"""

    api: ApiSources


# integrations/feast_config.yaml


class LocalConnection(Section):
    type: Literal["local"]


class RemoteConnection(Section):
    type: Literal["remote"]
    url: HttpUrl
    timeout: Seconds


class FeatureService(Section):
    entities: Annotated[list[Name], Field(min_length=1)]
    features: Annotated[list[Annotated[str, Field(pattern=r"^\w+:\w+$")]], Field(min_length=1)]

    @property
    def fields(self) -> list[str]:
        return [feature.partition(":")[2] for feature in self.features]


class FeatureStore(Section):
    repo_path: Text
    project: Name
    connection: Annotated[LocalConnection | RemoteConnection, Field(discriminator="type")]
    feature_services: dict[Name, FeatureService]


class FeatureStores(Section):
    sources: dict[Name, FeatureStore]


class FeastFile(Section):
    """integrations/feast_config.yaml, of all domains or of one"""

    feast: FeatureStores


# integrations/ml_config.yaml


class Model(Section):
    model_path: Text
    endpoint: UrlPath
    inputs: Annotated[list[Name], Field(min_length=1)]
    outputs: Annotated[list[Name], Field(min_length=1)]
    parameters: dict[Name, JsonValue] = {}


class ModelServer(Section):
    base_url: HttpUrl
    timeout: Seconds
    retry_count: Count
    models: dict[Name, Model]


class ModelServers(Section):
    sources: dict[Name, ModelServer]


class ModelFile(Section):
    """integrations/ml_config.yaml, of all domains or of one"""

    ml: ModelServers
