"""Completions where a package puts them, in real shells: a Tab is pressed, the line is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from terminals.screen import TAB, Screen
from verification.claims import require
from verification.commands import Command

_PROMPT = "ready>"
_BASH = f"""\
HISTFILE=
. /usr/share/bash-completion/bash_completion
PS1='{_PROMPT} '
"""
_ZSH = f"""\
HISTFILE=
fpath=($COMPLETIONS $fpath)
autoload -Uz compinit
compinit -u -D
PS1='{_PROMPT} '
"""
_FISH = f"""\
set -g fish_greeting
function fish_prompt; echo -n '{_PROMPT} '; end
"""
# What bash does when no completion is found for a program: files.
_DECOY = "tiered-is-a-file-here"


@dataclass(frozen=True)
class Shell:
    """How it is started so that it reads the settings of `write`."""

    name: str
    settings: str
    file: str
    command: tuple[str, ...]

    def write(self, home: Path) -> None:
        path = home / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.settings, encoding="utf-8")


BASH = Shell("bash", _BASH, ".bashrc", ("bash", "-i"))
ZSH = Shell("zsh", _ZSH, ".zshrc", ("zsh", "-i"))
FISH = Shell("fish", _FISH, ".config/fish/config.fish", ("fish", "--private", "-i"))
SHELLS = (BASH, ZSH, FISH)


def completes(
    shell: Shell, home: Path, env: Mapping[str, str], before: Command = (), seen: str | None = None
) -> str:
    """Types a line with Tabs.

    - home: whose settings are overwritten; never that of a package that is watched
    - before: words of a command that runs another, as `chroot` does
    - seen: what `home` is called there, if it is another name
    """
    shell.write(home)
    (home / _DECOY).touch()
    inside = seen or str(home)
    command = [*before, "env", "--chdir", inside, *shell.command]
    settings = {**env, "HOME": inside, "ZDOTDIR": inside, "TERM": "xterm-256color"}
    with Screen(command, cwd=home, env=settings, columns=100) as screen:
        screen.wait_text(_PROMPT)
        for keys, line in (
            ("scaffold new --lay", "scaffold new --layout"),
            ("tie", "scaffold new --layout tiered"),
            ("--dry", "scaffold new --layout tiered --dry-run"),
        ):
            screen.keys(keys, TAB)
            screen.wait_text(f"{_PROMPT} {line}")
    require(_DECOY not in screen.text, f"{shell.name} completes files\n{screen.text}")
    return shell.name
