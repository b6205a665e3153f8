"""What is wrong, where, and what to do about it."""

from dataclasses import dataclass


class UsageError(Exception):
    """Something that the person who runs a command can put right; shown without a traceback."""


@dataclass(frozen=True, order=True)
class Location:
    """A line of a file, as editors and terminals know how to open it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Fault:
    """One complaint about the configuration."""

    location: Location
    message: str
    help: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message}\n  help: {self.help}"
