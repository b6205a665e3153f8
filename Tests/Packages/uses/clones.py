"""Throwaway clones of the repository, in which packages are built."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uses.bed import Bed
from uses.built import REPOSITORY
from verification.commands import Command, NotVerifiedError, Result, environment, run

_AUTHOR = ("-c", "user.name=Ann Example", "-c", "user.email=ann@example.org")
# Where a workflow's repository is would be said in every package.
_STEERING = ("GITHUB_",)


@dataclass(frozen=True)
class Clone:
    """The commit that is verified, in a checkout of its own."""

    folder: Path

    @property
    def program(self) -> Path:
        return self.folder / "Sources/scaffold/Program/Program.swift"

    @property
    def changelog(self) -> Path:
        return self.folder / ".github/CHANGELOG.md"

    def git(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        call: Command = ["git", "-C", self.folder, *_AUTHOR, *arguments]
        return run(call, env=environment(env)).out.strip()

    def commit(self, date: str | None = None) -> None:
        self.git("add", "--all")
        settings = ("--quiet", "--no-verify", "--allow-empty", "--message", "Change something")
        self.git("commit", *settings, env={"GIT_COMMITTER_DATE": date} if date else None)

    def replace(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise NotVerifiedError(f"{path.name} has no {old!r}")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def call(self, *arguments: str | Path) -> Sequence[str | Path]:
        """Of the Python that runs this, whatever is on the path."""
        return [sys.executable, self.folder / "Tests/Packages/build", *arguments]

    def build(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        codes: Sequence[int] | None = (0,),
        seconds: float = 600,
    ) -> Result:
        call = self.call(*arguments)
        return run(call, cwd=cwd, env=settings(env), codes=codes, seconds=seconds)


def settings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = environment()
    return {name: kept[name] for name in kept if not name.startswith(_STEERING)} | dict(extra or {})


# What scripts read; the rest is thousands of files.
_READ = (".github", "Sources/scaffold/Program", "Tests/Packages")


def clone(bed: Bed, name: str, *, whole: bool = False) -> Clone:
    """Without tags, so that none of this version is in the way; `whole` to be compiled."""
    around = bed.folder(name)
    folder = around / "scaffold"
    part = () if whole else ("--sparse",)
    # A workflow's checkout is another user's.
    trusting = around / "gitconfig"
    trusting.write_text("[safe]\n\tdirectory = *\n", encoding="utf-8")
    run(
        ["git", "clone", "--quiet", "--shared", "--no-tags", *part, REPOSITORY, folder],
        env=environment({"GIT_CONFIG_GLOBAL": str(trusting)}),
    )
    made = Clone(folder)
    if not whole:
        made.git("sparse-checkout", "set", *_READ)
    return made


def programs(bed: Bed, *missing: str) -> Path:
    """A folder with all programs of this machine but for some."""
    folder = bed.folder("programs")
    for place in os.environ["PATH"].split(os.pathsep):
        if not Path(place).is_dir():
            continue
        for program in os.scandir(place):
            link = folder / program.name
            if program.name not in missing and not os.path.lexists(link):
                link.symlink_to(program.path)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder, which need not be there."""
    if not folder.exists():
        return {}
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def program_in(bed: Bed, archive: Path) -> Path:
    """The binary, unpacked into a folder of its own."""
    folder = bed.folder("unpacked")
    shutil.unpack_archive(archive, folder, "xztar", filter="data")
    return next(folder.glob("*/bin/scaffold"))
