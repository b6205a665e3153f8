"""What the benchmarks need on the machine, and how it is had."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
WORK = REPOSITORY / ".build" / "benchmarks"
VENV = WORK / "venv"
REQUIREMENTS = HERE / "requirements.txt"
README = REPOSITORY / "README.md"


class Unmeasurable(Exception):
    """Why nothing can be measured, with what to do about it."""


def require(*, renderers: bool) -> None:
    """Says all that is missing at once; installs nothing."""
    missing = []
    if not shutil.which("cc"):
        missing.append("cc, a C compiler: apt-get install gcc libc6-dev, or xcode-select --install")
    if not shutil.which("strip"):
        missing.append("strip: apt-get install binutils, or xcode-select --install")
    if not shutil.which("swift"):
        missing.append("swift: https://www.swift.org/install")
    if sys.platform == "linux" and not shutil.which("7z"):
        missing.append("7z, which makes wheels: apt-get install p7zip-full")
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


def checked(command: "list[Any]", **options: Any) -> str:
    """Runs `command` and returns its output; its complaint ends the measuring."""
    command = [str(word) for word in command]
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise Unmeasurable(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    output: str = done.stdout
    return output


def build_scaffold(repository: Path = REPOSITORY) -> Path:
    """The release build of the program, as the linker writes it."""
    build = ["swift", "build", "-c", "release"]
    checked([*build, "--product", "scaffold"], cwd=repository)
    return Path(checked([*build, "--show-bin-path"], cwd=repository).strip()) / "scaffold"


def compile_c(source: Path, program: Path) -> Path:
    """A static program where the system has such; what macOS links is as small as it gets.

    Copied, as users have programs: what a linker wrote lies scattered in the page cache, and takes
    longer to start.
    """
    static = [] if sys.platform == "darwin" else ["-static"]
    linked = program.with_suffix(".linked")
    checked(["cc", "-O2", *static, "-o", linked, source])
    shutil.copy(linked, program)
    return program


def install_scaffold(linked: Path, folder: Path) -> Path:
    """The program as users have it: by the lines of the README that follow its release build, for
    a user whose home is `folder`."""
    block = re.search(r"```sh\nswift build -c release\n(.*?)```", README.read_text(), re.DOTALL)
    if not block:
        raise Unmeasurable("the README does not say how to install the program")
    built = folder / ".build" / "release" / "scaffold"
    built.parent.mkdir(parents=True)
    shutil.copy(linked, built)
    checked(["sh", "-euc", block[1]], cwd=folder, env={**os.environ, "HOME": str(folder)})
    found = folder / ".local" / "bin" / "scaffold"
    if not found.exists():
        raise Unmeasurable("the README does not install to ~/.local/bin/scaffold")
    return found
