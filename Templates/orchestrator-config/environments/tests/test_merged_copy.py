"""The copy that the service reads: private, complete at any moment, gone in the end."""

import threading
from pathlib import Path

import pytest
import yaml

from config_tools import merged_copy as merged_copy_module
from config_tools.config import read_documents
from config_tools.environments import Environment, read_merged
from config_tools.merged_copy import SourceWatcher, merged_copy, write_copy
from tests.conftest import Project
from tests.samples import VARIABLES, edit


def levels(copy: Path) -> str:
    return str(yaml.safe_load((copy / "config.yaml").read_text())["logging"]["level"])


def test_the_copy_says_what_the_documents_say(sample: Path, tmp_path: Path) -> None:
    documents, _ = read_documents(sample)
    write_copy(documents, tmp_path / "copy")
    copied, faults = read_documents(tmp_path / "copy")
    assert faults == []
    assert {name: one.value for name, one in copied.items()} == {
        name: one.value for name, one in documents.items()
    }


def test_a_file_that_is_no_longer_there_leaves_the_copy(sample: Path, tmp_path: Path) -> None:
    write_copy(read_documents(sample)[0], tmp_path / "copy")
    (sample / "domains" / "orders.yaml").unlink()
    write_copy(read_documents(sample)[0], tmp_path / "copy")
    assert not (tmp_path / "copy" / "domains" / "orders.yaml").exists()
    assert (tmp_path / "copy" / "domains" / "stock" / "stock.yaml").exists()


def test_the_copy_lasts_as_long_as_it_is_used(sample: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "left-by-a-service-that-was-killed")
    context = merged_copy(read_documents(sample)[0], link)
    copy = context.__enter__()
    assert link.readlink() == copy
    assert copy.stat().st_mode & 0o777 == 0o700
    assert (copy / "config.yaml").exists()
    assert context.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None) is False
    assert not copy.exists()
    assert not link.is_symlink()


def test_a_change_of_a_source_reaches_the_copy(project: Project, tmp_path: Path) -> None:
    source, copy = Environment(project.config, "testing"), tmp_path / "copy"
    write_copy(read_merged(source)[0], copy)
    watcher = SourceWatcher(source, copy, VARIABLES)
    assert watcher.refresh() is False

    edit(project.config, "testing/config.yaml", "level: DEBUG", "level: CRITICAL")
    assert watcher.refresh() is True
    assert levels(copy) == "CRITICAL"
    assert watcher.refresh() is False

    edit(project.config, "base/domains/orders.yaml", "description: Orders", "description: Others")
    assert watcher.refresh() is True
    assert "Others" in (copy / "domains" / "orders.yaml").read_text()


def test_a_change_with_faults_does_not(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, copy = Environment(project.config, "testing"), tmp_path / "copy"
    write_copy(read_merged(source)[0], copy)
    watcher = SourceWatcher(source, copy, VARIABLES)
    edit(project.config, "testing/config.yaml", "level: DEBUG", "level: LOUD")
    assert watcher.refresh() is False
    assert levels(copy) == "DEBUG"
    output = capsys.readouterr().err
    assert "testing/config.yaml:4: logging.level has a value that does not fit" in output
    assert "the service keeps the configuration that it has" in output

    edit(project.config, "testing/config.yaml", "level: LOUD", "level: WARNING")
    assert watcher.refresh() is True
    assert levels(copy) == "WARNING"


def test_the_sources_are_looked_at_again_and_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merged_copy_module, "_INTERVAL", 0.001)
    watcher = SourceWatcher(Environment(project.config, "testing"), tmp_path, VARIABLES)
    looks, enough = [0], threading.Event()

    def look() -> bool:
        looks[0] += 1
        if looks[0] == 3:
            enough.set()
        return False

    monkeypatch.setattr(watcher, "refresh", look)
    before = threading.active_count()
    with watcher:
        assert enough.wait(timeout=30)
    assert threading.active_count() == before
