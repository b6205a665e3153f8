"""What a project installs cannot be its name: its package would hide the library, or need itself."""

import importlib.metadata
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from verification.claims import require
from verification.context import Context


def locked(lock: Path, project: str) -> set[str]:
    """The libraries in a lock of uv or Poetry, which names the project as well."""
    text = lock.read_text(encoding="utf-8")
    return set(re.findall(r'^\[\[package\]\]\nname = "(.*)"$', text, re.MULTILINE)) - {project}


def installed(folder: Path, project: str) -> set[str]:
    """Libraries and top modules in all `site-packages` below the folder, but for the project."""
    places = [str(path) for path in folder.rglob("site-packages")]
    found = set()
    for one in importlib.metadata.distributions(path=places):
        name = one.metadata["Name"]
        if re.sub(r"[-_.]+", "-", name).lower() == project:
            continue
        found.add(name)
        for file in one.files or ():
            top = file.parts[0]
            if len(file.parts) > 1 and file.suffix in (".py", ".so"):
                found.add(top)
            elif len(file.parts) == 1 and file.suffix == ".py":
                found.add(file.stem)
    return found


def require_refused(
    context: Context, layout: str, names: Iterable[str], options: Sequence[str]
) -> str:
    """By each of the options, in the form that it takes; a name that nobody could give is none."""
    taken = []
    tried = 0
    given = {re.sub(r"[-_.]+", "-", name).lower() for name in names}
    for name in sorted(given):
        if not re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", name):
            continue
        for option in options:
            word = name if option.endswith("name") else name.replace("-", "_")
            target = context.work / "not-made"
            arguments = ["--dry-run", f"--{option}={word}"]
            if context.new(layout, target, *arguments, codes=(0, 3)).code == 0:
                taken.append(f"--{option}={word}")
            tried += 1
    require(not taken, f"not refused, though installed: {' '.join(taken)}")
    return f"{tried} names"
