"""Where tools and Python interpreters are, and virtual environments for generated projects."""

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verification import pythons
from verification.commands import CheckError, NotVerifiedError, environment, run

REPOSITORY = Path(__file__).resolve().parents[3]
STATE = REPOSITORY / ".build/verification"
_INSTALLED = STATE / "tools/bin"
_INSTALLER = "Tests/GeneratedProjects/install"
REQUIREMENTS = REPOSITORY / "Tests/GeneratedProjects/requirements.txt"
_DESCRIBE = """
import json, sys, sysconfig
library = sysconfig.get_config_var("INSTSONAME") or ""
print(json.dumps({
    "version": "%d.%d" % sys.version_info[:2],
    "full": sys.version,
    "executable": sys.executable,
    "prefix": sys.base_prefix,
    "stdlib": sysconfig.get_path("stdlib"),
    "library": sysconfig.get_config_var("LIBDIR") + "/" + library if "so" in library else "",
}))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python as it describes itself."""

    version: str
    full: str
    executable: Path
    prefix: Path
    stdlib: Path
    library: str


def tool(name: str, installed: Path = _INSTALLED, installer: str = _INSTALLER) -> Path:
    """A tool that the installer has put in place, else one of the machine's."""
    if (installed / name).is_file():
        return installed / name
    found = shutil.which(name)
    if found is None:
        raise NotVerifiedError(f"{name} is not installed ({installer} does it)")
    return Path(found)


def program_folder(*names: str) -> Path:
    """For PATH: these tools and no others."""
    folder = STATE / "programs" / "-".join(names)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        with contextlib.suppress(FileExistsError):
            (folder / name).symlink_to(tool(name))
    return folder


def uv(*arguments: str | Path, codes: Sequence[int] | None = (0,), seconds: float = 300) -> str:
    env = environment({name: os.environ[name] for name in os.environ if name.startswith("UV_")})
    return run([tool("uv"), *arguments], env=env, codes=codes, seconds=seconds).out


def interpreter(version: str) -> Interpreter:
    """pyenv's, uv's own, one on PATH, what uv can download, else one made of Debian's packages."""
    with _finding:
        if version not in _found:
            _found[version] = _find(version)
        return _found[version]


_found: dict[str, Interpreter] = {}
_finding = threading.Lock()


def _find(version: str) -> Interpreter:
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    for candidate in sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), reverse=True):
        if described := _describe(candidate, version):
            return described
    managed = uv("python", "find", "--managed-python", version, codes=None).strip()
    for found in (managed, shutil.which(f"python{version}")):
        if found and (described := _describe(Path(found), version)):
            return described
    # In the folder that is meant if this is a link: its Python knows where it lies.
    kept = (STATE / "pythons").resolve() / version
    if not kept.exists():
        try:
            uv("python", "install", "--no-bin", version)
            found = uv("python", "find", "--managed-python", version).strip()
        except CheckError:
            pass
        else:
            if described := _describe(Path(found), version):
                return described
    try:
        made = pythons.from_debian(version, kept, tool)
    except CheckError as error:
        raise NotVerifiedError(f"there is no Python {version}\n{error}") from None
    if described := _describe(made, version):
        return described
    raise NotVerifiedError(f"{made} is not a Python {version}")


def _describe(executable: Path, version: str) -> Interpreter | None:
    result = run([executable, "-I", "-c", _DESCRIBE], codes=None)
    if result.code != 0:
        return None
    told = json.loads(result.out)
    if told["version"] != version:
        return None
    return Interpreter(
        version=version,
        full=told["full"],
        executable=Path(told["executable"]),
        prefix=Path(told["prefix"]),
        stdlib=Path(told["stdlib"]),
        library=told["library"],
    )


def virtual_environment(folder: Path, version: str, requirements: Path) -> Path:
    """Makes one with what the project requires; the answer is its Python.

    What is pinned for the verification is so here too: a checker's new rule comes by a commit.
    """
    uv("venv", "--quiet", "--python", interpreter(version).executable, folder)
    python = folder / "bin/python"
    uv("pip", "install", "--quiet", "--python", python, "-r", requirements, "-c", REQUIREMENTS)
    return python
