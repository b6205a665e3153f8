"""The Debian package: installed in a root of Debian's, used there, removed and purged."""

import re
import shutil
from collections.abc import Sequence
from functools import partial

from packages.about import NAME
from uses import manuals, projects
from uses.bed import Bed
from uses.completing import BASH, completes
from uses.roots import Root, debian_root
from uses.tools import tool
from uses.tree import require_same, tree
from uses.using import is_the_binary
from verification.claims import require, require_equal
from verification.commands import Result, run
from verification.report import Check

# The newest that is released; dpkg, and what shows a manual and completes.
_SUITE = "trixie"
_PACKAGES = (
    *("base-files", "base-passwd", "bash", "bash-completion", "coreutils", "dash", "debconf"),
    *("diffutils", "dpkg", "findutils", "grep", "libc-bin", "login", "man-db", "perl-base", "sed"),
    *("tar", "util-linux"),
)
# What dpkg and man-db write whatever is installed: logs, caches, and the list of packages, which is
# compared by what it says.
_WRITTEN = ("var/log", "var/cache", "var/lib/dpkg/status", "var/lib/dpkg/status-old", "root", "tmp")
# How shells are asked where they look for completions, and for which file.
_LOOKING = {
    "zsh": (("zsh", "-fc"), "print -l $fpath", "_scaffold"),
    "fish": (("fish", "--private", "-c"), "string join \\n $fish_complete_path", "scaffold.fish"),
}


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("is of its version and its machine", partial(_control, bed)),
            Check("lintian finds no error", partial(_lintian, bed)),
        ],
        [
            Check(f"`dpkg -i` in a root of {_SUITE}, use, `dpkg {how}`", partial(_used, bed, how))
            for how in ("--remove", "--purge")
        ],
    ]


def _control(bed: Bed) -> str:
    fields = {"Package": NAME, "Version": bed.built.version}
    fields["Architecture"] = bed.built.machine.debian
    told = run([tool("dpkg-deb"), "--field", bed.built.debian, *fields]).out
    require_equal("the control", dict(re.findall(r"(\S+): (.*)", told)), fields)
    return ""


def _lintian(bed: Bed) -> str:
    """Warnings are shown, and are none either."""
    result = run([tool("lintian"), "--allow-root", bed.built.debian], codes=None, seconds=300)
    found = [line for line in result.out.splitlines() if re.match("[EW]: ", line)]
    require(result.code == 0 and not found, result.text)
    return ""


def system(bed: Bed) -> Root:
    """A copy that is the caller's alone."""

    def make() -> Root:
        return debian_root(_SUITE, _PACKAGES, bed.folder("debian") / "root", configured=True)

    return bed.once("Debian's root", make).copy(bed.folder("system") / "root")


def _used(bed: Bed, removal: str) -> str:
    own = system(bed)
    before, packages = state(own), listed(own)
    shutil.copy(bed.built.debian, own.path / "root")
    own.run("dpkg", "-i", f"/root/{bed.built.debian.name}")
    own.run("dpkg", "--verify", NAME)
    require_equal("a fault of the installation", own.run("dpkg", "--audit").out, "")
    is_the_binary(bed, own.path / "usr/bin" / NAME)
    seen = _use(bed, own)
    own.run("dpkg", removal, NAME)
    require_same("the root", state(own), before)
    require_equal("packages", listed(own), packages)
    shutil.rmtree(own.path)
    return seen


def state(root: Root) -> dict[str, str]:
    return dict(tree(root.path, without=_WRITTEN))


def listed(root: Root) -> str:
    return root.run("dpkg-query", "--show", "--showformat=${Package} ${Version} ${Status}\n").out


def _use(bed: Bed, root: Root) -> str:
    work = root.path / "root/work"
    work.mkdir()
    # Of a user's own, which a package has no part in.
    inside = ("env", "--chdir=/root/work")

    def program(*arguments: str, codes: Sequence[int] = (0,)) -> Result:
        return root.run(*inside, NAME, *arguments, codes=codes)

    def command(*words: str, text: str = "") -> Result:
        return root.run(*words, env=manuals.SETTINGS, text=text)

    made = projects.use(program, work, bed.expected())
    pages = manuals.shown(command)
    shell = completes(BASH, root.path / "root", root.env(), root.command(), seen="/root")
    for other in _LOOKING:
        elsewhere(bed, root, other)
    return f"{len(made)} paths made, {pages}, Tab in {shell}"


def elsewhere(bed: Bed, root: Root, shell: str) -> None:
    """Where Debian's other shells look by themselves: those of this machine say it."""
    program, asked, name = _LOOKING[shell]
    folders = bed.home("other-shell").run(*program, asked).out.split()
    found = [one for one in folders if (root.path / one.lstrip("/") / name).is_file()]
    require(len(found) == 1, f"{shell} looks in {folders}, and {name} is in {found}")
