"""PostgreSQL servers of the machine, on loopback, as a user that is not root."""

import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verification.commands import CheckError, Command, NotVerifiedError, environment, run
from verification.report import Once
from verification.servers import LOOPBACK, server

_USER = "postgres"


@dataclass(frozen=True)
class Database:
    """A database of a running server."""

    port: int
    user: str
    name: str
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://{self.user}:{self.password}@{LOOPBACK}:{self.port}/{self.name}"

    def query(self, sql: str) -> list[str]:
        """The rows as text, asked with the password over TCP as every client would."""
        env = environment({"PGPASSWORD": self.password, "PGCONNECT_TIMEOUT": "5"})
        command: Command = [_program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", LOOPBACK]
        where = ["-p", str(self.port), "-U", self.user, "-d", self.name]
        return run([*command, *where, "-c", sql], env=env).out.splitlines()

    def accepts(self) -> bool:
        try:
            return self.query("SELECT 1") == ["1"]
        except NotVerifiedError:
            raise
        except CheckError:
            return False


class Databases:
    """Servers that begin alike: with one database, and its owner who may log in."""

    def __init__(self, folder: Path, *, user: str, name: str) -> None:
        self._folder = folder
        self._user = user
        self._name = name
        self._password = secrets.token_hex(16)
        self._model = Once("initdb", self._make_model)
        self._lock = threading.Lock()
        self._count = 0

    @contextmanager
    def server(self, port: int) -> Iterator[Database]:
        """A new, empty one for as long as the block lasts."""
        data = self._new_folder()
        run(_as_owner(["cp", "-a", f"{self._model()}/.", data]))
        command: Command = [_program("postgres"), "-D", data, "-p", str(port), "-h", LOOPBACK]
        settings = ["-k", str(data), "-c", "fsync=off"]
        log = data.with_suffix(".log")
        found = Database(port, self._user, self._name, self._password)
        command = _as_owner([*command, *settings])
        with server(command, log, cwd=data, env=environment(), ports=[port]) as running:
            running.wait_until(found.accepts, f"PostgreSQL on {port}")
            yield found
        shutil.rmtree(data)

    def _new_folder(self) -> Path:
        with self._lock:
            self._count += 1
            folder = self._folder / f"server-{self._count}"
        folder.mkdir(parents=True)
        folder.chmod(0o700)
        if os.geteuid() == 0:
            shutil.chown(folder, _USER, _USER)
        return folder

    def _make_model(self) -> Path:
        data = self._new_folder()
        password = data.with_suffix(".password")
        password.write_text(self._password, encoding="ascii")
        if os.geteuid() == 0:
            shutil.chown(password, _USER, _USER)
        initdb: Command = [_program("initdb"), "-D", data, "-U", self._user]
        options = [f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8"]
        run(_as_owner([*initdb, *options, "--no-sync", "--locale=C"]), cwd=data)
        single: Command = [_program("postgres"), "--single", "-D", data, "postgres"]
        run(_as_owner(single), cwd=data, text=f'CREATE DATABASE "{self._name}"\n')
        return data


def _as_owner(command: Command) -> Command:
    """PostgreSQL refuses to run as root; its package makes a user for it."""
    if os.geteuid() != 0:
        return command
    return ["runuser", "-u", _USER, "--", *command]


def _program(name: str) -> Path:
    """The newest; Debian keeps the server's programs off PATH."""
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.is_dir()]
    folders.sort(key=lambda path: int(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    found = shutil.which(name)
    if found is None:
        raise NotVerifiedError(f"{name} of PostgreSQL is not installed")
    return Path(found)
