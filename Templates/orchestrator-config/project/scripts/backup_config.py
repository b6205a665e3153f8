#!/usr/bin/env python3
"""Puts the configuration into an archive, and takes it out again.

An archive has the configuration only: .env and the databases are not in it, and no archive is ever
overwritten. Restoring unpacks beside the configuration, checks what was unpacked, archives the
configuration of now, and only then swaps the two.
"""

import argparse
import os
import re
import sys
import tarfile
import tempfile
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config_tools.arguments import count
from config_tools.check import check
<<@if VARIANT == multi-env>>
from config_tools.environments import Environment, environment_names
<<@end>>
from config_tools.faults import Fault, UsageError
from config_tools.project import DATA, config_root, load_variables, show_faults

BACKUPS = DATA / "local_backups"
_NAME = re.compile(r"config-\d{8}T\d{12}Z\.tar\.gz")


class FaultyArchiveError(UsageError):
    """The archive has a configuration that the service could not use."""

    def __init__(self, archive: Path, faults: list[Fault]) -> None:
        super().__init__(f"{archive} has a configuration with faults: nothing was changed")
        self.faults = faults


def back_up(config: Path, backups: Path, now: datetime) -> Path:
    """A new archive of the configuration."""
    if not config.is_dir():
        raise UsageError(f"{config} is no directory: correct ORCHESTRATOR_CONFIG_PATH")
    backups.mkdir(parents=True, exist_ok=True)
    archive = backups / f"config-{now:%Y%m%dT%H%M%S%f}Z.tar.gz"
    with tempfile.NamedTemporaryFile(dir=backups, prefix=".partial-") as partial:
        with tarfile.open(fileobj=partial, mode="w:gz") as tar:
            tar.add(config, arcname="config")
        partial.flush()
        try:
            os.link(partial.name, archive)  # unlike a rename, never overwrites
        except FileExistsError:
            raise UsageError(f"{archive} exists already: try again") from None
    return archive


def prune(backups: Path, keep: int) -> list[Path]:
    """Removes all archives but the newest, whose names are their dates."""
    archives = sorted(path for path in backups.iterdir() if _NAME.fullmatch(path.name))
    removed = archives[:-keep]
    for archive in removed:
        archive.unlink()
    return removed


def restore(archive: Path, config: Path, backups: Path, now: datetime) -> Path | None:
    """Swaps the archived configuration for that of now, and returns the archive of that, if any."""
    with tempfile.TemporaryDirectory(dir=config.parent, prefix=".config-") as staging:
        staged = Path(staging) / "config"
        unpack(archive, Path(staging))
        if not staged.is_dir():
            raise UsageError(f"{archive} has no configuration in it")
        if faults := check_all(staged):
            raise FaultyArchiveError(archive, [in_archive(fault, staging) for fault in faults])
        saved = back_up(config, backups, now) if config.exists() else None
        swap(config, staged)
    return saved


def unpack(archive: Path, directory: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(directory, filter="data")
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        reason = getattr(error, "strerror", None) or "it is no archive, or it is damaged"
        raise UsageError(f"{archive} cannot be unpacked: {reason}") from None


def check_all(config: Path) -> list[Fault]:
    """The faults of a configuration, wherever it may be used: variables do not count."""
<<@if VARIANT == multi-env>>
    return [
        fault
        for name in environment_names(config)
        for fault in check(Environment(config, name), None).faults
    ]
<<@else>>
    return check(config, None).faults
<<@end>>


def in_archive(fault: Fault, staging: str) -> Fault:
    """The fault with the path that the file has in the archive."""
    file = fault.location.file.partition(f"{Path(staging).name}/")[2]
    return replace(fault, location=replace(fault.location, file=file))


def swap(config: Path, staged: Path) -> None:
    """Two renames; if the second one fails, the first is undone."""
    old = staged.with_name("old")
    if config.exists():
        config.rename(old)
    try:
        staged.rename(config)
    except OSError:
        if old.exists():
            old.rename(config)
        raise


def main() -> int:
    parser = argparse.ArgumentParser(description="Archives or restores the configuration.")
    parser.add_argument("--restore", metavar="ARCHIVE", type=Path, help="bring this archive back")
    parser.add_argument("--keep", metavar="N", type=count, help="remove all but the newest N")
    options = parser.parse_args()
    load_variables()
    config, now = config_root(), datetime.now(UTC)
    try:
        if options.restore:
            saved = restore(options.restore, config, BACKUPS, now)
            print(f"restored {options.restore}")
            if saved:
                print(f"what was there before is in {saved}")
        else:
            print(f"made {back_up(config, BACKUPS, now)}")
        for archive in prune(BACKUPS, options.keep) if options.keep else []:
            print(f"removed {archive}")
    except FaultyArchiveError as error:
        show_faults(error.faults)
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (UsageError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
