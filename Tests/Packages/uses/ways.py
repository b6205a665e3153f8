"""The ways of installing that the README has: who runs a block of it, and where.

What is published is replaced by what was built, and nothing else of a block is changed.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from packages.about import HOME, NAME
from uses import completing, debian, manuals, wheel
from uses.bed import Bed, Home
from uses.tree import Tree, files, require_same, tree
from uses.web import Web
from verification.claims import require
from verification.commands import Result

PROJECT = "myproj"
_DOWNLOADS = re.compile(
    re.escape(HOME) + r"/releases/(?:latest/download|download/v(?P<version>[0-9.]+))"
)
# As at a prompt, where a command that fails does not keep the next one from running.
_SH = ("sh", "-c")


class Way(ABC):
    # What its block has, and no other one.
    marker: ClassVar[str]
    # The row of the table that says what comes with it, and how it is removed.
    row: ClassVar[str | None]
    # Installers leave folders that were made for more than this program.
    keeps_folders: ClassVar[bool] = False

    def __init__(self, bed: Bed, web: Web) -> None:
        self.bed = bed
        self.web = web
        # Where whoever installs is at work.
        self.folder = bed.folder("work")

    @abstractmethod
    def run(self, *command: str, text: str = "") -> Result:
        """A command of whoever has installed."""

    @abstractmethod
    def state(self) -> Tree:
        """All that installing could change."""

    def replaced(self, script: str) -> str:
        """With what was built in place of what is published."""
        for found in _DOWNLOADS.finditer(script):
            version = found["version"]
            require(
                version in (None, self.bed.built.version),
                f"it downloads {version}, and this is {self.bed.built.version}",
            )
        return _DOWNLOADS.sub(self.web.base(), script)

    def shell(self, script: str) -> Result:
        replaced = self.replaced(script)
        require("OWNER" not in replaced, f"it needs what is not published yet:\n{replaced}")
        return self.run(*_SH, replaced)

    def use(self) -> str:
        """Once more where the block itself has made a project."""
        if not (self.folder / PROJECT).exists():
            self.run(NAME, "new", "--defaults", "staged-docker", PROJECT)
        require((self.folder / PROJECT / ".scaffold.json").is_file(), "no project was made")
        self.run(NAME, "check", PROJECT)
        return self.run(NAME, "--version").out.strip()

    def manual(self) -> str:
        return manuals.shown(self.run)

    def no_manual(self) -> None:
        codes = self.run("sh", "-c", f"man 1 {NAME} >&2; echo $?")
        require(codes.out.strip() == "16", f"there is a manual\n{codes.text}")

    @abstractmethod
    def completes(self, shell: completing.Shell, fpath: str) -> None:
        """- fpath: what its settings add, if anything"""

    def require_gone(self, before: Tree) -> None:
        now = self.state()
        if self.keeps_folders:
            now, before = files(now), files(before)
        require_same("what was there before", now, before)


class OfHome(Way):
    """By somebody, in a home."""

    tools: ClassVar[Sequence[str]] = ()

    def __init__(self, bed: Bed, web: Web) -> None:
        super().__init__(bed, web)
        self.home: Home = bed.home(type(self).__name__.lower(), *self.tools)
        self.env: dict[str, str | None] = {}
        # Where zsh looks for completions, if the way itself says so.
        self.fpath = ""
        self.prepare()

    def prepare(self) -> None:
        """What whoever installs this way has already."""

    def run(self, *command: str, text: str = "") -> Result:
        env = self.env | manuals.SETTINGS
        return self.home.run(*command, cwd=self.folder, env=env, text=text, seconds=300)

    def state(self) -> Tree:
        return tree(self.home.path)

    def completes(self, shell: completing.Shell, fpath: str) -> None:
        """In a copy of the home, since shells leave their own there."""
        copy = self.bed.folder("shell") / "home"
        self.home.run("cp", "--archive", self.home.path, copy)
        env = self.home.env(self.env) | {
            "COMPLETIONS": (fpath or self.fpath).replace("~", str(copy), 1)
        }
        completing.completes(shell, copy, env)


class UvTool(OfHome):
    marker = "uv tool install"
    row = "uv"
    tools = ("uv", "uvx")

    def prepare(self) -> None:
        self.env = wheel.settings(self.bed)
        # What uv leaves of itself is there already.
        self.run("uv", "tool", "install", wheel.other(self.bed))


class Uvx(OfHome):
    marker = "uvx "
    row = None
    tools = ("uv", "uvx")

    def prepare(self) -> None:
        self.env = wheel.settings(self.bed)
        self.run("uvx", wheel.other(self.bed))

    def use(self) -> str:
        """It leaves no command: the block has made a project."""
        require((self.folder / PROJECT / ".scaffold.json").is_file(), "no project was made")
        return ""


class Pip(OfHome):
    """In an environment that is active."""

    marker = "pip install"
    row = "pip"
    keeps_folders = True

    def prepare(self) -> None:
        self.env = wheel.settings(self.bed)
        active = self.home.path / "environment"
        self.run("python3", "-m", "venv", str(active))
        path = f"{active}/bin:{self.home.env()['PATH']}"
        self.env |= {"VIRTUAL_ENV": str(active), "PATH": path}


class Installer(OfHome):
    marker = "install.sh | sh"
    row = "`install.sh`"

    def prepare(self) -> None:
        # The script knows where its own release is published.
        self.env = {"SCAFFOLD_DOWNLOADS": self.web.base()}


class ByHand(OfHome):
    marker = "tar -x"
    row = "hand"
    keeps_folders = True


class Dpkg(Way):
    """In a system of Debian, which `sudo` acts on: a stand-in that also is no one else's."""

    marker = "dpkg -i"
    row = "`dpkg`"
    _SUDO = """\
#!/bin/sh
exec unshare --mount -- sh -euc '
root=$1
shift
mount --bind "$PWD" "$root/mnt"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
exec chroot "$root" env --chdir=/mnt -- "$@"
' sh '{root}' "$@"
"""

    def __init__(self, bed: Bed, web: Web) -> None:
        super().__init__(bed, web)
        self.root = debian.system(bed)
        self.home = bed.home("dpkg")
        sudo = self.home.path / ".local/bin/sudo"
        sudo.parent.mkdir(parents=True)
        sudo.write_text(self._SUDO.format(root=self.root.path), encoding="utf-8")
        sudo.chmod(0o755)

    def run(self, *command: str, text: str = "") -> Result:
        inside = command if command[:2] == _SH else ("sudo", *command)
        path = self.home.env()["PATH"]
        env = self.root.env(manuals.SETTINGS) | {"PATH": path}
        return self.home.run(*inside, cwd=self.folder, env=env, text=text)

    def state(self) -> Tree:
        return debian.state(self.root)

    def completes(self, shell: completing.Shell, fpath: str) -> None:
        """bash in that system; where the others look, `debian.elsewhere` says."""
        if shell is completing.BASH:
            home = self.root.path / "root"
            completing.completes(shell, home, self.root.env(), self.root.command(), seen="/root")
        else:
            debian.elsewhere(self.bed, self.root, shell.name)
