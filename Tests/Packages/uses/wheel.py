"""The wheel: installed by uv and by pip as from PyPI, used, and removed."""

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Sequence
from functools import partial

from packages.about import DISTRIBUTION, NAME
from uses import projects
from uses.bed import Bed
from uses.metadata import described, refused
from uses.tools import tool
from uses.tree import files, require_same, tree
from uses.using import is_the_binary, use
from verification.claims import require, require_equal
from verification.commands import Result, run
from verification.report import Check

# A tool that was there before: what uv and pip themselves leave is not this wheel's.
_OTHER = "already-there"


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    return [
        [
            Check("its metadata, by twine", partial(_metadata, bed)),
            Check("its description leads on from everywhere", partial(described, bed)),
            Check("an index refuses it without a licence", partial(refused, bed)),
            Check("its record lists every file as it is", partial(_record, bed)),
        ],
        [Check("`uv tool install`", partial(_tool, bed))],
        [Check("`uvx`", partial(_uvx, bed))],
        [Check("`pip install` in a fresh environment", partial(_environment, bed))],
        [Check("`pip install --user`", partial(_user, bed))],
    ]


def settings(bed: Bed) -> dict[str, str | None]:
    """By them uv and pip find the wheel that was built where they would ask PyPI."""
    folder = str(bed.built.wheel.parent)
    others = bed.work / "other-wheels"
    return {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_FIND_LINKS": f"{folder} {others}",
        "PIP_NO_INDEX": "1",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # pip runs without leaving its own bytecode in the environment.
        "PYTHONDONTWRITEBYTECODE": "1",
        "UV_NO_CONFIG": "1",
        "UV_FIND_LINKS": f"{folder},{others}",
        "UV_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_CACHE_DIR": str(bed.work / "uv-cache"),
    }


def _metadata(bed: Bed) -> str:
    said = run([tool("twine"), "check", "--strict", bed.built.wheel]).text
    require("PASSED" in said and "WARNING" not in said, said)
    return ""


def _record(bed: Bed) -> str:
    with zipfile.ZipFile(bed.built.wheel) as wheel:
        require_equal("a damaged file", wheel.testzip(), None)
        names = wheel.namelist()
        [record] = [name for name in names if name.endswith(".dist-info/RECORD")]
        rows = list(csv.reader(io.StringIO(wheel.read(record).decode())))
        require_equal("files", sorted(row[0] for row in rows), sorted(names))
        for name, digest, size in rows:
            if name == record:
                continue
            content = wheel.read(name)
            found = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            require_equal(name, (f"sha256={found}", str(len(content))), (digest, size))
    return f"{len(rows)} files"


# Installed


def _tool(bed: Bed) -> str:
    env = settings(bed)
    home = bed.home("uv-tool", "uv")
    home.run("uv", "tool", "install", other(bed), env=env)
    before = tree(home.path)
    home.run("uv", "tool", "install", DISTRIBUTION, env=env)
    command = home.path / ".local/bin" / NAME
    require(command.is_symlink(), f"{command} is no link, so that its environment is not found")
    is_the_binary(bed, command)
    seen = use(bed, home, command.resolve().parents[1] / "share")
    home.run("uv", "tool", "uninstall", DISTRIBUTION, env=env)
    require_same("the home", tree(home.path), before)
    return seen


def _uvx(bed: Bed) -> str:
    """Nothing is installed: what uv keeps is in its cache."""
    cache = bed.folder("uvx-cache")
    env = settings(bed) | {"UV_CACHE_DIR": str(cache)}
    home = bed.home("uvx", "uv", "uvx")
    home.run("uvx", other(bed), env=env)
    before = tree(home.path)
    command = ("uvx", "--from", DISTRIBUTION, NAME)
    work = bed.folder("uvx-work")

    def program(*arguments: str, codes: Sequence[int] = (0,)) -> Result:
        return home.run(*command, *arguments, cwd=work, env=env, codes=codes)

    made = projects.use(program, work, bed.expected())
    found = [path for path in cache.rglob(f"bin/{NAME}") if path.is_file()]
    require(len(found) == 1, f"in the cache there is not one command but {found}")
    is_the_binary(bed, found[0])
    require_same("the home", tree(home.path), before)
    home.run("uv", "cache", "clean", env=env)
    require(not list(cache.rglob(NAME)), "the cache still has it after `uv cache clean`")
    return f"{len(made)} paths made"


def _environment(bed: Bed) -> str:
    env = settings(bed)
    home = bed.home("pip")
    home.run("python3", "-m", "venv", "tools", env=env)
    environment = home.path / "tools"
    before = tree(home.path)
    home.run(environment / "bin/pip", "install", DISTRIBUTION, env=env)
    command = environment / "bin" / NAME
    is_the_binary(bed, command)
    path = f"{command.parent}:{home.env()['PATH']}"
    seen = use(bed, home, environment / "share", {"PATH": path})
    home.run(environment / "bin/pip", "uninstall", "--yes", DISTRIBUTION, env=env)
    require_same("the home", files(tree(home.path)), files(before))
    return seen


def _user(bed: Bed) -> str:
    """Below `~/.local`, where shells and `man` look by themselves; by the system's Python, with the
    pip of an environment: Debian's has none, and refuses where nobody insists."""
    env = settings(bed)
    home = bed.home("pip-user")
    lent = bed.folder("lent-pip")
    home.run("python3", "-m", "venv", lent, env=env)
    [library] = lent.glob("lib/python3*/site-packages")
    env |= {"PYTHONPATH": str(library), "PIP_BREAK_SYSTEM_PACKAGES": "1"}
    pip = ("python3", "-m", "pip")
    home.run(*pip, "install", "--user", other(bed), env=env)
    before = tree(home.path)
    home.run(*pip, "install", "--user", DISTRIBUTION, env=env)
    is_the_binary(bed, home.path / ".local/bin" / NAME)
    seen = use(bed, home, None)
    home.run(*pip, "uninstall", "--yes", DISTRIBUTION, env=env)
    require_same("the home", files(tree(home.path)), files(before))
    return seen


def other(bed: Bed) -> str:
    """A wheel of another tool, so small that nothing is shared with the one that is watched."""
    name = _OTHER.replace("-", "_")
    folder = bed.work / "other-wheels"
    folder.mkdir(exist_ok=True)
    info = f"{name}-1.0.dist-info"
    items = {
        f"{name}-1.0.data/scripts/{_OTHER}": "#!/bin/sh\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {_OTHER}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    items[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*items, f"{info}/RECORD"])
    target = folder / f"{name}-1.0-py3-none-any.whl"
    # Two checks may want it at once.
    with bed.lock, zipfile.ZipFile(target, "w") as wheel:
        for path, content in items.items():
            wheel.writestr(path, content)
    return _OTHER
