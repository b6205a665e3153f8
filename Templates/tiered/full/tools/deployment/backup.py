"""Writes the PostgreSQL database into a file, and brings it back.

    python -m tools.deployment.backup create --folder backups --keep 14
    python -m tools.deployment.backup restore backups/<<PROJECT_NAME>>-20260601T031500Z.dump --replace

`pg_dump`, `pg_restore` and `psql` have to be of the server's version. Where only the database's
container has them, `--through` says how a command is run in it: see docs/deployment/compose.md.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from src.core.config import Settings, SettingsError, get_settings

# What a backup is called; a file of another name is somebody else's, though it begins alike.
NAME = "<<PROJECT_NAME>>"
MOMENT = "%Y%m%dT%H%M%SZ"
BACKUP = re.compile(re.escape(NAME) + r"-[0-9]{8}T[0-9]{6}Z\.dump")

# User and database of the compose files.
CONTAINED = "app"

# A backup may be brought back by another user, on another server.
WITHOUT_OWNERS = ("--no-owner", "--no-privileges")

# What psql does with the script that it reads: all of it, or nothing.
REPLACING = (
    "--no-psqlrc",
    "--quiet",
    "--single-transaction",
    "--set=ON_ERROR_STOP=1",
    "--command=DROP SCHEMA public CASCADE",
    "--command=CREATE SCHEMA public",
    "--file=-",
)


class BackupError(Exception):
    """It was not done; the text says why, and everything is as it was."""


@dataclass(frozen=True)
class Server:
    """How PostgreSQL's programs reach the database: by variables, so that no password is shown."""

    through: Sequence[str] = ()
    options: Sequence[str] = ()
    variables: dict[str, str] = field(default_factory=dict, repr=False)

    def run(
        self, program: str, *options: str, source: IO[bytes] | None, target: IO[bytes] | None
    ) -> None:
        command = [*self.through, program, *options]
        try:
            ended = subprocess.run(  # noqa: S603  # what the operator has said
                command,
                stdin=source or subprocess.DEVNULL,
                stdout=target or subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, **self.variables},
                check=False,
            )
        except FileNotFoundError:
            raise BackupError(f"{command[0]} is not installed here") from None
        if ended.returncode != 0:
            told = ended.stderr.decode(errors="replace").strip()
            raise BackupError(f"{program} ended with {ended.returncode}: {told}")


def server_of(settings: Settings) -> Server:
    url = settings.sync_database_url
    if url.get_backend_name() == "sqlite":
        raise BackupError("DATABASE_URL is a file of SQLite: copy it while nothing uses it")
    values = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return Server(variables={name: value for name, value in values.items() if value})


def contained_server(through: str) -> Server:
    names = ("--username", CONTAINED, "--dbname", CONTAINED)
    return Server(through=shlex.split(through), options=names)


def create(server: Server, folder: Path, now: datetime) -> Path:
    """The file of the new backup. It has its name only when it is whole, and is its owner's alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{NAME}-{now.astimezone(UTC):{MOMENT}}.dump"
    partial = file.with_suffix(".partial")
    try:
        with open(partial, "xb", opener=_private) as target:
            options = (*server.options, *WITHOUT_OWNERS, "--format=custom")
            server.run("pg_dump", *options, source=None, target=target)
        # What cannot be read is no backup.
        with partial.open("rb") as source:
            server.run("pg_restore", "--list", source=source, target=None)
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return file


def forget(folder: Path, keep: int) -> list[Path]:
    """Deletes all but the newest backups, and says which."""
    found = sorted(file for file in folder.iterdir() if BACKUP.fullmatch(file.name))
    old = found[:-keep]
    for file in old:
        file.unlink()
    return old


def restore(server: Server, file: Path) -> None:
    """Makes the database what it was, in one transaction: nothing stays that came later."""
    with tempfile.TemporaryFile() as script:
        # All of it before anything is changed: a file that breaks off changes nothing.
        with file.open("rb") as source:
            server.run("pg_restore", *WITHOUT_OWNERS, "--file=-", source=source, target=script)
        script.seek(0)
        server.run("psql", *server.options, *REPLACING, source=script, target=None)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writes the database into a file, or back.")
    parser.add_argument("--through", help="how a command is run in the database's container")
    commands = parser.add_subparsers(dest="command", required=True)
    creating = commands.add_parser("create", help="write a backup")
    creating.add_argument("--folder", type=Path, default=Path("backups"), help="%(default)s")
    creating.add_argument("--keep", type=int, help="delete all but so many of the newest")
    restoring = commands.add_parser("restore", help="bring a backup back")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--replace", action="store_true", help="all that is in the database")
    options = parser.parse_args(arguments)
    if options.command == "create" and options.keep is not None and options.keep < 1:
        parser.error("--keep has to leave one backup at least")
    if options.command == "restore" and not options.replace:
        parser.error("everything in the database is replaced: say --replace, if you mean it")
    try:
        through = options.through
        server = contained_server(through) if through else server_of(get_settings())
        if options.command == "create":
            print(create(server, options.folder, datetime.now(UTC)))
            for file in forget(options.folder, options.keep) if options.keep else ():
                print(f"deleted {file}")
        else:
            restore(server, options.file)
            print(f"the database is as it was in {options.file}")
    except (BackupError, SettingsError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
