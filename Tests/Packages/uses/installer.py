"""`install.sh`: installs by every shell that there is, replaces what it installed, removes it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from packages.about import NAME
from packages.release import INSTALLER_NAME
from uses import installer_refusals, installer_surroundings, installer_sweeps, using
from uses.bed import Bed
from uses.install_script import BUSYBOX, DASH, SHELLS, Shell, caller, small, with_env
from uses.tools import tool
from uses.tree import require_same, tree
from uses.web import web
from verification.claims import require, require_equal
from verification.commands import run
from verification.report import Check

# The end of a script is where being cut off would do most.
_LAST = 60


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    used = [
        [Check(f"{shell.name}: installed, used, removed", partial(_used, bed, shell))]
        for shell in SHELLS
    ]
    return [
        *used,
        [
            Check("below an odd prefix", lambda: _odd(bed)),
            Check("others may use it, whatever the umask", lambda: _modes(bed)),
            Check("says whether its folder is on the PATH", lambda: _on_path(bed)),
            Check("is replaced by another version", lambda: _replaced(bed)),
            Check("removes only what is its own", lambda: _own(bed)),
            Check("shellcheck finds nothing", lambda: _checked(bed)),
            *(
                Check(f"{shell.name}: cut off anywhere, it does nothing", partial(_cut, bed, shell))
                for shell in (DASH, BUSYBOX)
            ),
        ],
        *installer_refusals.lanes(bed),
        *installer_surroundings.lanes(bed),
        *installer_sweeps.lanes(bed),
    ]


def _used(bed: Bed, shell: Shell) -> str:
    one = caller(bed, shell)
    before = one.state()
    script = bed.built.installer.read_text(encoding="utf-8")
    with web(bed.built.folder) as served:
        told = one.pipe(script, downloads=served.base()).out
        require(f"Installed {NAME} {bed.built.version}" in told, f"it says: {told}")
        require_equal("what was downloaded", len(served.asked), 1)
        using.is_the_binary(bed, one.home.path / f".local/bin/{NAME}")
        seen = using.use(bed, one.home, None)
        # What is there already is installed again.
        installed = one.state()
        one.pipe(script, downloads=served.base())
        require_same("what is installed", one.state(), installed)
        one.pipe(script, "--remove", downloads=served.base())
        require_equal("what was downloaded", len(served.asked), 2)
    one.require_as_before(before)
    return seen


def _odd(bed: Bed) -> str:
    """Relative, of several folders that are not there, with all that a shell could take amiss."""
    one = caller(bed)
    name = "my 'own' $HOME/*/\"`été`$(;)\\\\#\\"
    before = one.state()
    with web(bed.built.folder) as served:
        told = one.run(bed.built.installer, "--prefix", name, downloads=served.base()).out
        program = one.home.path / name / f"bin/{NAME}"
        using.is_the_binary(bed, program)
        [line] = [line for line in told.splitlines() if line.startswith("  export ")]
        found = run([tool("sh"), "-c", f"{line}\ncommand -v {NAME}"], env=one.env("")).out
        require_equal("what is found after the line that it tells", found, f"{program}\n")
        one.run(bed.built.installer, f"--prefix={name}/", "--remove", downloads=served.base())
    one.require_as_before(before)
    return name


def _modes(bed: Bed) -> str:
    one = caller(bed)
    folder = small(bed, "9.9.9", "share/man/man1/page.1")
    strict = (tool("sh"), "-c", 'umask 077 && exec "$@"', "sh")
    with web(folder) as served:
        script = folder / INSTALLER_NAME
        replace(one, prefix=strict).run(script, downloads=served.base())
    for path in (one.home.path / ".local", *(one.home.path / ".local").rglob("*")):
        is_executable = path.is_dir() or path.name == NAME and path.parent.name == "bin"
        mode = path.stat().st_mode & 0o7777
        require_equal(f"the mode of {path.name}", oct(mode), oct(0o755 if is_executable else 0o644))
    return ""


def _on_path(bed: Bed) -> str:
    one = caller(bed)
    folder = small(bed, "9.9.9")
    script = folder / INSTALLER_NAME
    own = one.home.path / ".local/bin"
    path = one.env("")["PATH"]
    other = bed.folder("other")
    (other / NAME).symlink_to(tool("sh"))
    with web(folder) as served:
        for folders, wanted in (
            (path, f'export PATH="{own}:$PATH"'),
            (f"{path}:{own}", None),
            (f"{other}:{path}:{own}", f"another comes first: {other / NAME}"),
        ):
            there = with_env(one, PATH=folders)
            told = there.run(script, downloads=served.base()).out
            said = [text for text in ("export PATH", "another comes first") if text in told]
            if wanted is None:
                require(not said, f"with {folders} it says: {told}")
            else:
                require(wanted in told and len(said) == 1, f"with {folders} it says: {told}")
    return ""


def _replaced(bed: Bed) -> str:
    """What a newer version has no more goes; what it made goes with that."""
    one = caller(bed)
    before = one.state()
    old = small(bed, "0.0.9", "share/man/man1/old.1", "share/old/deep/file")
    new = small(bed, "9.9.9", "share/man/man7/new.7")
    local = one.home.path / ".local"
    for folder in (old, new):
        with web(folder) as served:
            one.run(folder / INSTALLER_NAME, downloads=served.base())
    files = sorted(str(path.relative_to(local)) for path in local.rglob("*") if path.is_file())
    require_equal(
        "what is installed",
        files,
        [
            f"bin/{NAME}",
            "share/doc/scaffold/NOTICE",
            "share/man/man7/new.7",
            "share/scaffold/installed",
        ],
    )
    require_equal("the version", run([local / f"bin/{NAME}"]).out, f"{NAME} 9.9.9\n")
    # Without anything to download from: that is not needed.
    one.run(new / INSTALLER_NAME, "--remove", downloads="http://127.0.0.1:9")
    one.require_as_before(before)
    return ""


def _own(bed: Bed) -> str:
    """What somebody has put beside it, or has changed, stays, with the folders that it is in."""
    one = caller(bed)
    local = one.home.path / ".local"
    (local / "share/man").mkdir(parents=True)
    folder = small(bed, "9.9.9", "share/man/man1/page.1", "share/man/man5/page.5")
    with web(folder) as served:
        one.run(folder / INSTALLER_NAME, downloads=served.base())
        (local / "share/man/man1/page.1").write_text("changed\n", encoding="utf-8")
        # It is the same file, but where it is now is for somebody else to say.
        moved = (local / "share/man/man5/page.5").rename(local / "moved.5")
        (local / "share/man/man5/page.5").symlink_to(moved)
        (local / "bin/another").write_text("of somebody\n", encoding="utf-8")
        told = one.run(folder / INSTALLER_NAME, "--remove", downloads=served.base())
    require_equal("warnings", told.err.count("left as it is, for it was changed"), 2)
    left = [
        *("bin", "bin/another", "moved.5"),
        *("share", "share/man", "share/man/man1", "share/man/man1/page.1"),
        *("share/man/man5", "share/man/man5/page.5"),
    ]
    require_equal("what is left", sorted(tree(local)), left)
    again = one.run(folder / INSTALLER_NAME, "--remove", downloads="", codes=(1,))
    require("nothing was installed by this script" in again.err, f"it says: {again.text}")
    one.require_nothing_temporary()
    return ""


def _checked(bed: Bed) -> str:
    """Also with what was put in: versions, checksums, addresses."""
    run([tool("shellcheck"), "--shell=sh", bed.built.installer])
    return ""


def _cut(bed: Bed, shell: Shell) -> str:
    script = bed.built.installer.read_text(encoding="utf-8").rstrip("\n")
    lines = [place for place, letter in enumerate(script) if letter == "\n"]
    places = [
        *bed.rotation.part(lines, of=8, shift=shell.name),
        *range(len(script) - _LAST, len(script)),
    ]
    one = caller(bed, shell)
    before = one.state()
    with web(bed.built.folder) as served:
        for place in places:
            one.pipe(script[:place], downloads=served.base(), codes=None)
            if one.state() != before or served.asked:
                one.require_as_before(before)
                require(False, f"cut off at {place}, it downloads")
        one.require_as_before(before)
    return f"at {len(places)} places"
