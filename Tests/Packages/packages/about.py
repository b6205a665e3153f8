"""What packages say of the program, in one place."""

from dataclasses import dataclass

NAME = "scaffold"
# On PyPI `scaffold` is another's. The command keeps its name.
DISTRIBUTION = "scaffold-layouts"
SUMMARY = "Creates projects that work at once, from layouts"
DESCRIPTION = """\
scaffold creates projects from layouts: complete projects that pass their own
tests, and follow their layout afterwards by update, add, check and undo.
Five layouts are built in; a folder of your own is one as well."""
MAINTAINER = "The maintainers of scaffold"
# What the owner has chosen, as an expression of SPDX; its text is the file LICENSE of the
# repository. Both are missing: the decision is not made.
LICENCE: str | None = None
LICENCE_FILE = "LICENSE"
# Where the repository is, if neither an option nor the environment says so.
HOME = "https://github.com/OWNER/scaffold"


@dataclass(frozen=True)
class Machine:
    """What packages are for, under the name that each kind of package has for it."""

    # As `uname -m` says it, and archives, wheels and formulas.
    name: str
    # Of Debian's packages, and of images.
    debian: str
    # Of Homebrew: `on_intel`, `on_arm`.
    homebrew: str

    @property
    def wheel(self) -> str:
        """The tag of a wheel's platform: linked fully static, it needs no C library."""
        return ".".join(
            f"{libc}_{self.name}" for libc in ("manylinux_2_17", "manylinux2014", "musllinux_1_1")
        )


MACHINES = (Machine("x86_64", "amd64", "intel"), Machine("aarch64", "arm64", "arm"))
