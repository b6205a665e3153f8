"""What run.py hands to the service, against a library that stands in for it and records that."""

import json
<<@if VARIANT == multi-env>>
import signal
import subprocess
import sys
<<@end>>
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Project
from tests.samples import edit, line_of

<<@if VARIANT == multi-env>>
SETTINGS = "base/config.yaml"
DATABASE = "testing/database.yaml"
<<@else>>
SETTINGS = "config.yaml"
DATABASE = "database.yaml"
<<@end>>

STAND_IN = """\
import json, os, pathlib, signal, sys, time


def run_server(host, port, reload, config_path):
    config = pathlib.Path(config_path)
    print(json.dumps({
        "host": host,
        "port": port,
        "reload": reload,
        "config_path": config_path,
        "CONFIG_PATH": os.environ["CONFIG_PATH"],
        "DB_PASSWORD": os.environ["DB_PASSWORD"],
        "mode": oct(config.stat().st_mode & 0o777),
        "cwd": os.getcwd(),
        "logs": os.path.isdir("logs"),
        "files": {
            path.relative_to(config).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(config.rglob("*.yaml"))
        },
        "links": [os.readlink(path) for path in pathlib.Path("data").glob("local_*")],
    }), flush=True)
    if os.environ.get("UNTIL") == "signal":
        signal.pause()
    if source := os.environ.get("EDIT"):
        text = pathlib.Path(source).read_text(encoding="utf-8")
        pathlib.Path(source).write_text(text.replace("port: 8123", "port: 8999"), encoding="utf-8")
        until = time.monotonic() + 50
        while "port: 8999" not in (config / "config.yaml").read_text(encoding="utf-8"):
            if time.monotonic() > until:
                sys.exit("the copy was not brought up to date")
            time.sleep(0.02)
"""


@pytest.fixture
def library(tmp_path: Path) -> str:
    package = tmp_path / "library" / "orchestrator_api_service"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "cli.py").write_text(STAND_IN, encoding="utf-8")
    return str(package.parent)


def call(project: Project, library: str, *options: str, **extra: str) -> dict[str, Any]:
    """What the service was called with."""
    result = project.run("run.py", *options, PYTHONPATH=library, **extra)
    assert result.returncode == 0, result.stderr
    recorded: dict[str, Any] = json.loads(result.stdout)
    return recorded


def test_the_service_is_called(project: Project, library: str) -> None:
    recorded = call(project, library)
    assert recorded["host"] == "0.0.0.0"  # noqa: S104
    assert recorded["port"] == 8123
    assert recorded["reload"] is False
    assert recorded["CONFIG_PATH"] == recorded["config_path"]
    assert recorded["DB_PASSWORD"] == "db-secret"
    assert recorded["cwd"] == str(project.root)
    assert recorded["logs"] is True
<<@if VARIANT == multi-env>>


def test_the_service_gets_a_private_copy_of_the_merged_files(
    project: Project, library: str
) -> None:
    recorded = call(project, library)
    copy, files = Path(recorded["config_path"]), recorded["files"]
    assert recorded["mode"] == "0o700"
    assert recorded["links"] == [str(copy)]
    assert "environment: testing" in files["config.yaml"]
    assert "port: 8123" in files["config.yaml"]
    assert "${DB_PASSWORD}" in files["database.yaml"]
    assert "domains/stock/integrations/api_sources.yaml" in files
    assert "db-secret" not in json.dumps(files)
    assert not copy.exists()
    assert list((project.root / "data").glob("local_*")) == []


def test_the_copy_is_removed_when_the_service_is_stopped(project: Project, library: str) -> None:
    project.write_variables()
    with subprocess.Popen(
        [sys.executable, project.root / "run.py", "--port", "8124"],
        env=project.environment({"PYTHONPATH": library, "UNTIL": "signal"}),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            recorded = json.loads(process.stdout.readline())
            link = project.root / "data" / "local_config_of_port_8124"
            assert str(link.readlink()) == recorded["config_path"]
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 128 + signal.SIGTERM
        finally:
            process.kill()
    assert not Path(recorded["config_path"]).exists()
    assert not link.is_symlink()


def test_the_copy_follows_its_sources(project: Project, library: str) -> None:
    source = str(project.config / SETTINGS)
    assert call(project, library, "--reload", EDIT=source)["reload"] is True


def test_the_environment_is_chosen(project: Project, library: str) -> None:
    files = call(project, library, ENVIRONMENT="live")["files"]
    assert "level: ERROR" in files["config.yaml"]
    result = project.run("run.py", "--check", ENVIRONMENT="live")
    assert result.stdout == "live: 9 files, 4 endpoints, no faults\n"


def test_an_environment_that_is_not_there(project: Project, library: str) -> None:
    for name in ("elsewhere", "base", "."):
        result = project.run("run.py", PYTHONPATH=library, ENVIRONMENT=name)
        assert result.returncode == 2
        assert result.stderr == (
            f"error: there is no environment {name}: set ENVIRONMENT to live, testing\n"
        )
<<@else>>
    assert recorded["config_path"] == str(project.config)
    assert "${DB_PASSWORD}" in recorded["files"]["database.yaml"]


def test_changes_are_followed_if_that_is_asked_for(project: Project, library: str) -> None:
    assert call(project, library, "--reload")["reload"] is True
<<@end>>


def test_options_win_over_the_configuration(project: Project, library: str) -> None:
    recorded = call(project, library, "--host", "127.0.0.1", "--port", "9000")
    assert (recorded["host"], recorded["port"]) == ("127.0.0.1", 9000)


@pytest.mark.parametrize("port", ["0", "65536", "many"])
def test_a_port_that_is_none(project: Project, port: str) -> None:
    result = project.run("run.py", "--port", port)
    assert result.returncode == 2
    assert "argument --port" in result.stderr


def test_without_the_library_it_says_how_to_install_it(project: Project) -> None:
    edit(project.config, SETTINGS, "port: 8123", "port: high")
    result = project.run("run.py")
    assert result.returncode == 3
    assert result.stderr.count("\n") == 1
    assert "orchestrator_api_service is not installed: pip install --index-url" in result.stderr


def test_a_configuration_with_faults_is_not_served(project: Project, library: str) -> None:
    edit(project.config, SETTINGS, "port: 8123", "port: high")
    result = project.run("run.py", PYTHONPATH=library)
    assert (result.returncode, result.stdout) == (1, "")
    where = line_of(project.config, SETTINGS, "port: high")
    assert result.stderr.startswith(f"error: {where.removeprefix(f'{project.root.parent}/')}: ")
    assert "\n  help: " in result.stderr


def test_a_check_needs_no_library(project: Project) -> None:
    result = project.start("run.py", "--check")
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("9 files, 4 endpoints, no faults\n")


def test_a_check_finds_names_that_lead_nowhere(project: Project) -> None:
    edit(project.config, DATABASE, "list_orders:", "all_orders:")
    result = project.run("run.py", "--check")
    assert result.returncode == 1
    assert "operation list_orders is not defined" in result.stderr


def test_a_check_finds_variables_that_are_not_set(project: Project) -> None:
    project.variables["DB_PASSWORD"] = ""
    result = project.run("run.py", "--check")
    assert result.returncode == 1
    assert f"{DATABASE}:4: the variable DB_PASSWORD is empty" in result.stderr
    project.variables["DB_PASSWORD"] = "set"
    assert project.run("run.py", "--check").returncode == 0


def test_placeholders_are_refused_but_on_this_machine(project: Project, library: str) -> None:
    project.variables["ADMIN_TOKEN"] = "change-me"
<<@if VARIANT == multi-env>>
    assert project.run("run.py", "--check", ENVIRONMENT="testing").returncode == 0
    started = project.run("run.py", PYTHONPATH=library, ENVIRONMENT="testing")
    assert (started.returncode, started.stderr) == (0, "warning: no secret yet: ADMIN_TOKEN\n")
    for options in (["--check"], []):
        result = project.run("run.py", *options, PYTHONPATH=library, ENVIRONMENT="live")
        assert (result.returncode, result.stdout) == (1, "")
        assert f"{SETTINGS}:22: the variable ADMIN_TOKEN is still change-me" in result.stderr
<<@else>>
    assert project.run("run.py", "--check", ENVIRONMENT="local").returncode == 0
    started = project.run("run.py", PYTHONPATH=library, ENVIRONMENT="local")
    assert (started.returncode, started.stderr) == (0, "warning: no secret yet: ADMIN_TOKEN\n")
    for extra in ({}, {"ENVIRONMENT": "production"}):
        for options in (["--check"], []):
            result = project.run("run.py", *options, PYTHONPATH=library, **extra)
            assert (result.returncode, result.stdout) == (1, "")
            assert f"{SETTINGS}:21: the variable ADMIN_TOKEN is still change-me" in result.stderr
<<@end>>


def test_the_configuration_is_printed_without_secrets(project: Project) -> None:
    del project.variables["STOCK_KEY"]
    result = project.run("run.py", "--print-config")
    assert result.returncode == 0, result.stderr
    assert "port: 8123" in result.stdout
    assert "postgresql://sample:********@localhost" in result.stdout
    assert "secret" not in result.stdout


def test_the_configuration_may_be_elsewhere(project: Project) -> None:
    project.config.rename(project.root / "other")
    project.variables["ORCHESTRATOR_CONFIG_PATH"] = "other"
    assert project.run("run.py", "--check").returncode == 0
    project.variables["ORCHESTRATOR_CONFIG_PATH"] = "nowhere"
    result = project.run("run.py", "--check")
    assert result.returncode == 2
    assert "correct ORCHESTRATOR_CONFIG_PATH" in result.stderr
