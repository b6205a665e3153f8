"""Archives of the configuration: none is overwritten, and restoring is all or nothing."""

import re
import shutil
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config_tools.faults import UsageError
from scripts import backup_config
from tests.conftest import Project
from tests.samples import edit

NOW = datetime(2025, 1, 6, 8, 30, 0, 123, tzinfo=UTC)
<<@if VARIANT == multi-env>>
SETTINGS = "base/config.yaml"
<<@else>>
SETTINGS = "config.yaml"
<<@end>>


def content(directory: Path) -> Mapping[str, str]:
    return {
        path.relative_to(directory).as_posix(): path.read_text(encoding="utf-8")
        for path in directory.rglob("*")
        if path.is_file()
    }


def archives(project: Project) -> list[Path]:
    return sorted((project.root / "data" / "local_backups").iterdir())


def test_an_archive_brings_everything_back(project: Project) -> None:
    (project.config / SETTINGS).with_name(".gitkeep").touch()
    before = content(project.config)
    made = project.start("scripts/backup_config.py")
    [archive] = archives(project)
    assert (made.returncode, made.stdout) == (0, f"made {archive}\n")

    edit(project.config, SETTINGS, "port: 8123", "port: 8124")
    (project.config / SETTINGS).with_name("database.yaml").write_text("broken: [\n")
    changed = content(project.config)
    restored = project.run("scripts/backup_config.py", "--restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert content(project.config) == before

    # What was there before has been archived, and nothing else is left
    [_, saved] = archives(project)
    assert str(saved) in restored.stdout
    with tarfile.open(saved) as tar:
        tar.extractall(project.root / "saved", filter="data")
    assert content(project.root / "saved" / "config") == changed
    assert [path.name for path in project.root.glob(".config*")] == []


def test_a_configuration_that_was_lost_comes_back(project: Project) -> None:
    before = content(project.config)
    project.run("scripts/backup_config.py")
    [archive] = archives(project)
    shutil.rmtree(project.config)
    restored = project.run("scripts/backup_config.py", "--restore", str(archive))
    assert restored.stdout == f"restored {archive}\n"
    assert content(project.config) == before
    assert archives(project) == [archive]


def test_no_archive_is_overwritten(project: Project, tmp_path: Path) -> None:
    archive = backup_config.back_up(project.config, tmp_path / "backups", NOW)
    assert archive.name == "config-20250106T083000000123Z.tar.gz"
    before = archive.read_bytes()
    edit(project.config, SETTINGS, "port: 8123", "port: 8124")
    with pytest.raises(UsageError, match="exists already"):
        backup_config.back_up(project.config, tmp_path / "backups", NOW)
    assert archive.read_bytes() == before
    assert list((tmp_path / "backups").iterdir()) == [archive]


def test_the_newest_archives_are_kept(project: Project) -> None:
    backups = project.root / "data" / "local_backups"
    backups.mkdir()
    for year in (2021, 2023, 2022):
        (backups / f"config-{year}0101T000000000000Z.tar.gz").touch()
    (backups / "config-of-mine.tar.gz").touch()
    result = project.run("scripts/backup_config.py", "--keep", "3")
    assert re.findall(r"removed .*config-(\d{4})", result.stdout) == ["2021"]
    kept = {path.name.removeprefix("config-")[:4] for path in archives(project)}
    assert kept > {"2022", "2023", "of-m"}
    assert len(archives(project)) == 4


def test_at_least_one_is_kept(project: Project) -> None:
    result = project.run("scripts/backup_config.py", "--keep", "0")
    assert result.returncode == 2
    assert "argument --keep: it is 1 at least" in result.stderr
    assert not (project.root / "data" / "local_backups").exists()


def test_a_configuration_with_faults_is_not_restored(project: Project) -> None:
    edit(project.config, SETTINGS, "port: 8123", "port: high")
    project.run("scripts/backup_config.py")
    edit(project.config, SETTINGS, "port: high", "port: 8124")
    before = content(project.config)
    [archive] = archives(project)
    result = project.run("scripts/backup_config.py", "--restore", str(archive))
    assert result.returncode == 1
    assert result.stderr.startswith(f"error: config/{SETTINGS}:")
    assert "server.port has a value that does not fit" in result.stderr
    assert "nothing was changed" in result.stderr
    assert content(project.config) == before
    assert archives(project) == [archive]


def test_what_is_no_archive_of_a_configuration(project: Project) -> None:
    before = content(project.config)
    text = project.root / "text.tar.gz"
    text.write_text("no archive")
    other = project.root / "other.tar.gz"
    with tarfile.open(other, "w:gz") as tar:
        tar.add(project.root / "run.py", arcname="run.py")
    outside = project.root / "outside.tar.gz"
    with tarfile.open(outside, "w:gz") as tar:
        tar.add(project.root / "run.py", arcname="../escaped.py")
    for archive in (text, other, outside, project.root / "missing.tar.gz"):
        result = project.run("scripts/backup_config.py", "--restore", str(archive))
        assert result.returncode == 1
        assert result.stderr.startswith(f"error: {archive} ")
        assert result.stderr.count("\n") == 1
    assert content(project.config) == before
    assert not (project.root.parent / "escaped.py").exists()


def test_a_swap_that_fails_half_way_is_undone(project: Project, tmp_path: Path) -> None:
    before = content(project.config)
    with pytest.raises(OSError, match="staged"):
        backup_config.swap(project.config, tmp_path / "staged")
    assert content(project.config) == before


def test_a_configuration_that_is_not_there(project: Project) -> None:
    result = project.run("scripts/backup_config.py", ORCHESTRATOR_CONFIG_PATH="elsewhere")
    assert result.returncode == 1
    assert "is no directory: correct ORCHESTRATOR_CONFIG_PATH" in result.stderr
