"""Images that stand in for public ones, under the same names, made of what is installed here.

The same way is taken everywhere, so that a machine with a public registry proves what one without
proves. An image is made again when what it is made of changes.
"""

import hashlib
import re
import shutil
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verification import debian, pythons
from verification.commands import CheckError, Command, NotVerifiedError, environment, run
from verification.containers import KEPT_LABEL, Containers
from verification.tools import REPOSITORY, Interpreter, interpreter, tool

_FILES = REPOSITORY / "Tests/GeneratedProjects/images"
_DEBIAN = "localhost/verify-debian:trixie"
# The second half is what a Python that was built elsewhere links to.
_PACKAGES = (
    "ca-certificates netbase tzdata "
    "libbz2-1.0 libexpat1 libffi8 liblzma5 libncursesw6 libreadline8t64 libsqlite3-0 libssl3t64 "
    "libuuid1 zlib1g"
)
_LEFT_OUT = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*")

_DEBIAN_FILE = """\
FROM scratch
ADD rootfs.tar /
CMD ["bash"]
"""

_PYTHON_FILE = f"""\
FROM {_DEBIAN}
ADD python.tar /usr/local/
ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
RUN ldconfig \\
    && ln -s python@VERSION@ /usr/local/bin/python3 \\
    && ln -s python3 /usr/local/bin/python \\
    && python -m ensurepip --default-pip \\
    && python -c "import bz2, ctypes, hashlib, lzma, readline, sqlite3, ssl, uuid, venv, zlib"
CMD ["python3"]
"""

_POSTGRES_FILE = f"""\
FROM {_DEBIAN}
RUN apt-get update -qq \\
    && DEBIAN_FRONTEND=noninteractive \\
       apt-get install -qq -y --no-install-recommends postgresql-17 \\
    && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/17 /etc/postgresql \\
    && echo "listen_addresses = '*'" >>/usr/share/postgresql/17/postgresql.conf.sample
COPY --chmod=755 postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/17/bin \\
    PGDATA=/var/lib/postgresql/data LANG=C.UTF-8
VOLUME /var/lib/postgresql/data
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
EXPOSE 5432
CMD ["postgres"]
"""

_REDIS_FILE = f"""\
FROM {_DEBIAN}
RUN apt-get update -qq \\
    && DEBIAN_FRONTEND=noninteractive \\
       apt-get install -qq -y --no-install-recommends redis-server \\
    && rm -rf /var/lib/apt/lists/* \\
    && mkdir /data \\
    && chown redis:redis /data
COPY --chmod=755 redis-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
VOLUME /data
WORKDIR /data
ENTRYPOINT ["docker-entrypoint.sh"]
EXPOSE 6379
CMD ["redis-server", "--protected-mode", "no"]
"""

# Of these nothing but the program is used: another image copies it.
_UV_FILE = """\
FROM scratch
COPY uv uvx /
"""
_CHAMBER_FILE = """\
FROM scratch
COPY --chmod=755 chamber /
"""


@dataclass(frozen=True)
class _Kind:
    """What a stand-in is made of, and what it is called unless somebody asks otherwise."""

    dockerfile: str
    name: str
    files: Callable[[], Sequence[Path]]


_KINDS = {
    "postgres": _Kind(
        _POSTGRES_FILE,
        "docker.io/library/postgres:17-trixie",
        lambda: [_FILES / "postgres-entrypoint.sh"],
    ),
    "redis": _Kind(
        _REDIS_FILE,
        "docker.io/library/redis:8-trixie",
        lambda: [_FILES / "redis-entrypoint.sh"],
    ),
    "uv": _Kind(_UV_FILE, "ghcr.io/astral-sh/uv:latest", lambda: [tool("uv"), tool("uvx")]),
    "chamber": _Kind(
        _CHAMBER_FILE, "docker.io/segment/chamber:latest", lambda: [_FILES / "chamber"]
    ),
}


class Images:
    """Makes the stand-ins that are not there yet, in a folder of the run."""

    def __init__(self, machine: Containers, work: Path) -> None:
        self._machine = machine
        self._work = work

    def make(self, python_versions: Sequence[str], others: Sequence[str] = ("postgres",)) -> str:
        """All of them; the answer says which had to be made.

        The others are named by their kind, or as a compose file or Dockerfile names an image of it.
        """
        made = [] if self._is_current(_DEBIAN, self._debian_digest()) else [self._make_debian()]
        for other in others:
            kind = _KINDS.get(other.rpartition("/")[2].partition(":")[0])
            if kind is None or "@" in other:
                raise NotVerifiedError(f"there is no stand-in for {other}")
            name = other if "/" in other else kind.name
            if not self._is_current(name, self._other_digest(kind)):
                made.append(self._make_other(kind, name))
        for version in python_versions:
            python = interpreter(version)
            if not self._is_current(_python_name(version), self._python_digest(python)):
                made.append(self._make_python(python))
        return f"made {', '.join(made)}" if made else "all there from an earlier run"

    def _is_current(self, name: str, digest: str) -> bool:
        template = f'{{{{ index .Labels "{KEPT_LABEL}" }}}}'
        try:
            found = self._machine.podman("image", "inspect", "--format", template, name)
        except CheckError:
            return False
        return found.out.strip() == digest

    def _build(self, name: str, digest: str, folder: Path, dockerfile: str) -> str:
        (folder / "Dockerfile").write_text(dockerfile, encoding="utf-8")
        self._machine.build(name, folder, f"--label={KEPT_LABEL}={digest}")
        shutil.rmtree(folder)
        return name

    def _folder(self, name: str) -> Path:
        folder = self._work / name
        folder.mkdir(parents=True)
        return folder

    # Debian

    @staticmethod
    def _debian_digest() -> str:
        return _digest(_DEBIAN_FILE, _PACKAGES, *_LEFT_OUT)

    def _make_debian(self) -> str:
        folder = self._folder("debian")
        arguments = ["--quiet", "--variant=minbase", f"--include={_PACKAGES.replace(' ', ',')}"]
        arguments += [f"--dpkgopt=path-exclude={path}" for path in _LEFT_OUT]
        command: Command = [tool("mmdebstrap"), *arguments, "trixie", folder / "rootfs.tar"]
        command = [*command, *debian.mirror()]
        run(command, env=environment({"TMPDIR": str(self._work)}), seconds=400)
        return self._build(_DEBIAN, self._debian_digest(), folder, _DEBIAN_FILE)

    # Python

    def _python_digest(self, python: Interpreter) -> str:
        # What `pythons` has made says how.
        recipe = python.prefix / "recipe"
        made = recipe.read_text(encoding="utf-8") if recipe.is_file() else ""
        told = (python.full, str(python.prefix), made)
        return _digest(self._debian_digest(), _PYTHON_FILE, *told)

    def _make_python(self, python: Interpreter) -> str:
        folder = self._folder(f"python-{python.version}")
        _pack(python, folder / "python.tar")
        dockerfile = _PYTHON_FILE.replace("@VERSION@", python.version)
        return self._build(
            _python_name(python.version), self._python_digest(python), folder, dockerfile
        )

    # Others

    def _other_digest(self, kind: _Kind) -> str:
        contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in kind.files()]
        return _digest(self._debian_digest(), kind.dockerfile, *contents)

    def _make_other(self, kind: _Kind, name: str) -> str:
        folder = self._folder(re.sub(r"\W", "-", name))
        for path in kind.files():
            shutil.copy(path, folder)
        return self._build(name, self._other_digest(kind), folder, kind.dockerfile)


def _python_name(version: str) -> str:
    return f"docker.io/library/python:{version}-slim-trixie"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _pack(python: Interpreter, archive: Path) -> None:
    """A Python without what was installed into it, as it will lie below /usr/local."""
    unwanted = {"site-packages", "dist-packages", "test", "__pycache__", "idlelib", "tkinter"}

    def chosen(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        parts = Path(member.name).parts
        if unwanted & set(parts) or any(part.startswith("config-") for part in parts):
            return None
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        return member

    name = f"python{python.version}"
    executable, runtime = python.executable, python.prefix / pythons.RUNTIME
    with tarfile.open(archive, "w", dereference=True) as tar:
        if runtime.is_dir():
            executable = Path(shutil.copy(executable, archive.with_name(name)))
            pythons.link(executable, Path("/usr/local", pythons.RUNTIME), tool)
            tar.add(runtime, pythons.RUNTIME)
            packages = tarfile.TarInfo(f"lib/{name}/{pythons.DEBIAN_PACKAGES}")
            packages.type, packages.linkname = tarfile.SYMTYPE, "site-packages"
            tar.addfile(packages)
        tar.add(executable, f"bin/{name}", filter=chosen)
        tar.add(python.stdlib, f"lib/{name}", filter=chosen)
        if python.library and Path(python.library).is_file():
            tar.add(python.library, f"lib/{Path(python.library).name}", filter=chosen)
