"""Git repositories, away from the settings of the user."""

import os
from pathlib import Path

from tools import checked


def environment(home: Path) -> "dict[str, str]":
    """For git and for what starts it; what that writes besides goes below `home`, too."""
    temporary = home / "tmp"
    temporary.mkdir(parents=True)
    person = {"NAME": "Ann", "EMAIL": "ann@example.com"}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **{f"GIT_{role}_{key}": person[key] for role in ("AUTHOR", "COMMITTER") for key in person},
        "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "GIT_CONFIG_NOSYSTEM": "1",
        "TMPDIR": str(temporary),
    }


class Repository:
    """A folder that git knows, and what happens there."""

    def __init__(self, folder: Path, variables: "dict[str, str]"):
        self.folder = folder
        self._variables = variables
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *words: str) -> str:
        return checked(["git", "-C", self.folder, *words], env=self._variables)

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
