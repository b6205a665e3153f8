"""The servers that a project works with: PostgreSQL, Redis and its own MLflow, on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from layouts.ops_k8s.project import Project
from verification.commands import Command
from verification.context import Context
from verification.http_api import Client
from verification.postgres import Database, Databases
from verification.python_code import Used
from verification.redis import Redis, redis_server
from verification.report import Once
from verification.servers import LOOPBACK, server


@dataclass(frozen=True)
class Ports:
    """A project has ten of its own."""

    first: int

    @property
    def database(self) -> int:
        return self.first

    @property
    def redis(self) -> int:
        return self.first + 1

    @property
    def mlflow(self) -> int:
        """Of the first project alone."""
        return self.first + 2

    @property
    def api(self) -> int:
        return self.first + 3

    @property
    def worker(self) -> int:
        """Where the metrics of a queue's consumer are."""
        return self.first + 4

    @property
    def prometheus(self) -> int:
        return self.first + 5

    @property
    def spare(self) -> int:
        """Of a server that is stopped while it is needed."""
        return self.first + 6

    @property
    def all(self) -> list[int]:
        return [self.first + offset for offset in range(10)]


def mlflow_server(context: Context, used: Used[Project], port: int) -> Once[str]:
    """For all projects: it takes long to start. Each has models of its own name there."""
    folder = context.memory / "mlflow"
    return Once("MLflow", lambda: context.closing.enter_context(_mlflow(used, port, folder)))


class Services:
    """Each is started when it is first needed, and stopped when all checks have been made."""

    def __init__(
        self,
        context: Context,
        used: Used[Project],
        databases: Databases,
        ports: Ports,
        mlflow_url: Once[str],
    ) -> None:
        name = f"ports {ports.first}"
        closing = context.closing
        scratch = context.memory / f"services-{ports.first}"
        self.ports = ports
        self.database: Once[Database] = Once(
            f"PostgreSQL, {name}",
            lambda: closing.enter_context(databases.server(ports.database)),
        )
        self.redis: Once[Redis] = Once(
            f"Redis, {name}",
            lambda: closing.enter_context(redis_server(ports.redis, scratch / "redis")),
        )
        self.mlflow_url = mlflow_url
        self._used = used

    @property
    def database_url(self) -> str:
        return with_driver(self.database().url)

    def settings(self, *, mlflow: bool = True) -> dict[str, str]:
        """Where a shell of the project's finds them."""
        found = {"DATABASE_URL": self.database_url}
        if "redis" in self._used.project().feature_store:
            found["REDIS_URL"] = self.redis().url
        if mlflow:
            found["MLFLOW_TRACKING_URI"] = self.mlflow_url()
        return found


def with_driver(url: str) -> str:
    """That which the project names in its settings."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def _mlflow(used: Used[Project], port: int, folder: Path) -> Iterator[str]:
    """The server of the project's own dependencies, which knows nothing yet."""
    folder.mkdir(parents=True)
    python = used.python()
    command: Command = [python.parent / "mlflow", "server", "--host", LOOPBACK]
    options = ["--port", str(port), "--workers", "1", "--allowed-hosts", f"{LOOPBACK}:{port}"]
    options += ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db"]
    options += ["--artifacts-destination", str(folder / "artifacts")]
    # What it would run in the background is not asked of it here.
    env = used.project().environment(python, {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"})
    log = folder / "mlflow.log"
    with server([*command, *options], log, cwd=folder, env=env, ports=[port]) as running:
        running.wait_until(partial(Client(port).answers, "/health"), f"MLflow on {port}")
        yield f"http://{LOOPBACK}:{port}"
