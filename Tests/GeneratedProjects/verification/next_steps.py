"""What `scaffold new` tells to do next, done as it is printed, on machines with little on them."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.context import Context
from verification.report import Check
from verification.servers import listening, server
from verification.tools import interpreter, tool

_PYTHON, _UV = "python3", "uv"
# What any machine has, and git.
_SYSTEM = (
    *("awk", "basename", "bash", "cat", "chmod", "cmp", "cp", "cut", "date", "diff"),
    *("dirname", "echo", "env", "false", "find", "git", "grep", "gzip", "head", "id"),
    *("ln", "ls", "mkdir", "mktemp", "more", "mv", "nproc", "od", "printf", "pwd"),
    *("readlink", "realpath", "rm", "rmdir", "sed", "sh", "sha256sum", "sleep"),
    *("sort", "stat", "tail", "tar", "tee", "test", "touch", "tr", "true", "uname"),
    *("uniq", "wc", "xargs"),
)
# As shells have to quote it, and as people name folders.
_NAME = "it's new"
_REMARK = re.compile(r"needs ([^\s,:]+)[^:]*: https://\S+.*")


@dataclass(frozen=True)
class NextSteps:
    """The commands for a project with these options, and what is special about them."""

    options: Sequence[str] = ()
    # The command that serves until it is stopped begins so, and listens there.
    serves: str = ""
    port: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    # What is typed when a command asks for it.
    typed: str = ""
    # Programs that remarks say how to get, where there is Python alone.
    missing: Sequence[str] = ()
    # What begins so needs servers, which other checks have: it is told, and not done.
    elsewhere: Sequence[str] = ()
    # What is done in the place of a command of which other checks have the rest.
    begun: Mapping[str, str] = field(default_factory=dict)


def next_checks(context: Context, layout: str, variants: Sequence[NextSteps]) -> list[Check]:
    """Each one installs all that a project needs: one of them takes its turn."""
    every = [(steps, machine) for steps in variants for machine in (_PYTHON, _UV)]
    return [
        Check(
            f"what is told to do next works where there is {' '.join((machine, *steps.options))}",
            partial(_walk, context, layout, steps, machine),
        )
        for steps, machine in context.in_turn(every)
    ]


def _walk(context: Context, layout: str, steps: NextSteps, machine: str) -> str:
    scratch = context.work / re.sub(r"\W+", "-", " ".join(("next", machine, *steps.options)))
    scratch.mkdir()
    env = _machine(scratch, machine, steps.settings)
    command: Command = [context.scaffold, "new", "--layout", layout, *steps.options, _NAME]
    told = run(command, cwd=scratch, env=env).text
    shown = [line.removeprefix("  ") for line in told.partition("\nNext:\n")[2].splitlines()]
    commands = [line for line in shown if not line.startswith("#")]
    # One that is long goes on in the next line.
    remarks = re.findall(r"^# (needs.*(?:\n# (?!needs).*)*)", "\n".join(shown), re.MULTILINE)
    remarks = [one.replace("\n# ", " ") for one in remarks]
    missing = [match[1] for match in map(_REMARK.fullmatch, remarks) if match]
    require(len(missing) == len(remarks), f"one does not say where it is\n{remarks}")
    require_equal("what is missing", missing, [one for one in steps.missing if one != machine])
    if _UV in missing:
        (scratch / "programs" / _UV).symlink_to(tool(_UV))
    require_equal("the second command", commands[1:2], ["git init -b main"])
    run(["bash", "-c", f"{commands[0]} && test -f .scaffold.json"], cwd=scratch, env=env)
    done = 0
    for line in commands[1:]:
        if line.startswith(tuple(steps.elsewhere)):
            continue
        if steps.serves and line.startswith(steps.serves):
            _serve(line, scratch, steps.port, env)
        else:
            folder = scratch / _NAME
            word = steps.begun.get(line, line)
            run(["bash", "-c", word], cwd=folder, env=env, seconds=900, text=steps.typed)
        done += 1
    require((scratch / _NAME / ".git/HEAD").is_file(), "it is no repository")
    return f"{done} of {len(commands) - 1} commands"


def _serve(line: str, scratch: Path, port: int, env: Mapping[str, str]) -> None:
    log = scratch / "log"
    with server(["bash", "-c", line], log, cwd=scratch / _NAME, env=env, ports=[port]) as running:
        running.wait_until(partial(listening, port), line)


def _machine(scratch: Path, machine: str, settings: Mapping[str, str]) -> dict[str, str]:
    """With one Python by its shortest name, or with uv and a Python that it finds."""
    programs = scratch / "programs"
    programs.mkdir()
    for name in _SYSTEM:
        (programs / name).symlink_to(tool(name))
    python = interpreter("3.14")
    found = python.executable.parent
    if machine == _PYTHON:
        # Beside its library, where a virtual environment looks for that.
        found = scratch / "python/bin"
        found.mkdir(parents=True)
        (found / _PYTHON).symlink_to(python.executable)
        (found.parent / python.stdlib.parent.name).symlink_to(python.stdlib.parent)
    else:
        # It could not bring a Python where it does not reach those that are published.
        (programs / _UV).symlink_to(tool(_UV))
    path = [str(programs), str(found)]
    home = Path.home()
    return environment(
        {
            **settings,
            "PATH": os.pathsep.join(path),
            # Programs are installed below it; what is kept and set stays that of the machine.
            "HOME": str(scratch),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(home / ".cache")),
            "XDG_CONFIG_HOME": os.environ.get("XDG_CONFIG_HOME", str(home / ".config")),
        }
    )
