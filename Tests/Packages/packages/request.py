"""What whoever builds packages has asked for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Request:
    version: str
    # Absolute, but for an empty path where nothing was named.
    into: Path
    # Where the repository is.
    home: str
    # Carries on without a licence, a known home, or a tag of its own.
    for_testing: bool
    # A binary that is there already.
    program: Path | None
    # Only what covers all machines, of what lies in the folder.
    assemble: bool
    repository: Path
