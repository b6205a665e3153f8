"""Where the programs are that the checks use."""

import shutil
from pathlib import Path

from uses.built import REPOSITORY
from verification.commands import NotVerifiedError

_INSTALLED = REPOSITORY / ".build/verification/packages/bin"


def tool(name: str) -> Path:
    """One that `install` has put in place, else one of the machine's."""
    if (_INSTALLED / name).is_file():
        return _INSTALLED / name
    found = shutil.which(name)
    if found is None:
        raise NotVerifiedError(f"{name} is not installed (Tests/Packages/install does it)")
    return Path(found)
