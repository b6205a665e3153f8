"""The pages of the manual, as groff, man and mandoc set them: without a word of complaint, and with
every letter in every locale."""

import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from terminals.bed import Bed
from verification.claims import require_equal
from verification.commands import CheckError, run
from verification.report import Check, Once

_PAGES = {"scaffold.1": ("help", "--man"), "scaffold-layout.5": ("help", "--man", "layout")}
_READERS = {
    "groff -Tutf8": ("groff", "-man", "-Tutf8", "-ww"),
    "groff -Tascii": ("groff", "-man", "-Tascii", "-ww"),
    "groff -Tps": ("groff", "-man", "-Tps", "-ww"),
    "man": ("man", "-l"),
    "man --warnings": ("man", "--warnings=w", "-l"),
    "mandoc -Tutf8": ("mandoc", "-Tutf8"),
    "mandoc -Tascii": ("mandoc", "-Tascii"),
    "mandoc -Thtml": ("mandoc", "-Thtml"),
}
_LOCALES = ("C", "C.UTF-8")
# At 20 columns troff tells of each word that is longer.
_COLUMNS = ("40", "80", "200")
# Bold and underlined by going back, or by escape sequences.
_LOOKS = re.compile("(.\b)|(\x1b\\[[0-9;]*m)")
_SAME = str.maketrans({"“": '"', "”": '"', "’": "'", "−": "-", "‐": "-", "•": "o"})
_BROKEN = re.compile(r"-\n\s*")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [_lane(bed, page) for page in _PAGES]


def _lane(bed: Bed, page: str) -> Sequence[Check]:
    source = Once(page, lambda: _written(bed, page))
    checks = [
        Check(f"{page}: {name} says nothing", partial(_is_silent, bed, source, name))
        for name in _READERS
    ]
    checks.append(Check(f"{page}: mandoc finds nothing", partial(_lint, bed, source)))
    checks.append(Check(f"{page}: no letter is lost", partial(_is_whole, bed, source)))
    checks.append(Check(f"{page}: man shows it by its name", partial(_is_found, bed, source)))
    return checks


def _written(bed: Bed, page: str) -> Path:
    folder = bed.folder("manual")
    file = folder / page
    file.write_text(bed.run(*_PAGES[page], cwd=folder).out, encoding="ascii")
    return file


def _set(
    bed: Bed, file: Path, reader: Sequence[str], locale: str = "C.UTF-8", columns: str = "80"
) -> str:
    """What a reader prints, which has nothing to say besides."""
    env = bed.env({"LC_ALL": locale, "MANWIDTH": columns, "MANPAGER": "cat"})
    result = run([*reader, file], cwd=file.parent, env=env)
    require_equal(f"what is said in {locale} at {columns} columns", result.err, "")
    if not result.out:
        raise CheckError("nothing is printed")
    return result.out


def _is_silent(bed: Bed, source: Once[Path], reader: str) -> str:
    for locale in _LOCALES:
        for columns in _COLUMNS:
            _set(bed, source(), _READERS[reader], locale, columns)
    return ""


def _lint(bed: Bed, source: Once[Path]) -> str:
    result = run(["mandoc", "-Tlint", "-Wall", source()], env=bed.env())
    require_equal("what mandoc says", result.out + result.err, "")
    return ""


def _is_whole(bed: Bed, source: Once[Path]) -> str:
    """Every reader has the same letters, whatever there is to draw them with."""
    wanted = _letters(_set(bed, source(), _READERS["man"]))
    for reader in ("groff -Tutf8", "groff -Tascii", "mandoc -Tutf8", "mandoc -Tascii", "man"):
        for locale in _LOCALES:
            found = _letters(_set(bed, source(), _READERS[reader], locale))
            place = len(os.path.commonprefix([found, wanted]))
            require_equal(
                f"the text by {reader} in {locale}",
                found[place : place + 40],
                wanted[place : place + 40],
            )
    return f"{len(wanted)} letters"


def _letters(text: str) -> str:
    """Without looks, blanks, and the hyphens of words that are broken."""
    text = _LOOKS.sub("", text).translate(_SAME)
    return "".join(_BROKEN.sub("", text).split()).replace("-", "")


def _is_found(bed: Bed, source: Once[Path]) -> str:
    """Where the README has it put."""
    file = source()
    name, _, section = file.name.rpartition(".")
    folder = file.parent / f"share/man/man{section}"
    folder.mkdir(parents=True)
    (folder / file.name).write_bytes(file.read_bytes())
    env = bed.env({"MANPATH": str(file.parent / "share/man"), "MANPAGER": "cat"})
    shown = run(["man", section, name], cwd=file.parent, env=env)
    require_equal("the page", shown.out, _set(bed, file, _READERS["man"]))
    require_equal("what man says", shown.err, "")
    return ""
