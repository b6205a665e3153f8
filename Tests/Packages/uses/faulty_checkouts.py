"""What can be wrong with the checkout that `build` is called in."""

import shutil
from collections.abc import Callable

from uses.clones import Clone
from uses.faulty_calls import Call, homeless, other_packages, without_programs, write
from verification.claims import require_equal


def untracked(call: Call) -> None:
    write(call.clone.folder / "Sources/new.swift")


def changed(call: Call) -> None:
    (call.clone.folder / ".github/CONTRIBUTING.md").unlink()
    call.clone.replace(call.clone.program, "static let name", "static  let name")
    call.clone.git("add", "--all")


def assumed_unchanged(call: Call) -> None:
    file = call.clone.folder / ".github/CONTRIBUTING.md"
    file.write_text(file.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    call.clone.git("update-index", "--assume-unchanged", ".github/CONTRIBUTING.md")


def skipped(call: Call) -> None:
    """By git's mark of what a sparse checkout leaves away."""
    call.clone.git("sparse-checkout", "disable")
    write(call.clone.folder / "README.md")
    call.clone.git("update-index", "--skip-worktree", "README.md")


def ignored(call: Call) -> None:
    """By a setting of this clone; the compiler takes in all that lies there."""
    write(call.clone.folder / ".git/info/exclude", "*.gen.swift\n")
    write(call.clone.folder / "Sources/scaffold/Program/x.gen.swift", "let x = 1\n")


def attributes(call: Call) -> None:
    write(call.clone.folder / ".git/info/attributes", "*.swift export-ignore\n")


def replaced(call: Call) -> None:
    """Another commit stands in the place of that which is checked out."""
    head = call.clone.git("rev-parse", "HEAD")
    write(call.clone.folder / ".github/CONTRIBUTING.md")
    call.clone.commit()
    other = call.clone.git("rev-parse", "HEAD")
    call.clone.git("reset", "--quiet", "--hard", head)
    call.clone.git("replace", head, other)
    call.clone.git("reset", "--quiet", "--hard")
    require_equal("what git sees", call.clone.git("status", "--porcelain"), "")


def within_another(call: Call) -> None:
    """As sources that were unpacked into somebody's project."""
    outer = call.bed.folder("outer") / "repository"
    call.clone.folder.rename(outer)
    inner = Clone(outer / "vendored/scaffold")
    inner.folder.parent.mkdir()
    shutil.copytree(outer / "Tests", inner.folder / "Tests")
    for path in (call.clone.program, call.clone.changelog, call.clone.folder / "README.md"):
        relative = path.relative_to(call.clone.folder)
        (inner.folder / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(outer / relative, inner.folder / relative)
    write(outer / ".git/info/exclude", "vendored/\n")
    call.clone = inner


def next_version(call: Call) -> None:
    """In the program alone."""
    call.clone.replace(call.clone.program, f'version = "{call.version}"', 'version = "98.0.0"')
    call.clone.commit()
    call.version = "98.0.0"


def changelog_edited(old: str, new: str) -> Callable[[Call], None]:
    def spoil(call: Call) -> None:
        words = (text.replace("VERSION", call.version) for text in (old, new))
        call.clone.replace(call.clone.changelog, *words)
        call.clone.commit()

    return spoil


def changelog_gone(call: Call) -> None:
    call.clone.changelog.unlink()
    call.clone.commit()


def outside_of_zips(call: Call) -> None:
    call.clone.commit(date="1975-01-01T00:00:00Z")


def no_text(name: str) -> Callable[[Call], None]:
    def spoil(call: Call) -> None:
        file = call.clone.folder / name
        file.write_bytes(file.read_bytes() + b"\n\xff\n")
        call.clone.commit()

    return spoil


def left_by_killed_build(call: Call) -> None:
    """Something else has to be wrong, else it is built."""
    call.into = call.clone.folder / "dist"
    write(call.into / ".packages-of_the_1/SHA256SUMS")
    call.options += ["--home", "nowhere"]


def everything(call: Call) -> None:
    homeless(call)
    untracked(call)
    other_packages(call)
    without_programs("7z", "dpkg-deb")(call)
    call.version = "98.0.0"
