"""What a run is given: a target that is absent, empty or in use, and what it has to make of it."""

import itertools
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from disks import layout
from disks.runs import Scaffold
from disks.trees import Entry, Tree, tree
from verification.claims import require_equal

PROJECT = "p"
BUILT_IN = "staged-docker"
OWNERS = ("one", "two")
# By path in the target. The layout has a file of the first name, a folder of the third's.
_OWN_FILES = {layout.COMMON: "mine\n", "notes.txt": "mine\n", "src/own.py": "mine = True\n"}


@dataclass(frozen=True)
class Case:
    """A target and how it is called from the folder that is above it, or is it."""

    name: str
    target: str = PROJECT
    exists: bool = False
    own: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The target's path below the folder that `prepare` was given."""
        return PROJECT if self.target == "." else self.target

    def prepare(self, folder: Path) -> Tree:
        """Puts into an empty folder what is there before the run, and says what that is."""
        if self.exists:
            (folder / self.path).mkdir()
        for path, text in self.own.items():
            file = folder / self.path / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        return tree(folder)

    def directory(self, folder: Path) -> Path:
        """In which directory the program is called."""
        return folder / self.path if self.target == "." else folder

    def arguments(self, owner: str) -> list[str]:
        return [*self.options, "--owner", owner, self.target]


NEW = Case("a new target")
NESTED = Case("a new target in new folders", target=f"a/b/{PROJECT}")
EMPTY = Case("an empty target", target=".", exists=True)
KEEP = Case(
    "a target with files, kept",
    exists=True,
    own=_OWN_FILES,
    options=("--on-conflict", "keep"),
)
REPLACE = Case(
    "a target with files, replaced",
    exists=True,
    own=_OWN_FILES,
    options=("--on-conflict", "replace"),
)
CASES = (NEW, NESTED, EMPTY, KEEP, REPLACE)


class Expectations:
    """What each case ends in, as a run on the reference disk made it."""

    def __init__(self, scaffold: Scaffold, folder: Path) -> None:
        self._complete = {
            (case.name, owner): self._complete_case(scaffold, folder, case, owner)
            for case in CASES
            for owner in OWNERS
        }
        self.built_in = self._made(scaffold.with_layout(BUILT_IN), folder, NEW, [PROJECT])

    def complete(self, case: Case, owner: str = OWNERS[0]) -> Tree:
        return self._complete[case.name, owner]

    @classmethod
    def _complete_case(cls, scaffold: Scaffold, folder: Path, case: Case, owner: str) -> Tree:
        made = cls._made(scaffold, folder, case, case.arguments(owner))
        rendered = {path: data.decode() for path, data in layout.contents(owner).items()}
        wanted = {**rendered, **case.own} if "keep" in case.options else {**case.own, **rendered}
        for path, text in wanted.items():
            seen = made.get(f"{case.path}/{path}", Entry(0, None)).data
            require_equal(f"{case.name}, on the reference disk, {path}", seen, text.encode())
        return made

    @staticmethod
    def _made(scaffold: Scaffold, folder: Path, case: Case, arguments: Sequence[str]) -> Tree:
        with fresh_folder(folder) as place:
            case.prepare(place)
            outcome = scaffold.run(case.directory(place), *arguments)
            require_equal(f"{case.name}, on the reference disk", outcome.messages, "exit code 0\n")
            return tree(place)


_numbers = itertools.count()
_lock = threading.Lock()


@contextmanager
def fresh_folder(above: Path) -> Iterator[Path]:
    with _lock:
        folder = above / f"case-{next(_numbers)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
