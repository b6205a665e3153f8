"""The start by the command that a wheel installs: beside the binary alone, and beside copier, which
is installed the same way."""

import platform
import sys
from pathlib import Path

from places import folder
from programs import Programs
from table import Row, ratio
from tools import REPOSITORY, VENV, Unmeasurable, checked

# copier's takes a while.
_RUNS_OF_COPIER = 20


def rows(programs: Programs, place: Path, runs: int, renderers: bool) -> "list[Row]":
    work = "`--version` through the wheel's command"
    with folder(place) as own:
        installed = [str(_installed(programs.scaffold, own)), "--version"]
        alone = [str(programs.scaffold), "--version"]
        measure = programs.launcher.measure
        times = measure({"wheel": installed, "alone": alone}, runs=runs, warmup=5)
        found = [
            ratio(
                work, "time against the binary alone", times["wheel"], times["alone"],
                at_most=1.05)
        ]
        if renderers:
            copier = [str(VENV / "bin/copier"), "--version"]
            times = measure(
                {"wheel": installed, "copier": copier}, runs=min(runs, _RUNS_OF_COPIER), warmup=2)
            found.append(
                ratio(
                    "copier `--version`", f"time against {work}", times["copier"], times["wheel"],
                    at_least=100))
    return found


def _installed(program: Path, own: Path) -> Path:
    """The command in an environment of its own, by the wheel that a release would have."""
    wheel = _wheel(program, own)
    environment = own / "environment"
    checked([sys.executable, "-m", "venv", environment])
    pip = [environment / "bin/pip", "install", "--quiet", "--no-index", "--no-cache-dir"]
    checked([*pip, wheel])
    return environment / "bin" / program.name


def _wheel(program: Path, own: Path) -> Path:
    if sys.version_info < (3, 11):
        raise Unmeasurable("wheels are made by Python 3.11 or later")
    # From there, since only this group needs it, and a Python as new as that.
    sys.path.insert(1, str(REPOSITORY / "Tests/Packages"))
    from packages import wheel
    from packages.about import HOME, MACHINES
    from packages.faults import BuildError
    from packages.release import Item, Payload, Release

    machine = next((one for one in MACHINES if one.name == platform.machine()), None)
    if machine is None:
        raise Unmeasurable(f"there are no wheels for {platform.machine()}")
    release = Release("0.0.0", "0" * 40, 0x60000000, machine, HOME, None, "")
    command = Item(f"bin/{program.name}", program.read_bytes(), executable=True)
    try:
        # Nothing but the command has a part in what is measured.
        return wheel.make(release, Payload((command,), b"", b"", b""), own).path
    except BuildError as error:
        raise Unmeasurable(f"no wheel can be made: {error}") from None
