"""The archive: unpacked by `tar`, and used where there is as little else as can be."""

import platform
import shutil
import tarfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from packages.about import NAME
from uses import projects
from uses.bed import Bed
from uses.roots import Root, debian_root, offers
from uses.tools import tool
from uses.tree import require_same, tree
from uses.using import is_the_binary, use
from verification.claims import require, require_equal
from verification.commands import CheckError, NotVerifiedError, Result, run
from verification.report import Check

# What it has, whatever the owner decides.
_CARRIED = {
    *("README.md", "NOTICE", f"bin/{NAME}", f"share/man/man1/{NAME}.1"),
    *(f"share/man/man5/{NAME}-layout.5", f"share/bash-completion/completions/{NAME}"),
    *(f"share/zsh/site-functions/_{NAME}", f"share/fish/vendor_completions.d/{NAME}.fish"),
}
# A number that no list of users has.
_STRANGER = 54321
# What unpacks and starts there, of releases before and after the one that this is.
_SUITES = ("bullseye", "bookworm", "trixie")
_PACKAGES = ("base-files", "coreutils", "dash", "libc-bin", "tar", "xz-utils")
_APPLETS = ("cat", "env", "ls", "mkdir", "sh", "tar", "uname", "xz")


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    here = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    suites = [suite for suite in _SUITES if suite != here]
    return [
        [Check("unpacked in a home, used, and removed", partial(_unpacked, bed))],
        [
            Check("its files are root's, and in one folder", partial(_listed, bed)),
            Check("in a root with nothing else, without /proc", partial(_bare, bed)),
            *(
                Check(f"a user without a name, {what}", partial(_stranger, bed, home))
                for what, home in (
                    ("without HOME", None),
                    ("whose HOME is not there", "/nowhere"),
                    ("whose HOME is not writable", "/sealed"),
                    ("whose HOME is relative", "here"),
                )
            ),
            Check("in a root of musl and busybox", partial(_small, bed)),
        ],
        [
            Check(
                f"under another C library, {suite}'s if there is one",
                partial(_release, bed, suite, suites),
            )
            for suite in bed.rotation.part(suites, of=len(suites), shift="archive")
        ],
    ]


def _folder(bed: Bed) -> str:
    return bed.built.archive.name.removesuffix(".tar.xz")


def _listed(bed: Bed) -> str:
    told = run(["tar", "--list", "--verbose", "--numeric-owner", "-f", bed.built.archive]).out
    lines = told.splitlines()
    for line in lines:
        mode, owner, *_rest, name = line.split()
        require_equal(f"the owner of {name}", owner, "0/0")
        wanted = "drwxr-xr-x" if name.endswith("/") else "-rw-r--r--"
        if name.endswith(f"/bin/{NAME}"):
            wanted = "-rwxr-xr-x"
        require_equal(f"the mode of {name}", mode, wanted)
        require(name.startswith(f"{_folder(bed)}/"), f"{name} is not in {_folder(bed)}")
    names = {line.split()[-1].removeprefix(f"{_folder(bed)}/") for line in lines}
    missing = sorted(_CARRIED - names)
    require(not missing, f"without {missing}")
    # Both are the commit's.
    require_equal("dates", _dates(bed.built.archive), _dates(bed.built.source))
    return f"{len(lines)} entries"


def _dates(archive: Path) -> set[float]:
    with tarfile.open(archive) as entries:
        return {entry.mtime for entry in entries}


def _unpacked(bed: Bed) -> str:
    """As the README has it for those who trust no script."""
    home = bed.home("archive")
    (home.path / "Downloads").mkdir()
    before = tree(home.path)
    shutil.copy(bed.built.archive, home.path)
    home.run("tar", "-xf", bed.built.archive.name)
    folder = home.path / _folder(bed)
    is_the_binary(bed, folder / "bin" / NAME)
    path = f"{folder}/bin:{home.env()['PATH']}"
    seen = use(bed, home, folder / "share", {"PATH": path})
    home.run("rm", "-r", folder.name, bed.built.archive.name)
    require_same("the home", tree(home.path), before)
    return seen


# With as little else as can be


def _run_in(
    root: Path,
    user: int,
    env: Mapping[str, str],
    *arguments: str,
    codes: Sequence[int] = (0,),
) -> Result:
    """Nothing is mounted there: neither /proc nor /dev."""
    who = f"--userspec={user}:{user}"
    return run([tool("chroot"), who, root, f"/{NAME}", *arguments], env=env, codes=codes)


def _bare(bed: Bed) -> str:
    root = bed.folder("bare")
    shutil.copy(bed.program(), root)
    made = projects.use(partial(_run_in, root, 0, {}), root, bed.expected())
    told = _run_in(root, 0, {}, "--version").out
    require(bed.built.version in told, f"`--version` says {told}")
    require(bool(_run_in(root, 0, {}, "help", "--man").out), "there is no manual")
    return f"{len(made)} paths made, {told.strip()}"


def _stranger(bed: Bed, home: str | None) -> str:
    root = bed.folder("stranger")
    shutil.copy(bed.program(), root)
    (root / "sealed").mkdir(mode=0o555)
    # Where projects are made.
    shutil.chown(root, _STRANGER, _STRANGER)
    env = {} if home is None else {"HOME": home}
    before = tree(root)
    made = projects.use(partial(_run_in, root, _STRANGER, env), root, bed.expected())
    for name in sorted({name.partition("/")[0] for name in made}):
        owner = (root / name).stat().st_uid
        require_equal(f"the owner of {name}", owner, _STRANGER)
    left = {name: one for name, one in tree(root).items() if name in before}
    require_same("what was there", left, before)
    new = {path.name for path in root.iterdir()} - set(before)
    known = {"my answers.json", "my layouts", *(name.partition("/")[0] for name in made)}
    require_equal("what is there besides projects", sorted(new - known), [])
    return f"{len(made)} paths made"


# Under other C libraries


def _small(bed: Bed) -> str:
    root = Root(bed.folder("small"))
    for name in ("bin", "dev", "lib", "proc", "work"):
        (root.path / name).mkdir()
    shutil.copy(tool("busybox"), root.path / "bin")
    for name in _APPLETS:
        (root.path / "bin" / name).symlink_to("busybox")
    machine = bed.built.machine.name
    loader = root.path / f"lib/ld-musl-{machine}.so.1"
    shutil.copy(f"/lib/{machine}-linux-musl/libc.so", loader)
    loader.chmod(0o755)
    told = root.run(f"/lib/{loader.name}", codes=(1,)).err
    require("musl libc" in told, f"the loader there is not musl's: {told}")
    return f"{told.splitlines()[1].lower()}, {_in_root(bed, root)}"


def _release(bed: Bed, wanted: str, others: Sequence[str]) -> str:
    """One after the other leaves the source that this machine has."""
    folder = bed.folder("release")
    suites = (suite for suite in (wanted, *others) if offers(suite, folder))
    suite = next(suites, None)
    if suite is None:
        raise NotVerifiedError(f"the source has none of Debian's {', '.join(others)}")
    root = debian_root(suite, _PACKAGES, folder / "root", configured=False)
    for name in ("dev", "proc", "work"):
        (root.path / name).mkdir(exist_ok=True)
    told = root.run("getconf", "GNU_LIBC_VERSION").out.strip()
    seen = _in_root(bed, root)
    shutil.rmtree(root.path)
    return f"{suite}, {told}, {seen}"


def _in_root(bed: Bed, root: Root) -> str:
    """Unpacked by the tar of that system, and started by its shell."""
    shutil.copy(bed.built.archive, root.path / "work")
    inside = ("env", "--", "sh", "-euc")
    root.run(*inside, f"cd /work && tar -xJf {bed.built.archive.name}")
    command = f"/work/{_folder(bed)}/bin/{NAME}"

    def program(*arguments: str, codes: Sequence[int] = (0,)) -> Result:
        return root.run(*inside, f'cd /work && {command} "$@"', "sh", *arguments, codes=codes)

    made = projects.use(program, root.path / "work", bed.expected())
    if not made:
        raise CheckError("nothing was made")
    return f"{len(made)} paths made"
