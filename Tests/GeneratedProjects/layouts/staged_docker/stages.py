"""The compose files really run and the images are really built, by the project's own runners."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from layouts.staged_docker.project import DATABASE_NAME, DATABASE_USER, Project
from layouts.staged_docker.search import documents, require_answers
from verification.claims import require, require_equal
from verification.commands import CheckError, Command, Result, environment, run
from verification.contained import Contained
from verification.containers import Containers
from verification.postgres import Database
from verification.report import Check, Once
from verification.servers import answers, get_json, listening, require_free, wait_until
from verification.tools import tool

# What a lock is made to hold although there is something newer.
OLDER = "idna==3.7"
# Whoever owns a project is rarely root.
_OWNER = 1000


class Stages(Contained[Project]):
    """One project, and the container engine that its runners are told to use."""

    def __init__(self, project: Once[Project], machine: Once[Containers]) -> None:
        super().__init__(project, machine)
        # Whichever check comes first has the runner build and start everything.
        self.started = Once("03_workflow", self._workflow)

    @property
    def port(self) -> int:
        return self.project.engine_port("PROD")

    def runner(
        self, path: str, *arguments: str, codes: Sequence[int] | None = (0,), **settings: str
    ) -> Result:
        """Runs one of runners/ as the owner would, from another directory."""
        env = self.machine.environment({"COMPOSE": str(self.machine.compose)} | settings)
        command: Command = [self.project.folder / "runners" / path, *arguments]
        return run(command, cwd=Path("/"), env=env, codes=codes, seconds=400)

    def compose(
        self, files: Sequence[str | Path], *arguments: str, codes: Sequence[int] | None = (0,)
    ) -> Result:
        chosen: list[str | Path] = []
        for file in files:
            chosen += ["-f", self.project.folder / file]
        command: Command = [self.machine.compose, *chosen, *arguments]
        return run(command, cwd=self.project.folder, env=self.machine.environment(), codes=codes)

    def container(self, kind: str, service: str) -> str:
        """The name of the one container that runs for a service of a compose file."""
        return self.machine.composed(f"{self.project.name}-{kind}", service)

    def require_answer(self) -> str:
        """The engine is published on loopback only, and serves what the input has."""
        address = self.machine.published_address(self.container("prod", "engine"), self.port)
        if address != f"127.0.0.1:{self.port}":
            raise CheckError(f"published on {address}, expected 127.0.0.1:{self.port}")
        return require_answers(self.project, self.port)

    # The checks

    @contextmanager
    def _development(self) -> Iterator[str]:
        """The database of docker-compose.dev.yml, and the name of its container."""
        port, file = self.project.database_port("DEV"), "docker-compose.dev.yml"
        require_free([port])
        self.compose([file], "up", "-d")
        try:
            container = self.container("dev", "database")
            self.machine.wait_for_health(container)
            yield container
        finally:
            self.compose([file], "down", "--volumes")
        if listening(port):
            raise CheckError(f"something still listens on {port}")

    def dev_database(self, python: Path) -> str:
        """As in README: compose starts the database alone, and scripts run against it."""
        project, port = self.project, self.project.database_port("DEV")
        with self._development() as container:
            address = self.machine.published_address(container, port)
            if address != f"127.0.0.1:{port}":
                raise CheckError(f"published on {address}, expected 127.0.0.1:{port}")
            listed = self.machine.podman("container", "ls").out
            stateless = [line for line in listed.splitlines() if ":30" in line]
            if len(stateless) != 1 or container not in stateless[0]:
                raise CheckError(f"`container ls | grep :30` has\n{listed}")
            script = project.script(project.numbered_steps[0])
            done = run([script], cwd=Path("/"), env=project.environment(python))
        return (done.err.strip().splitlines() or [""])[-2].partition("INFO ")[2]

    def backups(self, python: Path) -> str:
        """What is lost comes back, and a backup that is damaged changes nothing."""
        project, folder = self.project, self.project.folder
        env = self.machine.environment({"COMPOSE": str(self.machine.compose)})

        def script(name: str, *arguments: str | Path, codes: Sequence[int] = (0,)) -> Result:
            command: Command = [folder / "scripts_db" / name, *arguments]
            return run(command, cwd=Path("/"), env=env, codes=codes)

        database = Database(
            project.database_port("DEV"), DATABASE_USER, DATABASE_NAME, project.password
        )
        query = "SELECT id, title, body, changed_at FROM documents ORDER BY id"
        with self._development():
            first = project.script(project.numbered_steps[0])
            run([first], cwd=Path("/"), env=project.environment(python))
            known = database.query(query)
            backup = Path(script("backup.sh").out.strip())
            if backup.parent != folder / "backups" or not known:
                raise CheckError(f"{len(known)} documents are backed up to {backup}")
            for loss in ("DELETE FROM documents", "DROP TABLE documents"):
                database.query(f"{loss}; CREATE TABLE IF NOT EXISTS owned (id int)")
                script("restore.sh", backup)
                require_equal(f"after {loss} and a restore", database.query(query), known)
                require_equal("rows of another table", database.query("SELECT * FROM owned"), [])
            database.query("UPDATE documents SET title = 'changed'")
            changed = database.query(query)
            damaged = backup.with_name("damaged.dump")
            damaged.write_bytes(backup.read_bytes()[:-40])
            refused = script("restore.sh", damaged, codes=(1,))
            require("pg_restore failed" in refused.err, refused.text)
            require_equal("after a restore that failed", database.query(query), changed)
        left = sorted(path.name for path in backup.parent.iterdir())
        refused = script("backup.sh", codes=(1,))
        require("has to run" in refused.err, refused.text)
        require_equal("backups", sorted(path.name for path in backup.parent.iterdir()), left)
        return f"{len(known)} documents"

    def _workflow(self) -> str:
        """The end-to-end runner builds all three images and leaves the engine running."""
        if not self.machine.running():
            require_free([self.port])
        done = self.runner("03_workflow/run-workflow.sh")
        seen = self.require_answer()
        left = [name for name in self.machine.running() if "stage" in name and self._is_mine(name)]
        if left:
            raise CheckError(f"containers of earlier stages still run: {left}\n{done.text}")
        return f"{seen} on {self.port}"

    def _is_mine(self, container: str) -> bool:
        return container.startswith(f"{self.project.name}-")

    def image(self) -> str:
        """What runs: the Python that was asked for, not root, no secrets, nothing writable."""
        self.started()
        container = self.container("prod", "engine")
        probe = (
            "import json, os, pathlib, sys\n"
            "root = pathlib.Path('/app')\n"
            "names = [str(path) for path in root.rglob('*')]\n"
            "writable = [name for name in names if os.access(name, os.W_OK)]\n"
            "print(json.dumps({'python': '%d.%d' % sys.version_info[:2], 'user': os.getuid(),\n"
            "  'runtime_env': os.environ.get('RUNTIME_ENV'), 'names': names,\n"
            "  'secrets': [key for key in os.environ if 'PASSWORD' in key],\n"
            "  'writable': writable}))\n"
        )
        told = json.loads(self.machine.podman("exec", container, "python", "-c", probe).out)
        expected = {"python": self.project.python, "runtime_env": "PROD", "secrets": []}
        expected["writable"] = []
        wrong = {key: told[key] for key, value in expected.items() if told[key] != value}
        if wrong or told["user"] == 0:
            raise CheckError(f"in the image: {wrong or 'it runs as root'}")
        if any(Path(name).name == ".env" for name in told["names"]):
            raise CheckError("the secrets are in the image")
        self.machine.wait_for_health(container)
        return f"Python {told['python']}, user {told['user']}"

    def versions(self) -> str:
        """All images of a project have the Python that was asked for."""
        self.started()
        name, asked = self.project.name, self.project.python
        for kind in ("prepare", "data", "engine"):
            run_once = ["run", "--rm", "--network=none", "--entrypoint=python"]
            image = f"localhost/{name}-{kind}:local"
            told = self.machine.podman(*run_once, image, "--version").out
            if not told.startswith(f"Python {asked}."):
                raise CheckError(f"{image} has {told.strip()}, asked was {asked}")
        return f"Python {asked} in three images"

    def compose_overrides(self, work: Path) -> str:
        """A compose file has the last word: over the script's default and over Python's."""
        self.started()
        chosen = self.port + 5
        require_free([chosen])
        override = work / f"override-{self.project.name}.yml"
        override.write_text(
            "services:\n  engine:\n"
            f'    environment:\n      ENGINE_PORT: "{chosen}"\n'
            f'    ports: ["127.0.0.1:{chosen}:{chosen}"]\n',
            encoding="utf-8",
        )
        files: Command = ["docker-compose.prod.yml", override]
        self.compose(files, "up", "-d", "--force-recreate", "engine")
        try:
            self._wait_for_answer(chosen)
            self.machine.wait_for_health(self.container("prod", "engine"))
        finally:
            self.compose(files, "down")
        self.compose(files[:1], "up", "-d", "engine")
        self._wait_for_answer(self.port)
        return f"ENGINE_PORT {chosen}, then {self.port} again"

    def _wait_for_answer(self, port: int) -> None:
        wait_until(lambda: answers(port, "/health"), f"the engine on {port}")

    def stop(self) -> str:
        """SIGTERM ends it at once and cleanly; then compose takes everything away."""
        self.started()
        container = self.container("prod", "engine")
        self.machine.podman("stop", "--time", "8", container)
        code = self.machine.state(container)["ExitCode"]
        if code != 0:
            raise CheckError(f"it ended with {code} (137: killed after 8 s)")
        self.compose(["docker-compose.prod.yml"], "down", "--volumes")
        if listening(self.port):
            raise CheckError(f"something still listens on {self.port}")
        return "exit code 0"

    def locked(self) -> str:
        """The images have what their locks say, although there is something newer."""
        self.started()
        folder = self.project.folder / "docker_build"
        seen = 0
        for stage, image, pip in (
            ("Dockerfile_stage1", "prepare", "pip"),
            ("Dockerfile_stage3", "engine", "/opt/venv/bin/pip"),
        ):
            lock = (folder / stage / "requirements.lock").read_text(encoding="utf-8")
            wanted = set(re.findall(r"^([a-z0-9._-]+==[^ ;\\]+)(?: \\)?$", lock, re.M))
            name = f"localhost/{self.project.name}-{image}:local"
            run_once = ["run", "--rm", "--network=none", f"--entrypoint={pip}"]
            told = self.machine.podman(*run_once, name, "freeze").out.splitlines()
            missing = wanted - {line.lower().replace("_", "-") for line in told}
            if not wanted or missing:
                raise CheckError(f"{name} lacks {missing or 'a lock'}\n{told}")
            seen += len(wanted)
        require(f"{OLDER}\n" in "\n".join(told) + "\n", f"{OLDER} is not in {told}")
        return f"{seen} packages, {OLDER}"

    def replace(self) -> str:
        """Another input and --replace: the running engine is replaced by one that has it."""
        self.started()
        path = self.project.input_file
        before = documents(self.project)
        lines = [json.dumps(document) for document in before[1:]]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.runner("03_workflow/run-workflow.sh", "--replace")
        seen = self.require_answer()
        status, health = get_json(self.port, "/health")
        if status != 200 or health["documents"] != len(before) - 1:
            raise CheckError(f"/health answers {status}: {health}")
        return f"{seen} of {len(before)}"

    def owner(self) -> str:
        """What the containers write into the project belongs to its owner."""
        self.started()
        made = list((self.project.folder / "data/prod").glob("*.jsonl"))
        foreign = [path.name for path in made if path.stat().st_uid != _OWNER]
        if not made or foreign:
            raise CheckError(f"{made} were made, of which {foreign} belong to somebody else")
        return f"{len(made)} files"

    def failing(self) -> str:
        """Without a password, and with an input that is wrong, the runner says so and stops."""
        secret = self.project.folder / ".env"
        kept = secret.read_text(encoding="utf-8")
        without = re.sub(r"(?m)^(POSTGRES_PASSWORD=).*$", r"\1", kept)
        secret.write_text(without, encoding="utf-8")
        try:
            result = self.runner("03_workflow/run-workflow.sh", codes=None)
        finally:
            secret.write_text(kept, encoding="utf-8")
        if result.code == 0 or "POSTGRES_PASSWORD" not in result.err:
            raise CheckError(f"without a password it ended with {result.code}\n{result.text}")
        path = self.project.input_file
        path.write_text("not JSON\n", encoding="utf-8")
        result = self.runner("03_workflow/run-workflow.sh", codes=None)
        if result.code == 0 or "documents.jsonl:1" not in result.text:
            raise CheckError(f"with a wrong input it ended with {result.code}\n{result.text}")
        if "stage 2" in result.err.partition("documents.jsonl:1")[2]:
            raise CheckError(f"it went on after stage 1 had failed\n{result.text}")
        return "no password, wrong input"


def lock(project: Project, work: Path) -> None:
    """`make lock`, held to something older, or nobody could tell that the lock is used."""
    constraint = work / "older.txt"
    constraint.write_text(f"{OLDER}\n", encoding="utf-8")
    programs = project.folder / ".venv/bin"
    programs.mkdir(parents=True)
    (programs / "uv").symlink_to(tool("uv"))
    told = {name: value for name, value in os.environ.items() if name.startswith("UV_")}
    env = environment({**told, "UV_CONSTRAINT": str(constraint)})
    run(["make", "lock"], cwd=project.folder, env=env)
    shutil.rmtree(project.folder / ".venv")


def hand_over(project: Project) -> None:
    """Makes the project belong to somebody who is not root, where this run may do that."""
    if os.geteuid() == 0:
        for path in (project.folder, *project.folder.rglob("*")):
            os.chown(path, _OWNER, _OWNER, follow_symlinks=False)


def checks(
    first: Stages, second: Stages, python: Once[Path], work: Path, images: Once[str]
) -> list[Check]:
    """Two projects, the second started beside the first."""
    both = "two projects side by side"
    return [
        Check("stand-ins for the public images", images),
        Check("docker-compose.dev.yml and scripts_sh", lambda: first.dev_database(python())),
        Check("backup and restore", lambda: first.backups(python())),
        Check("03_workflow builds and starts the first project", first.started),
        Check("image and health check of the first project", first.image),
        Check("03_workflow builds and starts the second project", second.started),
        Check("image and health check of the second project", second.image),
        Check(f"{both}: both answer", lambda: _both(first, second)),
        Check("Python of the first project's images", first.versions),
        Check("Python of the second project's images", second.versions),
        Check("images of the second project are as locked", second.locked),
        Check("files of the second project keep their owner", second.owner),
        Check(
            "override order: compose beats scripts_sh and defaults",
            lambda: first.compose_overrides(work),
        ),
        Check("03_workflow --replace with another input", first.replace),
        Check("the engine's container stops cleanly", first.stop),
        Check(f"{both}: the second goes on alone", lambda: _alone(second)),
        Check("03_workflow stops at the first failure", first.failing),
    ]


def _both(first: Stages, second: Stages) -> str:
    first.started()
    second.started()
    return f"{first.require_answer()} and {second.require_answer()}"


def _alone(second: Stages) -> str:
    second.started()
    return second.require_answer()
