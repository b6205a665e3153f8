"""Uses a program that is installed in somebody's home, as that person would."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from packages.about import NAME
from uses import manuals, projects
from uses.bed import Bed, Home
from uses.completing import SHELLS, completes
from uses.tree import require_same, same_file, tree
from verification.claims import require
from verification.commands import Result


def use(
    bed: Bed, home: Home, share: Path | None, extra: Mapping[str, str | None] | None = None
) -> str:
    """The command by its name makes projects, has its manual, and completes.

    - share: where manual and completions are, if it is nowhere that shells and `man` look by
      themselves
    - extra: of the environment
    """
    work = bed.folder("work")
    before = tree(home.path)
    own = dict(extra or {})

    def program(*arguments: str, codes: Sequence[int] = (0,)) -> Result:
        return home.run(NAME, *arguments, cwd=work, env=own, codes=codes)

    def command(*words: str, text: str = "") -> Result:
        pages = {} if share is None else {"MANPATH": f"{share}/man"}
        return home.run(*words, cwd=work, env=own | manuals.SETTINGS | pages, text=text)

    made = projects.use(program, work, bed.expected())
    pages = manuals.shown(command)
    shells = [_completed(bed, home, share, own, shell.name) for shell in SHELLS]
    require_same("the home after use", tree(home.path), before)
    return f"{len(made)} paths made, {pages}, Tab in {', '.join(shells)}"


def _completed(
    bed: Bed, home: Home, share: Path | None, extra: Mapping[str, str | None], name: str
) -> str:
    """In a copy of the home, since shells leave their own there."""
    shell = next(one for one in SHELLS if one.name == name)
    copy = bed.folder("shell") / "home"
    home.run("cp", "--archive", home.path, copy)
    env = home.env(extra)
    where = share or home.path / ".local/share"
    # zsh looks nowhere in a home: its settings say where.
    env["COMPLETIONS"] = f"{where}/zsh/site-functions"
    if share is not None:
        env["XDG_DATA_DIRS"] = f"{share}:/usr/local/share:/usr/share"
    return completes(shell, copy, env)


def is_the_binary(bed: Bed, command: Path) -> None:
    """Not a script that starts an interpreter, which starts it."""
    same_file(command, bed.program())
    require(command.stat().st_mode & 0o111 == 0o111, f"{command} is not executable")
