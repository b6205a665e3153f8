"""What every package carries: the program, what the program says of itself, and whose it is."""

from pathlib import Path

from packages.about import LICENCE_FILE, NAME
from packages.notice import notice
from packages.programs import output
from packages.release import Item, Payload, Release

# The program has these documents with it: the path below a prefix, and the call that prints it.
_DOCUMENTS = (
    (f"share/man/man1/{NAME}.1", ("help", "--man")),
    (f"share/man/man5/{NAME}-layout.5", ("help", "--man", "layout")),
    (f"share/bash-completion/completions/{NAME}", ("completions", "bash")),
    (f"share/zsh/site-functions/_{NAME}", ("completions", "zsh")),
    (f"share/fish/vendor_completions.d/{NAME}.fish", ("completions", "fish")),
)


def payload(release: Release, program: Path, repository: Path) -> Payload:
    items = [Item(f"bin/{NAME}", program.read_bytes(), executable=True)]
    items += [Item(path, document(program, *call)) for path, call in _DOCUMENTS]
    licence = repository / LICENCE_FILE
    return Payload(
        tuple(items),
        (repository / "README.md").read_bytes(),
        notice(release).encode(),
        licence.read_bytes() if release.licence is not None else b"",
    )


def document(program: Path, *call: str) -> bytes:
    """What the program prints, whoever calls it and wherever."""
    return output([program, *call], cwd=Path("/"), env={"LC_ALL": "C.UTF-8"})
