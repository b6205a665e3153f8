"""All YAML of the project is as .yamllint wants it."""

import subprocess
import sys

from config_tools.project import ROOT


def test_yamllint_has_no_complaint() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "yamllint", "--strict", "--format", "parsable", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
