"""Whose the program is and what else is in it: the file NOTICE."""

import textwrap
from pathlib import Path

from packages.about import LICENCE_FILE, MAINTAINER, NAME
from packages.linked import UNKNOWN, Linked, linked
from packages.release import Release, source_name

# The C library's licence asks that its text comes with what has the library in it; the notices of
# those who wrote parts of it come with it. Whoever links has both: of which packages of Debian.
TEXTS = {
    Path("/usr/share/common-licenses/LGPL-2.1"): "base-files",
    Path("/usr/share/doc/libc6-dev/copyright"): "libc6-dev",
}

UNDECIDED = (
    "There is no licence yet: it is the owner's decision, which is not made. Until then nobody is "
    "given a right to use, copy or change this program. What has this notice was made for testing, "
    "and is not to be published."
)
LINKED = "The binary is linked fully static. Besides the program's own code there is in it:"
_OTHERS = """\
Swift's exception, LLVM's and GCC's allow to pass on programs that contain those libraries without \
further conditions. Parts of LLVM and tables of Unicode are in Swift's runtime; the licence of \
Unicode is at https://www.unicode.org/license.txt.

The GNU C Library asks that you may change it and link the program with what you have changed. \
The sources of the program are {source}: in them, `swift build -c release` makes the program, with \
Swift and the C library's package for developers, and links the C library of the machine that it \
runs on, that of this binary or your own. The sources of the C library are its packager's, in the \
version above, and at https://sourceware.org/glibc/. Its licence and its notices follow."""


def notice(release: Release) -> str:
    parts = [
        _heading(title(release.version, release.commit)),
        _wrapped(licence(release)),
        _heading("What else is in the program"),
        _wrapped(LINKED),
        "\n".join(_named(library) for library in linked(release.machine)),
        _wrapped(_OTHERS.format(source=f"{release.downloads}/{source_name(release.version)}")),
    ]
    for path in TEXTS:
        text = path.read_text(encoding="utf-8").strip("\n\f")
        parts += [_heading(path.name if path.name != "copyright" else path.parent.name), text]
    return "\n\n".join(parts) + "\n"


def title(version: str, commit: str) -> str:
    """The first line, by which is told what an archive is of."""
    return f"{NAME} {version}, commit {commit[:9]}"


def licence(release: Release) -> str:
    if release.licence is None:
        return UNDECIDED
    return (
        f"Copyright {MAINTAINER}. Licence: {release.licence}; its text is the file {LICENCE_FILE}."
    )


def _named(library: Linked) -> str:
    supplier = library.supplier.removeprefix("Organization: ")
    by = "" if supplier == UNKNOWN else f", as packed by {supplier}"
    return f"- {library.title}{by}\n  {library.licence}\n  {library.home}"


def _heading(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _wrapped(text: str) -> str:
    return "\n\n".join(
        textwrap.fill(part, 80, break_long_words=False) for part in text.split("\n\n")
    )
