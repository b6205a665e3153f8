"""From the sample to predictions: pipeline, training, registry, service, each as documented."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from layouts.ops_k8s import sample
from layouts.ops_k8s.keys import require_keys
from layouts.ops_k8s.predictions import require_all, require_same
from layouts.ops_k8s.services import with_driver
from layouts.ops_k8s.shell import Shell
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.http_api import Client
from verification.postgres import Databases
from verification.redis import redis_server
from verification.report import Check, Once
from verification.servers import answers, get_json, wait_until

FEATURES = "data/processed/features.csv"
PIPELINE = f"src.feature_engineering.pipeline --input data/samples/events.csv --output {FEATURES}"


class Journey:
    """One project's way; each step needs those before it."""

    def __init__(self, shell: Shell, databases: Databases, model: str) -> None:
        self._model = model
        self._shell = shell
        self._databases = databases
        self.migrated = Once("the migration", self._migrate)
        self.features = Once("the pipeline", self._compute_features)
        self.trained = Once("the training", self._train)
        self.registered = Once("the registration", self._register)

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"tables are migrated, and need a database{title}", self.migrated),
            Check(f"alembic finds no difference, and writes a migration{title}", self._revise),
            Check(f"Beam pipeline on the sample{title}", self.features),
            Check(f"training{title}", self.trained),
            Check(f"registered in a real MLflow, promoted{title}", self.registered),
            Check(f"served from the registry, predictions over HTTP{title}", self._serve),
            Check(f"who has no key is refused{title}", self._keys),
            Check(f"what does not answer is told{title}", self._outage),
        ]

    @property
    def _folder(self) -> Path:
        return self._shell.project.folder

    def _migrate(self) -> str:
        shell = self._shell
        settings = shell.services.settings(mlflow=False)
        for _ in range(2):
            shell.module("src.database.migrate", settings)
        tables = shell.services.database().query(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' ORDER BY table_name"
        )
        require({"customer_events", "predictions"} <= set(tables), f"tables: {tables}")
        sources = shell.project.ingestion
        require_equal("checkpoints", "kinesis_checkpoints" in tables, "kinesis" in sources)
        stored = "postgres" in shell.project.feature_store
        require_equal("features", "features" in tables, stored)
        refused = shell.module("src.database.migrate", {}, codes=(1,))
        require("database_url" in refused.text.lower(), f"without a database\n{refused.text}")
        return f"{len(tables)} tables"

    def _revise(self) -> str:
        """The guide's own command, in a copy: first with nothing to do, then with a new column."""
        self.migrated()
        shell = self._shell
        copy = shell.scratch / f"{shell.project.name}-revised"
        shutil.copytree(self._folder, copy, ignore=shutil.ignore_patterns(".git"))
        alembic: Command = [shell.used.python(), "-m", "alembic"]
        shell.require_documented("alembic revision --autogenerate -m")
        revise: Command = [*alembic, "revision", "--autogenerate", "-m", "add a column"]
        env = shell.environment(shell.services.settings(mlflow=False))
        run([*alembic, "check"], cwd=copy, env=env)
        models = copy / "src/database/models.py"
        text = models.read_text(encoding="utf-8")
        changed = text.replace(
            "    churn: bool\n", "    churn: bool\n    note: str | None = None\n"
        )
        require(changed != text, "models.py has no column `churn`")
        models.write_text(changed, encoding="utf-8")
        run([*alembic, "check"], cwd=copy, env=env, codes=(1, 255))
        before = set((copy / "src/database/migrations/versions").glob("*.py"))
        run(revise, cwd=copy, env=env)
        [made] = set((copy / "src/database/migrations/versions").glob("*.py")) - before
        written = made.read_text(encoding="utf-8")
        require('"note"' in written and "add_column" in written, f"it wrote\n{written}")
        return made.name

    def _compute_features(self) -> str:
        """On the sample; then on that with an event twice and lines that are none."""
        self.migrated()
        shell = self._shell
        project = shell.project
        customers = 0
        for number, backend in enumerate(project.feature_store):
            settings = {
                **shell.services.settings(mlflow=False),
                "FEATURE_STORE_BACKEND": backend,
            }
            output = self._folder / FEATURES
            if number == 0:
                shell.module(PIPELINE, settings, "--feature-store")
            else:
                source = self._with_faults()
                output = shell.scratch / f"{project.name}-features.csv"
                words = PIPELINE.partition(" ")[0]
                more = ["--input", f"{source}/*.csv", "--output", str(output), "--feature-store"]
                shell.module(words, settings, *more)
                [rejected] = (
                    output.with_name(f"{output.name}.rejected.jsonl")
                    .read_text(encoding="utf-8")
                    .splitlines()
                )
                require("teleport" in rejected, f"rejected is {rejected}")
            customers = sample.require_features(self._folder, output)
            require_equal(f"rows in {backend}", self._stored(backend), customers)
        return f"{customers} customers, {', '.join(project.feature_store)}"

    def _with_faults(self) -> Path:
        folder = self._shell.scratch / f"{self._shell.project.name}-events"
        folder.mkdir()
        shutil.copy(self._folder / "data/samples/events.csv", folder)
        header, first, *_ = (folder / "events.csv").read_text(encoding="utf-8").splitlines()
        wrong = "x1,c001,teleport,0,2026-02-01T00:00:00Z"
        (folder / "more.csv").write_text(f"{header}\n{first}\n{wrong}\n", encoding="utf-8")
        return folder

    def _stored(self, backend: str) -> int:
        services = self._shell.services
        if backend == "redis":
            return int(services.redis().ask("DBSIZE")[0])
        return int(services.database().query("SELECT count(*) FROM features")[0])

    def _train(self) -> str:
        """Twice the same, from the pipeline's output and from the sample itself."""
        self.features()
        shell = self._shell
        seen = []
        for arguments in (["--features", FEATURES], []):
            shell.module("src.models.training.train", {}, *arguments)
            seen.append(self._metrics())
        require_equal("metrics of the second training", seen[1], seen[0])
        require(seen[0]["roc_auc"] >= 0.75, f"metrics: {seen[0]}")
        card = (self._folder / "model_artifacts/model_card.md").read_text(encoding="utf-8")
        for name in (self._folder / "model_artifacts/features.txt").read_text().split("\n"):
            require(name.startswith("#") or name in card, f"the model card lacks {name}")
        require(any((self._folder / "model_cache/churn").iterdir()), "there is no model")
        return f"ROC AUC {seen[0]['roc_auc']:.3f}"

    def _metrics(self) -> dict[str, float]:
        path = self._folder / "model_artifacts/metrics.json"
        found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def _register(self) -> str:
        """Three versions: the second is promoted as the challenger, then the first by number."""
        self.trained()
        shell = self._shell
        settings = {**shell.services.settings(), "MODEL_NAME": self._model}
        for number in ("1", "2"):
            shell.module("src.models.training.train --register", settings)
            require_equal("the challenger", self._version("challenger"), number)
        shell.module("src.models.registry promote", settings)
        require_equal("the champion", self._version("champion"), "2")
        promote = "src.models.registry promote --version"
        shell.module("src.models.registry promote", settings, "--version", "1")
        require_equal("the champion", self._version("champion"), "1")
        refused = shell.module(
            "src.models.registry promote", settings, "--version", "9", codes=None
        )
        require(refused.code != 0, f"`{promote} 9` ended with 0")
        return "champion is version 1"

    def _version(self, alias: str) -> str:
        query = urlencode({"name": self._model, "alias": alias})
        path = f"/api/2.0/mlflow/registered-models/alias?{query}"
        port = int(self._shell.services.mlflow_url().rpartition(":")[2])
        return str(get_json(port, path)[1]["model_version"]["version"])

    def _serve(self) -> str:
        """With every feature store in turn, which all give the same."""
        self.registered()
        shell = self._shell
        seen: list[dict[str, float]] = []
        told = ""
        for backend in shell.project.feature_store:
            settings = {
                **shell.services.settings(),
                "MODEL_URI": f"models:/{self._model}@champion",
                "FEATURE_STORE_BACKEND": backend,
            }
            with shell.api(settings, f"api-{backend}"):
                client = Client(shell.services.ports.api)
                if not told:
                    told = require_all(client, shell, (self._model, "1"), self._metrics())
                seen.append(require_same(client, self._folder))
        for other in seen[1:]:
            sample.require_alike("another feature store", other, seen[0])
        return f"{told}; {', '.join(shell.project.feature_store)}"

    def _keys(self) -> str:
        self.trained()
        shell = self._shell
        backend = shell.project.feature_store[0]
        settings = shell.services.settings(mlflow=False)
        return require_keys(shell, {**settings, "FEATURE_STORE_BACKEND": backend})

    def _outage(self) -> str:
        """A server that goes away and comes back, with the model that was trained here."""
        self.trained()
        shell = self._shell
        backend = shell.project.feature_store[0]
        settings = {
            **shell.services.settings(mlflow=False),
            "FEATURE_STORE_BACKEND": backend,
            "MLFLOW_TRACKING_URI": "http://127.0.0.1:9",
        }
        port = shell.services.ports.api
        client = Client(port)
        lost = "feature_store" if backend == "redis" else "database"
        with ExitStack() as servers:
            settings |= servers.enter_context(self._spare(backend))
            with shell.api(settings, "outage"):
                model = client.call("GET", "/v1/model").require(200).json
                require_equal("the model's version", model["version"], "local")
                servers.close()
                ready = client.call("GET", "/ready").require(503).json
                require(ready["checks"][lost] is False, f"/ready answers {ready}")
                client.call("GET", "/health").require(200)
                body = {"customer_id": "c001"}
                refused = client.call("POST", "/v1/predictions", body).require(503).json
                code = refused["error"]["code"]
                require(code.endswith("_unavailable"), f"without {lost}: {code}")
                with self._spare(backend):
                    wait_until(lambda: answers(port, "/ready"), f"ready with {lost} again")
        return f"without {lost}: {code}, ready again with it"

    @contextmanager
    def _spare(self, backend: str) -> Iterator[Mapping[str, str]]:
        """A server that may be stopped, and how a service finds it."""
        services = self._shell.services
        if backend == "redis":
            folder = self._shell.scratch / "spare-redis"
            with redis_server(services.ports.spare, folder) as redis:
                yield {"REDIS_URL": redis.url}
        else:
            with self._databases.server(services.ports.spare) as database:
                yield {"DATABASE_URL": with_driver(database.url)}
