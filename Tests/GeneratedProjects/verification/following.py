"""A project in git that its owner changes while it follows its layout.

What an update has to keep is asked twice: of the files themselves, and of `scaffold diff`.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verification.claims import require, require_equal
from verification.commands import Command, Result, environment, run

# What a path leads to: its type and mode, and what it holds.
Tree = Mapping[str, tuple[int, bytes]]

_UNDO = ".scaffold-undo"
_MARKED = re.compile(
    r"^<<<<<<< yours\n(?P<yours>.*?)^=======\n(?P<theirs>.*?)^>>>>>>> [\w-]+ [\d.]+\n", re.M | re.S
)
# Exit codes of the program.
_DIFFERENCE = 1
_UNWRITABLE = 4
_WHO = ("-c", "user.name=A", "-c", "user.email=a@example.com")


@dataclass(frozen=True)
class Edit:
    """A text of a file becomes another; without an old one it is at its end, or in a new file."""

    path: str
    new: str
    old: str = ""


def tree(folder: Path) -> Tree:
    """All that is in a project, but for git's own and what `undo` works with."""
    return dict(_entries(folder, folder))


def _entries(folder: Path, top: Path) -> Iterator[tuple[str, tuple[int, bytes]]]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(top).as_posix()
        if name in (".git", _UNDO):
            continue
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            yield name, (mode, b"")
            yield from _entries(path, top)
        elif stat.S_ISLNK(mode):
            yield name, (mode, os.fsencode(path.readlink()))
        else:
            yield name, (mode, path.read_bytes())


def require_same(what: str, seen: Tree, expected: Tree) -> None:
    differing = sorted(
        path for path in seen.keys() | expected.keys() if seen.get(path) != expected.get(path)
    )
    require(not differing, f"{what}: {', '.join(differing)}")


@dataclass(frozen=True)
class Followed:
    """A project, and the program that takes it along with its layout."""

    scaffold: Path
    folder: Path

    # What an owner does

    def begin(self, layout: str | Path, *options: str) -> None:
        command: Command = [self.scaffold, "new", "--layout", layout, *options, self.folder]
        run(command, cwd=self.folder.parent)
        if not self._git("rev-parse", "--is-inside-work-tree", codes=None).out:
            self._git("init", "--quiet", "--initial-branch=main")
        self.commit("Begin")

    def commit(self, message: str) -> None:
        self._git("add", "--all")
        require_equal("in git", self._git("ls-files", _UNDO).out, "")
        self._git("commit", "--quiet", "-m", message)

    def edit(self, *edits: Edit) -> None:
        for edit in edits:
            path = self.folder / edit.path
            path.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if edit.old:
                require_equal(f"{edit.path} has {edit.old!r}", text.count(edit.old), 1)
                text = text.replace(edit.old, edit.new)
            else:
                text += edit.new
            path.write_text(text, encoding="utf-8")

    def move(self, path: str, to: str) -> None:
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).rename(self.folder / to)

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def resolve(self, path: str, choose: Callable[[str, str], str]) -> None:
        """Of every conflict in a file, what becomes of the owner's lines and the layout's."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        text, count = _MARKED.subn(lambda found: choose(found["yours"], found["theirs"]), text)
        require(count > 0, f"{path} has no conflict")
        file.write_text(text, encoding="utf-8")

    def branch(self, name: str, *options: str) -> None:
        """Off the main one, with other answers."""
        self._git("switch", "--quiet", "--create", name, "main")
        self._run("update", *options, codes=(0,))
        self.commit(f"Have {name}")

    def merge(self, into: str, branch: str) -> None:
        """Git sees a conflict in the record, which the next update resolves."""
        self._git("switch", "--quiet", into)
        self._git("merge", "--quiet", branch, codes=(1,))
        conflicts = self._git("diff", "--name-only", "--diff-filter=U").out.split()
        require_equal("git's conflicts", conflicts, [".scaffold.json"])
        self._run("update", codes=(0,))
        self.commit(f"Merge {branch}")
        self.rest()

    # What the layout does

    def update(self, *options: str, conflicts: Sequence[str] = ()) -> str:
        """With exactly these files in conflict. It is shown before, done, taken back and done again.

        Everything is committed before, so that git would tell what is lost.
        """
        return self._follow(["update", *options], conflicts)

    def grow(
        self,
        *command: str,
        edits: Sequence[Edit] = (),
        moved: Callable[[str], str] = str,
        conflicts: Sequence[str] = (),
        choose: Callable[[str, str], str] = lambda yours, theirs: theirs + yours,
        altered: Collection[str] = (),
    ) -> None:
        """By `add` or `remove`; with all edits so far, and these, where `moved` says afterwards.

        Another time there is nothing to do, and the rules of the layout are kept.
        """
        if edits:
            self.edit(*edits)
            self.commit("Make it ours")
        lines = self.edits()
        self._follow(command, conflicts)
        for path in conflicts:
            self.resolve(path, choose)
        grown = tree(self.folder)
        again = self._run(*command, codes=(0,)).text
        require(f"Nothing to {command[0]}" in again, f"{command[0]} once more does\n{again}")
        require_same(f"{command[0]} once more changes", tree(self.folder), grown)
        self.require_edits({moved(path): lines for path, lines in lines.items()})
        self.require_shape(altered)
        self.commit(" ".join(command).capitalize())

    def require_shape(self, altered: Collection[str] = ()) -> None:
        """As its record and the rules of its layout have it, but for what the owner has altered."""
        told = self._run("check", "--format", "json", codes=(0, _DIFFERENCE))
        found = [one for one in json.loads(told.out)["findings"] if one["path"] not in altered]
        require(not found, f"`scaffold check` finds\n{told.text}")

    def _follow(self, command: Sequence[str], conflicts: Sequence[str]) -> str:
        require_equal("not committed", self._status(), "")
        before = tree(self.folder)
        codes = (_DIFFERENCE,) if conflicts else (0,)
        self._preview(command, conflicts, codes)
        require_same("a dry run changes", tree(self.folder), before)
        told = self._run(*command, codes=codes)
        for path, lines in self._marks(conflicts).items():
            for line in lines:
                require(f"{path}:{line}:1: " in told.err, f"{path}:{line} is not told\n{told.text}")
        after = tree(self.folder)
        self.rest(conflicts)
        self._undo()
        require_same("`undo` leaves", tree(self.folder), before)
        require_equal("not as it was committed", self._status(), "")
        self._run(*command, codes=codes)
        require_same(f"another `{command[0]}` after `undo` differs in", tree(self.folder), after)
        return told.text

    def keep(
        self,
        edits: Sequence[Edit],
        *options: str,
        back: Sequence[str] = (),
        conflicts: Sequence[str] = (),
        moved: Callable[[str], str] = str,
        choose: Callable[[str, str], str] = lambda yours, _: yours,
    ) -> str:
        """An update after which the edits are where `moved` says, and nothing else is edited.

        With the answers of before, in `back`, all is as it was.
        """
        written = {one.path for one in edits if (self.folder / one.path).exists()}
        written |= self.edits().keys()
        self.edit(*edits)
        self.commit("Make it ours")
        first, before = tree(self.folder), self.edits()
        require_equal("edited", sorted(before), sorted(written))
        told = self.update(*options, conflicts=conflicts)
        for path in conflicts:
            self.resolve(path, choose)
        self.rest()
        self.require_edits({moved(path): lines for path, lines in before.items()})
        self.require_kept(*(Edit(moved(one.path), one.new) for one in edits))
        self.commit("Follow the layout")
        if back:
            after = tree(self.folder)
            self._run("update", *back, codes=(0,))
            require_same("back again, there differ", tree(self.folder), first)
            self._undo()
            require_same("`undo` of that leaves", tree(self.folder), after)
        return told

    def rest(self, conflicts: Sequence[str] = ()) -> None:
        """Another update has nothing to do, or is refused as long as there are conflicts."""
        before = tree(self.folder)
        told = self._run("update", codes=(_DIFFERENCE,) if conflicts else (0,))
        for path in conflicts:
            require(f"{path}: " in told.err, f"the conflict in {path} is not told\n{told.text}")
        if not conflicts:
            require("Nothing to update" in told.out, f"another update does\n{told.text}")
        require_same("another update changes", tree(self.folder), before)

    def edits(self) -> dict[str, list[str]]:
        """What `scaffold diff` shows as the owner's: of each file the lines, or another mode."""
        patch = self._run("diff", codes=(0, _DIFFERENCE))
        found: dict[str, list[str]] = {}
        for part in re.split(r"^diff --git ", patch.out, flags=re.MULTILINE)[1:]:
            [path] = re.findall(r"\Aa/.* b/(.*)$", part, re.MULTILINE)
            head, _, body = part.partition("\n@@")
            modes = r"^(?:old mode|new mode|deleted file mode) .*"
            found[path] = re.findall(modes, head, re.MULTILINE)
            # Whatever it would be now: what is not there is the same.
            if "\ndeleted file mode" not in head:
                found[path] += re.findall(r"^[+-].*", body, re.MULTILINE)
        require_equal("exit code of `scaffold diff`", patch.code, _DIFFERENCE if found else 0)
        named = self._run("diff", "--format", "paths", codes=(patch.code,)).out.splitlines()
        require_equal("`scaffold diff --format paths`", sorted(named), sorted(found))
        return found

    def require_edits(self, expected: Mapping[str, Sequence[str]]) -> None:
        """As `edits` has told them before, by the paths that they have now."""
        found = self.edits()
        require_equal("edited", sorted(found), sorted(expected))
        for path, lines in expected.items():
            require_equal(f"the owner's lines of {path}", found[path], lines)

    def require_kept(self, *edits: Edit) -> None:
        for edit in edits:
            path = self.folder / edit.path
            require(path.is_file(), f"{edit.path} is gone")
            text = path.read_text(encoding="utf-8")
            require_equal(f"{edit.path} has {edit.new!r}", text.count(edit.new), 1)

    # How it is done

    def _preview(
        self, command: Sequence[str], conflicts: Sequence[str], codes: Sequence[int]
    ) -> None:
        told = self._run(*command, "--dry-run", "--format", "json", codes=codes).out
        changes = json.loads(told)["changes"]
        found = [one["path"] for one in changes if one["action"] == "conflict"]
        require_equal("conflicts", sorted(found), sorted(conflicts))

    def _marks(self, paths: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """The lines on which conflicts begin."""
        found = {}
        for path in paths:
            text = (self.folder / path).read_text(encoding="utf-8")
            starts = [one.start() for one in _MARKED.finditer(text)]
            require(bool(starts), f"{path} has no markers")
            found[path] = [text.count("\n", 0, start) + 1 for start in starts]
        return found

    def _undo(self) -> None:
        """From elsewhere, and once."""
        undo: Command = [self.scaffold, "undo", self.folder]
        told = run(undo, cwd=self.folder.parent)
        require("Undone in" in told.out and not told.err, f"`scaffold undo` says\n{told.text}")
        left = [path.name for path in self.folder.glob(".scaffold-*")]
        require_equal("`undo` leaves", left, [])
        before = tree(self.folder)
        again = run(undo, cwd=self.folder.parent, codes=(_UNWRITABLE,))
        require("there is nothing to undo" in again.err, f"another `undo` says\n{again.text}")
        require_same("another `undo` changes", tree(self.folder), before)

    def _run(self, *words: str, codes: Sequence[int]) -> Result:
        return run([self.scaffold, *words], cwd=self.folder, codes=codes)

    def _git(self, *words: str, codes: Sequence[int] | None = (0,)) -> Result:
        settings = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        return run(["git", *_WHO, *words], cwd=self.folder, env=environment(settings), codes=codes)

    def _status(self) -> str:
        return self._git("status", "--porcelain").out
