"""The files between steps: complete or absent, and never trusted blindly."""

import hashlib
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from shared_utils.errors import StepError
from shared_utils.step_results import read_result, write_result
from shared_utils.steps import read_steps
from tests import ROOT
from tests.support import run

RECORDS = [
    {"id": "1", "title": "First — one", "values": {"line\u2028separator": 1, "naïve": 2}},
    {"id": "2", "title": "Second", "values": {}},
]


class StepResultsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "sub" / "010__step.jsonl"
        write_result(self.path, "010__step", RECORDS)

    def assert_refused(self, problem: str, step: str = "010__step") -> None:
        with self.assertRaises(StepError) as raised:
            read_result(self.path, step)
        self.assertIn(problem, str(raised.exception))
        self.assertIn(f"run scripts_sh/{step}.sh", str(raised.exception))
        self.assertNotIn("\n", str(raised.exception))

    def test_what_is_written_is_read(self) -> None:
        self.assertEqual(read_result(self.path, "010__step"), RECORDS)

    def test_no_temporary_file_is_left(self) -> None:
        self.assertEqual([path.name for path in self.path.parent.iterdir()], [self.path.name])

    def test_the_old_result_stays_when_writing_fails(self) -> None:
        before = self.path.read_bytes()
        with (
            mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")),
            self.assertRaisesRegex(StepError, "cannot be written: No space left on device"),
        ):
            write_result(self.path, "010__step", [])
        self.assertEqual(self.path.read_bytes(), before)
        self.test_no_temporary_file_is_left()

    def test_a_missing_result_names_the_step_to_run(self) -> None:
        self.path.unlink()
        self.assert_refused("does not exist")

    def test_a_changed_result_is_noticed(self) -> None:
        self.path.write_text(self.path.read_text().replace("Second", "Sekond"))
        self.assert_refused("does not match its checksum")

    def test_a_truncated_result_is_noticed(self) -> None:
        self.path.write_bytes(self.path.read_bytes()[:-1])
        self.assert_refused("does not match its checksum")

    def test_a_foreign_file_is_noticed(self) -> None:
        for content in (b"", b"\xff\xfe", b"[1]\n", b'{"step": "010__step"}\n', b"plain text"):
            with self.subTest(content):
                self.path.write_bytes(content)
                self.assert_refused("is not the result of a step")

    def test_the_result_of_another_step_is_noticed(self) -> None:
        self.assert_refused("was made by 010__step", step="011__other")

    def test_an_entry_of_another_form_is_noticed(self) -> None:
        for body in (b'["a"]\n', b"1\n", b"no JSON\n"):
            head = {"step": "010__step", "sha256": hashlib.sha256(body).hexdigest()}
            with self.subTest(body):
                self.path.write_bytes(json.dumps(head).encode() + b"\n" + body)
                self.assert_refused("has an entry of an unknown form")

    def test_a_folder_in_its_place_is_one_clear_error(self) -> None:
        self.path.unlink()
        self.path.mkdir()
        with self.assertRaisesRegex(StepError, "cannot be read: Is a directory"):
            read_result(self.path, "010__step")
        with self.assertRaisesRegex(StepError, "cannot be written"):
            write_result(self.path, "010__step", [])


class ShippedDataTest(unittest.TestCase):
    """What the data image of stage 2 is built by, and what it runs."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.results = Path(folder.name) / "results"
        self.data = Path(folder.name) / "data"
        self.step = read_steps().shipped
        self.shipped = self.data / f"{self.step}.jsonl"
        write_result(self.results / f"{self.step}.jsonl", self.step, RECORDS)
        write_result(self.results / "010__step.jsonl", "010__step", RECORDS)

    def run_program(self, name: str, *arguments: str | Path) -> tuple[int, str]:
        result = run(
            [sys.executable, ROOT / "docker_build/Dockerfile_stage2" / name, *arguments],
            PYTHONPATH=str(ROOT / "src"),
            DATA_DIR=str(self.data),
        )
        return result.returncode, result.stdout + result.stderr

    def test_what_the_engine_serves_is_shipped_and_nothing_else(self) -> None:
        code, output = self.run_program("ship_data.py", self.results)
        self.assertEqual(code, 0, output)
        self.assertEqual(list(self.data.iterdir()), [self.shipped])
        code, output = self.run_program("verify_data.py")
        self.assertEqual(code, 0, output)
        self.assertIn(f"{self.shipped}: 2 records match their checksum", output)

    def test_changed_data_is_neither_shipped_nor_passes(self) -> None:
        self.run_program("ship_data.py", self.results)
        for path, program in (
            (self.results / self.shipped.name, ("ship_data.py", self.results)),
            (self.shipped, ("verify_data.py",)),
        ):
            with path.open("a") as file:
                file.write("{}\n")
            code, output = self.run_program(*program)
            self.assertEqual(code, 1, output)
            self.assertRegex(output, "^error: .*does not match its checksum")

    def test_no_data_is_an_error_that_says_what_to_run(self) -> None:
        (self.results / self.shipped.name).unlink()
        for program in (("ship_data.py", self.results), ("verify_data.py",)):
            code, output = self.run_program(*program)
            self.assertEqual(code, 1, output)
            self.assertIn(f"does not exist: run scripts_sh/{self.step}.sh first", output)
