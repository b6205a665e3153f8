"""What the benchmarks need on the machine, and how it is had."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
WORK = REPOSITORY / ".build" / "benchmarks"
VENV = WORK / "venv"
REQUIREMENTS = HERE / "requirements.txt"


class Unmeasurable(Exception):
    """Why nothing can be measured, with what to do about it."""


def require(*, renderers: bool) -> None:
    """Says all that is missing at once; installs nothing."""
    missing = []
    if not shutil.which("hyperfine"):
        missing.append("hyperfine: apt-get install hyperfine, or brew install hyperfine")
    if not shutil.which("cc"):
        missing.append("cc, a C compiler: apt-get install gcc libc6-dev, or xcode-select --install")
    if not shutil.which("swift"):
        missing.append("swift: https://www.swift.org/install")
    if renderers and not all((VENV / "bin" / name).exists() for name in ("cookiecutter", "copier")):
        missing.append(
            "cookiecutter and copier: Tests/Benchmarks/run --install (into .build/benchmarks/venv),"
            " or leave them out with --without-renderers"
        )
    if missing:
        raise Unmeasurable("missing:\n  " + "\n  ".join(missing))


def install_renderers() -> None:
    """Puts cookiecutter and copier into a virtual environment of their own."""
    checked([sys.executable, "-m", "venv", VENV])
    checked([VENV / "bin" / "pip", "install", "--quiet", "--requirement", REQUIREMENTS])


def checked(command: list, **options) -> str:
    """Runs `command` and returns its output; its complaint ends the measuring."""
    command = [str(word) for word in command]
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise Unmeasurable(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def build_scaffold() -> Path:
    """The release build of the program."""
    checked(["swift", "build", "-c", "release", "--product", "scaffold"], cwd=REPOSITORY)
    folder = checked(["swift", "build", "-c", "release", "--show-bin-path"], cwd=REPOSITORY)
    return Path(folder.strip()) / "scaffold"


def compile_c(source: Path, program: Path) -> Path:
    """A static program where the system has such; what macOS links is as small as it gets."""
    static = [] if sys.platform == "darwin" else ["-static"]
    linked = program.with_suffix(".linked")
    checked(["cc", "-O2", *static, "-o", linked, source])
    return installed(linked, program)


def installed(linked: Path, program: Path) -> Path:
    """The program as users have it: copied. What a linker wrote lies scattered in the page cache,
    and takes longer to start.
    """
    shutil.copy(linked, program)
    return program
