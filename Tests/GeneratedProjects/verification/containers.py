"""Containers without a daemon: podman with state of the verification's own.

Images are kept in .build/verification/containers between runs, and nothing else is; none of it
meets what the machine's own podman has.
"""

import contextlib
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verification import pip_settings
from verification.commands import CheckError, NotVerifiedError, Result, environment, run
from verification.servers import wait_until
from verification.tools import STATE, tool

_STORAGE = """\
[storage]
driver = "overlay"
graphroot = "{images}"
runroot = "{state}/run"
[storage.options.overlay]
skip_mount_home = "true"
"""

# crun and its cgroups ask more of the machine than runc does; the limits are runc's.
_CONTAINERS = """\
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "{state}/tmp"
[network]
network_backend = "netavark"
network_config_dir = "{state}/networks"
[containers]
default_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]
log_driver = "k8s-file"
"""

_REGISTRIES = "unqualified-search-registries = []\n"

# Over that podman starts containers, but its own cleanup process refuses to work.
_LONGEST_RUNROOT = 50

# The images that stand in for public ones are kept; see images.py.
_STAND_INS = (
    "docker.io/library/",
    "docker.io/segment/",
    "ghcr.io/astral-sh/",
    "localhost/verify-",
)
KEPT_LABEL = "scaffold.verification.digest"


class Containers:
    """podman, buildah and compose as the checks use them."""

    def __init__(self, state: Path) -> None:
        state.mkdir(parents=True)
        if len(f"{state}/run") > _LONGEST_RUNROOT:
            raise NotVerifiedError(
                f"{state} is too long for podman: set TMPDIR to a shorter folder"
            )
        images = STATE / "containers"
        images.mkdir(parents=True, exist_ok=True)
        files = {
            "CONTAINERS_STORAGE_CONF": ("storage.conf", _STORAGE),
            "CONTAINERS_CONF": ("containers.conf", _CONTAINERS),
            "CONTAINERS_REGISTRIES_CONF": ("registries.conf", _REGISTRIES),
        }
        settings = {"BUILDAH_ISOLATION": "chroot"}
        for variable, (name, content) in files.items():
            (state / name).write_text(content.format(images=images, state=state), encoding="utf-8")
            settings[variable] = str(state / name)
        self._settings = settings
        self._build_arguments = pip_settings.build_arguments(state)
        self.compose = self._write_compose(state / "compose")

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        return environment(self._settings | dict(extra or {}))

    def podman(self, *arguments: str | Path, seconds: float = 120) -> Result:
        return run([tool("podman"), *arguments], env=self.environment(), seconds=seconds)

    def build(
        self, tag: str, folder: Path, *arguments: str | Path, codes: Sequence[int] | None = (0,)
    ) -> Result:
        """Builds an image: without cached layers, which nothing would ever remove."""
        common = ["--isolation=chroot", "--pull=never", "--format=docker", "--layers=false"]
        return run(
            [tool("buildah"), "bud", "--quiet", *common, *arguments, "-t", tag, folder],
            env=self.environment(),
            codes=codes,
            seconds=400,
        )

    def build_with_index(
        self, tag: str, folder: Path, *arguments: str | Path, codes: Sequence[int] | None = (0,)
    ) -> Result:
        """The same, where the build installs from a package index."""
        return self.build(tag, folder, *self._build_arguments, *arguments, codes=codes)

    def published_address(self, container: str, port: int) -> str:
        """Where the engine says that a container's port is published, as `address:port`."""
        found = json.loads(self.podman("inspect", container).out)[0]
        bindings = found["NetworkSettings"]["Ports"].get(f"{port}/tcp") or []
        if not bindings:
            raise CheckError(f"{container} does not publish port {port}")
        return f"{bindings[0]['HostIp']}:{bindings[0]['HostPort']}"

    def running(self) -> list[str]:
        """The names of all containers that run."""
        return self.podman("ps", "--format", "{{.Names}}").out.split()

    def composed(self, project: str, service: str) -> str:
        """The name of the one container, running or not, that compose has made for a service."""
        pattern = re.compile(rf"{project}[-_]{service}[-_]1")
        names = self.podman("ps", "--all", "--format", "{{.Names}}").out.split()
        found = [name for name in names if pattern.fullmatch(name)]
        if len(found) != 1:
            raise CheckError(f"{service} of {project} is not there: {names}")
        return found[0]

    def state(self, container: str) -> Mapping[str, Any]:
        found = json.loads(self.podman("inspect", container).out)
        return dict(found[0]["State"])

    def wait_for_health(self, container: str) -> None:
        """The image's or the compose file's own health check, which podman runs when asked."""

        def healthy() -> bool:
            try:
                self.podman("healthcheck", "run", container)
            except NotVerifiedError:
                raise
            except CheckError:
                return False
            return True

        try:
            wait_until(healthy, f"the health check of {container}")
        except TimeoutError as error:
            raise CheckError(f"{error}\n{self.podman('logs', container).text}") from None

    def _write_compose(self, path: Path) -> Path:
        """What COMPOSE names: compose by podman, whose builds can reach PyPI as this machine does.

        It needs nothing from its caller's environment, as `docker compose` does not.
        """
        build = ["--isolation=chroot", "--pull=never", "--format=docker", *self._build_arguments]
        build_arguments = f"--podman-build-args={shlex.join(build)}"
        folders = {str(tool(name).parent) for name in ("podman-compose", "podman")}
        lines = [
            "#!/bin/sh",
            *(f"export {name}={shlex.quote(value)}" for name, value in self._settings.items()),
            f"export PATH={shlex.quote(os.pathsep.join(sorted(folders)))}:$PATH",
            f'exec podman-compose --in-pod=false {shlex.quote(build_arguments)} "$@"',
            "",
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        path.chmod(0o755)
        return path

    def forget_killed_run(self) -> None:
        """Ends what a run that was killed has left, and what podman remembers of it.

        podman's memory names folders of that run. It cannot lie in the folder of a run: podman's
        cleanup process looks for it beside the images.
        """
        if not (STATE / "containers/libpod").exists():
            return
        with contextlib.suppress(CheckError):
            self.podman("rm", "--all", "--force", "--depend", "--time", "2", seconds=300)
        self.forget()
        left = self.podman("ps", "--all", "--external", "--quiet", "--no-trunc").out.split()
        if left:
            self.podman("rm", "--force", *left)

    @staticmethod
    def forget() -> None:
        """Removes what podman remembers of containers and volumes; images are remembered apart."""
        for name in ("libpod", "volumes"):
            shutil.rmtree(STATE / "containers" / name, ignore_errors=True)

    def remove_all(self) -> None:
        """Removes containers, volumes, networks and every image but the stand-ins."""
        self.podman("rm", "--all", "--force", "--depend", "--time", "2", seconds=300)
        self.podman("volume", "prune", "--force")
        self.podman("network", "prune", "--force")
        run([tool("buildah"), "rm", "--all"], env=self.environment())
        self._remove_images()

    def _remove_images(self) -> None:
        images = json.loads(self.podman("images", "--format", "json").out)
        kept = {image["Id"] for image in images if self._is_stand_in(image)}
        everything = self.podman("images", "--all", "--quiet", "--no-trunc").out.split()
        gone = sorted({one.removeprefix("sha256:") for one in everything} - kept)
        if gone:
            self.podman("rmi", "--force", *gone, seconds=600)

    @staticmethod
    def _is_stand_in(image: Mapping[str, Any]) -> bool:
        """By name: an earlier one that was made anew has lost its name, and goes."""
        names = image.get("Names") or []
        return any(name.startswith(_STAND_INS) for name in names)


@contextmanager
def containers(state: Path) -> Iterator[Containers]:
    """Takes everything down at the end, and before that what a killed run has left."""
    machine = Containers(state)
    machine.forget_killed_run()
    machine.remove_all()
    try:
        yield machine
    finally:
        machine.remove_all()
        machine.forget()
