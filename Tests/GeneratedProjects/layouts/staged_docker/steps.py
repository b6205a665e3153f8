"""The steps really run: which ports and databases they use, and who has the last word on it."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from layouts.staged_docker.project import Project
from layouts.staged_docker.search import documents, require_answers
from verification.claims import require
from verification.commands import CheckError, Command, run
from verification.postgres import Database, Databases
from verification.python_code import Used
from verification.report import Check
from verification.servers import Server, answers, listening, server

_ROOT = Path("/")


class Steps:
    """The steps of a project, run as by its owner at a shell."""

    def __init__(self, used: Used[Project], databases: Databases, scratch: Path) -> None:
        self._used = used
        self._databases = databases
        self._scratch = scratch

    def checks(self, title: str) -> list[Check]:
        name = "scripts_sh, all steps"
        return [
            Check(f"{name}, DEV{title}", lambda: self.pipeline("DEV", "PROD", {})),
            Check(
                f"{name}, PROD{title}",
                lambda: self.pipeline("PROD", "DEV", {"RUNTIME_ENV": "PROD"}),
            ),
        ]

    def override_checks(self) -> list[Check]:
        name = "override order"
        return [
            Check(f"{name}: env_var_defaults.py alone is PROD", self._defaults_alone),
            Check(f"{name}: the environment beats scripts_sh and defaults", self._environment_wins),
        ]

    @property
    def _project(self) -> Project:
        return self._used.project()

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        return self._project.environment(self._used.python(), settings)

    def _prepare(self, settings: Mapping[str, str]) -> None:
        """All steps but the engine, from another directory than the project's."""
        for step in self._project.numbered_steps[:-1]:
            run([self._project.script(step)], cwd=_ROOT, env=self._environment(settings))

    @contextmanager
    def _engine(self, command: Command, settings: Mapping[str, str], port: int) -> Iterator[Server]:
        """The last step until the block ends; that SIGTERM stops it cleanly is part of it."""
        log = self._scratch / f"{self._project.name}-engine.log"
        env = self._environment(settings)
        with server(command, log, cwd=_ROOT, env=env, ports=[port]) as engine:
            engine.wait_until(lambda: answers(port, "/health"), f"the engine on {port}")
            yield engine
            code = engine.stop()
            if code != 0 or "Traceback" in engine.output:
                raise CheckError(f"SIGTERM ended the engine with {code}\n{engine.output}")

    @property
    def _engine_script(self) -> Command:
        return [self._project.script(self._project.numbered_steps[-1])]

    def pipeline(self, runtime_env: str, other_env: str, settings: Mapping[str, str]) -> str:
        """Servers of both environments are up, and only the one is used."""
        project = self._project
        ids = sorted(document["id"] for document in documents(project))
        others_before = _results(project, other_env)
        with (
            self._databases.server(project.database_port(runtime_env)) as used,
            self._databases.server(project.database_port(other_env)) as unused,
        ):
            with_password = {**settings, "POSTGRES_PASSWORD": used.password}
            for time in ("first", "second"):
                self._prepare(with_password)
                stored = self._stored(used)
                if stored != ids:
                    raise CheckError(f"after the {time} run the database has {stored}")
            if self._stored(unused):
                raise CheckError(f"{runtime_env} wrote to the database of {other_env}")
        made = [path.name for path in _results(project, runtime_env)]
        if made != sorted(f"{step}.jsonl" for step in project.numbered_steps[:-1]):
            raise CheckError(f"the steps of {runtime_env} have left {made}")
        # The engine needs no password.
        port, other_port = project.engine_port(runtime_env), project.engine_port(other_env)
        with self._engine(self._engine_script, settings, port):
            found = require_answers(project, port)
            if listening(other_port):
                raise CheckError(f"something listens on {other_port}, the port of {other_env}")
        if _results(project, other_env) != others_before:
            raise CheckError(f"{runtime_env} wrote into the data of {other_env}")
        return f"{len(project.steps)} steps, {found}, database {used.port}, engine {port}"

    def by_make(self) -> str:
        """`make run`: all steps in order, the engine in the foreground."""
        project = self._project
        port = project.engine_port("DEV")
        with self._databases.server(project.database_port("DEV")) as used:
            settings = {"POSTGRES_PASSWORD": used.password, "DATA_DIR": str(self._scratch / "made")}
            command: Command = ["make", "--no-print-directory", "-C", project.folder, "run"]
            log = self._scratch / f"{project.name}-make-run.log"
            env = project.environment(self._used.python(), settings)
            with server(command, log, cwd=_ROOT, env=env, ports=[port]) as running:
                running.wait_until(lambda: answers(port, "/health"), f"the engine on {port}")
                seen = require_answers(project, port)
                # As Ctrl-C does: the whole group.
                os.killpg(running.pid, signal.SIGINT)
                running.wait()
        require(not listening(port), f"something still listens on {port}")
        return f"{seen}, engine {port}"

    def _stored(self, database: Database) -> list[str]:
        """The ids that the first step has left in its table; no table, no ids."""
        tables = database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        query = f"SELECT id FROM {self._project.table} ORDER BY id"
        return database.query(query) if tables else []

    def _defaults_alone(self) -> str:
        """Python without the scripts and without RUNTIME_ENV."""
        project, python = self._project, self._used.python()
        first, last = project.numbered_steps[0], project.numbered_steps[-1]
        settings = {"PYTHONPATH": str(project.folder / "src")}
        settings |= {"DATA_DIR": str(self._scratch / "defaults")}
        with self._databases.server(project.database_port("PROD")) as used:
            env = self._environment({**settings, "POSTGRES_PASSWORD": used.password})
            run([python, "-m", f"task__{first}.main"], cwd=_ROOT, env=env)
            if not self._stored(used):
                raise CheckError(f"nothing is in the database on {used.port}")
        port = project.engine_port("PROD")
        with self._engine([python, "-m", f"task__{last}.main"], settings, port):
            if listening(project.engine_port("DEV")):
                raise CheckError("the engine listens on its DEV port as well")
        return f"database {used.port}, engine {port}"

    def _environment_wins(self) -> str:
        """As a compose file sets them: over a script and over both defaults."""
        # In the project's block, and nothing of it has that one by default.
        chosen = self._project.port("DEV", 5)
        kinds = {"DEV": {}, "PROD": {"RUNTIME_ENV": "PROD"}}
        with self._databases.server(chosen) as used:
            for name, settings in kinds.items():
                data = str(self._scratch / f"environment-{name}")
                settings |= {"DATABASE_PORT": str(chosen), "ENGINE_PORT": str(chosen)}
                settings |= {"POSTGRES_PASSWORD": used.password, "DATA_DIR": data}
                used.query(f"DROP TABLE IF EXISTS {self._project.table}")
                self._prepare(settings)
                if not self._stored(used):
                    raise CheckError(f"{name}: nothing is in the database on {chosen}")
        for settings in kinds.values():
            with self._engine(self._engine_script, settings, chosen):
                for port in (self._project.engine_port(name) for name in kinds):
                    if listening(port):
                        raise CheckError(f"the engine listens on {port} as well")
        return f"DATABASE_PORT and ENGINE_PORT {chosen}"


def _results(project: Project, runtime_env: str) -> dict[Path, int]:
    """What the steps have left, and when."""
    folder = project.folder / "data" / runtime_env.lower()
    return {path: path.stat().st_mtime_ns for path in sorted(folder.glob("*.jsonl"))}
