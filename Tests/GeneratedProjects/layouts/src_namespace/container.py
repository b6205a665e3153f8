"""The image is really built from `uv.lock` and run, with its secrets from chamber."""

import datetime
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layouts.src_namespace.answers import require_answers
from layouts.src_namespace.entrypoint import quoted
from layouts.src_namespace.project import Project
from layouts.src_namespace.promptness import at_best, require_soon
from verification.claims import require, require_equal
from verification.commands import CheckError, run
from verification.contained import Contained
from verification.containers import Containers
from verification.report import Check, Once
from verification.servers import LOOPBACK, answers, require_free, wait_until
from verification.tools import interpreter, tool

DOCKERFILE = "docker/Dockerfile"
_INNER_PORT = 8000
_BUILD = f"docker build -f {DOCKERFILE} -t {{name}} ."
_PROBE = """
import json, os, pathlib, shutil, sys
names = [str(path) for root in ("/usr/local/bin", "/usr/local/lib", "/opt", "/srv", "/app", "/repo")
         for path in pathlib.Path(root).rglob("*")]
print(json.dumps({
    "python": "%d.%d" % sys.version_info[:2],
    "user": os.getuid(),
    "writable": [name for name in names if os.access(name, os.W_OK)],
    "uv": [name for name in names if pathlib.Path(name).name in ("uv", "uvx")],
    "left": [name for name in names if pathlib.Path(name).name in (
        ".env", ".git", "uv.lock", "Dockerfile", "tests") and "site-packages" not in name],
    "processes": [pathlib.Path(f"/proc/{one}/cmdline").read_text().split("\\0")
                  for one in os.listdir("/proc") if one == "1"],
}))
"""


def public_images(project: Project) -> list[str]:
    """What the Dockerfile takes from registries, but for Python's own image."""
    text = (project.folder / DOCKERFILE).read_text(encoding="utf-8")
    for name, value in re.findall(r"^ARG (\w+)=(\S+)$", text, re.MULTILINE):
        text = text.replace(f"${{{name}}}", value)
    stages = set(re.findall(r"^FROM .* AS (\S+)$", text, re.MULTILINE | re.IGNORECASE))
    named = re.findall(r"^FROM (?:--\S+ )*(\S+)|^COPY (?:--\S+ )*--from=(\S+)", text, re.MULTILINE)
    images = {one for pair in named for one in pair if one} - stages
    return sorted(one for one in images if "library/python:" not in one and one[:7] != "python:")


class Container(Contained[Project]):
    """One project's image, and the container that runs it."""

    def __init__(
        self, project: Once[Project], machine: Once[Containers], scratch: Path, port: int
    ) -> None:
        super().__init__(project, machine)
        self._scratch = scratch
        self._port = port
        self.built = Once("the image", self._build)
        self.started = Once("the container", self._start)

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"the image is built from uv.lock{title}", self.built),
            Check(f"the container gets its secrets from chamber and answers{title}", self.started),
            Check(f"image and health check{title}", self._image),
            Check(f"the container stops within 2 s{title}", lambda: at_best(self._stop)),
            Check(
                f"README's docker run, and a signal while it starts{title}",
                lambda: at_best(self._documented),
            ),
        ]

    @property
    def _tag(self) -> str:
        return f"localhost/{self.project.name}:local"

    def _build(self) -> str:
        """Not without the lock; then with the lock that README's command makes."""
        project, machine = self.project, self.machine
        folder = project.folder
        words = project.documented("docker build")
        require_equal("README's build", words, _BUILD.format(name=project.name).split())
        arguments = [f"--file={folder / DOCKERFILE}"]
        without = machine.build_with_index(self._tag, folder, *arguments, codes=None)
        require(
            without.code != 0 and "uv.lock" in without.text,
            f"without uv.lock the build ended with {without.code}\n{without.text}",
        )
        command = project.documented("uv lock")
        env = project.environment(
            interpreter(project.python).executable, {"UV_PYTHON_DOWNLOADS": "never"}
        )
        run([tool("uv"), *command[1:]], cwd=folder, env=env, seconds=200)
        machine.build_with_index(self._tag, folder, *arguments)
        locked = (folder / "uv.lock").read_text(encoding="utf-8").count("[[package]]")
        return f"{locked} locked packages"

    def _start(self) -> str:
        self.built()
        project, machine = self.project, self.machine
        require_free([self._port])
        secrets = self._scratch / f"chamber-{project.name}"
        file = secrets / project.namespace
        file.parent.mkdir(parents=True)
        # The rest is the image's own: production, and where to listen.
        settings = project.settings(self._port)
        del settings["MODE"], settings["SERVER_PORT"]
        file.write_text(
            "".join(f"{name}={quoted(value)}\n" for name, value in settings.items()),
            encoding="utf-8",
        )
        machine.podman(
            "run",
            "--detach",
            f"--name={project.name}",
            f"--publish={LOOPBACK}:{self._port}:{_INNER_PORT}",
            f"--volume={secrets}:/run/chamber:ro",
            self._tag,
        )
        try:
            wait_until(lambda: answers(self._port, "/ready"), f"the service on {self._port}")
            seen = require_answers(self._port, project)
        except (CheckError, TimeoutError) as error:
            raise CheckError(f"{error}\n{machine.podman('logs', project.name).text}") from None
        log = machine.podman("logs", project.name).text
        expected = f"chamber exec {project.namespace} in {project.region}"
        require(expected in log, f"it does not say `{expected}`\n{log}")
        return seen

    def _image(self) -> str:
        """Python as asked for; no root, no uv, nothing that is writable or not needed."""
        self.started()
        machine, name = self.machine, self.project.name
        told = json.loads(machine.podman("exec", name, "python", "-c", _PROBE).out)
        user, [first] = told.pop("user"), told.pop("processes")
        expected = {"python": self.project.python, "writable": [], "uv": [], "left": []}
        require_equal("in the image", told, expected)
        require(user != 0, "it runs as root")
        require(any(part.endswith(self.project.script) for part in first), f"process 1 is {first}")
        configured = json.loads(machine.podman("image", "inspect", self._tag).out)[0]["Config"]
        require(configured["User"].partition(":")[0].isdigit(), f"user {configured['User']!r}")
        machine.wait_for_health(name)
        return f"Python {told['python']}, user {user}"

    def _stop(self) -> str:
        self.started()
        machine, name = self.machine, self.project.name
        # It runs already, unless it was late before.
        machine.podman("start", name)
        wait_until(lambda: answers(self._port, "/ready"), f"the service on {self._port}")
        machine.podman("kill", "--signal=TERM", name)
        sent = time.time()
        machine.podman("wait", name)
        state = machine.state(name)
        log = machine.podman("logs", name).text
        require(state["ExitCode"] == 0, f"it ended with {state['ExitCode']}\n{log}")
        require_soon(_ended(state) - sent, log)
        return "exit code 0"

    def _documented(self) -> str:
        """With an init, without chamber's secrets; the second time it is stopped as it starts."""
        self.built()
        project, machine = self.project, self.machine
        require_free([self._port])
        words = project.documented("docker run")[2:]
        require_equal("README's image", words.pop(), project.name)
        published = f"{LOOPBACK}:{_INNER_PORT}:{_INNER_PORT}"
        changed = {published: f"{LOOPBACK}:{self._port}:{_INNER_PORT}", "--rm": "--detach"}
        changed[".env"] = str(project.folder / ".env")
        arguments = [changed.get(word, word) for word in words]
        seen = []
        for name, ready in ((f"{project.name}-run", True), (f"{project.name}-starting", False)):
            machine.podman("run", f"--name={name}", *arguments, self._tag)
            if ready:
                wait_until(lambda: answers(self._port, "/ready"), "the service as README says")
            sent = time.time()
            machine.podman("kill", "--signal=TERM", name)
            machine.podman("wait", name)
            state, log = machine.state(name), machine.podman("logs", name).text
            machine.podman("rm", name)
            # Until it has come to the service, the signal has its usual effect.
            codes = (0,) if ready else (0, 143)
            require(state["ExitCode"] in codes, f"it ended with {state['ExitCode']}\n{log}")
            require_soon(_ended(state) - sent, log, seconds=2.5)
            seen.append(str(state["ExitCode"]))
        return f"exit codes {', '.join(seen)}"


def _ended(state: Mapping[str, Any]) -> float:
    moment = re.sub(r"(\.\d{6})\d*", r"\1", state["FinishedAt"])
    return datetime.datetime.fromisoformat(moment).timestamp()
