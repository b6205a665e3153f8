"""The images are really built, and the local compose really runs, as the documents say."""

import json
import re
import shlex
from collections.abc import Sequence
from functools import partial

from layouts.ops_k8s import sample
from layouts.ops_k8s.manifests import Kubernetes
from layouts.ops_k8s.project import IMAGES, Project
from layouts.ops_k8s.services import Ports
from layouts.ops_k8s.workflows import COMPOSE
from verification.claims import require, require_equal
from verification.commands import CheckError, Command, Result, run
from verification.contained import Contained
from verification.containers import Containers
from verification.http_api import Client
from verification.linters import read_yaml
from verification.python_code import Used
from verification.report import Check, Once
from verification.servers import require_free, wait_until
from verification.tools import tool

_SERVERS = ("postgres", "redis")
# What comes to an end by itself, in the order of `depends_on`, which workflows.py has looked at.
_ONCE = ("migrate", "features", "train")
_SECONDS = 180
_PROBE = """
import importlib.util, json, os, pathlib, sys
roots = [pathlib.Path(name) for name in ("/app", "/opt/venv")]
names = [str(path) for root in roots if root.exists() for path in (root, *root.rglob("*"))]
hidden = (".env", ".git", "poetry.lock")
print(json.dumps({
    "python": "%d.%d" % sys.version_info[:2],
    "user": os.getuid(),
    "writable": [name for name in names if os.access(name, os.W_OK)],
    "left": [name for name in names if pathlib.Path(name).name in hidden],
    "unwanted": [name for name in ("/app/tests", "/app/ops", "/opt/venv/bin/poetry")
                 if os.path.exists(name)],
    "groups": [name for name in ("apache_beam", "confluent_kafka", "flask", "sqlmodel")
               if importlib.util.find_spec(name)],
}))
"""
# What tells which groups of dependencies an image has; only MLflow's server needs Flask.
_GROUPS = {
    "api": ["confluent_kafka", "sqlmodel"],
    "beam": ["apache_beam", "sqlmodel"],
    "mlflow": ["flask"],
}


def public_images(project: Project) -> list[str]:
    """Those that compose takes from registries in any case, for which others have to stand in."""
    [compose] = read_yaml(project.folder / COMPOSE[0])
    return sorted(compose["services"][name]["image"] for name in _servers(project))


def _servers(project: Project) -> list[str]:
    return [name for name in _SERVERS if name == "postgres" or name in project.feature_store]


class Stages(Contained[Project]):
    """One project, and the container engine."""

    def __init__(
        self,
        used: Used[Project],
        machine: Once[Containers],
        ports: Ports,
        kubernetes: Kubernetes,
    ) -> None:
        super().__init__(used.project, machine)
        self._used = used
        self._ports = ports
        self._kubernetes = kubernetes
        self.locked = Once("poetry.lock", self._lock)
        self.built = {
            name: Once(f"the image {name}", partial(self._build, name)) for name in IMAGES
        }
        self.started = Once("compose up", self._start)

    def checks(self, images: Once[str]) -> list[Check]:
        return [
            Check("stand-ins for the public images", images),
            Check("poetry.lock, from which images are built", self.locked),
            *(Check(f"image {name}: built, confined", self.built[name]) for name in IMAGES),
            Check("image beam: the pipeline on the sample", self._pipeline),
            Check("compose: migrated, features, trained, ready, predicting", self.started),
            Check("compose: health checks and what Kubernetes will probe", self._health),
            Check("compose: MLflow answers to its names only", self._allowed_hosts),
            Check("compose: hardening", self._hardening),
            Check("compose: the source is mounted and reloaded", self._reload),
            Check("compose: stops cleanly, and keeps the data", self._stop),
        ]

    # Images

    def _lock(self) -> str:
        """By Poetry of the version that the images have."""
        folder = self.project.folder
        text = (folder / "ops/docker/api/Dockerfile").read_text(encoding="utf-8")
        told = run([tool("poetry"), "--version"]).out
        match = re.search(r"poetry==(\S+)", text)
        require(match is not None and match[1] in told, f"the Dockerfile has another than {told}")
        # Poetry takes the Python of the virtual environment that is active.
        env = self.project.environment(self._used.python())
        run([tool("poetry"), "lock"], cwd=folder, env=env, seconds=300)
        locked = (folder / "poetry.lock").read_text(encoding="utf-8").count("[[package]]")
        return f"{locked} packages"

    def _tag(self, name: str) -> str:
        return f"localhost/{self.project.name}-{name}:local"

    def _build(self, name: str) -> str:
        """Stages that images have alike are built once."""
        self.locked()
        folder, tag = self.project.folder, self._tag(name)
        file = f"--file={folder / 'ops/docker' / name / 'Dockerfile'}"
        self.machine.build_with_index(tag, folder, file, "--layers=true")
        command = ["run", "--rm", "--network=none", "--entrypoint=python", tag, "-c", _PROBE]
        told = json.loads(self.machine.podman(*command).out)
        user = told.pop("user")
        expected = {
            "python": self.project.python,
            "writable": [],
            "left": [],
            "unwanted": [],
            "groups": _GROUPS[name],
        }
        require_equal(f"in the image {name}", told, expected)
        require(user != 0, f"{name} runs as root")
        image = json.loads(self.machine.podman("image", "inspect", tag).out)[0]
        require(
            re.fullmatch(r"\d+(:\d+)?", image["Config"]["User"]) is not None,
            f"{name} runs as {image['Config']['User']!r}, which Kubernetes cannot tell from root",
        )
        checked = image.get("Healthcheck", {}).get("Test", ["NONE"]) != ["NONE"]
        require_equal(f"{name} has a health check", checked, name != "beam")
        return f"Python {told['python']}, user {user}, {image['Size'] // 10**6} MB"

    def _pipeline(self) -> str:
        """What the Dockerfile's own comment says, without a network."""
        self.built["beam"]()
        folder = self.project.folder
        text = (folder / "ops/docker/beam/Dockerfile").read_text(encoding="utf-8")
        documented = re.search(r"^#\s+docker run --rm \S+ (.*)$", text, re.MULTILINE)
        words = shlex.split(documented[1]) if documented else []
        require("--output" in words, "the Dockerfile does not say how to run the pipeline")
        output = words[words.index("--output") + 1]
        name = f"{self.project.name}-beam-once"
        limits = ["--network=none", f"--name={name}"]
        self.machine.podman("run", *limits, self._tag("beam"), *words, seconds=_SECONDS)
        copy = folder.parent / "features-of-the-image.csv"
        self.machine.podman("cp", f"{name}:{output}", copy)
        self.machine.podman("rm", name)
        return f"{sample.require_features(folder, copy)} customers"

    # Compose

    def _compose(self, *arguments: str, codes: Sequence[int] | None = (0,)) -> Result:
        """As the documents say: in its folder, with the project's `.env`."""
        command: Command = [self.machine.compose, "--env-file", "../../.env", *arguments]
        folder = (self.project.folder / COMPOSE[0]).parent
        env = self.machine.environment()
        return run(command, cwd=folder, env=env, codes=codes, seconds=_SECONDS)

    def _container(self, service: str) -> str:
        return self.machine.composed(self.project.name, service)

    @property
    def _client(self) -> Client:
        return Client(self._ports.api)

    def _publish(self) -> None:
        """On ports that nothing else on this machine uses; compose itself has them as they are."""
        path = self.project.folder / COMPOSE[1]
        text = path.read_text(encoding="utf-8")
        others = {
            5432: self._ports.database,
            6379: self._ports.redis,
            5000: self._ports.mlflow,
            8000: self._ports.api,
        }
        for inner, other in others.items():
            text = text.replace(f'"127.0.0.1:{inner}:', f'"127.0.0.1:{other}:')
        path.write_text(text, encoding="utf-8")
        require_free(list(others.values()))

    def _start(self) -> str:
        """podman 4.3 waits for nothing to be healthy, so that each service is started in order."""
        for name in IMAGES:
            self.built[name]()
        project = self.project
        run([project.folder / "scripts/setup/create_env.sh"], cwd=project.folder)
        settings = project.folder / ".env"
        require(not settings.stat().st_mode & 0o077, ".env can be read by others")
        self._publish()
        try:
            self._up(*_servers(project), "mlflow")
            for name in (*_servers(project), "mlflow"):
                self.machine.wait_for_health(self._container(name))
            for name in _ONCE:
                self._run_once(name)
            self._up("api")
            wait_until(lambda: self._client.answers("/ready"), "the API")
            return self._require_predictions()
        except (CheckError, TimeoutError) as error:
            log = self._compose("logs", "--tail=20", codes=None).text
            raise CheckError(f"{error}\n{log}") from None

    def _up(self, *services: str) -> None:
        self._compose("up", "-d", "--no-build", "--no-deps", *services)

    def _run_once(self, name: str) -> None:
        self._up(name)
        container = self._container(name)
        self.machine.podman("wait", container, seconds=_SECONDS)
        code = self.machine.state(container)["ExitCode"]
        if code != 0:
            log = self.machine.podman("logs", container).text
            raise CheckError(f"{name} ended with {code}\n{log}")

    def _require_predictions(self) -> str:
        """Over the published port, by the model that was registered."""
        body = {"customer_id": "c001"}
        made = self._client.call("POST", "/v1/predictions", body).require(201).json
        kept = self._client.call("GET", f"/v1/predictions/{made['id']}").require(200).json
        require_equal("the prediction", kept, made)
        require_equal("rows", self._query("SELECT count(*) FROM predictions"), "1")
        model = self._client.call("GET", "/v1/model").require(200).json
        require_equal("the model's version", model["version"], "1")
        require_equal("migrations", self._query("SELECT count(*) FROM alembic_version"), "1")
        return f"probability {made['probability']:.2f} on {self._ports.api}"

    def _query(self, sql: str) -> str:
        ask = ["psql", "-XAtq", "-U", "app", "-d", "app", "-c", sql]
        return self.machine.podman("exec", self._container("postgres"), *ask).out.strip()

    def _health(self) -> str:
        self.started()
        count = 0
        for name, port in (("api", self._ports.api), ("mlflow", self._ports.mlflow)):
            self.machine.wait_for_health(self._container(name))
            for path in self._kubernetes.probed(name):
                require(Client(port).answers(path), f"{name} does not answer {path}")
                count += 1
        return f"{count} paths"

    def _allowed_hosts(self) -> str:
        """The API's name for it is among them, or it would have no model."""
        self.started()
        client = Client(self._ports.mlflow)
        path = "/api/2.0/mlflow/registered-models/search"
        for host, expected in (("mlflow:5000", 200), ("localhost:5000", 200), ("x.example", 403)):
            answer = client.call("GET", path, headers={"Host": host})
            require_equal(f"for {host}", answer.status, expected)
        return "3 names"

    def _hardening(self) -> str:
        """What a service does not need, it does not have."""
        self.started()
        for service in ("api", "migrate", "features", "train"):
            found = json.loads(self.machine.podman("inspect", self._container(service)).out)[0]
            host = found["HostConfig"]
            require_equal(f"{service}: read-only", host["ReadonlyRootfs"], True)
            require(
                "no-new-privileges" in str(host["SecurityOpt"]), f"{service}: {host['SecurityOpt']}"
            )
            require(not found.get("EffectiveCaps"), f"{service} has {found.get('EffectiveCaps')}")
        address = self.machine.published_address(self._container("api"), 8000)
        require_equal("the API's address", address, f"127.0.0.1:{self._ports.api}")
        return "read-only, no privileges"

    def _reload(self) -> str:
        self.started()
        path = self.project.folder / "src/api/main.py"
        before = path.read_text(encoding="utf-8")
        changed, count = re.subn(r'version="[^"]+"', 'version="9.9.9"', before, count=1)
        require(count == 1, "src/api/main.py has no version to change")

        def reloaded() -> bool:
            # Connections are taken before it answers; this one may wait for what went.
            document = self._client.attempt("/openapi.json")
            if document is None or document.status != 200:
                return False
            return bool(document.json["info"]["version"] == "9.9.9")

        path.write_text(changed, encoding="utf-8")
        try:
            wait_until(reloaded, "the changed source")
        finally:
            path.write_text(before, encoding="utf-8")
        return ""

    def _stop(self) -> str:
        """SIGTERM ends each by itself; a second start finds the tables and what is in them."""
        self.started()
        for service in ("api", "mlflow"):
            container = self._container(service)
            self.machine.wait_for_health(container)
            self.machine.podman("stop", "--time", "30", container)
            code = self.machine.state(container)["ExitCode"]
            if code not in (0, 143):
                log = self.machine.podman("logs", "--tail", "20", container).text
                raise CheckError(f"{service} ended with {code}\n{log}")
        self._compose("down")
        self._up("postgres")
        self.machine.wait_for_health(self._container("postgres"))
        self._run_once("migrate")
        require_equal("rows", self._query("SELECT count(*) FROM predictions"), "1")
        self._compose("down", "--volumes")
        return "the prediction is kept"
