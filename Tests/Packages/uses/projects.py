"""Projects that whoever has installed the program makes: none is an everyday one."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from uses.tree import Tree, require_same, tree
from verification.claims import require, require_equal
from verification.commands import Result

# What the shell, a path and a template each take for something else.
_LAYOUT = "my layouts/it's $x"
_PROJECT = "Müller & Söhne's shop, 2"
_TITLE = 'say <<EMAIL>> "hi" — 日本'
_FILES: Mapping[str, str] = {
    "<<NAME>>.txt": '<<TITLE>>|<<STEPS|join(", ")>>\n',
    "steps/<<NAME|upper>>": "<<@for STEP in STEPS>>\n<<STEP_INDEX|pad(3)>> <<STEP>>\n<<@end>>\n",
    "run": "#!/bin/sh\necho <<NAME>>\n",
}
_MADE: Mapping[str, str] = {
    "odd.txt": f"{_TITLE}|ingest, clean\n",
    "steps/ODD": "001 ingest\n002 clean\n",
    "run": "#!/bin/sh\necho odd\n",
}
# A built-in layout at its largest.
_BUILT_IN = (
    *("tiered", "--tier", "full", "--models", "customer,invoice_line"),
    *("--project-name", "muller-sohne"),
)


class Program(Protocol):
    """Runs the command that was installed, in the folder where projects are made."""

    def __call__(self, *arguments: str, codes: Sequence[int] = (0,)) -> Result: ...


def use(program: Program, folder: Path, expected: Tree | None = None) -> Tree:
    """Makes two projects and holds them against what their layouts are.

    - folder: where the program works, as it is found from here
    - expected: what this returned elsewhere

    Returns all that was made, without owners.
    """
    _write_layout(folder)
    before = set(folder.iterdir())
    make = partial(program, "new", "--defaults")
    make(f"./{_LAYOUT}", "--answers", "my answers.json", "--steps", "ingest,clean", "odd")
    make(*_BUILT_IN, _PROJECT)
    for name, content in _MADE.items():
        seen = (folder / "odd" / name).read_text(encoding="utf-8")
        require_equal(f"odd/{name}", seen, content)
    check_odd = ("check", "--layout", f"./{_LAYOUT}", "odd")
    for project, check in (("odd", check_odd), (_PROJECT, ("check", _PROJECT))):
        told = program(*check).out
        require("No findings" in told, f"`check` of {project} finds something:\n{told}")
    names = [path.name for path in set(folder.iterdir()) - before]
    require_equal("what is new", sorted(names), sorted(["odd", _PROJECT]))
    made = {
        f"{name}/{path}": entry
        for name in names
        for path, entry in tree(folder / name, owners=False).items()
    }
    if expected is not None:
        require_same("what is made", made, expected)
    # It does look.
    (folder / "odd/run").unlink()
    told = program(*check_odd, codes=(1,)).text
    require("run" in told, f"`check` does not find that odd/run is missing:\n{told}")
    return made


def _write_layout(folder: Path) -> None:
    layout = {
        "name": "odd",
        "summary": "What nobody would expect",
        "version": "1.0.0",
        "variables": [
            {"name": "NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"},
            {"name": "TITLE", "kind": "text", "default": "none"},
            {"name": "STEPS", "kind": "list", "of": "identifier", "default": "one"},
        ],
        "layers": [{"folder": "base"}],
    }
    for name, content in _FILES.items():
        path = folder / _LAYOUT / "base" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / _LAYOUT / "base/run").chmod(0o755)
    (folder / _LAYOUT / "layout.json").write_text(json.dumps(layout), encoding="utf-8")
    (folder / "my answers.json").write_text(json.dumps({"TITLE": _TITLE}), encoding="utf-8")
