"""The completions, in real shells: what Tab puts into a line, what it shows, and what it never does.

The program on the path is a stand-in: asked for completions it is the program, else it keeps the
words that the shell gave it.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.screen import ENTER, ESCAPE, LEFT, TAB, Screen, control
from verification.claims import require, require_equal
from verification.commands import run
from verification.report import Check

_PROMPT = "ready> "
_COMPLETION = Path("/usr/share/bash-completion/bash_completion")
_TOOLS = Path(__file__).resolve().parents[3] / ".build/verification/terminals/bin"
_SHELLCHECK = _TOOLS / "shellcheck"

# What a shell might act on: each is to arrive as it is. The keys that are typed tell it from others.
_VALUES = {
    "it": "it's",
    "c": "c$d",
    "py": "py:3.12",
    "py:": "py:3.12",
    "a=": "a=b",
    "a@": "a@b.c",
    "x": 'x"y',
    "s": "star*",
    "ba": "back\\slash",
    "ü": "ü",
    "日": "日本",
    "k": "k|b",
    "m": "m&b",
    "%": "%d",
    "+": "+plus",
    "t": "trail\\",
}
_ITEMS = {"a": "a b", "it": "it's", "c": "c$d", "py": "py:3.12"}
_WORDS = [
    *dict.fromkeys(_VALUES.values()),
    "$(touch$IFS'pwned')",
    "`touch$IFS'pwned'`",
    "~tilde",
    "#hash",
    "=ls",
    "!bang",
]
_HOSTILE = 'it\'s \\ "q" $(touch pwned) `touch pwned` : ] [ ) ( $HOME %F{red} * ~ ; | & > pwned'

_STAND_IN = """#!/bin/sh
if [ "$1" = __complete ]; then exec '{program}' "$@" 2>>'{bench}/errors'; fi
printf '%s\\0' "$@" >'{bench}/words'
count=$(($(cat '{bench}/count') + 1))
echo "$count" >'{bench}/count'
echo "told $count"
"""


@dataclass(frozen=True)
class Shell:
    name: str
    program: str
    setup: str = ""

    def command(self, home: Path, script: str) -> list[str | Path]:
        """Writes what it reads at its start."""
        if self.program == "bash":
            (home / ".inputrc").write_text(
                "set bell-style none\nset completion-query-items 0\nset page-completions off\n"
            )
            setup = f"{self.setup}\nHISTFILE=\nPS1='{_PROMPT}'\n{script}"
            (home / "bashrc").write_text(setup, encoding="utf-8")
            return ["bash", "--rcfile", home / "bashrc", "-i"]
        if self.program == "zsh":
            (home / "zfunc").mkdir()
            (home / "zfunc/_scaffold").write_text(script, encoding="utf-8")
            setup = f"PS1='{_PROMPT}'\n{self.setup}\n"
            (home / ".zshrc").write_text(setup, encoding="utf-8")
            return ["zsh", "-i"]
        folder = home / ".config/fish/completions"
        folder.mkdir(parents=True)
        (folder / "scaffold.fish").write_text(script, encoding="utf-8")
        (folder.parent / "config.fish").write_text(
            f"set -g fish_greeting\nfunction fish_prompt; echo -n '{_PROMPT}'; end\n"
        )
        return ["fish", "-i"]


_SHELLS = (
    Shell("bash", "bash"),
    Shell("bash with bash-completion", "bash", f". {_COMPLETION}"),
    Shell("bash that divides at blanks", "bash", r"COMP_WORDBREAKS=$' \t\n'"),
    Shell("zsh", "zsh", "fpath+=(~/zfunc); autoload -Uz compinit; compinit -u -D"),
    Shell(
        "zsh that sources it", "zsh", "autoload -Uz compinit; compinit -u -D; . ~/zfunc/_scaffold"
    ),
    Shell("fish", "fish"),
)


class Bench:
    """A shell at its prompt, in a folder with a layout, a project, and odd names."""

    def __init__(self, bed: Bed, shell: Shell) -> None:
        self.shell = shell
        self.folder = bed.folder("completions")
        self.home = self.folder / "home"
        self.work = self.folder / "work"
        self.work.mkdir()
        self._fill(bed)
        (self.folder / "count").write_text("0")
        (self.folder / "errors").touch()
        stand_in = self.home / "bin/scaffold"
        stand_in.parent.mkdir(parents=True)
        stand_in.write_text(_STAND_IN.format(program=bed.scaffold, bench=self.folder))
        stand_in.chmod(0o755)
        script = bed.run("completions", shell.program, cwd=self.folder).out
        self.screen: Screen = bed.shell(
            *shell.command(self.home, script),
            cwd=self.work,
            columns=100,
            rows=60,
            HOME=str(self.home),
            ZDOTDIR=str(self.home),
            PATH=f"{stand_in.parent}:{os.environ['PATH']}",
        )
        self._calls = 0

    def _fill(self, bed: Bed) -> None:
        layout = {
            "name": "odd",
            "summary": _HOSTILE,
            "version": "1.0.0",
            "variables": [
                {
                    "name": "WORD",
                    "help": _HOSTILE,
                    "choices": dict.fromkeys(_WORDS, _HOSTILE),
                    "default": "a=b",
                },
                {
                    "name": "SEVERAL",
                    "kind": "choices",
                    "choices": {"orders": "o", "stock": "s", "customers": "c"},
                    "default": "orders",
                },
                {"name": "ITEMS", "kind": "list", "of": "text", "default": "x"},
                {"name": "ON", "kind": "flag", "default": "true"},
            ],
            "layers": [{"folder": "base"}],
            "components": {"item": {"list": "ITEMS", "help": "An item"}},
        }
        self.odd = "my layouts/it's $x/odd"
        for folder in (self.work / "odd", self.work / self.odd):
            (folder / "base").mkdir(parents=True)
            (folder / "base/a.txt").write_text("x\n")
            (folder / "layout.json").write_text(json.dumps(layout))
        items = ",".join(_ITEMS.values())
        bed.run("new", "--layout", "./odd", "--items", items, "shop", cwd=self.work)
        (self.work / "dir:a=b@c").mkdir()
        (self.work / "answers one.json").write_text("{}")
        os.mkfifo(self.work / "pipe")
        (self.work / "piped").mkdir()
        for name in (".scaffold.json", "layout.json"):
            os.mkfifo(self.work / "piped" / name)

    def __enter__(self) -> "Bench":
        self.screen.wait_text(_PROMPT.rstrip())
        return self

    def __exit__(self, *_error: object) -> None:
        self.screen.__exit__(None, None, None)

    def call(self, *keys: str) -> list[str]:
        """The words that the program is called with by a line that is typed and sent."""
        self._calls += 1
        self.screen.keys(control("l"), *keys, ENTER)
        self.screen.wait_text(f"told {self._calls}")
        words = (self.folder / "words").read_text(encoding="utf-8")
        return words.split("\0")[:-1]

    def require(self, keys: str, words: Sequence[str], program: str = "scaffold") -> None:
        """- keys: with “⇥” for Tab."""
        typed = f"{program} {keys}".replace("⇥", TAB)
        require_equal(keys, self.call(typed), list(words))

    def shown(self, keys: str, *texts: str) -> str:
        self.screen.keys(control("l"), keys.replace("⇥", TAB))
        self.screen.wait_text(*texts)
        text = self.screen.text
        if self.shell.program == "fish":
            self.screen.keys(ESCAPE)
        self.screen.keys(control("e"), control("u"), control("u"))
        return text

    def type(self, line: str) -> None:
        self.screen.keys(line, ENTER)

    def require_harmless(self) -> None:
        require_equal("errors", (self.folder / "errors").read_text(), "")
        found = [path for path in self.folder.rglob("*") if "pwned" in path.name]
        require(not found, f"a text was run: {found}")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    shells = [
        shell
        for shell in _SHELLS
        if shutil.which(shell.program) and (_COMPLETION.exists() or "with" not in shell.name)
    ]
    return [[Check("the script for bash, by shellcheck", partial(_shellcheck, bed))]] + [
        [
            Check(f"{shell.name}: {name}", partial(make, bed, shell))
            for name, make in (
                ("a value is one argument, equal to it", _values),
                ("what a Tab puts into a line", _lines),
                ("files and directories", _paths),
                ("a project's record is read, a pipe is not waited for", _records),
                ("in a path, an alias, behind other commands, within a line", _places),
                ("lists say what there is, and what a layout says is text", _lists),
            )
        ]
        for shell in shells
    ]


def _shellcheck(bed: Bed) -> str:
    script = bed.folder("shellcheck") / "scaffold.bash"
    script.write_text(bed.run("completions", "bash", cwd=script.parent).out, encoding="utf-8")
    run([_SHELLCHECK, script], cwd=script.parent)
    return ""


def _values(bed: Bed, shell: Shell) -> str:
    with Bench(bed, shell) as bench:
        for typed, value in _VALUES.items():
            bench.require(f"new -l ./odd --word {typed}⇥", ["new", "-l", "./odd", "--word", value])
            bench.require(
                f"new -l ./odd --word={typed}⇥", ["new", "-l", "./odd", f"--word={value}"]
            )
            bench.require(
                f"new -l ./odd --set WORD={typed}⇥",
                ["new", "-l", "./odd", "--set", f"WORD={value}"],
            )
            for quote in ("'", '"'):
                words = ["new", "-l", "./odd", "--word", value]
                bench.require(f"new -l ./odd --word {quote}{typed}⇥", words)
        bench.type("cd shop")
        for typed, value in _ITEMS.items():
            for quote in ("", "'", '"'):
                bench.require(f"remove item {quote}{typed}⇥", ["remove", "item", value])
        bench.require_harmless()
    return f"{len(_VALUES)} values"


def _lines(bed: Bed, shell: Shell) -> str:
    rows = (
        ("und⇥", "undo"),
        ("help complet⇥", "help completions"),
        ("completions f⇥", "completions fish"),
        ("show ti⇥", "show tiered"),
        ("new --lay⇥ti⇥x", "new --layout tiered x"),
        ("new --layout=ti⇥ x", "new --layout=tiered x"),
        ("new -lti⇥ x", "new -ltiered x"),
        ("new -nlti⇥ x", "new -nltiered x"),
        ("new -l tiered --ti⇥co⇥", "new -l tiered --tier core"),
        ("new -l ./odd --dr⇥ x", "new -l ./odd --dry-run x"),
        ("new -l ./odd --no-o⇥ x", "new -l ./odd --no-on x"),
        ("new -l ./odd --on=f⇥ x", "new -l ./odd --on=false x"),
        ("new -l ./odd --several orders,c⇥ x", "new -l ./odd --several orders,customers x"),
        ("new -l ./odd --several=orders,c⇥ x", "new -l ./odd --several=orders,customers x"),
        ("new -l ./odd --set WO⇥py⇥ x", "new -l ./odd --set WORD=py:3.12 x"),
        ("new -l ./odd --set=WO⇥py⇥ x", "new -l ./odd --set=WORD=py:3.12 x"),
        # A value is no command, and what stands behind “--” no option.
        ("new --name new --lay⇥ti⇥", "new --name new --layout tiered"),
        ("new -l ./odd -- --dr⇥", "new -l ./odd -- --dr"),
        # What was given is not offered again.
        ("new -l ./odd --word py:3.12 --wo⇥", "new -l ./odd --word py:3.12 --wo"),
        ("nope --dr⇥", "nope --dr"),
    )
    with Bench(bed, shell) as bench:
        for keys, words in rows:
            bench.require(keys, words.split())
        bench.require_harmless()
    return f"{len(rows)} lines"


def _paths(bed: Bed, shell: Shell) -> str:
    with Bench(bed, shell) as bench:
        odd = f"./{bench.odd}"
        (bench.home / ".config").mkdir(exist_ok=True)
        # bash alone closes the quotes of a folder.
        close = "" if shell.program == "bash" else "'"
        for quoted in (
            "'./odd'",
            '"./odd"',
            "./od\\d",
            "./my\\ layouts/it\\'s\\ \\$x/odd",
            '"./my layouts/it\'s \\$x/odd"',
        ):
            folder = odd if "my" in quoted else "./odd"
            words = ["new", "-l", folder, "--word", "py:3.12"]
            bench.require(f"new -l {quoted} --word py⇥", words)
        for keys, words in (
            ("new -l od⇥", ["new", "-l", "odd/"]),
            ("new -l./od⇥", ["new", "-l./odd/"]),
            ("new --layout=./od⇥", ["new", "--layout=./odd/"]),
            ("new -l ./odd --answers an⇥", ["new", "-l", "./odd", "--answers", "answers one.json"]),
            ("new -l ./odd --answers=an⇥", ["new", "-l", "./odd", "--answers=answers one.json"]),
            ("new -l ./odd di⇥", ["new", "-l", "./odd", "dir:a=b@c/"]),
            ("check di⇥", ["check", "dir:a=b@c/"]),
            (f"check 'di⇥{close}", ["check", "dir:a=b@c/"]),
            (f"check './my la⇥{close}", ["check", "./my layouts/"]),
            ("check ./my\\ la⇥", ["check", "./my layouts/"]),
            ("check ~/.con⇥", ["check", f"{bench.home}/.config/"]),
        ):
            typed = bench.call(f"scaffold {keys}".replace("⇥", TAB))
            # zsh takes back a slash that nothing follows.
            require_equal(
                keys, [word.rstrip("/") for word in typed], [w.rstrip("/") for w in words]
            )
        # But for a layout's folder: without the slash it would be another layout's name.
        if shell.program == "zsh":
            bench.require("new -l od⇥ x", ["new", "-l", "odd/", "x"])
        bench.require_harmless()
    return ""


def _records(bed: Bed, shell: Shell) -> str:
    with Bench(bed, shell) as bench:
        for keys, words in (
            ("update shop --wo⇥py⇥", "update shop --word py:3.12"),
            ("update shop --set WO⇥py⇥", "update shop --set WORD=py:3.12"),
            ("update piped --wo⇥", "update piped --wo"),
            ("update pipe --wo⇥", "update pipe --wo"),
            ("new -l ./piped --wo⇥", "new -l ./piped --wo"),
            ("new -l pipe/ --wo⇥", "new -l pipe/ --wo"),
            ("new --answers pipe --wo⇥", "new --answers pipe --wo"),
            ("new --answers shop/.scaffold.json --wo⇥", "new --answers shop/.scaffold.json --word"),
        ):
            bench.require(keys, words.split())
        bench.type("cd shop")
        bench.require("add it⇥x", ["add", "item", "x"])
        bench.require("add item x --bef⇥it⇥", ["add", "item", "x", "--before", "it's"])
        bench.require("remove item 'a b' it⇥", ["remove", "item", "a b", "it's"])
        bench.require_harmless()
    return ""


def _places(bed: Bed, shell: Shell) -> str:
    with Bench(bed, shell) as bench:
        bench.type("cd shop")
        words = ["update", "--word", "py:3.12"]
        for program in (
            "true; scaffold",
            "A=b scaffold",
            "true | scaffold",
            "~/bin/scaffold",
            "../../home/bin/scaffold",
            str(bench.home / "bin/scaffold"),
        ):
            bench.require("update --wo⇥py⇥", words, program)
        bench.type("alias sc=scaffold")
        if shell.program == "bash":
            bench.type("complete -F _scaffold sc")
        bench.require("update --wo⇥py⇥", words, "sc")
        within = bench.call("scaffold update --wo x", LEFT, LEFT, TAB)
        require_equal("within a line", within, ["update", "--word", "x"])
        bench.require_harmless()
    return ""


def _lists(bed: Bed, shell: Shell) -> str:
    with Bench(bed, shell) as bench:
        # Layouts, with as much of their summaries as there is room for.
        bench.shown("scaffold new -l ⇥⇥", "tiered", "FastAPI service that grows from an MVP")
        bench.shown("scaffold ⇥⇥", "adopt", "Give a project that is there a layout")
        begin = _HOSTILE.partition(" $HOME")[0]
        bench.shown("scaffold new -l ./odd --word ⇥⇥", begin)
        seen = bench.shown("scaffold new -l ./odd --⇥⇥", begin, "--several")
        require("\x1b" not in seen, "an escape sequence is on the screen")
        bench.require("list", ["list"])
        bench.require_harmless()
    return ""
