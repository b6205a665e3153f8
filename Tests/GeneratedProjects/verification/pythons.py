"""Interpreters that the machine lacks, made of the packages of a newer Debian.

Such a Python is linked to a newer C library than the machine has. It lies in a folder with all that
it links to, its own dynamic linker included, and leaves the machine's libraries alone. What Debian
changes for a Python of the system is undone, so that it behaves like one from python.org.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from verification import debian
from verification.claims import require
from verification.commands import Command, environment, run

_RELEASE = "forky"
# In the folder of a Python: what it links to.
RUNTIME = "lib/runtime"
# Under this name such a Python looks for `site-packages`; the name is built into it.
DEBIAN_PACKAGES = "dist-packages"
# Parts of the C library on their own in older ones. A library that has its own way to look for what
# it needs would find the machine's, which do not go with the newer C library.
_PRELOADED = ("libdl.so.2", "libpthread.so.0", "libresolv.so.2", "librt.so.1", "libutil.so.1")


def from_debian(version: str, folder: Path, tool: Callable[[str], Path]) -> Path:
    """The executable of a Python in the folder, which is made again when this module changes."""
    stamp = folder / "recipe"
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != recipe:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            packages, python = Path(made, "packages"), Path(made, "python")
            _extract(version, packages, tool)
            _lay_out(version, packages, python)
            _behave_as_published(version, python / f"lib/python{version}")
            link(python / f"bin/python{version}", folder / RUNTIME, tool)
            (python / "recipe").write_text(recipe, encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            python.rename(folder)
    return folder / f"bin/python{version}"


def link(executable: Path, runtime: Path, tool: Callable[[str], Path]) -> None:
    """Has a Python of Debian's use the dynamic linker and the libraries of a folder."""
    patchelf = tool("patchelf")
    linker = Path(run([patchelf, "--print-interpreter", executable]).out.strip()).name
    # An RPATH holds for the modules that Python loads as well; a RUNPATH would not.
    paths: Command = [
        "--force-rpath",
        "--set-rpath",
        runtime,
        "--set-interpreter",
        runtime / linker,
    ]
    needed = run([patchelf, "--print-needed", executable]).out.split()
    added = [one for name in _PRELOADED if name not in needed for one in ("--add-needed", name)]
    run([patchelf, *paths, *added, executable])


def _extract(version: str, folder: Path, tool: Callable[[str], Path]) -> None:
    """The packages and what they depend on; no script of theirs is run."""
    archive = folder.with_suffix(".tar")
    packages = f"--include=python{version},python{version}-venv"
    env = environment({"TMPDIR": str(folder.parent)})
    # A mirror of a release under way may lag behind by weeks; its signature is asked for as always.
    lagging = '--aptopt=Acquire::Check-Valid-Until "false"'
    command: Command = [
        tool("mmdebstrap"),
        "--quiet",
        "--variant=extract",
        lagging,
        packages,
        _RELEASE,
    ]
    run([*command, archive, *debian.mirror()], env=env, seconds=400)
    folder.mkdir()
    run(["tar", "--extract", "--file", archive, "--directory", folder, "--exclude=./dev"])
    archive.unlink()


def _lay_out(version: str, packages: Path, python: Path) -> None:
    name = f"python{version}"
    for folder in ("bin", "lib", RUNTIME):
        (python / folder).mkdir(parents=True)
    (packages / "usr/bin" / name).rename(python / "bin" / name)
    for other in ("python3", "python"):
        (python / "bin" / other).symlink_to(name)
    (packages / "usr/lib" / name).rename(python / "lib" / name)
    for library in (packages / "usr/lib").glob("*-linux-gnu*/*.so*"):
        library.rename(python / RUNTIME / library.name)
    standard = python / "lib" / name
    bundled = standard / "ensurepip/_bundled"
    bundled.mkdir()
    for wheel in (packages / "usr/share/python-wheels").glob("pip-*.whl"):
        wheel.rename(bundled / wheel.name)
    (standard / "site-packages").mkdir()
    (standard / DEBIAN_PACKAGES).symlink_to("site-packages")
    for managed in ("EXTERNALLY-MANAGED", "sitecustomize.py", "_distutils_system_mod.py"):
        (standard / managed).unlink()


def _behave_as_published(version: str, standard: Path) -> None:
    """Installs into `site-packages`, by the pip that comes along."""
    _change(
        standard / "sysconfig/__init__.py", r"(prefix_scheme = )'posix_local'", r"\1'posix_prefix'"
    )
    pip = next((standard / "ensurepip/_bundled").glob("pip-*.whl")).name.split("-")[1]
    ensurepip = standard / "ensurepip/__init__.py"
    _change(ensurepip, r"(?m)^    _ensurepip_is_disabled_in_debian_for_system\(\)\n", "")
    _change(ensurepip, r'(_PIP_VERSION = )"[^"]*"', rf'\1"{pip}"')
    for data in standard.glob("_sysconfigdata_*.py"):
        if not data.is_symlink():
            _change(data, r"('WHEEL_PKG_DIR': )'[^']*'", r"\1''")


def _change(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"))
    require(count == 1, f"{path} has {count} times, not once: {pattern}")
    path.write_text(text, encoding="utf-8")
