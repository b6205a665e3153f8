"""What is claimed about the quoting filters: a text comes back as it was given, in every reader.

A layout with a file for each syntax is rendered with texts that mean something in one or another of
them, and each file is read with all readers of its syntax that can be had here.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from verification.commands import CheckError, run
from verification.context import Context, Layout
from verification.report import Check, Lane
from verification.tools import tool

# Between the documents of one file, as `readers.py` has it.
_CUT = "\n<!-- cut -->\n"
_READERS = Path(__file__).parents[1] / "verification/readers.py"
# Those of the machine are tried; a POSIX shell there always is.
_SHELLS = ("sh", "dash", "bash", "mksh", "zsh", "fish")

VALUES: tuple[str, ...] = (
    *("demo", "  lead", "trail  ", "it's", 'say "hi"', "'\"", "C:\\dir\\new", "a\\", "a\\\\b"),
    *("\\\\", "\\'", "a\\'b", "$HOME", "cost $5 or $6", "$$", "${HOME}", "$(id)", "`id`"),
    *("it's `id`", "it's $5", "100%", "%(x)s", "%%", "a # b", "# heading", "C#", "trail ##"),
    *("C# and F#", "#hashtag", "## two ##", "=x", "==", "a==b==c", "===", "~user", "~~gone~~"),
    *("a~b~c", "A & B", "R&D", "&amp; &copy;", "&copy", "AT&T;", "a < b", "a<b>c", "<b>bold</b>"),
    *("a > b", "> quote", "-> x", "*em* and **strong**", "_em_", "snake_case_name", "a_b _c_ d_e"),
    *("__init__", "[link](url)", "![image](u)", "[x]: y", "a|b|c", "|", "`a|b`", "- item"),
    *("+ item", "* item", "1. one", "1) one", "1234567890. ten", "2024", "2024.", "---", "+++"),
    *("***", "!!! note", "??? note", ":smile:", "a:b:c", ": definition", "::: box", "{{ x }}"),
    *("{% x %}", "{: .c}", "name {#id}", "{a,b}", "*.txt", "!hist", "[ ] todo", "yes", "null"),
    *("1e3", "0x1F", "~", "a: b", "- a", "? a", "@at", "%a", ">", "2026-01-01", "1_000", ".inf"),
    *("https://example.com/~me/", "Docs: https://example.com/a_b_c?x=1&y=2, ok"),
    *("see (https://example.com/Foo_(bar)).", "https://example.com/a*b*c"),
    *("https://example.com/%7Eme", "https://example.com/a|b", "https://example.com/?a=$b&copy;=c"),
    *("www.example.com/~me and www.example.org", "http://localhost:8000/#top"),
    *("https://example.com.", "HTTPS://example.com/_x_", "xhttps://a_b.c", "https://"),
    *("mail ann_b@example.com", "https://example.com/~a\\~b", "https://example.com/é_ü", "é à ü"),
    *("日本語", "🎉 party", "\u2019 \u2013 \u00d7 \u2026", '"́x', "a  b", "C:\\_dir *x*"),
    *("Costs < 5: __init__, *fast*", "\\n", "\\*", "\\&", "\\|", "x\\", "a^2^ and H~2~O"),
    *("don't \\ stop", "''", '""', '"""', "'''", "--", "-x", "+1", "(c) (tm)", "1 * 2 * 3"),
    *("a * b_ c", "\\`tick\\`", "``", "a``b"),
)


def _each(line: str, values: int) -> str:
    """The line for each value; `N` is its number."""
    return "".join(f"{line.replace('N', str(index))}\n" for index in range(values))


def _templates(values: int) -> dict[str, str]:
    """Complete literals, and parts of ones between quotes that are there."""
    pairs = {
        "json": '"VN": <<VN|json>>, "IN": "a <<VN|json("inside")>> b",',
        "yaml": 'VN: <<VN|yaml>>\nIN: "a <<VN|yaml("inside")>> b"',
        "toml": 'VN = <<VN|toml>>\nIN = "a <<VN|toml("inside")>> b"',
        "python": '"VN": <<VN|python>>, "IN": "a <<VN|python("inside")>> b",',
        "sh": 'printf \'%s\\0\' VN <<VN|shell>> IN "a <<VN|shell("inside")>> b"',
        "env": 'VN=<<VN|dotenv>>\nIN="a <<VN|dotenv("inside")>> b"',
        "compose": 'VN: <<VN|double("$")|yaml>>',
        "make": "\t@printf '%s\\0' VN <<VN|shell|double(\"$\")>>",
        # A value of its own would lose the blanks at its ends.
        "ini": 'VN = =<<VN|double("%")>>=',
    }
    files = {f"values.{syntax}": _each(line, values) for syntax, line in pairs.items()}
    files["values.json"] = "{" + files["values.json"] + '"end": ""}\n'
    files["values.python"] = "{" + files["values.python"] + "}\n"
    files["values.make"] = "all:\n" + files["values.make"]
    files["values.ini"] = "[values]\n" + files["values.ini"]
    files["env.sh"] = '. "$(dirname "$0")/values.env"\n' + _each(
        """printf '%s\\0' VN "$VN" IN "$IN\"""", values
    )
    places = {
        "paragraph": "<<VN|markdown>>",
        "heading": "## <<VN|markdown>>",
        "line": "say <<VN|markdown>> now",
        "cell": "| one | two | three |\n|---|---|---|\n| a | <<VN|markdown>> | b |",
    }
    for place, text in places.items():
        files[f"{place}.md"] = _CUT.join(
            text.replace("N", str(index)) + "\n" for index in range(values)
        )
    return files


def _rendered(context: Context) -> Path:
    layout = context.memory / "layout"
    base = layout / "base"
    base.mkdir(parents=True)
    for name, text in _templates(len(VALUES)).items():
        (base / name).write_text(text, encoding="utf-8")
    names = [f"V{index}" for index in range(len(VALUES))]
    manifest = {
        "name": "quoting",
        "summary": "Texts in every syntax",
        "version": "1.0.0",
        "variables": [{"name": name, "kind": "text"} for name in names],
        "layers": [{"folder": "base"}],
    }
    (layout / "layout.json").write_text(json.dumps(manifest), encoding="utf-8")
    answers = context.memory / "answers.json"
    answers.write_text(json.dumps(dict(zip(names, VALUES, strict=True))), encoding="utf-8")
    project = context.memory / "rendered"
    context.new(str(layout), project, "--answers", str(answers))
    return project


def _read_back(context: Context) -> str:
    values = context.memory / "values.json"
    values.write_text(json.dumps(VALUES), encoding="utf-8")
    shells = [found for name in _SHELLS if (found := shutil.which(name))]
    result = run(
        [tool("python"), _READERS, _rendered(context), values, *shells], codes=(0, 1), seconds=120
    )
    *faults, seen = result.out.splitlines() or [result.text]
    if result.code != 0:
        raise CheckError("\n".join([*faults, seen, result.err]))
    return seen


def _lanes(context: Context) -> Sequence[Lane]:
    name = "what a quoting filter writes is read back as it was given"
    return [Lane([Check(name, lambda: _read_back(context))])]


LAYOUT = Layout("quoting", (), _lanes)
