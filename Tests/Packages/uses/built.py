"""The packages that are used: those of a folder, or made for this run."""

import platform
import re
from dataclasses import dataclass
from pathlib import Path

from packages import release
from packages.about import DISTRIBUTION, MACHINES, Machine
from verification.commands import CheckError, Command, run

_TESTS = Path(__file__).resolve().parents[2]
REPOSITORY = _TESTS.parent
_PROGRAM = REPOSITORY / "Sources/scaffold/Program/Program.swift"
_VERSION = re.compile(r'static let version = "([^"]+)"')


@dataclass(frozen=True)
class Built:
    """One version, for this machine."""

    folder: Path
    version: str
    machine: Machine

    @property
    def archive(self) -> Path:
        return self._file(release.archive_name(self.version, self.machine))

    @property
    def source(self) -> Path:
        return self._file(release.source_name(self.version))

    @property
    def wheel(self) -> Path:
        return self._file(release.wheel_name(self.version, self.machine))

    @property
    def debian(self) -> Path:
        return self._file(release.debian_name(self.version, self.machine))

    @property
    def image(self) -> Path:
        return self._file(release.image_name(self.version, self.machine))

    @property
    def bill(self) -> Path:
        return self._file(release.bill_name(self.version, self.machine))

    @property
    def formula(self) -> Path:
        return self._file(release.FORMULA_NAME)

    @property
    def installer(self) -> Path:
        return self._file(release.INSTALLER_NAME)

    @property
    def sums(self) -> Path:
        return self._file(release.SUMS_NAME)

    def _file(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            there = ", ".join(sorted(one.name for one in self.folder.iterdir()))
            raise CheckError(f"{name} was not built: in {self.folder} there are {there}")
        return path


def version() -> str:
    """Of the program, by its source."""
    found = _VERSION.search(_PROGRAM.read_text(encoding="utf-8"))
    if found is None:
        raise CheckError(f"{_PROGRAM} does not say its version")
    return found[1]


def build(into: Path, program: Path | None) -> None:
    """As a release is built, but without the owner's decision about the licence.

    - program: what to package instead of building it
    """
    command: Command = [_TESTS / "Packages/build", version(), "--into", into]
    command = [*command, "--unlicensed-for-testing"]
    if program is not None:
        command = [*command, "--program", program]
    print(run(command, seconds=3600).out, end="", flush=True)


def found(folder: Path) -> Built:
    """What `build` has put there for this machine, under the version that the names say."""
    here = platform.machine()
    machine = next((one for one in MACHINES if one.name == here), None)
    if machine is None:
        raise CheckError(f"nothing is packaged for {here}")
    # Of the wheel, since its name alone has the version between two marks that no version has.
    beginning = f"{DISTRIBUTION.replace('-', '_')}-"
    names = [path.name for path in folder.glob(f"{beginning}*_{here}.whl")]
    if len(names) != 1:
        raise CheckError(f"in {folder} there is not one wheel for {here} but {names or 'none'}")
    return Built(folder, names[0].removeprefix(beginning).partition("-")[0], machine)
