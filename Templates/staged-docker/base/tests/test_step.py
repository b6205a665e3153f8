"""What every entry point does around its own work."""

import signal
import subprocess
import sys
import unittest

from shared_utils.step import step_name
from tests import ROOT
from tests.support import run, started

PRELUDE = """
import time
from shared_utils.errors import StepError
from shared_utils.step import run_step

def body():
    {body}

run_step("010__step", body)
"""


class StepTest(unittest.TestCase):
    def run_body(
        self, body: str, *arguments: str, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", PRELUDE.format(body=body), *arguments]
        return run(command, PYTHONPATH=str(ROOT / "src"), **variables)

    def test_a_step_is_called_after_its_folder(self) -> None:
        self.assertEqual(step_name("/any/where/task__011__topic/main.py"), "011__topic")

    def test_a_step_tells_its_start_and_its_end(self) -> None:
        result = self.run_body("pass", RUNTIME_ENV="DEV")
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stderr, "INFO step 010__step starts with RUNTIME_ENV=DEV\n")
        self.assertRegex(result.stderr, "INFO step 010__step is done\n")

    def test_a_failure_is_one_line(self) -> None:
        result = self.run_body("raise StepError('no such luck')", LOG_LEVEL="ERROR")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, r"\A\S+ \S+ ERROR step 010__step: no such luck\n\Z")

    def test_a_malformed_variable_has_its_own_exit_code(self) -> None:
        result = self.run_body("pass", LOG_LEVEL="LOUD")
        self.assertEqual(result.returncode, 2)
        self.assertIn("LOG_LEVEL='LOUD' is malformed: expected one of DEBUG", result.stderr)

    def test_an_unknown_runtime_env_is_refused_by_every_step(self) -> None:
        result = self.run_body("pass", RUNTIME_ENV="STAGING")
        self.assertEqual(result.returncode, 2)
        self.assertIn("RUNTIME_ENV='STAGING' is malformed: expected PROD or DEV", result.stderr)

    def test_arguments_are_refused(self) -> None:
        result = self.run_body("pass", "--port=1")
        self.assertEqual(result.returncode, 2)
        self.assertIn("takes no arguments", result.stderr)

    def test_sigterm_ends_a_step_by_way_of_its_cleanup(self) -> None:
        body = """
    try:
        print("ready", flush=True)
        time.sleep(60)
    finally:
        print("cleaned up", flush=True)
"""
        command = [sys.executable, "-c", PRELUDE.format(body=body)]
        with started(command, PYTHONPATH=str(ROOT / "src")) as process:
            assert process.stdout is not None
            self.assertEqual(process.stdout.readline(), "ready\n")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.communicate(timeout=10)[0], "cleaned up\n")
            self.assertEqual(process.returncode, 143)

    def test_sigterm_is_not_lost_where_python_drops_exceptions(self) -> None:
        body = """
    import os, signal

    class Gone:
        def __del__(self):
            os.kill(os.getpid(), signal.SIGTERM)

    Gone()
    time.sleep(20)
"""
        result = self.run_body(body)
        self.assertEqual(result.returncode, 143)
        self.assertNotIn("Traceback", result.stderr)

    def test_what_else_python_drops_is_told_as_ever(self) -> None:
        body = """
    class Gone:
        def __del__(self):
            raise ValueError("dropped")

    Gone()
"""
        result = self.run_body(body)
        self.assertEqual(result.returncode, 0)
        self.assertIn("ValueError: dropped", result.stderr)
