"""Reads the changelog: a section per version, the newest first.

A heading is `## 0.1.0 — 2026-11-29`, the text below it what has changed, in Markdown; above all of
them may stand `## Unreleased`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from packages import texts
from packages.faults import RefusalError

PATH = ".github/CHANGELOG.md"

_HEADING = re.compile(r"## (?P<version>[0-9]+\.[0-9]+\.[0-9]+) — (?P<date>[0-9-]+)")
_UNRELEASED = "## Unreleased"


@dataclass(frozen=True)
class Section:
    """What a version brings."""

    version: str
    date: date
    # Without its heading and the blank lines around.
    text: str

    @property
    def number(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.version.split("."))


def read(repository: Path) -> tuple[Section, ...]:
    """The versions, newest first; whatever cannot be read as such is refused, with its line."""
    return parse(texts.read(repository, PATH))


def parse(text: str) -> tuple[Section, ...]:
    faults: list[str] = []
    sections: list[Section] = []
    for number, heading, body in _parts(text):
        if heading == _UNRELEASED:
            if sections:
                faults.append(f"{PATH}:{number}: `{_UNRELEASED}` stands above all versions")
            continue
        section = _section(heading, body)
        if section is None:
            faults.append(
                f"{PATH}:{number}: `{heading}` is no heading of a version, as "
                "`## 0.1.0 — 2026-11-29` is"
            )
            continue
        if not section.text:
            faults.append(f"{PATH}:{number}: {section.version} has no text")
        sections.append(section)
    for newer, older in pairwise(sections):
        if newer.number <= older.number or newer.date < older.date:
            faults.append(f"{PATH}: {newer.version} stands above {older.version}, newest first")
    if faults:
        raise RefusalError(faults)
    return tuple(sections)


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """The line, the heading and the text of each section; what is in a block of code is none."""
    start, heading, body, fence = 0, "", [""], False
    for number, line in enumerate(text.splitlines(), 1):
        fence ^= line.lstrip().startswith("```")
        if fence or not line.startswith("## "):
            body.append(line)
            continue
        if heading:
            yield start, heading, "\n".join(body).strip()
        start, heading, body = number, line.rstrip(), []
    if heading:
        yield start, heading, "\n".join(body).strip()


def _section(heading: str, text: str) -> Section | None:
    match = _HEADING.fullmatch(heading)
    if match is None:
        return None
    try:
        return Section(match["version"], date.fromisoformat(match["date"]), text)
    except ValueError:
        return None
