"""Names and values that would act on a terminal: they are shown, and do nothing."""

import json
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from terminals.bed import Bed
from terminals.screen import Screen
from verification.claims import require, require_equal
from verification.commands import CheckError
from verification.report import Check, Once

# What each of them would do: to the title, the screen, the cursor, what was written before, the
# direction of writing, and the answers that a program reads.
TEXTS = (
    *("\x1b]0;seen\x07", "\x1b[2J\x1b[Hseen", "\x1b[9Aseen\x1b[K", "\x1b]52;c;c2Vl\x07seen"),
    *("\x9b2Jseen", "\x9d0;seen\x9c", "seen\rS", "se\b\bseen", "\u202eseen", "\u2066seen\u200f"),
    *("\x1b[6nseen", "\x1b[?1049hseen", "\x1bPqseen\x1b\\", "\x0eseen", "seen\nerror: seen"),
)
# Not UTF-8, which only names of files can be.
BYTES = (b"\xff\x9b2Jseen", b"\xc2seen\x9b")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Place:
    """Where a text comes in: a call, and how what it needs is made; both get the text."""

    name: str
    words: Callable[[str], Sequence[str]]
    prepare: Callable[[Path, str], None] = lambda _folder, _text: None
    # A name on a disk, which can be anything that has no slash in it.
    is_name: bool = False
    # What is asked for names the text.
    shows: bool = True


def harmless(screen: Screen) -> None:
    """Nothing but text, ends of lines and colours has come."""
    require_equal("titles", screen.emulator.titles, [])
    require_equal("bells", screen.emulator.bells, 0)
    try:
        text = screen.raw.decode()
    except UnicodeDecodeError as error:
        raise CheckError(f"it is no UTF-8: {error}\n{screen.drawn()}") from None
    require_harmless(_STYLE.sub("", text), screen.drawn())


def require_harmless(text: str, seen: str) -> None:
    for character in text:
        is_control = unicodedata.category(character) == "Cc" and character not in "\r\n\t"
        if is_control or _DIRECTION.match(character):
            raise CheckError(f"{character!r} comes to the terminal\n{seen}")
    alone = re.search("\r+(?![\r\n])", text)
    require(alone is None, f"a carriage return comes to the terminal\n{seen}")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    project = Once("a project", lambda: bed.made("tiered", "--tier", "mvp"))
    checks = [
        Check(f"in {place.name}", partial(_does_nothing, bed, project, place)) for place in _PLACES
    ]
    return [checks[::2], checks[1::2]]


def _does_nothing(bed: Bed, project: Once[Path], place: Place) -> str:
    texts = [*TEXTS, *(os.fsdecode(one) for one in BYTES)] if place.is_name else TEXTS
    for text in texts:
        folder = bed.folder("hostile")
        source = project()
        bed.run_any(["cp", "-R", source, folder / "shop"], cwd=folder)
        place.prepare(folder, text)
        words = place.words(text)
        # Nothing can be typed: nothing is asked.
        with (
            open(os.devnull) as null,
            bed.screen(*words, cwd=folder, columns=200, rows=500, stdin=null.fileno()) as screen,
        ):
            screen.end()
            harmless(screen)
            if place.shows:
                require("seen" in screen.text, f"{text!r} is not shown\n{screen.drawn()}")
    return f"{len(texts)} texts"


def _file(name: str) -> Callable[[Path, str], None]:
    """A file whose path is `name` with the text for `@`."""

    def make(folder: Path, text: str) -> None:
        path = folder / name.replace("@", text)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n", encoding="utf-8")

    return make


def _json(name: str, data: object) -> Callable[[Path, str], None]:
    def make(folder: Path, text: str) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written = json.dumps(data).replace("@", json.dumps(text)[1:-1])
        path.write_text(written, encoding="utf-8")

    return make


def _both(*parts: Callable[[Path, str], None]) -> Callable[[Path, str], None]:
    def make(folder: Path, text: str) -> None:
        for part in parts:
            part(folder, text)

    return make


def _record(changed: Callable[[dict[str, Any], str], None]) -> Callable[[Path, str], None]:
    def make(folder: Path, text: str) -> None:
        path = folder / "shop/.scaffold.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        changed(record, text)
        path.write_text(json.dumps(record), encoding="utf-8")

    return make


def _unrecorded(folder: Path, _text: str) -> None:
    (folder / "shop/.scaffold.json").unlink()


def _renamed(folder: Path, text: str) -> None:
    (folder / "shop").rename(folder / text)


def _set_answer(record: dict[str, Any], text: str) -> None:
    record["layouts"][0]["answers"]["DESCRIPTION"] = text


_LAYOUT = _both(
    _json(
        "mine/layout.json",
        {"name": "mine", "summary": "s", "version": "1.0.0", "layers": [{"folder": "base"}]},
    ),
    _file("mine/base/a.txt"),
)
_MINE = ("new", "--layout", "./mine")
_TIERED = ("new", "--layout", "tiered")

_PLACES = (
    Place("a command", lambda text: [text]),
    Place("an option", lambda text: ["list", f"--{text}"]),
    Place("the value of a choice", lambda text: ["list", "--format", text]),
    Place("the name of a layout", lambda text: ["show", text]),
    Place("the name of a layout in a folder", lambda text: ["show", f"./{text}"]),
    Place("an argument too much", lambda text: ["list", text]),
    Place("a directory", lambda text: [*_TIERED, text]),
    Place(
        "a directory that is made",
        lambda text: [*_TIERED, "--project-name", "shop", text],
    ),
    Place("a value", lambda text: [*_TIERED, "--description", text, "x"]),
    Place("a name", lambda text: [*_TIERED, "--project-name", text, "x"]),
    Place("an item", lambda text: [*_TIERED, "--models", f"item,{text}", "x"]),
    Place("a value by its name", lambda text: [*_TIERED, "--set", f"DESCRIPTION={text}", "x"]),
    Place("the name of a variable", lambda text: [*_TIERED, "--set", f"{text}=1", "x"]),
    Place("a component", lambda text: ["add", text, "barrel", "shop"]),
    Place("an item that is added", lambda text: ["add", "model", text, "shop"]),
    Place("an item that is removed", lambda text: ["remove", "model", text, "shop"]),
    Place("a project that is none", lambda text: ["check", text]),
    Place(
        "an answer of a file",
        lambda _text: [*_TIERED, "--answers", "a.json", "x"],
        _json("a.json", {"DESCRIPTION": "@"}),
    ),
    Place(
        "a key of a file of answers",
        lambda _text: [*_TIERED, "--answers", "a.json", "x"],
        _json("a.json", {"@": "x"}),
    ),
    Place(
        "the name of a file of answers",
        lambda text: [*_TIERED, "--answers", text, "x"],
        _file("@"),
    ),
    Place(
        "the name of a file of a layout",
        lambda _text: [*_MINE, "x"],
        _both(_LAYOUT, _file("mine/base/@")),
        is_name=True,
    ),
    Place(
        "the name of a file of a layout, its tree",
        lambda _text: ["show", "--tree", "./mine"],
        _both(_LAYOUT, _file("mine/base/@/b")),
        is_name=True,
    ),
    Place(
        "the name of a file that is adopted",
        lambda _text: ["adopt", "--layout", "tiered", "--dry-run", "shop"],
        _both(_unrecorded, _file("shop/@")),
        is_name=True,
        shows=False,
    ),
    Place(
        "the name of a folder of a project",
        lambda _text: ["check", "shop"],
        _file("shop/src/@/b.py"),
        is_name=True,
        shows=False,
    ),
    Place(
        "the directory of a project, checked",
        lambda text: ["check", f"./{text}"],
        _renamed,
        shows=False,
    ),
    Place(
        "the directory of a project, updated",
        lambda text: ["update", "--tier", "core", f"./{text}"],
        _renamed,
    ),
    Place(
        "an answer of a record",
        lambda _text: ["update", "--dry-run", "shop"],
        _record(_set_answer),
    ),
    Place(
        "a key of a record",
        lambda _text: ["check", "shop"],
        _record(lambda record, text: record.update({text: 1})),
    ),
)
