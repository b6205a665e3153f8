"""The formula, as a stand-in for Homebrew reads it, installs by it, and tests what it installed."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from packages.about import MACHINES, NAME, Machine
from packages.release import archive_name
from uses import sources, using
from uses.bed import Bed, Home
from uses.tools import tool
from uses.tree import require_same, same_file, tree
from uses.web import CHANGED, WHOLE, web
from verification.claims import require, require_equal
from verification.commands import CheckError, Result, environment, run
from verification.report import Check

_STAND_IN = Path(__file__).with_name("homebrew.rb")

# On macOS the sources are built: this says that it was called for that, and how.
_SWIFT = """\
#!/bin/sh
set -eu
printf '%s\\n' "$*" "$SCAFFOLD_COMMIT" "$SCAFFOLD_DATE" >'{told}'
grep -q 'name: "scaffold"' Package.swift
mkdir -p .build/release
cp '{program}' .build/release/scaffold
"""
_BUILD = f"build --disable-sandbox -c release --product {NAME}"


@dataclass(frozen=True)
class Brew:
    """A prefix of Homebrew, on a machine with a system."""

    bed: Bed
    prefix: Path
    system: str = "linux"
    # Other than this machine's, it is only read for it.
    machine: Machine | None = None
    # What is found before anything else.
    programs: Path | None = None

    def __call__(
        self, command: str, formula: Path, *download: str, codes: Sequence[int] = (0,)
    ) -> Result:
        machine = self.machine or self.bed.built.machine
        architecture = "arm64" if machine.homebrew == "arm" else machine.name
        env = environment()
        if self.programs is not None:
            env["PATH"] = f"{self.programs}:{env['PATH']}"
        words = (command, str(formula), str(self.prefix), self.system, architecture, *download)
        return run([tool("ruby"), "-w", _STAND_IN, *words], env=env, codes=codes)

    def read(self, formula: Path) -> Mapping[str, Any]:
        return dict(json.loads(self("read", formula).out))

    def install(self, formula: Path, how: str = WHOLE, codes: Sequence[int] = (0,)) -> Result:
        """From a server here, which has what is to be published."""
        published = str(self.read(formula)["url"]).rpartition("/")[0]
        with web(self.bed.built.folder) as served:
            return self("install", formula, published, served.base(how), codes=codes)


def install(bed: Bed, formula: Path, prefix: Path) -> None:
    Brew(bed, prefix).install(formula)


def uninstall(bed: Bed, formula: Path, prefix: Path) -> None:
    Brew(bed, prefix)("uninstall", formula)


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("Ruby reads it without a remark", lambda: _syntax(bed)),
            *(
                Check(f"{machine.name} has its archive, or is told", partial(_read, bed, machine))
                for machine in MACHINES
            ),
            Check("macOS has the sources", lambda: _read_sources(bed)),
            Check("what was changed on the way is not installed", lambda: _changed(bed)),
        ],
        [Check("is installed, used, tested and removed", lambda: _used(bed))],
        [
            Check("the sources are those of its commit", lambda: sources.of_commit(bed)),
            Check("builds the sources on macOS", lambda: _built(bed)),
        ],
    ]


def _syntax(bed: Bed) -> str:
    result = run([tool("ruby"), "-wc", bed.built.formula])
    require_equal("what Ruby says", result.text, "Syntax OK")
    return ""


def _read(bed: Bed, machine: Machine) -> str:
    """Where there is no archive for a machine, the formula is read, and says that it cannot be."""
    brew = Brew(bed, bed.folder("brew"), machine=machine)
    seen = brew.read(bed.built.formula)
    require_equal("the version", seen["version"], bed.built.version)
    archive = bed.built.folder / archive_name(bed.built.version, machine)
    if not archive.exists():
        refused = brew.install(bed.built.formula, codes=(1,))
        require("architecture is required" in refused.err, f"it is refused so: {refused.text}")
        return "there is none, and it is told"
    _require_download(seen, archive)
    return archive.name


def _require_download(seen: Mapping[str, Any], file: Path) -> None:
    name = str(seen["url"]).rpartition("/")[2]
    require_equal("what is downloaded", name, file.name)
    require_equal("its checksum", seen["sha256"], hashlib.sha256(file.read_bytes()).hexdigest())


def _read_sources(bed: Bed) -> str:
    seen = Brew(bed, bed.folder("brew"), "macos").read(bed.built.formula)
    _require_download(seen, bed.built.source)
    names = [name for requirement in seen["requirements"] for name in requirement]
    require_equal("what it needs", names, ["xcode", "macos"])
    return bed.built.source.name


def _changed(bed: Bed) -> str:
    brew = Brew(bed, bed.folder("brew"))
    refused = brew.install(bed.built.formula, CHANGED, codes=(1,))
    require("SHA-256 mismatch" in refused.err, f"it is refused so: {refused.text}")
    require_equal("what is installed", list(brew.prefix.iterdir()), [])
    return ""


def _used(bed: Bed) -> str:
    brew = Brew(bed, bed.folder("brew"))
    brew.install(bed.built.formula)
    same_file(brew.prefix / f"bin/{NAME}", bed.program())
    home = bed.home("brew-home")
    seen = using.use(bed, home, brew.prefix / "share", _settings(home, brew.prefix))
    _tested_and_removed(brew, bed.built.formula)
    return seen


def _settings(home: Home, prefix: Path) -> Mapping[str, str]:
    """As `brew shellenv` and Homebrew's own bash-completion say."""
    return {
        "PATH": f"{prefix}/bin:{home.env()['PATH']}",
        "BASH_COMPLETION_COMPAT_DIR": f"{prefix}/etc/bash_completion.d",
    }


def _tested_and_removed(brew: Brew, formula: Path) -> None:
    before = tree(brew.prefix)
    brew("test", formula)
    require_same("what is installed, after its test,", tree(brew.prefix), before)
    brew("uninstall", formula)
    require_same("the prefix", tree(brew.prefix), {})


def _built(bed: Bed) -> str:
    """But for the compiler, in whose place the binary is given."""
    programs = bed.folder("swift")
    told = programs / "told"
    swift = programs / "swift"
    swift.write_text(_SWIFT.format(told=told, program=bed.program()), encoding="utf-8")
    swift.chmod(0o755)
    brew = Brew(bed, bed.folder("brew"), "macos", programs=programs)
    brew.install(bed.built.formula)
    if not told.exists():
        raise CheckError("nothing was built")
    call, commit, date = told.read_text(encoding="utf-8").splitlines()
    require_equal("how it is built", call, _BUILD)
    # Of the release: what the version tells has to be known, since sources have no history.
    require(re.fullmatch("[0-9a-f]{9}", commit) is not None, f"the commit is {commit!r}")
    require(re.fullmatch(r"\d{4}-\d\d-\d\d", date) is not None, f"the date is {date!r}")
    version = run([bed.program(), "--version"]).out
    # A build for testing does not tell.
    known = f"({commit} {date})" in version or "(" not in version
    require(known, f"it tells {commit} {date}, and the binary {version}")
    home = bed.home("brew-home")
    seen = using.use(bed, home, brew.prefix / "share", _settings(home, brew.prefix))
    _tested_and_removed(brew, bed.built.formula)
    return seen
