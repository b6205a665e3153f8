"""The README's section “Install”, as a newcomer follows it: each block is run, word for word."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from uses import completing
from uses.bed import Bed
from uses.built import REPOSITORY
from uses.contained import Docker, Podman
from uses.tapped import Homebrew
from uses.tree import require_same
from uses.ways import ByHand, Dpkg, Installer, Pip, UvTool, Uvx, Way
from uses.web import web
from verification.claims import require
from verification.commands import CheckError
from verification.report import Check

_SECTION = re.compile(r"^## Install\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^ *(```|~~~)", re.MULTILINE)
_ROW = re.compile(r"^\| (.*) \|$", re.MULTILINE)
_CELLS = re.compile(r"(?<!\\) \| ")
_CODE = re.compile(r"^`([^`]*)`$")
_FPATH = re.compile(r"`fpath\+=\(([^)]*)\)`")


_WAYS: tuple[type[Way], ...] = (
    *(UvTool, Uvx, Pip, Dpkg, Installer, ByHand),
    *(Homebrew, Podman, Docker),
)


@dataclass(frozen=True)
class _Row:
    """What the table says of a way."""

    name: str
    comes: str
    removal: str


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    try:
        blocks, rows = _read()
    except CheckError as error:
        problem = str(error)
        return [[Check("the section “Install” is read", partial(_fails, problem))]]
    made = [[_of_block(bed, block, rows), *_of_checksums(bed, block)] for block in blocks]
    return [[Check("each way has one block and one row", partial(_complete, blocks, rows))], *made]


def _read() -> tuple[Sequence[str], Sequence[_Row]]:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found = _SECTION.search(text)
    if found is None:
        raise CheckError("the README has no section “Install”")
    blocks = _BLOCK.findall(found[1])
    fences = len(_FENCE.findall(found[1]))
    require(fences == 2 * len(blocks), f"of {fences // 2} blocks only {len(blocks)} are of `sh`")
    rows: list[_Row] = []
    # The first two are the heading and the line below it.
    for line in _ROW.findall(found[1])[2:]:
        cells = _CELLS.split(line)
        require(len(cells) == 3, f"the row has {len(cells)} cells: {line}")
        removal = _CODE.match(cells[2])
        if removal is None:
            raise CheckError(f"the row has no command in its last cell: {line}")
        comes = rows[-1].comes if cells[1] == "the same" else cells[1]
        rows.append(_Row(cells[0], comes, removal[1].replace("\\|", "|")))
    return blocks, rows


def _fails(problem: str) -> str:
    raise CheckError(problem)


def _ways(block: str) -> Sequence[type[Way]]:
    return [way for way in _WAYS if way.marker in block]


def _complete(blocks: Sequence[str], rows: Sequence[_Row]) -> str:
    """Nothing that is said there is run by nobody."""
    problems = []
    for way in _WAYS:
        count = sum(way.marker in block for block in blocks)
        if count != 1:
            problems.append(f"{count} blocks have `{way.marker}`")
    known = [way.row for way in _WAYS if way.row is not None]
    named = [row.name for row in rows]
    problems += [f"nobody does what the row {name} says" for name in named if name not in known]
    problems += [f"there is no row {name}" for name in known if named.count(name) != 1]
    require(not problems, "\n".join(problems))
    return f"{len(blocks)} blocks, {len(rows)} rows"


def _of_block(bed: Bed, block: str, rows: Sequence[_Row]) -> Check:
    ways = _ways(block)
    first = block.partition("\n")[0]
    if len(ways) != 1:
        problem = f"nobody runs this block (_WAYS in uses/readme.py says who does which):\n{block}"
        return Check(f"`{first}`", partial(_fails, problem))
    row = next((row for row in rows if row.name == ways[0].row), None)
    return Check(f"`{first}`", partial(_followed, bed, ways[0], block, row))


def _followed(bed: Bed, kind: type[Way], block: str, row: _Row | None) -> str:
    with web(bed.built.folder) as served:
        way = kind(bed, served)
        before = way.state()
        way.shell(block)
        seen = [way.use()]
        if row is not None:
            seen += [_comes(way, row.comes)]
            way.shell(row.removal)
        way.require_gone(before)
    return ", ".join(one for one in seen if one)


def _of_checksums(bed: Bed, block: str) -> Sequence[Check]:
    """Of a block that compares what it downloads."""
    ways = _ways(block)
    if "SHA256SUMS" not in block or len(ways) != 1:
        return []
    name = f"`{block.partition(chr(10))[0]}` installs nothing that was altered"
    return [Check(name, partial(_refuses, bed, ways[0], block))]


def _refuses(bed: Bed, kind: type[Way], block: str) -> str:
    altered = bed.folder("altered")
    for path in bed.built.folder.iterdir():
        shutil.copyfile(path, altered / path.name)
    for path in (bed.built.archive, bed.built.debian):
        with (altered / path.name).open("ab") as file:
            file.write(b"\n")
    with web(altered) as served:
        way = kind(bed, served)
        before = way.state()
        try:
            way.shell(block)
        except CheckError as error:
            require("FAILED" in str(error), f"something else is wrong with it\n{error}")
        else:
            raise CheckError("it ends well")
        require_same("what was there before", way.state(), before)
    return ""


def _comes(way: Way, text: str) -> str:
    """What the table says comes along does, and no manual that it does not."""
    if text.startswith("neither"):
        way.no_manual()
        return ""
    require("manual" in text, f"it is not understood what comes along: {text}")
    seen = [way.manual()]
    fpath = _FPATH.search(text)
    named = text.partition("completions for ")[2]
    for shell in completing.SHELLS:
        if re.search(rf"\b{shell.name}\b", named):
            way.completes(shell, fpath[1] if fpath and shell is completing.ZSH else "")
            seen.append(shell.name)
    return ", ".join(seen)
