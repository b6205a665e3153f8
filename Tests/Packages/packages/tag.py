"""What a tag has to be of, before anything of it is built or published."""

import re
from collections.abc import Iterator, Sequence

from packages import changelog, committed, licence, texts
from packages.about import LICENCE, LICENCE_FILE
from packages.checkout import Checkout
from packages.faults import BuildError, RefusalError
from packages.programs import run

_TAG = re.compile(r"v(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")
# They say so until the first release; Tests/RepositoryTests holds them to say it together.
_DOCUMENTS = ("README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md")
_UNRELEASED = "there are no releases yet"
# What begins a line that does not go on with the one above it: headings, lists, tables, quotes.
_BEGINS = re.compile(r"\s*([-*+>|#]|[0-9]+\.\s|```|$)")


def section(tag: str, checkout: Checkout, branch: str | None) -> changelog.Section:
    """What the changelog says of a tag that can be released; whatever is wrong is told at once.

    - branch: what the commit has to be on
    """
    found = [*_commit(tag, checkout, branch), *_licence(checkout), *_documents(checkout)]
    try:
        sections = changelog.read(checkout.folder)
    except RefusalError as error:
        raise RefusalError([*found, *error.faults]) from None
    found += _version(tag, checkout, sections)
    if found:
        raise RefusalError(found)
    return sections[0]


def notes(text: str) -> str:
    """A paragraph a line: a release's page shows each end of a line as one."""
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        goes_on = bool(lines) and not _BEGINS.match(line) and not re.match(r"#|$", lines[-1])
        if fenced or line.lstrip().startswith("```") or not goes_on:
            lines.append(line)
        else:
            lines[-1] += f" {line.strip()}"
        fenced ^= line.lstrip().startswith("```")
    return "\n".join(lines) + "\n"


def _commit(tag: str, checkout: Checkout, branch: str | None) -> Iterator[str]:
    try:
        head, tagged = checkout.commit(), checkout.tagged(tag)
    except BuildError as error:
        yield f"{checkout.folder} is no checkout with a commit: {error}"
        return
    if tagged is None:
        yield f"there is no tag {tag}: git tag {tag}"
    elif tagged != head:
        yield f"{tag} is of {tagged:.9}, and this is {head:.9}: check {tag} out"
    yield from committed.faults(checkout, lambda _: False)
    if branch is None:
        return
    ancestor = ("git", "merge-base", "--is-ancestor", head, branch)
    code, _, said = run(ancestor, cwd=checkout.folder)
    if code == 1:
        yield f"{head:.9} is no commit of {branch}: a release is one"
    elif code:
        yield f"--branch {branch}: {said.decode('utf-8', 'replace').strip()}"


def _version(tag: str, checkout: Checkout, sections: Sequence[changelog.Section]) -> Iterator[str]:
    version, date = checkout.version(), checkout.version_date()
    if not _TAG.fullmatch(tag):
        yield f"{tag!r} is no tag of a release: v and three numbers, as v0.1.0 is"
    elif tag != f"v{version}":
        yield (
            f"{tag} is not v{version}, which the program is "
            "(`Program.version` in Sources/scaffold/Program/Program.swift)"
        )
    if not sections:
        yield f"{changelog.PATH} has no version"
        return
    newest = sections[0]
    if (newest.version, newest.date.isoformat()) != (version, date):
        yield (
            f"{changelog.PATH} begins with {newest.version} of {newest.date}, and the program is "
            f"{version} of {date}"
        )


def _licence(checkout: Checkout) -> Iterator[str]:
    yield from licence.faults(checkout.folder)
    if LICENCE is None:
        yield (
            f"there is no licence: it is the owner's decision. Once it is made, its text is the "
            f"file {LICENCE_FILE}, and LICENCE in Tests/Packages/packages/about.py says which"
        )


def _documents(checkout: Checkout) -> Iterator[str]:
    for name in _DOCUMENTS:
        try:
            text = texts.read(checkout.folder, name)
        except RefusalError as error:
            yield from error.faults
            continue
        if _UNRELEASED in " ".join(text.split()).lower():
            yield f"{name} says “{_UNRELEASED}”: with this one there is"
        if "OWNER/" in text:
            yield f"{name} has OWNER in the place of the repository's account"
