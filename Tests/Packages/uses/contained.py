"""The README's ways of running the program in a container, where nothing is installed."""

import os
from typing import ClassVar

from packages.about import NAME
from uses import completing, podman
from uses.bed import Bed
from uses.tools import tool
from uses.tree import Tree
from uses.ways import PROJECT, Way
from uses.web import Web
from verification.claims import require, require_equal
from verification.commands import Result

_PUBLISHED, _LOADED = f"ghcr.io/OWNER/{NAME}", f"localhost/{NAME}"
# Who calls docker, whose containers are root's.
_CALLER = 12345


class Podman(Way):
    marker = "podman run"
    row: ClassVar[str | None] = "podman"

    def __init__(self, bed: Bed, web: Web) -> None:
        super().__init__(bed, web)
        # The name is short, since podman refuses to work in long ones.
        self.engine = self.made_engine()
        self.uid = self.engine.uid
        self._is_loaded = False

    def made_engine(self) -> podman.Podman:
        """Of somebody who is not root."""
        engine = podman.as_somebody(self.bed.folder("im"))
        # A network of such a user takes a device that not every machine lets him open.
        with (engine.state / "containers.conf").open("a", encoding="utf-8") as settings:
            settings.write('netns = "none"\n')
        return engine

    def run(self, *command: str, text: str = "") -> Result:
        return self.engine.run(command, cwd=self.folder, text=text)

    def replaced(self, script: str) -> str:
        return super().replaced(script).replace(_PUBLISHED, _LOADED)

    def shell(self, script: str) -> Result:
        if not self._is_loaded:
            self._load()
        return super().shell(script)

    def _load(self) -> None:
        """Under the name that is asked for, and no other, as if it had been pulled."""
        self._is_loaded = True
        os.chown(self.folder, self.uid, self.uid)
        self.engine("load", "--quiet", "--input", self.bed.built.image)
        name = f"{_LOADED}:{self.bed.built.version}"
        self.engine("tag", name, _LOADED)
        self.engine("untag", _LOADED, name)

    def state(self) -> Tree:
        return {
            "images": self.engine("images", "--all", "--quiet").out,
            "containers": self.engine("ps", "--all", "--quiet").out,
        }

    def use(self) -> str:
        """The block itself has made a project, which is whose the folder is."""
        project = self.folder / PROJECT
        require((project / ".scaffold.json").is_file(), "no project was made")
        paths = [project, *project.rglob("*")]
        owners = {(path.lstat().st_uid, path.lstat().st_gid) for path in paths}
        require_equal("the owners", owners, {(self.uid, self.uid)})
        return f"{len(paths)} paths, of user {self.uid}"

    def completes(self, shell: completing.Shell, fpath: str) -> None:
        raise NotImplementedError


class Docker(Podman):
    """By podman under docker's name, as Debian's package podman-docker has it: as root, for a
    caller who is not."""

    marker = "docker run"
    row = None

    def made_engine(self) -> podman.Podman:
        return podman.as_caller(self.bed.folder("im"))

    def __init__(self, bed: Bed, web: Web) -> None:
        super().__init__(bed, web)
        self.uid = _CALLER
        self._programs = bed.folder("stand-ins")
        (self._programs / "docker").symlink_to(tool("podman"))
        asked = self._programs / "id"
        asked.write_text(f"#!/bin/sh\necho {_CALLER}\n", encoding="utf-8")
        asked.chmod(0o755)

    def run(self, *command: str, text: str = "") -> Result:
        path = f"PATH={self._programs}:{os.environ['PATH']}"
        return super().run("env", path, *command, text=text)

    def require_gone(self, before: Tree) -> None:
        """The table has no row of it."""
        self.engine("rmi", _LOADED)
        super().require_gone(before)
