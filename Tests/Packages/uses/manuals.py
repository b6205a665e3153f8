"""The pages of the manual where a package puts them, as `man` finds and shows them."""

from typing import Protocol

from verification.claims import require, require_equal
from verification.commands import Result

PAGES = {
    "scaffold": ("1", ("help", "--man")),
    "scaffold-layout": ("5", ("help", "--man", "layout")),
}
# One look on every machine.
SETTINGS = {"MANPAGER": "cat", "MANWIDTH": "80"}


class Runner(Protocol):
    """Runs a command where the package is installed, with `SETTINGS`."""

    def __call__(self, *command: str, text: str = "") -> Result: ...


def shown(run: Runner, program: str = "scaffold") -> str:
    """Each page by its name, and as the program writes it."""
    for name, (section, arguments) in PAGES.items():
        source = run(program, *arguments).out
        # Debian's roots lack what sets pages from a pipe in some versions; a file does everywhere.
        wanted = run("man", "-l", "-", text=source).out
        found = run("man", section, name)
        require(bool(wanted.strip()), f"man shows nothing of `{name}`")
        require_equal(f"the page {name}({section})", found.out, wanted)
    return f"{len(PAGES)} pages"
