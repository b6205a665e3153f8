"""The image is really built and both compose files really run, as the project's documents say."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from layouts.tiered.api import (
    Api,
    require_errors,
    require_health,
    require_records,
)
from layouts.tiered.project import Project
from verification.claims import require_equal
from verification.commands import CheckError, Command, Result, environment, run
from verification.contained import Contained
from verification.containers import Containers
from verification.linters import read_yaml
from verification.pip_settings import index_url
from verification.report import Check, Once
from verification.servers import LOOPBACK, answers, listening, require_free, wait_until
from verification.tools import tool

_USER = "container@example.com"
_SERVERS = ("postgres", "redis")
_PROCESSES = ("api", "worker", "consumer", "scheduler")
_DEVELOPMENT = "docker/docker-compose.yml"
_PRODUCTION = "docker/docker-compose.prod.yml"
# What a lock is made to hold although there is something newer.
_OLDER = "idna==3.7"
_PROBE = """
import json, os, pathlib, sys
root = pathlib.Path("/app")
names = [str(path) for path in root.rglob("*")]
print(json.dumps({
    "python": "%d.%d" % sys.version_info[:2],
    "user": os.getuid(),
    "writable": [name for name in (*names, "/app", "/opt/venv") if os.access(name, os.W_OK)],
    "left": [name for name in names if pathlib.Path(name).name.startswith((".env", ".git"))],
    "tests": (root / "tests").exists(),
}))
"""


def lock(project: Project) -> None:
    """`make lock`, held to something older, or nobody could tell that the lock is used."""
    constraint = project.folder.with_name("older.txt")
    constraint.write_text(f"{_OLDER}\n", encoding="utf-8")
    programs = project.folder / ".venv/bin"
    programs.mkdir(parents=True)
    (programs / "uv").symlink_to(tool("uv"))
    settings = {"UV_CONSTRAINT": str(constraint), "UV_INDEX_URL": index_url()}
    run([tool("make"), "lock"], cwd=project.folder, env=environment(settings))
    shutil.rmtree(project.folder / ".venv")


def server_images(project: Project) -> list[str]:
    """The public images that the compose files name, for which others have to stand in."""
    found: set[str] = set()
    for file in (_DEVELOPMENT, _PRODUCTION):
        [compose] = read_yaml(project.folder / file)
        found |= {compose["services"][name]["image"] for name in _SERVERS}
    return sorted(found)


class Stages(Contained[Project]):
    """One project, and the container engine."""

    def __init__(
        self, project: Once[Project], machine: Once[Containers], python: Once[Path]
    ) -> None:
        super().__init__(project, machine)
        self.python = python
        self.started = Once("compose up for production", self._start_production)

    @property
    def port(self) -> int:
        return self.project.port

    def checks(self, images: Once[str]) -> list[Check]:
        return [
            Check("stand-ins for the public images", images),
            Check("docker-compose.prod.yml: built, migrated, answering", self.started),
            Check("docker-compose.prod.yml: image and health checks", self.image),
            Check("docker-compose.prod.yml: worker and consumer work", self.work),
            Check("docker-compose.prod.yml: the image has what is locked", self.locked),
            Check("docker-compose.prod.yml: a backup comes back", self.backup),
            Check("docker-compose.prod.yml: hardening", self.hardening),
            Check("docker-compose.prod.yml: a second up migrates and keeps the data", self.again),
            Check("docker-compose.prod.yml: stops cleanly", self.stop),
            Check("docker-compose.yml: answering, with the source mounted", self.development),
        ]

    def _documents(self) -> str:
        folder = self.project.folder
        paths = [folder / "README.md", *sorted((folder / "docs").rglob("*.md"))]
        return "\n".join(path.read_text(encoding="utf-8") for path in paths)

    def _settings_file(self, file: str) -> str:
        """What the documents say in `docker compose --env-file … -f FILE up`."""
        pattern = rf"docker compose --env-file (\S+) -f {re.escape(file)} up --build"
        found = set(re.findall(pattern, self._documents()))
        if len(found) != 1:
            raise CheckError(f"the documents do not say how to start {file}: {found}")
        return str(found.pop())

    def _compose(self, file: str, *arguments: str, codes: Sequence[int] | None = (0,)) -> Result:
        command: Command = [
            self.machine.compose,
            "--env-file",
            self._settings_file(file),
            "-f",
            file,
            *arguments,
        ]
        env = self.machine.environment()
        return run(command, cwd=self.project.folder, env=env, codes=codes, seconds=400)

    def _container(self, kind: str, service: str) -> str:
        """The name of the one container, running or not, of a service of a compose file."""
        return self.machine.composed(f"{self.project.name}-{kind}", service)

    def _up(self, file: str, kind: str) -> None:
        """`up` in the order of `depends_on`, which files.py has looked at.

        podman 4.3 waits for nothing to be healthy, and starts no container whose dependencies have
        dependencies of their own.
        """
        start = ["up", "-d", "--no-build", "--no-deps"]
        self._compose(file, *start, *_SERVERS)
        for name in _SERVERS:
            self.machine.wait_for_health(self._container(kind, name))
        self._compose(file, *start, "migrate")
        self.machine.podman("wait", self._container(kind, "migrate"), seconds=120)
        migrated = self.machine.state(self._container(kind, "migrate"))["ExitCode"]
        if migrated != 0:
            log = self.machine.podman("logs", self._container(kind, "migrate")).text
            raise CheckError(f"the migrations ended with {migrated}\n{log}")
        self._compose(file, *start, *_PROCESSES)
        wait_until(lambda: answers(self.port, "/health/ready"), f"the service on {self.port}")

    def _start_production(self) -> str:
        """Secrets as documented; built; migrated once; answering on the port, on loopback only."""
        project = self.project
        require_free([self.port])
        self._make_secrets()
        without = self._compose_without_secrets(_PRODUCTION)
        if without.code == 0:
            raise CheckError(f"it starts without secrets\n{without.text}")
        self._compose(_PRODUCTION, "build", "api")
        self._up(_PRODUCTION, "prod")
        address = self.machine.published_address(self._container("prod", "api"), self._inner_port())
        require_equal("published", address, f"{LOOPBACK}:{self.port}")
        api = Api(self.port)
        require_health(api, project)
        api.register(_USER)
        owner = api.login(_USER)
        seen = f"{require_records(owner, project)}, {require_errors(owner, project)}"
        return f"{seen} on {self.port}"

    def _make_secrets(self) -> None:
        """The documents' own commands for `.env.prod`, and for `.env` what README says."""
        text = re.sub(r"\\\n\s*", " ", self._documents())
        written = re.findall(r"^sh -c 'umask 077; printf .*> \.env\.prod'$", text, re.MULTILINE)
        if len(written) != 1:
            raise CheckError("the documents do not say how to make .env.prod")
        for line in written:
            run(["sh", "-euc", line], cwd=self.project.folder)
        secrets = self.project.folder / ".env.prod"
        if secrets.stat().st_mode & 0o077:
            raise CheckError(".env.prod can be read by others")

    def _compose_without_secrets(self, file: str) -> Result:
        env = self.machine.environment()
        command: Command = [self.machine.compose, "-f", file, "config"]
        return run(command, cwd=self.project.folder, env=env, codes=None)

    def _inner_port(self) -> int:
        [compose] = read_yaml(self.project.folder / _PRODUCTION)
        return int(compose["services"]["api"]["ports"][0].rpartition(":")[2])

    def image(self) -> str:
        """The Python that was asked for; not root; nothing writable, no secrets, no tests."""
        self.started()
        container = self._container("prod", "api")
        told = json.loads(self.machine.podman("exec", container, "python", "-c", _PROBE).out)
        user = told.pop("user")
        require_equal(
            "in the image",
            told,
            {"python": self.project.python, "writable": [], "left": [], "tests": False},
        )
        if user == 0:
            raise CheckError("it runs as root")
        for service in ("api", "worker", "consumer"):
            self.machine.wait_for_health(self._container("prod", service))
        return f"Python {told['python']}, user {user}"

    def work(self) -> str:
        """A registration's task is taken by the worker, and its events reach the database."""
        self.started()
        worker = self._container("prod", "worker")

        def taken() -> bool:
            return bool(
                re.search(
                    r"send_welcome_message.*succeeded", self.machine.podman("logs", worker).text
                )
            )

        try:
            wait_until(taken, "a task in the worker's log")
        except TimeoutError as error:
            raise CheckError(f"{error}\n{self.machine.podman('logs', worker).text}") from None

        def stored() -> bool:
            return int(self._query("SELECT count(*) FROM analytics_events")) > 0

        wait_until(stored, "an event in the database")
        self.machine.podman("exec", worker, "python", "-m", "tools.monitoring.check_heartbeat")
        for service in ("worker", "consumer", "scheduler"):
            require_equal(
                f"the {service}'s state",
                self.machine.state(self._container("prod", service))["Status"],
                "running",
            )
        return "a task, and events"

    def _query(self, sql: str) -> str:
        database = self._container("prod", "postgres")
        ask = ["exec", database, "psql", "-XAtq", "-U", "app", "-d", "app", "-c", sql]
        return self.machine.podman(*ask).out.strip()

    def locked(self) -> str:
        """Although there is something newer."""
        self.started()
        lock = (self.project.folder / "requirements.lock").read_text(encoding="utf-8")
        told = self.machine.podman(
            "exec", self._container("prod", "api"), "/opt/venv/bin/pip", "freeze"
        ).out.splitlines()
        installed = {line.lower().replace("_", "-") for line in told}
        wanted = set(re.findall(r"(?m)^([a-z0-9._-]+==[^ ;\\]+) \\$", lock))
        if not wanted or not wanted <= installed or _OLDER not in installed:
            raise CheckError(f"the image lacks {wanted - installed or _OLDER}\n{installed}")
        return f"{len(wanted)} packages, {_OLDER}"

    def backup(self) -> str:
        """Through the database's container: PostgreSQL's programs are needed nowhere else."""
        self.started()
        asked = "SELECT email FROM users ORDER BY id"
        before = self._query(asked)
        self._backup("create")
        self._query("UPDATE users SET email = 'lost'; CREATE TABLE later (id integer)")
        (file,) = (self.project.folder / "backups").glob("*.dump")
        self._backup("restore", str(file), "--replace")
        require_equal("users", self._query(asked), before)
        require_equal("what came later", self._query("SELECT to_regclass('later') IS NULL"), "t")
        return f"{file.stat().st_size} bytes"

    def _backup(self, *arguments: str) -> None:
        through = f"{tool('podman')} exec -i {self._container('prod', 'postgres')}"
        command: Command = [self.python(), "-m", "tools.deployment.backup", "--through", through]
        run([*command, *arguments], cwd=self.project.folder, env=self.machine.environment())

    def hardening(self) -> str:
        """What the service does not need, it does not have."""
        self.started()
        for service in _PROCESSES:
            found = json.loads(
                self.machine.podman("inspect", self._container("prod", service)).out
            )[0]
            host = found["HostConfig"]
            require_equal(f"{service}: read-only", host["ReadonlyRootfs"], True)
            if "no-new-privileges" not in str(host["SecurityOpt"]):
                raise CheckError(f"{service} may gain privileges: {host['SecurityOpt']}")
            if found.get("EffectiveCaps") or found.get("BoundingCaps"):
                raise CheckError(f"{service} has capabilities: {found['BoundingCaps']}")
        return "read-only, no privileges"

    def again(self) -> str:
        """A restart of everything: the same data, and the migrations find nothing to do."""
        self.started()
        version = self._query("SELECT version_num FROM alembic_version")
        self._compose(_PRODUCTION, "down")
        self._up(_PRODUCTION, "prod")
        require_equal("version", self._query("SELECT version_num FROM alembic_version"), version)
        Api(self.port).login(_USER)
        return version

    def stop(self) -> str:
        """SIGTERM ends each process by itself; then compose takes everything away."""
        self.started()
        for service in _PROCESSES:
            container = self._container("prod", service)
            # Process 1 ignores a signal that it does not handle yet.
            self.machine.wait_for_health(container)
            # What compose grants the worker: its connections may time out one after the other.
            self.machine.podman("stop", "--time", "60", container)
            code = self.machine.state(self._container("prod", service))["ExitCode"]
            if code == 137:
                log = self.machine.podman("logs", "--tail", "20", container).text
                raise CheckError(f"{service} had to be killed after 60 s\n{log}")
            require_equal(f"{service}'s exit code", code in (0, 143), True)
        self._compose(_PRODUCTION, "down", "--volumes")
        if listening(self.port):
            raise CheckError(f"something still listens on {self.port}")
        return "exit codes 0"

    def development(self) -> str:
        """`.env` as README makes it; a change of the source is there without a new image."""
        self.started()
        project = self.project
        for line in project.documented_commands():
            if line.startswith(("cp ", "sh ")):
                run(["bash", "-c", line], cwd=project.folder)
        settings = project.folder / ".env"
        text = settings.read_text(encoding="utf-8")
        if not re.search(r"^#?POSTGRES_PASSWORD=", text, re.MULTILINE):
            raise CheckError(".env.example does not have POSTGRES_PASSWORD, which compose needs")
        changed = re.sub(
            r"(?m)^#?POSTGRES_PASSWORD=.*$", "POSTGRES_PASSWORD=0123456789abcdef", text
        )
        settings.write_text(changed, encoding="utf-8")
        try:
            self._up(_DEVELOPMENT, "dev")
            api = Api(self.port)
            api.register(_USER)
            seen = require_records(api.login(_USER), project)
            self._require_reload(api)
            self.machine.wait_for_health(self._container("dev", "api"))
        except (CheckError, TimeoutError) as error:
            log = self._compose(_DEVELOPMENT, "logs", codes=None).text
            raise CheckError(f"{error}\n{log}") from None
        finally:
            self._compose(_DEVELOPMENT, "down", "--volumes", codes=None)
            settings.unlink()
        return seen

    def _require_reload(self, api: Api) -> None:
        path = self.project.folder / "src/app.py"
        before = path.read_text(encoding="utf-8")
        changed = before.replace('version="0.1.0"', 'version="0.2.0"')
        if changed == before:
            raise CheckError("src/app.py has no version to change")
        path.write_text(changed, encoding="utf-8")

        def reloaded() -> bool:
            document = api.attempt("/openapi.json")
            if document is None or document.status != 200:
                return False
            return bool(document.json["info"]["version"] == "0.2.0")

        try:
            wait_until(reloaded, "the changed source")
        finally:
            path.write_text(before, encoding="utf-8")
