"""`install.sh` with odd surroundings: settings of its tools, temporary folders, a root directory."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from packages.about import NAME
from packages.release import INSTALLER_NAME
from uses.bed import Bed
from uses.install_script import (
    BUSYBOX,
    DASH,
    RECORD,
    SHELLS,
    Caller,
    Shell,
    caller,
    small,
    with_env,
    with_program,
)
from uses.tools import tool
from uses.tree import require_same, tree
from uses.web import web
from verification.claims import require, require_equal
from verification.commands import run
from verification.report import Check

# Each of them alone makes its program fail, or do something else.
_VARIABLES = {
    "GREP_OPTIONS": "--no-such-option",
    "TAR_OPTIONS": "--strip-components=1",
    "XZ_DEFAULTS": "--memlimit=1MiB",
    "XZ_OPT": "--no-such-option",
}
_FILES = {".curlrc": "include\n", ".wgetrc": "save_headers = on\n"}
# What is there before, and is of nobody who installs: it has the names of what is made below /.
_OF_OTHERS = ("bin", "share/doc/scaffold", "share/fish/vendor_completions.d", "share/scaffold")
_ROOTED = """\
mount --bind /dev/null "$0/dev/null"
exec chroot "$0" "$@"
"""
# Larger than the number of any process.
_NO_PROCESS = 2**22 + 1
# To a pipe that nobody reads, or to nothing.
_UNHEARD = {
    "a pipe": ">&4",
    "a pipe for errors too": ">&4 2>&4",
    "no output": ">&-",
    "no output at all": ">&- 2>&-",
}


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check(f"{shell.name}: whatever the settings of its tools", partial(_set, bed, shell))
            for shell in SHELLS
        ],
        [
            *(
                Check(
                    f"{shell.name}: a temporary folder named {name}",
                    partial(_temporary, bed, shell, name),
                )
                for shell in (DASH, BUSYBOX)
                for name in ("relative", "-x")
            ),
            *(
                Check(f"{shell.name}: an address with brackets", partial(_brackets, bed, shell))
                for shell in SHELLS
            ),
            *(
                Check(f"{shell.name}: nobody reads what it says", partial(_unheard, bed, shell))
                for shell in SHELLS
            ),
            Check("below the root", lambda: _root(bed)),
            Check("takes away what killed runs have left", lambda: _killed(bed)),
        ],
    ]


def _around(one: Caller, folder: Path) -> None:
    """Installed and removed: all is as before."""
    before = one.state()
    with web(folder) as served:
        script = folder / INSTALLER_NAME
        one.run(script, downloads=served.base())
        require((one.home.path / f".local/bin/{NAME}").is_file(), "no program is installed")
        one.run(script, "--remove", downloads=served.base())
    require_same("the home", one.state(), before)


def _set(bed: Bed, shell: Shell) -> str:
    folder = small(bed, "9.9.9", "share/man/man1/page.1")
    # Such of old systems hear a variable that those of today do not.
    one = with_program(caller(bed, shell), "grep", f'exec {tool("grep")} ${{GREP_OPTIONS-}} "$@"')
    for name, text in _FILES.items():
        (one.home.path / name).write_text(text, encoding="utf-8")
    for names in ([], *([name] for name in _VARIABLES), list(_VARIABLES)):
        _around(with_env(one, **{name: _VARIABLES[name] for name in names}), folder)
    one.require_nothing_temporary()
    return ", ".join((*_FILES, *_VARIABLES))


def _temporary(bed: Bed, shell: Shell, name: str) -> str:
    """As it is named from where the script is run."""
    one = caller(bed, shell)
    (one.home.path / name).mkdir()
    _around(with_env(one, TMPDIR=name), small(bed, "9.9.9", "share/man/man1/page.1"))
    return ""


def _brackets(bed: Bed, shell: Shell) -> str:
    """They are no pattern of several addresses."""
    one = caller(bed, shell)
    folder = small(bed, "9.9.9")
    with web(folder) as served:
        one.run(folder / INSTALLER_NAME, downloads=served.base("g[1]{a,b}"))
        require_equal("what was downloaded", len(served.asked), 1)
    return ""


def _root(bed: Bed) -> str:
    """From a folder that has folders of the same names, all of them empty."""
    root = bed.folder("root")
    for name in ("dev", "programs", "tmp", *(f"here/{name}" for name in _OF_OTHERS)):
        (root / name).mkdir(parents=True)
    (root / "dev/null").touch()
    shutil.copy(tool("busybox"), root / "programs")
    for program in caller(bed, BUSYBOX).programs.iterdir():
        (root / "programs" / program.name).symlink_to("busybox")
    shutil.copy(bed.built.installer, root)
    before = tree(root)
    mine = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    entered = (*mine, "--mount", "--", tool("sh"), "-euc", _ROOTED, root, "/programs/sh", "-euc")
    with web(bed.built.folder) as served:
        # Of this machine first what enters the root; in there is none of it.
        env = {"PATH": f"{os.environ['PATH']}:/programs", "SCAFFOLD_DOWNLOADS": served.base()}
        for arguments in ((), ("--remove",)):
            script = f'cd /here && sh /{INSTALLER_NAME} --prefix / "$@"'
            told = run([tool("unshare"), *entered, script, "sh", *arguments], env=env).out
            require(" /:\n" in told, f"it does not say where: {told}")
            require_equal("the program", (root / f"bin/{NAME}").exists(), not arguments)
    require_same("the root", tree(root), before)
    return ""


def _killed(bed: Bed) -> str:
    """Nothing of a run that goes on, and nothing with another name."""
    one = caller(bed)
    folder = small(bed, "9.9.9", "share/man/man1/page.1")
    local = one.home.path / ".local"
    places = (
        f"bin/.scaffold-install.{NAME}",
        f"{RECORD.rpartition('/')[0]}/.scaffold-install.x.new",
    )
    stale = {local / f"{place}.{_NO_PROCESS}" for place in places}
    kept = {local / f"{place}.{os.getpid()}" for place in places}
    kept |= {local / f"bin/{name}" for name in (f".{NAME}.{_NO_PROCESS}", ".scaffold-install.txt")}
    with web(folder) as served:
        for arguments in ((), ("--remove",)):
            for path in (*stale, *kept):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("half\n", encoding="utf-8")
            one.run(folder / INSTALLER_NAME, *arguments, downloads=served.base())
            there = {path for path in stale | kept if path.exists()}
            require_equal("what is there", sorted(there), sorted(kept))
    return ""


def _unheard(bed: Bed, shell: Shell) -> str:
    """All is done, whoever has stopped reading, and nothing temporary stays."""
    folder = small(bed, "9.9.9", "share/man/man1/page.1", "share/man/man5/page.5")
    script = folder / INSTALLER_NAME
    pipe = bed.folder("pipe") / "pipe"
    os.mkfifo(pipe)
    for name, output in _UNHEARD.items():
        plain = caller(bed, shell)
        local = plain.home.path / ".local"
        command = f'exec 3<>"$0" 4>"$0" 3<&-; exec "$@" {output}'
        one = replace(plain, prefix=(tool("sh"), "-c", command, pipe))
        with web(folder) as served:
            one.run(script, downloads=served.base())
            require((local / f"bin/{NAME}").is_file(), f"with {name} no program is installed")
            page = local / "share/man/man1/page.1"
            page.write_text("changed\n", encoding="utf-8")
            one.run(script, "--remove", downloads=served.base())
        left = [path for path in local.rglob("*") if path.is_file()]
        require_equal(f"what is left with {name}", left, [page])
        one.require_nothing_temporary()
    return ", ".join(_UNHEARD)
