"""Calls of every command, and what each needs to be there."""

from dataclasses import dataclass
from pathlib import Path

from terminals.bed import BUILT_IN, Bed

TOPICS = (
    *("layouts", "variables", "components", "moves", "patterns", "rules", "placeholders"),
    *("filters", "limits"),
)


@dataclass(frozen=True)
class Call:
    """A call as one types it in a folder that has the project `shop`."""

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    # It has changed the folder afterwards.
    writes: bool = False

    @property
    def has_code(self) -> bool:
        """Shown further in, and as long as it is."""
        return self.words[0] == "help" and self.words[-1] in TOPICS

    @property
    def is_verbatim(self) -> bool:
        """For programs, or lines of files: as long as they are."""
        words = set(self.words)
        return self.words[0] in ("completions", "diff") or bool(
            words & {"json", "paths", "schema", "--man", "--diff", "--show", "--version"}
        )

    def __str__(self) -> str:
        return " ".join(self.words)


def _call(text: str, *codes: int, writes: bool = False) -> Call:
    return Call(tuple(text.split()), codes or (0,), writes)


READING = (
    _call("--help"),
    _call("help"),
    *(_call(f"help {topic}") for topic in TOPICS),
    _call("help schema"),
    _call("help --man"),
    *(_call(f"completions {shell}") for shell in ("bash", "fish", "zsh")),
    _call("--version"),
    _call("list"),
    _call("list --components"),
    _call("list --format json"),
    _call("diff shop", 1),
    _call("diff shop --format paths", 1),
    _call("check shop", 0, 1),
    _call("update shop --dry-run --tier core", 1),
    _call("add model barrel shop --dry-run"),
    _call("adopt --layout tiered --dry-run bare"),
    *(_call(f"show {name}") for name in BUILT_IN),
    *(_call(f"show {name} --tree") for name in BUILT_IN),
    *(_call(f"new --layout {name} --dry-run other") for name in BUILT_IN),
    *(_call(f"new --layout {name} --help") for name in BUILT_IN),
    _call("new --layout tiered --dry-run --format paths other"),
    _call("new --layout tiered --dry-run --format json other"),
    _call("new --layout tiered --dry-run --depth 1 other"),
    _call("new --layout tiered --dry-run --verbose other"),
    _call("new --layout tiered --show README.md other"),
    _call("new --layout tiered --diff other"),
    _call("update shop --dry-run --diff --tier core", 1),
    _call("show tiered --format json"),
    _call("show tiered --tree --format json"),
    _call("show tiered --tree --format paths"),
    _call("show tiered --tree --depth 1"),
)
WRONG = (
    _call("nope", 2),
    _call("new --layuot tiered x", 2),
    _call("new --layout teired x", 2),
    _call("new --layout tiered --port abc --tier ful other", 3),
    _call("new --layout src-namespace shop", 2, 3, 4),
    _call("new --layout tiered --dry-run shop", 4),
    _call("update nowhere", 4, 3, 2),
    _call("check nowhere", 4, 3, 2),
    _call("undo bare", 4),
    _call("show nope", 2),
    _call("add modell barrel shop", 2, 3),
)
WRITING = (
    _call("new --layout tiered other", writes=True),
    _call("new --layout tiered --verbose other", writes=True),
    _call("new --layout tiered --format json other", writes=True),
    _call("new --layout tiered --format paths other", writes=True),
    _call("new --layout tiered --on-conflict keep bare", writes=True),
    _call("adopt --layout tiered bare", writes=True),
    _call("add model barrel shop", writes=True),
    _call("remove model parcel shop", writes=True),
    _call("update shop --tier core", 0, 1, writes=True),
    _call("check --fix shop", 0, 1, writes=True),
    _call("undo shop", writes=True),
)


def commands(bed: Bed, cwd: Path) -> list[str]:
    """Those that help lists."""
    told = bed.run("help", cwd=cwd).out.partition("Commands:\n")[2].partition("\n\n")[0]
    return [line.split()[0] for line in told.splitlines()]


def prepared(bed: Bed) -> Path:
    """A folder with a project `shop` that has grown and was worked in, and one without a record,
    `bare`."""
    folder = bed.folder("calls")
    bed.run("new", "--layout", "tiered", "--models", "item,parcel", "shop", cwd=folder)
    bed.run("new", "--layout", "tiered", "bare", cwd=folder)
    (folder / "bare/.scaffold.json").unlink()
    bed.run("add", "model", "crate", "shop", cwd=folder)
    readme = folder / "shop/README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "Ask Ann.\n", encoding="utf-8")
    (folder / "shop/.github/workflows/zizmor.yml").unlink()
    return folder
