"""What `install.sh` refuses: with a word on what to do, and without a trace."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from packages.about import NAME
from packages.release import INSTALLER_NAME
from uses.bed import Bed
from uses.install_script import (
    BASH,
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
from uses.web import CHANGED, ENDLESS, GONE, SHORT, WHOLE, web
from verification.claims import require, require_equal
from verification.commands import Result
from verification.report import Check

_PROGRAM = f".local/bin/{NAME}"
_RECORD = f".local/{RECORD}"
# As a record has it, of a file that is not there.
_LINE = f"file {'0' * 64} bin/nothing"
_PAGE = ".local/share/man/man1/scaffold.1"
# A number that no list of users has.
_STRANGER = 54321
# A disk smaller than the program; what is on it at the end is shown.
_DISK = """\
mount -t tmpfs -o size=4m tmpfs "$0"
code=0
"$@" || code=$?
find "$0"
exit "$code"
"""


@dataclass(frozen=True)
class _Case:
    """What is wrong, and what has to be said of it."""

    name: str
    said: str
    arguments: tuple[str, ...] = ()
    spoil: Callable[[Caller], Caller] = lambda one: one
    shells: Sequence[Shell] = (DASH,)
    without: tuple[str, ...] = ()
    # It is seen only when something is downloaded, or after that.
    how: str | None = None
    code: int = 1


def _other_system(name: str) -> Callable[[Caller], Caller]:
    return lambda one: with_program(one, "uname", f"echo {name}")


def _other_machine(one: Caller) -> Caller:
    script = 'case $1 in -s) echo Linux ;; *) echo "riscv64" ;; esac'
    return with_program(one, "uname", script)


def _file_at(name: str) -> Callable[[Caller], Caller]:
    """A file where a folder is to be."""

    def spoil(one: Caller) -> Caller:
        path = one.home.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("of somebody\n", encoding="utf-8")
        return one

    return spoil


def _link(one: Caller) -> Caller:
    """To nowhere, which no test for a file finds."""
    path = one.home.path / _PROGRAM
    path.parent.mkdir(parents=True)
    path.symlink_to("/nowhere")
    return one


def _folder_at(name: str) -> Callable[[Caller], Caller]:
    """A folder where a file is to be."""

    def spoil(one: Caller) -> Caller:
        (one.home.path / name).mkdir(parents=True)
        return one

    return spoil


def _record(*lines: str) -> Callable[[Caller], Caller]:
    """What is no record, though it may have lines of one."""

    def spoil(one: Caller) -> Caller:
        path = one.home.path / _RECORD
        path.parent.mkdir(parents=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return one

    return spoil


def _linked_record(one: Caller) -> Caller:
    """To one that would do."""
    path = one.home.path / _RECORD
    path.parent.mkdir(parents=True)
    (path.parent / "elsewhere").write_text(f"{_LINE}\n", encoding="utf-8")
    path.symlink_to("elsewhere")
    return one


def _broken_line(one: Caller) -> Caller:
    """Where the script is run, so that no argument has it."""
    folder = one.home.path / "a\nb"
    folder.mkdir()
    return replace(one, prefix=(tool("env"), "--chdir", folder, "--"))


def _marks(one: Caller) -> Caller:
    """Whoever unpacks before verifying leaves a trace."""
    return with_program(one, "xz", 'touch "$HOME/unpacked"')


def _no_home(one: Caller) -> Caller:
    return with_env(one, HOME=None)


def _no_temporary(one: Caller) -> Caller:
    return with_env(one, TMPDIR="/nowhere")


_RECORDS = {
    "another's file": _record("precious"),
    "a file with more": _record(_LINE, "precious"),
    "an empty file": _record(),
    "a folder": _folder_at(_RECORD),
    "a link": _linked_record,
}
_CASES = (
    _Case("an unknown option", "no option or argument --prfix", ("--prfix", "x"), code=2),
    _Case("an argument", "no option or argument x", ("x",), code=2),
    _Case("--prefix alone", "--prefix lacks its folder", ("--prefix",), code=2),
    _Case("an empty prefix", "--prefix has an empty folder", ("--prefix", ""), code=2),
    _Case("an empty prefix at once", "--prefix has an empty folder", ("--prefix=",), code=2),
    _Case("a line break in the prefix", "has a line break", ("--prefix", "a\nb"), code=2),
    _Case(
        "a line break where it is run",
        "has a line break",
        ("--prefix", "relative"),
        spoil=_broken_line,
        shells=SHELLS,
        code=2,
    ),
    _Case("no HOME", "HOME is not set", spoil=_no_home, shells=SHELLS),
    _Case("no xz", "not installed: xz", without=("xz",), shells=(DASH, BASH)),
    _Case("neither tar nor xz", "not installed: tar xz", without=("tar", "xz")),
    _Case("nothing that downloads", "not installed: curl", without=("curl",)),
    _Case("nothing for checksums", "not installed: sha256sum", without=("sha256sum",)),
    _Case("macOS", "Homebrew builds it there", spoil=_other_system("Darwin")),
    _Case("FreeBSD", "no archive for FreeBSD", spoil=_other_system("FreeBSD")),
    _Case("another machine", "machines of the kind riscv64", spoil=_other_machine),
    _Case("no temporary folder", "no temporary folder can be made", spoil=_no_temporary),
    _Case("a file for a prefix", "is no folder", spoil=_file_at(".local")),
    _Case("a file for a folder", "cannot be made", spoil=_file_at(".local/bin"), how=WHOLE),
    _Case("another's program", "has not installed it", spoil=_file_at(_PROGRAM), how=WHOLE),
    _Case("another's page", "has not installed it", spoil=_file_at(_PAGE), how=WHOLE),
    _Case("another's link", "has not installed it", spoil=_link, how=WHOLE),
    _Case("a folder for a program", "has not installed it", spoil=_folder_at(_PROGRAM), how=WHOLE),
    *(
        _Case(f"{name} for a record, {kind}", said, arguments, spoil=spoil, how=how)
        for name, spoil in _RECORDS.items()
        for kind, arguments, said, how in (
            ("to install", (), f"{_RECORD}\n", WHOLE),
            ("to remove", ("--remove",), "nothing was installed by this script", None),
        )
    ),
    _Case("a file that is not there", "cannot be downloaded", how=GONE, shells=SHELLS),
    _Case("a download that ends early", "cannot be downloaded", how=SHORT, shells=(DASH, BASH)),
    # It may take that for a file that has come whole: then its checksum is wrong.
    _Case("a download that ends early", "nothing was installed", how=SHORT, shells=(BUSYBOX,)),
    _Case("a download without an end", "cannot be downloaded", how=ENDLESS, shells=SHELLS),
    _Case(
        "a wrong checksum", "is not what was published", spoil=_marks, how=CHANGED, shells=SHELLS
    ),
    _Case("nothing to remove", "nothing was installed by this script", ("--remove",)),
)


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    checks = [
        Check(f"refused, {shell.name}: {case.name}", partial(_refused, bed, case, shell))
        for case in _CASES
        for shell in case.shells
    ]
    return [
        checks[::2],
        [
            *checks[1::2],
            Check("refused: a prefix that is not writable", lambda: _unwritable(bed)),
            Check("refused: a disk that is full", lambda: _full(bed)),
            Check("refused: a program that does not run", lambda: _not_running(bed)),
        ],
    ]


def _refused(bed: Bed, case: _Case, shell: Shell) -> str:
    one = case.spoil(caller(bed, shell, without=case.without))
    before = one.state()
    with web(bed.built.folder) as served:
        downloads = served.base(case.how or WHOLE)
        codes = (case.code,)
        ended = one.run(bed.built.installer, *case.arguments, downloads=downloads, codes=codes)
        asked = len(served.asked)
    require(bool(asked) == (case.how is not None), f"it downloads {asked} files")
    one.require_as_before(before)
    return _said(ended, case.said)


def _said(ended: Result, said: str) -> str:
    """What is wrong and what to do, and no more than what a tool itself has said before."""
    lines = ended.err.splitlines()
    errors = [line for line in lines if line.startswith("error: ")]
    helps = [line for line in lines if line.startswith("help: ")]
    require(len(errors) == 1 and len(helps) == 1, f"it says: {ended.text}")
    require(said in ended.err, f"it does not say “{said}”: {ended.text}")
    require("Installed" not in ended.out, f"it says: {ended.text}")
    return errors[0].removeprefix("error: ")[:80]


def _unwritable(bed: Bed) -> str:
    one = caller(bed)
    if os.geteuid() == 0:
        # Root may write everywhere.
        os.chown(one.temporary, _STRANGER, _STRANGER)
        ids = (f"--reuid={_STRANGER}", f"--regid={_STRANGER}", "--clear-groups")
        one = replace(one, prefix=(tool("setpriv"), *ids, "--"))
    else:
        one.home.path.chmod(0o555)
    before = one.state()
    with web(bed.built.folder) as served:
        ended = one.run(bed.built.installer, downloads=served.base(), codes=(1,))
        require_equal("what was downloaded", served.asked, [])
    one.require_as_before(before)
    return _said(ended, "cannot be written")


def _full(bed: Bed) -> str:
    one = caller(bed)
    disk = bed.folder("disk")
    mine = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    mounted = (*mine, "--mount", "--", tool("sh"), "-euc", _DISK.replace("find", str(tool("find"))))
    one = replace(one, prefix=(tool("unshare"), *mounted, disk))
    one = with_program(one, "mount", f'exec {tool("mount")} "$@"')
    with web(bed.built.folder) as served:
        arguments = ("--prefix", f"{disk}/below")
        ended = one.run(bed.built.installer, *arguments, downloads=served.base(), codes=(1,))
    one.require_nothing_temporary()
    require_equal("what is on the disk", ended.out.splitlines()[-1], str(disk))
    return _said(ended, "cannot be written")


def _not_running(bed: Bed) -> str:
    one = caller(bed)
    before = one.state()
    folder = small(bed, "9.9.9", "share/deep/down/file", program=b"\x7fELF of another machine")
    with web(folder) as served:
        ended = one.run(folder / INSTALLER_NAME, downloads=served.base(), codes=(1,))
    one.require_as_before(before)
    return _said(ended, "the program does not run here")
