"""Commands that a person copies: they mean the same in every shell that people use."""

import re
import stat
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.context import Context
from verification.project import Project
from verification.report import Check, Once
from verification.tools import tool

ProjectT = TypeVar("ProjectT", bound=Project)

# What is typed is not read as a script is: zsh takes `#` for a word.
_TYPED = "zsh as one types"
_SHELLS = ("bash", "dash", "zsh", "fish", _TYPED)
# Tells how it was called, and makes nothing.
_FAKE = """\
#!/bin/sh
call='{name}'
for word; do call="$call [$word]"; done
printf '%s\\n' "$call" >>"$CALLS"
if [ -p /dev/stdin ]; then cat >/dev/null; fi
"""
_REAL = (
    "cat",
    "chmod",
    "cp",
    "find",
    "grep",
    "od",
    "openssl",
    "rm",
    "sed",
    "sh",
    "sort",
    "tail",
    "tr",
)
_BUILTIN = ("cd", "echo", "printf", "set", "umask", ".")


def shell_check(context: Context, project: Once[ProjectT], title: str) -> Check:
    make = partial(_alike, context.memory, project)
    return Check(f"commands mean the same in every shell{title}", make)


def _alike(scratch: Path, project: Once[ProjectT]) -> str:
    """What `scaffold new` tells to do next, line by line, and the shell blocks of all documents.

    What is slow is only told to: which programs are called with which words, and what the files of
    settings are afterwards, has to be the same.
    """
    made = project()
    next_lines = [line.strip() for line in made.told.partition("Next:\n")[2].splitlines()]
    # The first goes where the copies are already; remarks are to be read.
    scripts = [line for line in next_lines if line and not line.startswith(("cd ", "#"))]
    require(len(scripts) > 0, f"`scaffold new` tells nothing to do\n{made.told}")
    for path in (made.folder / "README.md", *sorted(made.folder.glob("docs/**/*.md"))):
        text = path.read_text(encoding="utf-8")
        scripts += re.findall(r"^```(?:bash|sh|shell)\n(.*?)^```", text, re.M | re.S)
    seen = {
        shell: _run(scripts, made.folder, scratch / f"{made.name}-{shell}", shell)
        for shell in _SHELLS
    }
    for number, script in enumerate(scripts):
        expected = seen[_SHELLS[0]][number]
        require(bool(expected[0] or expected[1]), f"nothing comes of\n{script}")
        for shell in _SHELLS[1:]:
            require_equal(f"what {shell} does with\n{script}\n", seen[shell][number], expected)
    return f"{len(scripts)} scripts in {', '.join(_SHELLS)}"


def _run(
    scripts: Sequence[str], project: Path, folder: Path, shell: str
) -> list[tuple[list[str], list[str]]]:
    """Of each script, the calls, and the files of settings that it has changed."""
    copy, programs, calls = folder / "project", folder / "programs", folder / "calls"
    for path in (copy, programs, folder / "home"):
        path.mkdir(parents=True)
    for path in sorted(project.rglob("*")):
        inside = path.relative_to(project)
        if ".git" not in inside.parts and path.is_dir():
            (copy / inside).mkdir(exist_ok=True)
        elif len(inside.parts) == 1 and path.is_file():
            (copy / inside).write_bytes(path.read_bytes())
            (copy / inside).chmod(path.stat().st_mode)
        elif ".git" not in inside.parts and path.is_file():
            # For the patterns that name it: zsh refuses one that matches nothing.
            (copy / inside).touch()
    if not (copy / ".env.example").exists():
        # A script of the project makes it.
        (copy / ".env").touch()
    for name in _REAL:
        (programs / name).symlink_to(tool(name))
    for name in {one for script in scripts for one in _called(script)}:
        path = copy / name if "/" in name else programs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_FAKE.format(name=name), encoding="utf-8")
        path.chmod(0o755)
    settings = {"PATH": str(programs), "CALLS": str(calls), "HOME": str(folder / "home")}
    env = environment({**settings, "XDG_CONFIG_HOME": str(folder / "home")})
    found = []
    for script in scripts:
        calls.write_text("", encoding="utf-8")
        before = _settings(copy)
        # A command that fails does not keep a person from the next one.
        file = folder / "script"
        file.write_text(script, encoding="utf-8")
        run(_command(shell, file), cwd=copy, env=env, codes=None)
        changed = [line for line in _settings(copy) if line not in before]
        # What is piped together begins in no order.
        called = _without_chance(calls.read_text(encoding="utf-8"))
        found.append((sorted(called.splitlines()), changed))
    return found


def _command(shell: str, script: Path) -> Command:
    if shell == _TYPED:
        return ["sh", "-c", 'exec "$0" -f -i -s <"$1"', tool("zsh"), script]
    return [tool(shell), script]


def _called(script: str) -> Iterator[str]:
    """The programs that it calls, but those that are real, as far as its words tell."""
    joined = script.replace("\\\n", " ")
    for inner in re.findall(r"\bsh -c (?:'([^']*)'|\"([^\"]*)\")", joined):
        yield from _called("".join(inner))
    names = re.findall(r"\$\(\s*([\w./-]+)", joined)
    plain = re.sub(r"(?m)(^|\s)#.*$", "", re.sub(r"'[^']*'|\"[^\"]*\"", '""', joined))
    for part in re.split(r"\n|;|&&|\|\|?|\(", plain):
        words = [word for word in part.split() if not re.fullmatch(r"[A-Z_]+=\S*", word)]
        names += words[:1]
    yield from (name for name in names if name not in _BUILTIN and name not in _REAL)


def _settings(folder: Path) -> list[str]:
    """Each line of each file of settings, and its mode."""
    return [
        f"{path.name} {stat.S_IMODE(path.stat().st_mode):04o} {line}"
        for path in sorted(folder.glob(".env*"))
        for line in _without_chance(path.read_text(encoding="utf-8")).splitlines()
    ]


def _without_chance(text: str) -> str:
    """Random digits of one length are alike."""
    return re.sub(r"\b[0-9a-f]{32,}\b", lambda match: f"{len(match[0])} digits", text)
