"""What goes wrong when packages are made."""

from collections.abc import Sequence


class RefusalError(Exception):
    """What whoever called can mend: all of it at once, before anything is made."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BuildError(Exception):
    """Something could not be made, or is not what it has to be."""
