"""Colours, signs and widths that the environment asks for, as the conventions have them."""

import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.emulator import cells
from verification.claims import require, require_equal
from verification.report import Check, Once

_Env = Mapping[str, str | None]
# no-color.org, bixense.com/clicolors, force-color.org, and what terminfo's dumb one can do.
_ON_A_TERMINAL: Sequence[tuple[_Env, Sequence[str], bool]] = (
    ({}, (), True),
    ({"NO_COLOR": "1"}, (), False),
    ({"NO_COLOR": ""}, (), True),
    ({"TERM": "dumb"}, (), False),
    ({"CLICOLOR": "0"}, (), False),
    ({"CLICOLOR": "1"}, (), True),
    ({"NO_COLOR": "1"}, ("--color", "always"), True),
    ({}, ("--color", "never"), False),
    ({"NO_COLOR": "1"}, ("--color=auto",), False),
    ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
    ({"TERM": "dumb"}, ("--color", "always"), True),
)
_IN_A_PIPE: Sequence[tuple[_Env, Sequence[str], bool]] = (
    ({}, (), False),
    ({"CLICOLOR_FORCE": "1"}, (), True),
    ({"CLICOLOR_FORCE": "0"}, (), False),
    ({"CLICOLOR_FORCE": ""}, (), False),
    ({"FORCE_COLOR": "1"}, (), True),
    ({"FORCE_COLOR": "3"}, (), True),
    ({"FORCE_COLOR": ""}, (), False),
    ({"CLICOLOR": "1"}, (), False),
    ({}, ("--color", "always"), True),
    ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
    ({"CLICOLOR_FORCE": "1"}, ("--color", "never"), False),
)
_CALLS = (("list",), ("show", "tiered"), ("new", "--layout", "tiered", "--dry-run", "x"), ("help",))
_ESCAPE = "\x1b["
# Where nothing of what is printed comes from a person.
_OWN = (
    *_CALLS,
    ("show", "tiered", "--tree"),
    ("nope",),
    ("new", "--help"),
    ("list", "--components"),
)


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    folder = Once("a folder", lambda: bed.folder("colours"))
    coloured = [
        *(
            Check(_name("on a terminal", env, words), partial(_colours, bed, folder, *one))
            for one in _ON_A_TERMINAL
            for env, words, _ in [one]
        ),
        *(
            Check(_name("in a pipe", env, words), partial(_colours_piped, bed, folder, *one))
            for one in _IN_A_PIPE
            for env, words, _ in [one]
        ),
    ]
    others = [
        Check("before the command, too", partial(_before_the_command, bed, folder)),
        Check("errors have their own stream", partial(_streams, bed, folder)),
        Check("ASCII where the locale has no more", partial(_ascii, bed, folder)),
        Check("names of people stay as they are in ASCII", partial(_names, bed)),
        Check("COLUMNS says how wide", partial(_columns, bed, folder)),
        Check("a pipe has no width", partial(_pipe, bed, folder)),
    ]
    return [coloured, others]


def _name(where: str, env: _Env, words: Sequence[str]) -> str:
    set_ = [f"{name}={value}" for name, value in env.items()]
    return f"{where}: {' '.join([*set_, *words]) or 'nothing said'}"


def _colours(bed: Bed, folder: Once[Path], env: _Env, words: Sequence[str], expected: bool) -> str:
    for call in _CALLS:
        with bed.screen(*call, *words, cwd=folder(), env=env, rows=1000) as screen:
            require_equal(f"exit code of {call}", screen.end(), 0)
            require_equal(f"colours of {call}", b"\x1b" in screen.raw, expected)
            screen.require_as_it_was()
    return ""


def _colours_piped(
    bed: Bed, folder: Once[Path], env: _Env, words: Sequence[str], expected: bool
) -> str:
    for call in _CALLS:
        out = bed.run(*call, *words, cwd=folder(), env=env).out
        require_equal(f"colours of {call}", _ESCAPE in out, expected)
    return ""


def _before_the_command(bed: Bed, folder: Once[Path]) -> str:
    for words in (("--color", "always", "list"), ("--color=always", "list")):
        require(_ESCAPE in bed.run(*words, cwd=folder()).out, f"{words}: no colours")
    told = bed.run("--color", "sometimes", "list", cwd=folder(), codes=(2,)).err
    require("always" in told and "never" in told, told)
    return ""


def _streams(bed: Bed, folder: Once[Path]) -> str:
    """One of them is a terminal, and the other one is not."""
    reading, writing = os.pipe()
    try:
        with bed.screen("nope", cwd=folder(), stdout=writing) as screen:
            require_equal("exit code", screen.end(), 2)
            require(b"\x1b[" in screen.raw, f"the error has no colours\n{screen.drawn()}")
        with bed.screen("nope", cwd=folder(), stderr=writing) as screen:
            require_equal("exit code", screen.end(), 2)
        piped = os.read(reading, 65536)
        require(b"error:" in piped and b"\x1b" not in piped, repr(piped))
    finally:
        os.close(reading)
        os.close(writing)
    return ""


_ASCII_LOCALES: Sequence[tuple[_Env, bool]] = (
    ({"LC_ALL": "C"}, True),
    ({"LC_ALL": "POSIX"}, True),
    ({"LC_ALL": None, "LANG": "C"}, True),
    ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "C"}, True),
    ({"LC_ALL": None, "LC_CTYPE": "C", "LANG": "en_US.UTF-8"}, True),
    ({"LC_ALL": "de_DE.ISO-8859-1"}, True),
    ({"LC_ALL": "de_DE@euro"}, False),
    ({"LC_ALL": "C.UTF-8"}, False),
    ({"LC_ALL": "en_US.utf8", "LANG": "C"}, False),
    ({"LC_ALL": None, "LC_CTYPE": "en_US.UTF-8", "LANG": "C"}, False),
    # Containers and CI: it is UTF-8 there.
    ({"LC_ALL": None}, False),
)


def _ascii(bed: Bed, folder: Once[Path]) -> str:
    for env, expected in _ASCII_LOCALES:
        for call in _OWN:
            with bed.screen(*call, cwd=folder(), env=env, rows=1000) as screen:
                screen.end()
                seen = [letter for letter in screen.text if ord(letter) > 126]
                at = f"{' '.join(call)} with {dict(env)}"
                require(not (expected and seen), f"{at}: {''.join(sorted(set(seen)))}")
            if not expected and "--tree" in call:
                require("├──" in screen.text, f"{at}\n{screen.drawn()}")
    return f"{len(_ASCII_LOCALES)} locales"


def _names(bed: Bed) -> str:
    """Of what people have written nothing is lost; JSON and paths are the same everywhere."""
    folder = bed.folder("names")
    made = bed.run(
        *("new", "--layout", "tiered", "--project-name", "shop", "--description", "Grüße"),
        *("日本", "--dry-run"),
        cwd=folder,
        env={"LC_ALL": "C"},
    ).out
    require("日本" in made, made)
    require("|-- " in made and "├" not in made, made)
    call = ("new", "--layout", "tiered", "x", "--dry-run", "--description", "Grüße “x”")
    for form in ("json", "paths"):
        texts = {
            bed.run(*call, "--format", form, cwd=folder, env={"LC_ALL": locale}).out
            for locale in ("C", "C.UTF-8")
        }
        require_equal(f"kinds of {form}", len(texts), 1)
    return ""


def _columns(bed: Bed, folder: Once[Path]) -> str:
    for call in (("list",), ("help", "new"), ("show", "tiered", "--tree")):
        with bed.screen(*call, cwd=folder(), env={"COLUMNS": "48"}, rows=1000) as screen:
            require_equal("exit code", screen.end(), 0)
            rows = screen.emulator.rows()
            # Commands are copied: they are as long as they are.
            widest = max((row for row in rows if not row.startswith("  scaffold ")), key=cells)
            require(cells(widest) <= 48, f"{call}: {widest}")
            require(cells(widest) > 30, f"{call}: {widest}")
        for nonsense in ("0", "-5", "x", "", "99999999999999999999", "1"):
            env = {"COLUMNS": nonsense}
            with bed.screen(*call, cwd=folder(), env=env, rows=3000) as screen:
                require_equal(f"exit code with COLUMNS={nonsense}", screen.end(), 0)
    return ""


def _pipe(bed: Bed, folder: Once[Path]) -> str:
    """What is piped is for programs: nothing is cut, and it is the same everywhere."""
    for call in (("show", "ops-k8s", "--tree"), ("new", "--layout", "tiered", "-n", "x")):
        texts = {
            bed.run(*call, cwd=folder(), env={"COLUMNS": columns}).out
            for columns in ("20", "80", "200", None)
        }
        require_equal(f"kinds of {call}", len(texts), 1)
        require(not re.search("…$", texts.pop(), re.M), f"{call} is cut")
    return ""
