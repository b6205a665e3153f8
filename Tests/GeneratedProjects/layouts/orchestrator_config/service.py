"""`run.py` with a library in the place of the real one: what that is given, and what is left."""

import json
import re
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layouts.orchestrator_config.checker import configuration_files
from layouts.orchestrator_config.project import SECRET, Copies, Copy, checks_of, tree
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.http_api import Client
from verification.report import Check, Once
from verification.servers import Server, server

LIBRARY = Path(__file__).with_name("library")
# Where a recorded request of the stand-in, and the configuration that it was given, are.
_CALL, _FILES, _ROUTES = "call.json", "files", "routes.json"


@dataclass(frozen=True)
class Recorded:
    """What the library has seen."""

    folder: Path

    @property
    def call(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads((self.folder / _CALL).read_text(encoding="utf-8"))
        return found

    @property
    def files(self) -> Path:
        return self.folder / _FILES

    @property
    def routes(self) -> list[tuple[str, str]]:
        listed = json.loads((self.folder / _ROUTES).read_text(encoding="utf-8"))
        return [(method, path) for method, path in listed]

    def asked(self) -> list[Mapping[str, Any]]:
        """What other services, feature stores and models were asked."""
        path = self.folder / "asked.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]


@dataclass(frozen=True)
class Running:
    """The service, its record, and the folder for temporary files that it was given."""

    server: Server
    recorded: Recorded
    temporary: Path
    port: int

    @property
    def client(self) -> Client:
        return Client(self.port)

    def left(self) -> list[str]:
        """What is in the folder for temporary files."""
        return sorted(path.name for path in self.temporary.iterdir())


def library_environment(copy: Copy, record: Path, extra: Mapping[str, str]) -> dict[str, str]:
    settings = {
        "PYTHONPATH": str(LIBRARY),
        "STAND_IN_RECORD": str(record),
        "STAND_IN_DATABASE": str(copy.folder / "data/local.db"),
    }
    return copy.environment(settings | dict(extra))


@contextmanager
def running(
    copy: Copy,
    *options: str,
    port: int,
    settings: Mapping[str, str] | None = None,
    command: Sequence[str | Path] = (),
) -> Iterator[Running]:
    """`run.py`, from a folder that is not the project's, until the block ends."""
    work = Path(tempfile.mkdtemp(dir=copy.scratch, prefix="service-"))
    temporary, record = work / "tmp", work / "record"
    temporary.mkdir()
    record.mkdir()
    env = library_environment(copy, record, {"TMPDIR": str(temporary)} | dict(settings or {}))
    arguments: Command = command or copy.command("run.py", *options)
    log = work / "log"
    with server(arguments, log, cwd=copy.scratch, env=env, ports=[port]) as started:
        recorded = Recorded(record)
        started.wait_until((record / _ROUTES).exists, "the library's call")
        client = Client(port)

        def answers() -> bool:
            answer = client.attempt("/nowhere")
            return answer is not None and bool(answer.require(404))

        started.wait_until(answers, "the service")
        yield Running(started, recorded, temporary, port)
        # Whoever ends a service lets it put its things away.
        started.stop()


@dataclass(frozen=True)
class Service:
    """One project's `run.py`, on ports that are its own."""

    copies: Copies
    port: int
    # Whether there are environments, whose files are merged.
    several: bool

    def checks(self, title: str) -> list[Check]:
        copy = Once("a copy to be served", lambda: self.copies.make("served"))
        found: dict[str, Callable[[Copy], str]] = {
            "run.py calls run_server(host, port, reload, config_path)": self._call,
            "run.py without the library: one line, exit code 3": _without_library,
            "run.py does not start what has faults": self._faulty,
            "run.py --reload follows its sources": self._reload,
        }
        if self.several:
            found["the merged copy is private, and gone after any end"] = self._private
        return checks_of(found, copy, title)

    def _call(self, copy: Copy) -> str:
        """By default as in config.yaml; else as the options say."""
        project = copy.project
        with running(copy, port=project.port) as one:
            call = one.recorded.call
            self._require_call(copy, call, "0.0.0.0", project.port)
            require(not call["reload"], "it reloads without being told to")
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--reload"]
        with running(copy, *options, port=self.port) as one:
            self._require_call(copy, one.recorded.call, "127.0.0.1", self.port)
            require(one.recorded.call["reload"] is True, "it does not reload as it was told to")
        for wrong in ("0", "65536", "many", "-1"):
            told = copy.run("run.py", f"--port={wrong}", codes=(2,))
            require("--port" in told.err, f"--port={wrong}: {told.text}")
            require("Traceback" not in told.err, f"a person gets a traceback\n{told.err}")
        return f"{call['host']}:{call['port']}"

    @staticmethod
    def _require_call(copy: Copy, call: Mapping[str, Any], host: str, port: int) -> None:
        require_equal("host and port", (call["host"], call["port"]), (host, port))
        require_equal("CONFIG_PATH", call["CONFIG_PATH"], call["config_path"])
        require(Path(call["config_path"]).is_absolute(), f"config_path {call['config_path']}")
        require(call["logs"], "there is no folder for the logs")
        if not copy.project.several:
            require_equal("config_path", call["config_path"], str(copy.config))

    def _faulty(self, copy: Copy) -> str:
        file = f"{copy.project.base}/config.yaml"
        before = (copy.folder / file).read_text(encoding="utf-8")
        copy.edit(file, "port: ", "prot: ")
        try:
            with tempfile.TemporaryDirectory(dir=copy.scratch) as record:
                env = library_environment(copy, Path(record), {})
                result = run(copy.command("run.py"), cwd=copy.folder, env=env, codes=(1,))
                require(not any(Path(record).iterdir()), "the library is called nevertheless")
        finally:
            (copy.folder / file).write_text(before, encoding="utf-8")
        require(f"{file}:" in result.err, f"it does not say where\n{result.err}")
        return result.err.partition("\n")[0]

    def _reload(self, copy: Copy) -> str:
        """A change takes effect; one with a fault does not, and is told; its repair does."""
        domain = copy.project.simple[0]
        file = f"{copy.project.base}/domains/{domain}.yaml"
        path = copy.folder / file
        before = path.read_text(encoding="utf-8")

        def status(name: str) -> int:
            return one.client.call("GET", f"/orchestrator/{domain}/{name}").status

        options = ["--port", str(self.port), "--reload"]
        with running(copy, *options, port=self.port) as one:
            require_equal("at first", (status("list"), status("recent")), (200, 404))
            path.write_text(before.replace("  list:", "  recent:"), encoding="utf-8")
            one.server.wait_until(lambda: status("recent") == 200, "the change")
            if copy.project.several:
                path.write_text(before.replace("operation: list_", "operation: lost_"), "utf-8")
                one.server.wait_until(lambda: "lost_" in one.server.output, "a complaint")
                require_equal("with a fault", status("recent"), 200)
            path.write_text(before, encoding="utf-8")
            one.server.wait_until(lambda: status("list") == 200, "the repair")
        return "with what has changed"

    def _private(self, copy: Copy) -> str:
        """Whatever the umask is; `${VARIABLES}` stay; SIGTERM, SIGINT, a fault of the library."""
        shell = f'umask 000; exec "$@" --port {self.port}'
        command: Command = ["bash", "-c", shell, "bash", *copy.command("run.py")]
        ends = {signal.SIGTERM: {143, -15}, signal.SIGINT: {130, -2}, signal.SIGHUP: {129, -1}}
        for number, codes in ends.items():
            with running(copy, port=self.port, command=command) as one:
                source = Path(one.recorded.call["config_path"])
                require_equal("its folder", source.parent, one.temporary)
                mode = one.recorded.call["mode"]
                require(mode == 0o700, f"config_path has mode {mode:04o}")
                require_equal("on disk", tree(source), tree(one.recorded.files))
                _require_unresolved(copy, source)
                code = one.server.stop(number)
                require(code in codes, f"{number.name}: it ended with {code}\n{one.server.output}")
                require("Traceback" not in one.server.output, f"{number.name}: {one.server.output}")
                require_equal(f"left behind after {number.name}", one.left(), [])
                _require_no_links(copy)
        # Nothing can be put away then; it is not in the way of the next one.
        with running(copy, port=self.port, command=command) as one:
            one.server.stop(signal.SIGKILL)
        with running(copy, port=self.port, command=command):
            pass
        _require_no_links(copy)
        self._after_a_failure(copy)
        return ", ".join(number.name for number in ends)

    def _after_a_failure(self, copy: Copy) -> None:
        with tempfile.TemporaryDirectory(dir=copy.scratch) as folder:
            record, temporary = Path(folder, "record"), Path(folder, "tmp")
            record.mkdir()
            temporary.mkdir()
            settings = {"TMPDIR": str(temporary), "STAND_IN_FAILURE": "1"}
            env = library_environment(copy, record, settings)
            result = run(copy.command("run.py"), cwd=copy.scratch, env=env, codes=(1,))
            require("a fault of its own" in result.err, f"it hides the fault\n{result.err}")
            require_equal("left behind after a failure", list(temporary.iterdir()), [])
            _require_no_links(copy)


def _require_unresolved(copy: Copy, folder: Path) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml"))
    require(SECRET not in texts, "a secret is written to the disk")
    original = "".join(
        (copy.folder / one).read_text(encoding="utf-8") for one in configuration_files(copy.project)
    )
    for name in set(re.findall(r"\$\{(\w+)\}", texts)):
        require(f"${{{name}}}" in original, f"{name} is no variable of the configuration")
    require("${DOMAIN3_API_KEY}" in texts or "_API_KEY}" in texts, "no variable is left as it was")


def _require_no_links(copy: Copy) -> None:
    dead = [path for path in copy.folder.rglob("*") if path.is_symlink()]
    require(not dead, f"left behind: {dead}")


def _without_library(copy: Copy) -> str:
    """Also where the configuration has faults; checks and scripts work all the same."""
    result = copy.run("run.py", codes=(3,))
    require_equal("lines", len(result.text.splitlines()), 1)
    for word in ("orchestrator_api_service", "pip install", "orchestrator-api-service"):
        require(word in result.err, f"it does not say {word}\n{result.err}")
    copy.run("run.py", "--check")
    copy.run("run.py", "--print-config")
    copy.run("scripts/backup_config.py", "--keep=1")
    copy.run("scripts/init_db.py")
    return result.err.strip()
