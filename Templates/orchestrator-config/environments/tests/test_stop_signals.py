"""Signals that stop the service, in a process of its own."""

import subprocess
import sys

from tests.conftest import Project

PRELUDE = """
import os, signal, sys, time
from config_tools.stop_signals import exit_on_stop_signals

class Gone:
    def __init__(self, action):
        self.action = action

    def __del__(self):
        self.action()

{before}
exit_on_stop_signals()
try:
    {body}
finally:
    print("cleaned up")
"""


def run(project: Project, body: str, before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRELUDE.format(body=body, before=before)],
        cwd=project.root,
        env=project.environment({}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_each_ends_the_process_by_way_of_its_cleanup(project: Project) -> None:
    for name, code in {"SIGTERM": 143, "SIGHUP": 129}.items():
        result = run(project, f"os.kill(os.getpid(), signal.{name}); time.sleep(20)")
        assert (result.returncode, result.stdout) == (code, "cleaned up\n")


def test_none_is_lost_where_python_drops_exceptions(project: Project) -> None:
    body = "Gone(lambda: os.kill(os.getpid(), signal.SIGHUP)); time.sleep(20)"
    result = run(project, body)
    assert (result.returncode, result.stdout, result.stderr) == (129, "cleaned up\n", "")


def test_what_else_python_drops_is_told_as_ever(project: Project) -> None:
    result = run(project, "Gone(lambda: 1 / 0)")
    assert (result.returncode, result.stdout) == (0, "cleaned up\n")
    assert "ZeroDivisionError" in result.stderr


def test_what_is_ignored_stays_ignored(project: Project) -> None:
    before = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    result = run(project, "os.kill(os.getpid(), signal.SIGHUP)", before)
    assert (result.returncode, result.stdout) == (0, "cleaned up\n")
