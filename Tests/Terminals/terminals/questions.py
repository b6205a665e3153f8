"""Projects that are made by keys alone."""

import os
import re
import shutil
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
from terminals.screen import (
    DOWN,
    ENTER,
    ESCAPE,
    SHIFT_TAB,
    Screen,
    control,
)
from verification.claims import require, require_equal
from verification.commands import CheckError
from verification.report import Check


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    made = [
        Check(f"{layout}, {what}", partial(_is_made, bed, layout, key))
        for layout in BUILT_IN
        for what, key in (("by Enter alone", ""), ("by other choices", DOWN))
    ]
    left = [
        Check(f"{layout}, left at every question", partial(_is_left, bed, layout))
        for layout in BUILT_IN
    ]
    others: list[tuple[str, Callable[[Bed], str]]] = [
        ("one step back, at every question", _goes_back),
        ("plain lines", partial(_is_plain, words=["--plain"], env={})),
        ("plain lines on a dumb terminal", partial(_is_plain, words=[], env={"TERM": "dumb"})),
        ("no terminal", _asks_nobody),
        ("defaults, for which nobody is asked", _takes_defaults),
        ("the layout of a project that is adopted", _asks_to_adopt),
        ("errors that are lost", _needs_no_errors),
        ("files that are there already", _settles_conflicts),
        ("what has changed since the last screen", _looks_again),
        ("stopped and continued from outside", _goes_on),
    ]
    shells = [
        Check(f"stopped and continued in {name}", partial(_is_continued, bed, command))
        for name, command in _SHELLS.items()
        if shutil.which(name)
    ]
    return [
        made[::2],
        made[1::2],
        left,
        [Check(name, partial(how, bed)) for name, how in others],
        shells,
    ]


_STOPPED_JOB = re.compile("(?i)stopped|suspended")
_SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}


def _is_made(bed: Bed, layout: str, change: str) -> str:
    folder = bed.folder("made")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, layout, "shop")
        questions = list(conversation.answer_all(change))
        screen.wait_text("scaffold new")
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        command = told_command(screen)
        require_same(bed, folder, command)
    return f"{len(questions)} questions: {command}"


_Ending = tuple[str, Callable[[Screen], None], Sequence[int]]
_ENDINGS: Sequence[_Ending] = (
    ("Escape", lambda screen: screen.keys(ESCAPE), (STOPPED,)),
    ("Ctrl-C", lambda screen: screen.keys(control("c")), (-signal.SIGINT,)),
    ("SIGTERM", lambda screen: screen.signal(signal.SIGTERM), (-signal.SIGTERM,)),
    ("SIGHUP", lambda screen: screen.signal(signal.SIGHUP), (-signal.SIGHUP,)),
    ("SIGQUIT", lambda screen: screen.signal(signal.SIGQUIT), (-signal.SIGQUIT,)),
    ("a closed window", lambda screen: screen.hang_up(), (-signal.SIGHUP,)),
)


def _is_left(bed: Bed, layout: str) -> str:
    """At each question another way, and at the next commit again another one."""
    count = 0
    place = 0
    while True:
        endings = bed.rotation.part(_ENDINGS, len(_ENDINGS), shift=chr(place))
        for name, end, codes in endings:
            folder = bed.folder("left")
            with bed.screen(cwd=folder) as screen:
                conversation = reached(screen, layout, place)
                question = conversation.question
                end(screen)
                code = screen.end()
                at = f"{name} at “{question}”"
                require(
                    code in codes, f"{at}: it ended with {code}, and not {codes}\n{screen.drawn()}"
                )
                if name != "a closed window":
                    _as_it_was(screen, at)
                require_nothing(folder)
                count += 1
        if REVIEW in question:
            return f"{place + 1} questions, {count} times"
        place += 1


def _as_it_was(screen: Screen, at: str) -> None:
    try:
        screen.require_as_it_was()
    except CheckError as error:
        raise CheckError(f"{at}: {error}") from None


def _goes_back(bed: Bed) -> str:
    folder = bed.folder("back")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "tiered", "shop")
        forth = list(conversation.answer_all())
        back = [conversation.question]
        for _ in forth[1:]:
            back.append(conversation.press(SHIFT_TAB).question)
        require_equal("questions on the way back", back[::-1], forth)
        require("Directory" in conversation.press(SHIFT_TAB).question, screen.drawn())
        require("shop" in screen.text, screen.drawn())
        require("Layout" in conversation.press(SHIFT_TAB).question, screen.drawn())
        # There is nothing before the first one.
        require("Layout" in conversation.press(SHIFT_TAB).question, screen.drawn())
        screen.keys(ESCAPE)
        screen.end()
        screen.require_as_it_was()
    require_nothing(folder)
    return f"{len(forth)} questions"


def _is_plain(bed: Bed, *, words: Sequence[str], env: dict[str, str]) -> str:
    folder = bed.folder("plain")
    with bed.screen("new", *words, cwd=folder, env=env, rows=2000) as screen:
        for wanted, answer in (("Layout", "tiered"), ("Directory", "shop")):
            screen.wait_text(wanted)
            screen.keys(answer, ENTER)
        # Each question has a line of its own that the cursor waits behind.
        while True:
            seen = len(screen.raw)
            screen.wait_for(lambda s, n=seen: len(s.raw) > n and _waits(s), "question")  # type: ignore[misc]
            if REVIEW in screen.text:
                break
            screen.keys(ENTER)
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        require(b"\x1b" not in screen.raw, f"an escape sequence\n{screen.drawn()}")
        require_same(bed, folder, told_command(screen))
    return f"{len(screen.emulator.rows())} rows"


def _waits(screen: Screen) -> bool:
    return screen.raw.rstrip(b"\r\n").endswith(b": ") and screen.emulator.cursor.x > 0


def _asks_nobody(bed: Bed) -> str:
    """Neither where nothing can be typed nor where nothing is seen."""
    count = 0
    for words, expected in (((), 2), (("new",), 2), (("new", "--layout", "tiered"), 2)):
        for which in ("stdin", "stdout"):
            folder = bed.folder("nobody")
            reading, writing = os.pipe()
            null = os.open(os.devnull, os.O_RDONLY)
            other = {"stdin": null} if which == "stdin" else {"stdout": writing}
            try:
                with bed.screen(*words, cwd=folder, **other) as screen:  # type: ignore[arg-type]
                    require_equal(f"exit code of {words} without {which}", screen.end(), expected)
                    require(not screen.emulator.is_alternate, "the alternate screen")
                    require(b"\x1b[?" not in screen.raw, screen.drawn())
                    count += 1
            finally:
                for descriptor in (reading, writing, null):
                    os.close(descriptor)
            require_nothing(folder)
    return f"{count} calls"


def _takes_defaults(bed: Bed) -> str:
    folder = bed.folder("defaults")
    for words, code in (
        (["new", "tiered", "--defaults", "shop"], 0),
        (["new", "tiered", "--defaults", "Über"], 3),
        (["new", "tiered", "--defaults"], 2),
        (["new", "--defaults"], 2),
    ):
        with bed.screen(*words, cwd=folder) as screen:
            require_equal(f"exit code of {words}", screen.end(), code)
            require(b"\x1b[?" not in screen.raw, screen.drawn())
    require_equal("what was made", [path.name for path in folder.iterdir()], ["shop"])
    return ""


def _asks_to_adopt(bed: Bed) -> str:
    shop = bed.made("tiered")
    (shop / ".scaffold.json").unlink()
    with bed.screen("adopt", "shop", cwd=shop.parent) as screen:
        conversation = Conversation(screen).begin()
        require("Layout" in conversation.question, screen.drawn())
        conversation.press("tiered")
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 0)
        screen.require_as_it_was()
        command = told_command(screen)
    record = (shop / ".scaffold.json").read_text(encoding="utf-8")
    (shop / ".scaffold.json").unlink()
    bed.run_any(["bash", "-c", command], cwd=shop.parent)
    again = (shop / ".scaffold.json").read_text(encoding="utf-8")
    require_equal("the record of the same command", again, record)
    return command


def _needs_no_errors(bed: Bed) -> str:
    """It asks on the other two."""
    folder = bed.folder("errors")
    descriptor = os.open("/dev/full", os.O_WRONLY)
    try:
        with bed.screen(cwd=folder, stderr=descriptor) as screen:
            conversation = begun(screen, "tiered", "shop")
            list(conversation.answer_all())
            screen.keys(ENTER)
            require_equal("exit code", screen.end(), 0)
            screen.require_as_it_was()
    finally:
        os.close(descriptor)
    require((folder / "shop/README.md").exists(), "there is no project")
    return ""


def _settles_conflicts(bed: Bed) -> str:
    """The last screen says of which files there are others, and asks what becomes of them."""
    for key, word, text in (
        (ENTER, "keep", "mine\n"),
        ("k", "keep", "mine\n"),
        ("r", "replace", ""),
    ):
        folders = [bed.folder("there"), bed.folder("there")]
        for folder in folders:
            (folder / "shop").mkdir()
            (folder / "shop/README.md").write_text("mine\n", encoding="utf-8")
        with bed.screen(cwd=folders[0]) as screen:
            conversation = begun(screen, "tiered", "shop")
            answer_up_to(conversation, "What becomes")
            require("conflict" in screen.text, screen.drawn())
            screen.keys(key)
            require_equal("exit code", screen.end(), 0)
            screen.require_as_it_was()
            command = told_command(screen)
        require(f"--on-conflict {word}" in command, command)
        read = (folders[0] / "shop/README.md").read_text(encoding="utf-8")
        require(read == text or (not text and read != "mine\n"), f"{word}: {read}")
        bed.run_any(["bash", "-c", command], cwd=folders[1])
        bed.run_any(["diff", "-r", "--exclude=.scaffold-undo", *folders], cwd=folders[1])
    return ""


def _looks_again(bed: Bed) -> str:
    """Somebody else has made a file while the last screen was there."""
    folder = bed.folder("again")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "tiered", "shop")
        list(conversation.answer_all())
        mine = folder / "shop/README.md"
        mine.parent.mkdir()
        mine.write_text("mine\n", encoding="utf-8")
        screen.keys(ENTER)
        require_equal("exit code", screen.end(), 4)
        screen.require_as_it_was()
        require("README.md" in screen.text, screen.drawn())
    require_equal("the file", mine.read_text(encoding="utf-8"), "mine\n")
    require_equal("files", [path.name for path in mine.parent.iterdir()], ["README.md"])
    return ""


def _goes_on(bed: Bed) -> str:
    """After SIGSTOP, which it cannot know of before; and it goes on after a SIGTSTP that the system
    drops, since no shell is there to continue it."""
    folder = bed.folder("stopped")
    with bed.screen(cwd=folder) as screen:
        conversation = begun(screen, "tiered", "shop")
        before = screen.text
        for number in (signal.SIGSTOP, signal.SIGTSTP):
            drawings = conversation.drawings
            screen.signal(number)
            if number == signal.SIGSTOP:
                screen.wait_stopped()
                screen.signal(signal.SIGCONT)
            conversation.wait_drawn(drawings)
            require(screen.emulator.is_alternate, screen.drawn())
            require_equal("the screen", screen.text, before)
        screen.keys(ESCAPE)
        require_equal("exit code", screen.end(), STOPPED)
        screen.require_as_it_was()
    require_nothing(folder)
    return ""


def _prompts_again(screen: Screen) -> bool:
    told = _STOPPED_JOB.search(screen.text)
    return told is not None and bool(screen.text[told.end() :].partition("\n")[2].strip())


def _is_continued(bed: Bed, command: Sequence[str]) -> str:
    """Ctrl-Z gives the terminal to the shell as it was, and `fg` the question to the program."""
    folder = bed.folder("stopped")
    with bed.shell(*command, cwd=folder) as screen:
        screen.wait_for(lambda seen: bool(seen.text.strip()), "prompt")
        screen.keys("scaffold new --layout tiered", ENTER)
        screen.wait_text("Directory")
        for _ in range(2):
            screen.keys(control("z"))
            # What is typed before the shell has the terminal is dropped: it has it when it prompts.
            screen.wait_for(_prompts_again, "prompt after the stopped job")
            require(not screen.emulator.is_alternate, screen.drawn())
            screen.keys("echo in the sh''ell", ENTER)
            screen.wait_text("in the shell")
            require(not screen.emulator.cursor.hidden, "the cursor is hidden")
            screen.keys("clear; fg", ENTER)
            screen.wait_for(lambda seen: seen.emulator.is_alternate, "alternate screen")
            screen.wait_text("Directory")
        screen.keys("shop", ENTER)
        conversation = Conversation(screen)
        screen.wait_for(lambda _seen: "Directory" not in conversation.question, "next question")
        list(conversation.answer_all())
        screen.keys(ENTER)
        screen.wait_text("the same without")
        screen.keys("exit", ENTER)
        screen.end()
    require((folder / "shop/README.md").exists(), "there is no project")
    return ""
