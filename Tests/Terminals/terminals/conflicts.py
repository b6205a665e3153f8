"""Files that are there already, decided one by one."""

import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from terminals.conversation import STOPPED, Conversation
from terminals.hostile import TEXTS, require_harmless
from terminals.screen import ENTER, ESCAPE, Screen, control
from verification.claims import require, require_equal
from verification.report import Check

_FILES = (".editorconfig", "README.md", "src/main.py")
_MINE = "mine\n"
_ASK = ("--on-conflict", "ask")


@dataclass(frozen=True)
class Way:
    """Keys, and which files are the user's own afterwards; None where nothing was written."""

    name: str
    keys: Sequence[str]
    kept: Sequence[str] | None
    code: int = 0


_WAYS = (
    Way("Enter", [ENTER, ENTER, ENTER], _FILES),
    Way("keep", ["k", "k", "k"], _FILES),
    Way("replace", ["r", "r", "r"], ()),
    Way("each another way", ["k", "r", "k"], (_FILES[0], _FILES[2])),
    Way("see whole", ["w", "w", "r", "w", ENTER, "r"], (_FILES[1],)),
    Way("keep all", ["K"], _FILES),
    Way("replace all", ["R"], ()),
    Way("replace, and keep all else", ["r", "K"], _FILES[1:]),
    Way("keys that mean nothing", ["x", "é", "1", "k", "r", "r"], (_FILES[0],)),
    Way("end of file", [control("d")], _FILES),
    Way("stop", ["r", "s"], None, STOPPED),
    Way("Escape", ["r", ESCAPE], None, STOPPED),
    Way("Ctrl-C", ["r", control("c")], None, -signal.SIGINT),
)


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    plain: dict[str, str | None] = {"TERM": "dumb"}
    return [
        [
            *(Check(f"new: {way.name}", partial(_decides, bed, way)) for way in _WAYS),
            Check("new: left by SIGTERM, SIGHUP, a closed window", partial(_is_left, bed)),
        ],
        [
            Check("in plain lines", partial(_decides_plainly, bed, plain)),
            Check("without a terminal nobody is asked", partial(_asks_nobody, bed)),
            Check("update: merged, kept, replaced", partial(_updates, bed)),
            Check("what files hold does nothing to the terminal", partial(_is_harmless, bed)),
            Check("a window of 20 columns and 6 rows", partial(_is_small, bed)),
        ],
    ]


def _folder(bed: Bed, text: str = _MINE) -> Path:
    folder = bed.folder("conflicts")
    for name in _FILES:
        path = folder / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _screen(bed: Bed, folder: Path, columns: int = 80, rows: int = 24) -> Screen:
    words = ("new", "--layout", "tiered", *_ASK, "shop")
    return bed.screen(*words, cwd=folder, columns=columns, rows=rows)


def _kept(folder: Path) -> list[str]:
    return [
        name for name in _FILES if (folder / "shop" / name).read_text(encoding="utf-8") == _MINE
    ]


def _require(folder: Path, way: Way) -> None:
    is_written = (folder / "shop/.scaffold.json").exists()
    require_equal("whether it was written", is_written, way.kept is not None)
    kept = _FILES if way.kept is None else way.kept
    require_equal("the user's own", _kept(folder), list(kept))


def _decides(bed: Bed, way: Way) -> str:
    folder = _folder(bed)
    with _screen(bed, folder) as screen:
        conversation = Conversation(screen).begin()
        require("(1 of 3)" in conversation.question, screen.drawn())
        require("-mine" in screen.text, f"it shows no difference\n{screen.drawn()}")
        conversation.press(*way.keys[:-1])
        screen.keys(way.keys[-1])
        require_equal(f"exit code\n{screen.drawn()}\n", screen.end(), way.code)
        screen.require_as_it_was()
    _require(folder, way)
    if way.kept:
        require("kept" in screen.text, f"it does not say what was kept\n{screen.drawn()}")
    return ""


_LEAVING: Sequence[tuple[str, Callable[[Screen], None], int]] = (
    ("SIGTERM", lambda screen: screen.signal(signal.SIGTERM), -signal.SIGTERM),
    ("SIGHUP", lambda screen: screen.signal(signal.SIGHUP), -signal.SIGHUP),
    ("a closed window", lambda screen: screen.hang_up(), -signal.SIGHUP),
)


def _is_left(bed: Bed) -> str:
    for name, leave, code in _LEAVING:
        folder = _folder(bed)
        with _screen(bed, folder) as screen:
            Conversation(screen).begin().press("r")
            leave(screen)
            require_equal(f"exit code of {name}", screen.end(), code)
            if name != "a closed window":
                screen.require_as_it_was()
        _require(folder, Way(name, (), None))
    return ""


def _decides_plainly(bed: Bed, env: dict[str, str | None]) -> str:
    folder = _folder(bed)
    words = ("new", "--layout", "tiered", *_ASK, "shop")
    with bed.screen(*words, cwd=folder, env=env, rows=2000) as screen:
        for number, answer in enumerate(("k", "replace", ""), 1):
            screen.wait_text(f"({number} of 3)")
            screen.wait_for(lambda seen: seen.raw.endswith(b"]: "), "question")
            screen.keys(answer, ENTER)
        require_equal("exit code", screen.end(), 0)
        require(b"\x1b" not in screen.raw, f"an escape sequence\n{screen.drawn()}")
    _require(folder, Way("", (), (_FILES[0], _FILES[2])))
    return ""


def _asks_nobody(bed: Bed) -> str:
    """Then a conflict is what it is by default: it ends the run."""
    folder = _folder(bed)
    words = ("new", "--layout", "tiered", *_ASK, "shop")
    told = bed.run(*words, cwd=folder, codes=(2, 4))
    require("terminal" in told.err or "conflict" in told.err, told.text)
    _require(folder, Way("", (), None))
    return told.err.splitlines()[0]


def _updates(bed: Bed) -> str:
    for key, expected in (("m", "<<<<<<<"), (ENTER, "Tier: mine"), ("r", "CORE")):
        shop = bed.made("tiered")
        readme = shop / "README.md"
        text = readme.read_text(encoding="utf-8").replace("**Tier**: MVP", "Tier: mine")
        readme.write_text(text, encoding="utf-8")
        words = ("update", "--tier", "core", *_ASK, "shop")
        with bed.screen(*words, cwd=shop.parent) as screen:
            conversation = Conversation(screen).begin()
            require("(1 of 1)" in conversation.question, screen.drawn())
            require("-Tier: mine" in screen.text, f"it shows no difference\n{screen.drawn()}")
            screen.keys(key)
            code = screen.end()
            screen.require_as_it_was()
            require_equal(f"exit code\n{screen.drawn()}\n", code, 1 if key == "m" else 0)
        text = readme.read_text(encoding="utf-8")
        require(expected in text, f"{key!r}: no {expected} in it")
        require_equal(f"{key!r}: own line", "Tier: mine" in text, key != "r")
    return ""


def _is_harmless(bed: Bed) -> str:
    folder = _folder(bed, "\n".join([*TEXTS, "\ttab", "\r\rreturns", "日本語 e\u0301"]))
    with _screen(bed, folder) as screen:
        conversation = Conversation(screen).begin()
        for key in ("w", " ", "w"):
            conversation.press(key)
            require_harmless(screen.text, screen.drawn())
        screen.keys(ESCAPE)
        screen.end()
        screen.require_as_it_was()
        require_equal("titles", screen.emulator.titles, [])
        require_equal("bells", screen.emulator.bells, 0)
        require(screen.emulator.unknown == [], str(screen.emulator.unknown))
    return ""


def _is_small(bed: Bed) -> str:
    folder = _folder(bed)
    with _screen(bed, folder, 20, 6) as screen:
        conversation = Conversation(screen).begin()
        require(bool(conversation.question), screen.drawn())
        conversation.press("k", "w")
        drawings = conversation.drawings
        screen.resize(100, 40)
        conversation.wait_drawn(drawings)
        require("+" in screen.text, screen.drawn())
        conversation.press("r")
        screen.keys("r")
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
    _require(folder, Way("", (), (_FILES[0],)))
    return ""
