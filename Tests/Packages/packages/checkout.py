"""What the checkout says of itself: its commit, its state, its version."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from packages.programs import output, run

_PROGRAM = "Sources/scaffold/Program/Program.swift"


class Checkout:
    """A working tree of git, whose packages are made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def commit(self) -> str:
        return self._git("rev-parse", "--verify", "HEAD")

    def time(self) -> int:
        """Of the commit, in seconds since 1970."""
        return int(self._git("show", "--no-patch", "--format=%ct", "HEAD"))

    def tagged(self, tag: str) -> str | None:
        """The commit that a tag names; None where there is no such tag."""
        call = ("git", "rev-parse", "--quiet", "--verify", f"refs/tags/{tag}^{{commit}}")
        code, out, _ = run(call, cwd=self.folder)
        return None if code else out.decode().strip()

    def changes(self) -> list[tuple[str, Path]]:
        """What is not as in the commit: how (`M`, `??`, …) and which file."""
        settings = ("--porcelain", "--untracked-files=all", "--no-renames")
        entries = self._paths("status", *settings)
        return [(entry[:2].strip(), self.folder / entry[3:]) for entry in entries]

    def root(self) -> Path:
        """Of the working tree that the folder is in."""
        return Path(
            os.fsdecode(output(("git", "rev-parse", "--show-toplevel"), cwd=self.folder))[:-1]
        )

    def unseen(self) -> list[Path]:
        """Files whose changes git is told not to see; a sparse checkout has none such."""
        entries = self._paths("ls-files", "-v")
        # `h` is assumed to be unchanged, `S` skipped; small letters are of both.
        marked = [
            self.folder / entry[2:] for entry in entries if entry[0] == "S" or entry[0].islower()
        ]
        return [path for path in marked if os.path.lexists(path)]

    def ignored(self, places: Sequence[str]) -> list[Path]:
        """Files that are not of the commit and that git does not tell of."""
        paths = self._paths(
            "ls-files", "--others", "--ignored", "--exclude-standard", "--", *places
        )
        return [self.folder / path for path in paths]

    def attributes(self) -> Path | None:
        """The file by which this clone alone packs otherwise, if that has any line."""
        path = self.folder / self._git("rev-parse", "--git-path", "info/attributes")
        lines = path.read_bytes().splitlines() if path.is_file() else []
        return path if any(line.strip() and not line.startswith(b"#") for line in lines) else None

    def archive(self, commit: str, prefix: str) -> bytes:
        """The files of a commit as a tar, below a folder."""
        # Whatever the user's settings are.
        settings = ("core.attributesFile=/dev/null", "core.autocrlf=false", "tar.umask=0022")
        options = [word for setting in settings for word in ("-c", setting)]
        call = ("git", *options, "archive", "--format=tar", f"--prefix={prefix}/", commit)
        return output(call, cwd=self.folder)

    def version(self) -> str | None:
        """Of the program, which is the one place that has it."""
        return self._constant("version")

    def version_date(self) -> str | None:
        """Of the version, on its manual pages."""
        return self._constant("date")

    def _constant(self, name: str) -> str | None:
        path = self.folder / _PROGRAM
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        match = re.search(rf'^ *static let {name} = "([^"]*)"', text, re.MULTILINE)
        return match[1] if match else None

    def _paths(self, command: str, *arguments: str) -> list[str]:
        call = ("git", command, "-z", *arguments)
        # Bytes that are not UTF-8 are in names as well.
        return [path for path in os.fsdecode(output(call, cwd=self.folder)).split("\0") if path]

    def _git(self, *arguments: str) -> str:
        return output(("git", *arguments), cwd=self.folder).decode().strip()
