"""podman with a storage of its own, as root or as somebody who is not."""

import os
import pwd
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from uses.tools import tool
from verification.commands import Command, NotVerifiedError, Result, environment, run

# Copies files instead of laying file systems upon each other: everybody may do that, everywhere.
_STORAGE = """\
[storage]
driver = "vfs"
graphroot = "{state}/images"
rootless_storage_path = "{state}/images"
runroot = "{state}/r/containers"
"""

# crun and its cgroups ask more of the machine than runc does; the limits are runc's. Locks are files
# in the folder of state, and not shared with other podmans of the user.
_CONTAINERS = """\
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "none"
lock_type = "file"
tmp_dir = "{state}/tmp"
[network]
network_config_dir = "{state}/networks"
[containers]
default_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]
log_driver = "k8s-file"
"""

# In namespaces of its own, where somebody is known who has a range of users below him: the
# machine's own files stay as they are, and all processes end with the first.
_SOMEBODY = """\
set -eu
for name in passwd group subuid subgid; do
    mount --bind "$1/$name" "/etc/$name"
done
uid=$2
shift 2
code=0
setpriv --reuid "$uid" --regid "$uid" --clear-groups -- "$@" || code=$?
exit "$code"
"""
_NAMESPACES = ("--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
_UID = 23456
_RANGE = 400000

# Where containers that run are known, below the runtime folder of whoever is not root. Over that
# length podman starts containers, but its own cleanup process refuses to work.
_RUNROOT = "r/containers"
_LONGEST_RUNROOT = 50


@dataclass(frozen=True)
class Podman:
    """Everything it writes is in `state`."""

    state: Path
    # Whoever calls it: user and group.
    uid: int
    gid: int
    # What makes one of it who is not root.
    prefix: tuple[str | Path, ...] = ()

    def __call__(self, *arguments: str | Path, codes: Sequence[int] | None = (0,)) -> Result:
        return self.run([tool("podman"), *arguments], codes=codes)

    def run(
        self,
        command: Command,
        *,
        cwd: Path | None = None,
        codes: Sequence[int] | None = (0,),
        text: str = "",
    ) -> Result:
        """Anything by this caller, whose `podman` has these settings."""
        # Of a process that has ended with its namespace.
        (self.state / "tmp/pause.pid").unlink(missing_ok=True)
        settings = {
            "CONTAINERS_STORAGE_CONF": str(self.state / "storage.conf"),
            "CONTAINERS_CONF": str(self.state / "containers.conf"),
            "CONTAINERS_REGISTRIES_CONF": str(self.state / "registries.conf"),
            "HOME": str(self.state / "home"),
            "XDG_RUNTIME_DIR": str(self.state / "r"),
            "TMPDIR": str(self.state / "home"),
        }
        env = environment(settings)
        try:
            return run(
                [*self.prefix, *command], cwd=cwd or self.state, env=env, codes=codes, text=text
            )
        finally:
            self._end()

    def _end(self) -> None:
        """Whoever is not root has a process that holds his namespace, and goes on."""
        pause = self.state / "tmp/pause.pid"
        if not self.prefix and pause.exists():
            with suppress(ProcessLookupError):
                os.kill(int(pause.read_text()), signal.SIGTERM)


def as_caller(state: Path) -> Podman:
    _write_settings(state)
    return Podman(state, os.getuid(), os.getgid())


def as_somebody(state: Path) -> Podman:
    """Who is not root, and has a range of users."""
    _write_settings(state)
    if os.geteuid() != 0:
        _require_range()
        return Podman(state, os.getuid(), os.getgid())
    missing = [name for name in ("passwd", "group", "subuid", "subgid") if not _is_known(name)]
    if missing:
        raise NotVerifiedError(f"this machine has no /etc/{missing[0]} (the package uidmap has)")
    people = {
        "passwd": f"somebody:x:{_UID}:{_UID}::{state}/home:/bin/sh\n",
        "group": f"somebody:x:{_UID}:\n",
        "subuid": f"somebody:{_RANGE}:65536\n",
        "subgid": f"somebody:{_RANGE}:65536\n",
    }
    for name, line in people.items():
        (state / name).write_text(line, encoding="utf-8")
    for folder in (state, *(path for path in state.rglob("*") if path.is_dir())):
        os.chown(folder, _UID, _UID)
    unshare: tuple[str | Path, ...] = (tool("unshare"), *_NAMESPACES, "--")
    return Podman(state, _UID, _UID, (*unshare, "sh", "-c", _SOMEBODY, "sh", state, str(_UID)))


def _require_range() -> None:
    """Of users below the calling one, by its name or its number."""
    uid = os.getuid()
    known = {str(uid), *(one.pw_name for one in pwd.getpwall() if one.pw_uid == uid)}
    path = Path("/etc/subuid")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if not any(line.partition(":")[0] in known for line in lines):
        raise NotVerifiedError(f"{path} has no range for user {uid} (root needs none there)")


def _is_known(name: str) -> bool:
    return Path("/etc", name).is_file()


def _write_settings(state: Path) -> None:
    if len(f"{state}/{_RUNROOT}") > _LONGEST_RUNROOT:
        raise NotVerifiedError(f"{state} is too long for podman: set TMPDIR to a shorter folder")
    files = {
        "storage.conf": _STORAGE,
        "containers.conf": _CONTAINERS,
        "registries.conf": "unqualified-search-registries = []\n",
    }
    for name, content in files.items():
        (state / name).write_text(content.format(state=state), encoding="utf-8")
    for name in ("home", "r", "tmp"):
        (state / name).mkdir()
