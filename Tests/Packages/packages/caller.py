"""Whoever builds, and what the programs that are called ask of that."""

import os
import pwd
import re
import tempfile
from collections.abc import Iterator

# They have a meaning in buildah's settings and in names that it is given.
_SPECIAL = re.compile(r'["\\:,*?{}\[\]\x00-\x1f\x7f]')


def faults() -> Iterator[str]:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        yield (
            f"user {os.geteuid()} has no name, which buildah asks for: call this as a user of "
            "/etc/passwd"
        )
    try:
        temporary = tempfile.gettempdir()
    except OSError as error:
        yield f"there is no folder for temporary files ({error.strerror}): set TMPDIR"
        return
    if found := _SPECIAL.search(temporary):
        yield f"TMPDIR {temporary!r}: buildah works in no folder with {found[0]!r} in its name"
