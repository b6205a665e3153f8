"""Root directories of other systems, and commands that run in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uses.tools import tool
from verification import debian
from verification.commands import Command, Result, environment, run

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_HELPER = "/usr/lib/apt/apt-helper"
# In a namespace of its own: what is mounted ends with the command.
_MOUNTED = """\
mount --rbind /dev "$1/dev"
mount -t proc proc "$1/proc"
exec chroot "$@"
"""


@dataclass(frozen=True)
class Root:
    path: Path

    def command(self, *command: str | Path, mounted: bool = True) -> Command:
        """- mounted: with /dev and /proc"""
        if not mounted:
            return ["chroot", self.path, *command]
        return ["unshare", "--mount", "--", "sh", "-euc", _MOUNTED, "sh", self.path, *command]

    def env(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        ours: dict[str, str | None] = {"PATH": PATH, "HOME": "/root", "LC_ALL": "C.UTF-8"}
        wanted = ours | {"TERM": "xterm-256color"} | dict(extra or {})
        return {name: value for name, value in wanted.items() if value is not None}

    def run(
        self,
        *command: str | Path,
        mounted: bool = True,
        env: Mapping[str, str | None] | None = None,
        codes: Sequence[int] | None = (0,),
        text: str = "",
        seconds: float = 120,
    ) -> Result:
        return run(
            self.command(*command, mounted=mounted),
            env=self.env(env),
            codes=codes,
            text=text,
            seconds=seconds,
        )

    def copy(self, target: Path) -> "Root":
        run(["cp", "--archive", self.path, target])
        return Root(target)


def debian_root(suite: str, packages: Sequence[str], target: Path, *, configured: bool) -> Root:
    """Of these packages and what they need, and of no others.

    - configured: so that dpkg works in it; else files are only unpacked
    """
    variant = "custom" if configured else "extract"
    options = ["--quiet", f"--variant={variant}", f"--include={','.join(packages)}"]
    command: Command = [tool("mmdebstrap"), *options, suite, target, *debian.mirror()]
    run(command, env=environment({"TMPDIR": str(target.parent)}), seconds=400)
    return Root(target)


def offers(suite: str, folder: Path) -> bool:
    """Whether this machine's source of Debian has a release.

    - folder: for what is downloaded to see
    """
    [source] = debian.mirror() or [""]
    address = f"{source.rstrip('/')}/dists/{suite}/InRelease"
    target = folder / f"{suite}.InRelease"
    return run([_HELPER, "download-file", address, target], codes=None).code == 0
