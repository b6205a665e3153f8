"""Which steps there are, in which order they run, and which one is the engine: see steps.txt."""

import re
from dataclasses import dataclass
from pathlib import Path

from shared_utils.errors import StepError

STEPS_FILE = Path(__file__).with_name("steps.txt")

_LINE = re.compile(r"(?P<step>[0-9]{3}__[a-z][a-z0-9_]*)(?P<engine> +engine)?")


@dataclass(frozen=True)
class Steps:
    """All steps by name; a number in a name says nothing of the order."""

    preparing: tuple[str, ...]
    engine: str

    @property
    def shipped(self) -> str:
        """The step whose result the engine serves."""
        return self.preparing[-1]

    def before(self, step: str) -> str:
        """The step whose result `step` reads."""
        order = (*self.preparing, self.engine)
        if step not in order:
            raise StepError(f"{step} is not listed in {STEPS_FILE}")
        if step == order[0]:
            raise StepError(f"{step} is the first step: there is no result that it could read")
        return order[order.index(step) - 1]


def read_steps(path: Path = STEPS_FILE) -> Steps:
    preparing: list[str] = []
    engine = ""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StepError(f"the list of steps {path} cannot be read: {error}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            raise StepError(f"{path}:{number}: expected 011__name, or 011__name engine")
        step = match["step"]
        if engine:
            raise StepError(f"{path}:{number}: {step} comes after the engine: move it above")
        if step in preparing:
            raise StepError(f"{path}:{number}: {step} is listed twice")
        if match["engine"]:
            engine = step
        else:
            preparing.append(step)
    if not engine or not preparing:
        raise StepError(f"{path}: expected steps, the last of them marked as the engine")
    return Steps(tuple(preparing), engine)
