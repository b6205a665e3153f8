"""What a keyboard, a line and a window do to a conversation."""

import random
import re
import signal
from collections.abc import Callable, Sequence
from functools import partial

from terminals.bed import BUILT_IN, Bed
from terminals.conversation import (
    REVIEW,
    STOPPED,
    Conversation,
    answer_up_to,
    begun,
    reached,
    require_nothing,
    require_same,
    told_command,
)
from terminals.emulator import cells
from terminals.hostile import require_harmless
from terminals.screen import (
    BACKSPACE,
    DELETE,
    DOWN,
    END,
    ENTER,
    ESCAPE,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    SHIFT_TAB,
    TAB,
    UP,
    Screen,
    control,
)
from verification.claims import require, require_equal
from verification.report import Check


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    checks: Sequence[tuple[str, Callable[[Bed], str]]] = (
        ("a window that shrinks to 20 columns and 6 rows, and grows", _changes_size),
        ("20 columns and 6 rows from the beginning", _is_small),
        ("text that is pasted", _takes_pastes),
        ("wide letters, and marks on letters", _takes_wide_letters),
        ("keys that come byte by byte", _takes_slow_keys),
        ("keys that come before they are asked for", _takes_early_keys),
        ("a value that does not do, mended", _is_refused),
        ("a terminal that does not know its size", _has_no_size),
        *(
            (f"keys at random, {layout}", partial(_takes_any_keys, layout=layout))
            for layout in BUILT_IN
        ),
    )
    return [
        [Check(name, partial(how, bed)) for name, how in part]
        for part in (checks[::2], checks[1::2])
    ]


def _changes_size(bed: Bed) -> str:
    folder = bed.folder("sizes")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "staged-docker", "shop")
        count = 0
        for _ in conversation.answer_all():
            before, cursor = screen.text, _cursor(screen)
            for columns, rows in ((20, 6), (5, 2), (2, 2), (200, 60), (80, 24)):
                drawings = conversation.drawings
                screen.resize(columns, rows)
                conversation.wait_drawn(drawings)
                _fits(screen)
                if columns == 20:
                    require(bool(conversation.question), f"no question\n{screen.drawn()}")
            require_equal("the screen of before", screen.text, before)
            require_equal("the cursor of before", _cursor(screen), cursor)
            count += 1
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        require_same(bed, folder, told_command(screen))
    return f"{count} questions"


def _cursor(screen: Screen) -> tuple[int, int, bool]:
    cursor = screen.emulator.cursor
    return cursor.x, cursor.y, cursor.hidden


def _fits(screen: Screen) -> None:
    """All of what was drawn last has its place in the window."""
    _require_fits(_drawings(screen)[-1], screen, "at last")


def _fits_always(screen: Screen, at: str) -> None:
    for drawing in _drawings(screen):
        _require_fits(drawing, screen, at)


def _drawings(screen: Screen) -> list[bytes]:
    """Those that are whole."""
    return re.findall(rb"\x1b\[\?7l(.*?)\x1b\[\?7h", screen.raw, re.S)


def _require_fits(drawing: bytes, screen: Screen, at: str) -> None:
    columns, lines = screen.emulator.columns, screen.emulator.lines
    rows = [int(number) for number in re.findall(rb"\x1b\[(\d+);1H", drawing)]
    require(max(rows) <= lines, f"{at}: it draws below the window: {rows}\n{screen.drawn()}")
    for part in re.split(rb"\x1b\[\d+;1H", drawing):
        row = _SEQUENCE.sub("", part.decode(errors="replace"))
        require(cells(row) <= columns, f"{at}: too wide: {row!r}\n{screen.drawn()}")


def _has_no_size(bed: Bed) -> str:
    """As on a serial line."""
    folder = bed.folder("sizes")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "tiered", "shop")
        before, drawings = screen.text, conversation.drawings
        screen.set_size(0, 0)
        conversation.wait_drawn(drawings)
        require_equal("the screen", screen.text, before)
        screen.keys(ESCAPE)
        require_equal("exit code", screen.end(), STOPPED)
    return ""


def _is_small(bed: Bed) -> str:
    folder = bed.folder("small")
    with bed.screen(cwd=folder, columns=20, rows=6) as screen:
        conversation = begun(screen, "orchestrator-config", "shop")
        questions = list(conversation.answer_all())
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        require_same(bed, folder, told_command(screen))
    return f"{len(questions)} questions"


# What draws a screen.
_SEQUENCE = re.compile(r"\x1b\[[?0-9;]*[HJKhlm]")
_PASTES = (
    *(
        "one\ntwo\nthree\n",
        "\x1b]0;seen\x07\x1b[2Jtext",
        "a\x1b[200~b",
        "tab\there",
        "\x03\x04\x1a",
    ),
    *("\u202eturned\u2066", "x" * 5000, "日本語\r\n" * 20, "\x9b31mred", "e\u0301" * 50),
)


def _takes_pastes(bed: Bed) -> str:
    """Whatever is pasted is text of an answer: it ends no question and does nothing else."""
    place = count = 0
    while True:
        for text in bed.rotation.part(_PASTES, 3, shift=chr(place)):
            folder = bed.folder("pastes")
            with bed.screen(cwd=folder) as screen:
                conversation = reached(screen, "tiered", place)
                question, size = conversation.question, len(screen.raw)
                drawings = conversation.drawings
                screen.paste(text)
                conversation.wait_drawn(drawings)
                at = f"“{question}” after {text[:40]!r}"
                require_equal(at, conversation.question, question)
                written = _SEQUENCE.sub("", screen.raw[size:].decode())
                require_harmless(written, f"{at}\n{screen.drawn()}")
                _fits(screen)
                screen.keys(control("c"))
                require_equal(f"exit code at {at}", screen.end(), -signal.SIGINT)
                screen.require_as_it_was()
                require_equal("titles", screen.emulator.titles, [])
                require_nothing(folder)
                count += 1
        if REVIEW in question:
            return f"{count} pastes"
        place += 1


def _takes_wide_letters(bed: Bed) -> str:
    folder = bed.folder("wide")
    text = "日本語 cafe\u0301 한글"
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "tiered", "shop")
        answer_up_to(conversation, "Description")
        conversation.press(control("u"), control("k"))
        column = screen.emulator.cursor.x
        for letter, cells in (("日", 2), ("e", 1), ("\u0301", 0), ("한", 2)):
            screen.keys(letter)
            column += cells
            screen.wait_for(lambda s, c=column: s.emulator.cursor.x == c, f"cursor at {column}")  # type: ignore[misc]
        for cells in (2, 1, 2):
            screen.keys(BACKSPACE)
            column -= cells
            screen.wait_for(lambda s, c=column: s.emulator.cursor.x == c, f"cursor at {column}")  # type: ignore[misc]
        conversation.press("x", LEFT, text[:4], control("e"), BACKSPACE, text[4:], ENTER)
        list(conversation.answer_all())
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        record = (folder / "shop/.scaffold.json").read_text(encoding="utf-8")
        require(text in record, record[:800])
        require_same(bed, folder, told_command(screen))
    return text


def _takes_slow_keys(bed: Bed) -> str:
    folder = bed.folder("slow")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "tiered", "shop")
        answer_up_to(conversation, "Description")
        conversation.press(control("u"), control("k"))
        conversation.drip("日本é")
        screen.wait_text("日本é")
        conversation.drip("\x1b[200~one\ntwo\x1b[201~")
        screen.wait_text("日本éone")
        conversation.press(ENTER)
        while not conversation.is_list:
            conversation.press(ENTER)
        first = screen.text
        conversation.drip(DOWN)
        screen.wait_for(lambda seen: seen.text != first, "next item")
        conversation.drip(UP)
        screen.wait_for(lambda seen: seen.text == first, "first item")
        screen.keys(ESCAPE)
        require_equal("exit code", screen.end(), STOPPED)
        screen.require_as_it_was()
    require_nothing(folder)
    return ""


def _takes_early_keys(bed: Bed) -> str:
    folder = bed.folder("early")
    with bed.screen(cwd=folder) as screen:
        screen.keys("tiered\rshop\r" + "\r" * 30)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        require_same(bed, folder, told_command(screen))
    return ""


def _is_refused(bed: Bed) -> str:
    folder = bed.folder("refused")
    with bed.screen("new", "--layout", "tiered", cwd=folder) as screen:
        conversation = Conversation(screen).begin()
        conversation.press("shop", ENTER)
        answer_up_to(conversation, "Port")
        conversation.press(control("u"), control("k"), "99999999")
        question = conversation.question
        screen.wait_for(lambda seen: "65535" in seen.text, "rule in words")
        conversation.press(ENTER)
        require_equal("the question", conversation.question, question)
        conversation.press(control("u"), control("k"), "9000", ENTER)
        list(conversation.answer_all())
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        require_same(bed, folder, told_command(screen))
    return ""


_KEYS = (
    *(UP, DOWN, LEFT, RIGHT, HOME, END, PAGE_UP, PAGE_DOWN, DELETE, BACKSPACE, TAB, SHIFT_TAB),
    *(ENTER, ENTER, " ", "a", "e", "y", "n", "1", ",", "-", "日", "é", "e\u0301", "👩\u200d🚀"),
    *(control(letter) for letter in "abefhklnpuwxy"),
    *("\x1b[1;5C", "\x1b[1;5D", "\x1bb", "\x1bf", "\x1b\x7f", "\x1bOA", "\x1bOB", "\x1b[15~"),
    *("\x1b[200~one\r\rtwo\x1b[201~", "\x1b[200~\x1b[201~", "\x1b[200~\x1b[31m\x03\x1b[201~"),
    # What keyboards, mice and terminals send that nobody has asked for.
    *("\x1b[99;99~", "\x1bOZ", "\x1b[M !!", "\x1b[<0;1;1M", "\x1b[I", "\x1b[?1;2c", "\x1b[3;4R"),
    *("\x1b]11;rgb:0/0/0\x07", "\x1b]10;x\x1b\\", "\x1bP>|x\x1b\\", "\x1b[[A", "\x1b[97;5u"),
)
_NOT_TEXT = (b"\xff", b"\xc3", b"\x80\x80", b"\xed\xa0\x80", b"\x00", b"\x9b1m")
# A pause within a sequence makes Escape of it, and a machine may be that slow.
_ENDS = (0, STOPPED, -signal.SIGINT)


def _takes_any_keys(bed: Bed, layout: str) -> str:
    """From each question on, in pieces of any length. Nothing is drawn beyond the window, and it
    ends as it should."""
    place = 0
    while True:
        folder = bed.folder("random")
        seed = f"{bed.rotation.number or 0} {layout} {place}"
        chance = random.Random(seed)  # noqa: S311
        with bed.screen(cwd=folder) as screen:
            question = reached(screen, layout, place).question
            data = b"".join(_any_key(chance) for _ in range(100))
            while data and not screen.has_ended:
                length = chance.choice((1, 2, 3, 7, 50))
                screen.write(data[:length])
                data = data[length:]
                screen.read_some()
            if not screen.has_ended:
                # What is left of a paste or of a sequence is no key.
                screen.keys("\x1b[201~", control("c"))
            code = screen.end()
            require(code in _ENDS, f"{seed}: it ended with {code}\n{screen.drawn()}")
            screen.require_as_it_was()
            _fits_always(screen, seed)
            if code == 0:
                require_same(bed, folder, told_command(screen))
            elif code == -signal.SIGINT and (folder / "shop").exists():
                # It came behind the last answer: what was made by then is whole.
                bed.run("check", "shop", cwd=folder)
            else:
                require_nothing(folder)
        if REVIEW in question:
            return f"{place + 1} conversations"
        place += 1


def _any_key(chance: random.Random) -> bytes:
    if chance.random() < 0.05:
        return chance.choice(_NOT_TEXT)
    return chance.choice(_KEYS).encode()
