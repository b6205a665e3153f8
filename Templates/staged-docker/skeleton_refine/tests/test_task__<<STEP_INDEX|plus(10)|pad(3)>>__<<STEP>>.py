"""Hands on what it reads."""

import tempfile
import unittest
from pathlib import Path

import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.main as step
import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.py_args as py_args
from shared_utils.step_results import read_result, write_result
from shared_utils.steps import read_steps
from tests.support import run, script, set_environment

PREVIOUS_STEP = read_steps().before(step.STEP)
RECORDS = [{"id": "1", "text": "One"}, {"id": "2"}]


class StepTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_every_variable_reaches_its_argument(self) -> None:
        set_environment(self, DATA_DIR="/data")
        args = py_args.PyArgs.from_env(step.STEP)
        self.assertEqual(args.previous_step, PREVIOUS_STEP)
        self.assertEqual(args.previous_result, Path("/data") / f"{PREVIOUS_STEP}.jsonl")
        self.assertEqual(args.result_file, Path("/data") / f"{step.STEP}.jsonl")

    def test_the_script_hands_on_what_the_step_before_wrote(self) -> None:
        write_result(self.folder / f"{PREVIOUS_STEP}.jsonl", PREVIOUS_STEP, RECORDS)
        result = run([script(step.STEP)], DATA_DIR=str(self.folder))
        self.assertEqual(result.returncode, 0, result.stderr)
        written = read_result(self.folder / f"{step.STEP}.jsonl", step.STEP)
        self.assertEqual(written, RECORDS)

    def test_without_the_step_before_it_names_what_to_run(self) -> None:
        result = run([script(step.STEP)], DATA_DIR=str(self.folder))
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"run scripts_sh/{PREVIOUS_STEP}.sh first", result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])
