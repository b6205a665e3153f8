"""Documents of the repository as those see them who have no repository."""

import re

from packages.release import Release

# An image or a link, and where it leads; `[name]: target` at the beginning of a line is one, too.
_LINK = re.compile(r"(?P<before>(?P<image>!?)\[[^\]]*\]\()(?P<target>[^)\s]+)(?=[)\s])")
_DEFINITION = re.compile(r"(?P<before>(?P<image>)^\[[^\]]+\]: )(?P<target>\S+)")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def absolute(text: str, release: Release, path: str) -> str:
    """Relative links lead to the repository at the release's tag; code stays as it is.

    - path: of the document. Where it is shown, its headings may have no anchors: links to them lead
      to the repository as well.
    """
    lines: list[str] = []
    fenced = False
    for line in text.splitlines(keepends=True):
        fenced ^= line.lstrip().startswith("```")
        lines.append(line if fenced else _line(line, release, path))
    return "".join(lines)


def _line(line: str, release: Release, path: str) -> str:
    def follow(match: re.Match[str]) -> str:
        target = match["target"]
        if _ABSOLUTE.match(target):
            return match[0]
        if target.startswith("#"):
            target = f"{path}{target}"
        view = "raw" if match["image"] else "blob"
        return f"{match['before']}{release.home}/{view}/{release.tag}/{target.removeprefix('./')}"

    # What stands in `code` is no link: every second part.
    parts = re.split(r"(`+[^`]*`+)", line)
    parts[::2] = [_LINK.sub(follow, part) for part in parts[::2]]
    return _DEFINITION.sub(follow, "".join(parts))
