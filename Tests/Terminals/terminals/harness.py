"""That the emulator and the screens here see what a person would: checks of the checks."""

from collections.abc import Sequence
from functools import partial

from terminals.bed import Bed
from terminals.screen import ENTER, control
from verification.claims import require, require_equal
from verification.commands import CheckError
from verification.report import Check

_PARTS = "printf '\\033[?1049h\\033[?25lin'; read -r a; printf '\\033[?25h\\033[?1049l'"


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("a terminal is seen to be as it was, and not to be", partial(_as_it_was, bed)),
            Check("a row that is too long is seen", partial(_wraps, bed)),
            Check("a window that changes is told to the program", partial(_resizes, bed)),
            Check("keys that end a program do", partial(_interrupts, bed)),
        ]
    ]


def _as_it_was(bed: Bed) -> str:
    folder = bed.folder("harness")
    for script, complaint in (
        (_PARTS, ""),
        ("stty -echo", "termios"),
        ("printf '\\033[?25l'", "cursor"),
        ("printf '\\033[?1049h'", "alternate"),
        ("printf '\\033[?2004h'", "brackets"),
        ("printf '\\033[1m'", "attributes"),
    ):
        with bed.shell("bash", "-c", f"printf out; {script}", cwd=folder) as screen:
            if script == _PARTS:
                screen.wait_text("in")
                require(screen.emulator.is_alternate, "it is not in the alternate screen")
                require("out" not in screen.text, "the main screen is seen")
                screen.keys(ENTER)
            require_equal("exit code", screen.end(), 0)
            try:
                screen.require_as_it_was()
            except CheckError as error:
                require(bool(complaint) and complaint in str(error), str(error))
            else:
                require(not complaint, f"{script} is not noticed")
    return ""


def _wraps(bed: Bed) -> str:
    folder = bed.folder("harness")
    for text, continued in (("a" * 20, set()), ("a" * 21, {1}), ("a" * 19 + "日", {1})):
        with bed.shell("printf", f"{text}\\n", cwd=folder, columns=20) as screen:
            screen.end()
            require_equal(f"rows that {text} continues in", screen.emulator.continued, continued)
            require_equal("text", "".join(screen.emulator.rows()), text)
    return ""


def _resizes(bed: Bed) -> str:
    script = "trap 'stty size; kill $!; exit' WINCH; sleep 1000 & echo ready; wait"
    with bed.shell("bash", "-c", script, cwd=bed.folder("harness")) as screen:
        screen.wait_text("ready")
        screen.resize(33, 11)
        screen.wait_text("11 33")
        require_equal("exit code", screen.end(), 0)
    return ""


def _interrupts(bed: Bed) -> str:
    with bed.shell("cat", cwd=bed.folder("harness")) as screen:
        screen.keys("abc", ENTER)
        screen.wait_text("abc\nabc")
        screen.keys(control("c"))
        require_equal("exit code", screen.end(), -2)
    return ""
