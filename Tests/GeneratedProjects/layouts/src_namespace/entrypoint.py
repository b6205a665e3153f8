"""docker/bin/entrypoint.sh, run at a shell with a stand-in for `chamber` on PATH."""

import re
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from layouts.src_namespace.promptness import at_best, require_soon
from layouts.src_namespace.service import Service
from verification.claims import require, require_equal
from verification.commands import run
from verification.report import Check
from verification.servers import Server, server
from verification.tools import REPOSITORY

_CHAMBER = REPOSITORY / "Tests/GeneratedProjects/images/chamber"
_SYSTEM = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True)
class Entrypoint:
    """The script, and the service that it starts by way of chamber."""

    service: Service

    def checks(self, title: str) -> list[Check]:
        return [
            Check(
                f"entrypoint.sh: chamber's secrets, signals reach the service{title}",
                lambda: at_best(self._run),
            ),
            Check(f"entrypoint.sh: namespace and region of the environment{title}", self._told),
            Check(f"entrypoint.sh without chamber, and without secrets{title}", self._failing),
        ]

    @property
    def _script(self) -> Path:
        return self.service.project.folder / "docker/bin/entrypoint.sh"

    def _home(self, *, chamber: bool = True) -> Path:
        """A login shell takes PATH from its profile, as that of the image has /usr/local/bin."""
        home = self.service.scratch / f"home-{self.service.project.name}"
        tools = home / "bin"
        if not home.is_dir():
            tools.mkdir(parents=True)
        (tools / "chamber").unlink(missing_ok=True)
        if chamber:
            shutil.copy(_CHAMBER, tools)
        scripts = self.service.used.python().parent
        line = f'export PATH="{tools}:{scripts}:{_SYSTEM}"\n'
        (home / ".bash_profile").write_text(line, encoding="utf-8")
        return home

    def _environment(self, home: Path, extra: Mapping[str, str]) -> dict[str, str]:
        """Nothing that the service demands: all of that comes from chamber."""
        path = f"{home / 'bin'}:{self.service.used.python().parent}:{_SYSTEM}"
        own = {"HOME": str(home), "PATH": path, "CHAMBER_STAND_IN": str(home / "secrets")}
        return self.service.environment(own | dict(extra), complete=False)

    def _write_secrets(self, home: Path, namespace: str) -> None:
        path = home / "secrets" / namespace
        path.parent.mkdir(parents=True, exist_ok=True)
        settings = self.service.settings
        text = "".join(f"{name}={quoted(value)}\n" for name, value in settings.items())
        path.write_text(text, encoding="utf-8")

    @contextmanager
    def _running(self, extra: Mapping[str, str], namespace: str) -> Iterator[Server]:
        home = self._home()
        self._write_secrets(home, namespace)
        log = self.service.scratch / f"{self.service.project.name}-entrypoint.log"
        env = self._environment(home, extra)
        ports = [self.service.port]
        with server([self._script], log, cwd=Path("/"), env=env, ports=ports) as running:
            running.wait_until(self.service.ready, "the service behind entrypoint.sh")
            yield running

    def _run(self) -> str:
        project = self.service.project
        with self._running({}, project.namespace) as running:
            seen = self.service.require_answers()
            # The script and chamber have both become the service.
            command = Path(f"/proc/{running.pid}/cmdline").read_bytes().split(b"\0")
            require(
                any(part.endswith(project.script.encode()) for part in command),
                f"the process is {command}",
            )
            sent = time.monotonic()
            code = running.stop()
            took = time.monotonic() - sent
            require_equal("the exit code", code, 0)
            require_soon(took, running.output)
        expected = f"chamber exec {project.namespace} in {project.region}"
        require(expected in running.output, f"it does not say `{expected}`\n{running.output}")
        return f"{expected}; {seen}"

    def _told(self) -> str:
        """What the environment says comes before the defaults, and so do odd characters."""
        namespace = "projects/other one/staging"
        extra = {"AWS_SECRETS_NAMESPACE": namespace, "CHAMBER_AWS_REGION": "sa-east-1"}
        home = self._home()
        result = run([self._script], cwd=Path("/"), env=self._environment(home, extra), codes=(64,))
        expected = f"chamber exec {namespace} in sa-east-1"
        require(expected in result.text, f"it does not say `{expected}`\n{result.text}")
        # Without chamber's help, the environment itself is what the service has.
        null = {"CHAMBER_SECRET_BACKEND": "null"} | self.service.settings
        log = self.service.scratch / f"{self.service.project.name}-null.log"
        env = self._environment(home, null)
        ports = [self.service.port]
        with server([self._script], log, cwd=Path("/"), env=env, ports=ports) as running:
            running.wait_until(self.service.ready, "the service without secrets")
            require_equal("the exit code", running.stop(signal.SIGINT), 0)
        return expected

    def _failing(self) -> str:
        home = self._home()
        shutil.rmtree(home / "secrets", ignore_errors=True)
        (home / "secrets").mkdir()
        env = self._environment(home, {})
        result = run([self._script], cwd=Path("/"), env=env, codes=(64,))
        require("no secrets at" in result.text, f"chamber's complaint is not seen\n{result.text}")
        home = self._home(chamber=False)
        env = self._environment(home, self.service.settings)
        result = run([self._script], cwd=Path("/"), env=env, codes=None)
        told = re.search(r"chamber.*(not found|missing|not installed)", result.err)
        require(
            result.code != 0 and told is not None,
            f"without chamber it ended with {result.code}\n{result.text}",
        )
        return f"codes 64 and {result.code}"


def quoted(value: str) -> str:
    return "'" + value.replace("'", "'\\''") + "'"
