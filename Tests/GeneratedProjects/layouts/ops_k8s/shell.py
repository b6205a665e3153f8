"""The project's own commands, as its owner types them at its top."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from layouts.ops_k8s.project import Project
from layouts.ops_k8s.services import Services
from verification.claims import require, require_equal
from verification.commands import Command, Result, run
from verification.python_code import Used
from verification.servers import Server, answers, server


@dataclass(frozen=True)
class Shell:
    """A shell in which the virtual environment is active."""

    used: Used[Project]
    services: Services
    scratch: Path

    @property
    def project(self) -> Project:
        return self.used.project()

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        return self.project.environment(self.used.python(), settings)

    def module(
        self,
        words: str,
        settings: Mapping[str, str],
        *more: str | Path,
        codes: tuple[int, ...] | None = (0,),
        seconds: float = 120,
    ) -> Result:
        """`python -m words`, which some document of the project names."""
        self.require_documented(f"python -m {words}")
        command: Command = [self.used.python(), "-m", *words.split(), *more]
        env = self.environment(settings)
        return run(command, cwd=self.project.folder, env=env, codes=codes, seconds=seconds)

    def require_documented(self, command: str) -> None:
        """By a document, or by the module that it starts."""
        texts = [self.project.readme, self.project.guides]
        for path in sorted((self.project.folder / "src").rglob("*.py")):
            texts.append(path.read_text(encoding="utf-8"))
        known = " ".join("\n".join(texts).replace("\\\n", " ").split())
        require(command in known, f"nothing names `{command}`")

    @contextmanager
    def api(self, settings: Mapping[str, str], name: str) -> Iterator[Server]:
        """The API until the block ends; that SIGTERM stops it cleanly is part of it."""
        port = self.services.ports.api
        self.require_documented("uvicorn src.api.main:app")
        where = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
        command: Command = [self.used.python(), "-m", "uvicorn", "src.api.main:app", *where]
        log = self.scratch / f"{self.project.name}-{name}.log"
        env = self.environment(settings)
        with server(command, log, cwd=self.project.folder, env=env, ports=[port]) as running:
            running.wait_until(lambda: answers(port, "/ready"), f"the API on {port}")
            yield running
            code = running.stop()
            # uvicorn dies of the signal that it was told to stop by, once it has stopped.
            require(code in (0, -15, 143), f"SIGTERM ended the API with {code}\n{running.output}")
            require("Traceback" not in running.output, f"the API's log\n{running.output}")

    @contextmanager
    def worker(self, source: str, settings: Mapping[str, str], name: str) -> Iterator[Server]:
        """A queue's consumer until the block ends, which it leaves in good order."""
        port = self.services.ports.worker
        self.require_documented(f"python -m src.ingestion.worker {source}")
        command: Command = [self.used.python(), "-m", "src.ingestion.worker", source]
        log = self.scratch / f"{self.project.name}-{name}.log"
        env = self.environment({"INGESTION_METRICS_PORT": str(port), **settings})
        with server(command, log, cwd=self.project.folder, env=env, ports=[port]) as running:
            yield running
            require_equal("the worker's exit code", running.stop(seconds=30), 0)
            require("Traceback" not in running.output, f"the worker's log\n{running.output}")
