"""Keeps the words that say most."""

import tempfile
import unittest
from pathlib import Path

import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.main as step
import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.py_args as py_args
from shared_utils.document_results import read_documents, write_documents
from shared_utils.documents import IndexedDocument
from shared_utils.steps import read_steps
from tests.support import run, script, set_environment

KEEP_PERCENT = "<<STEP|upper>>_KEEP_PERCENT"
PREVIOUS_STEP = read_steps().before(step.STEP)
DOCUMENTS = [
    IndexedDocument("1", "One", {"and": 1, "knot": 1, "rope": 1, "the": 1}),
    IndexedDocument("2", "Two", {"and": 1, "sail": 3, "the": 3}),
    IndexedDocument("3", "Three", {"and": 1, "the": 1}),
]


class RefineTest(unittest.TestCase):
    def words(self, keep_percent: int) -> list[list[str]]:
        return [list(document.words) for document in step.refine(DOCUMENTS, keep_percent)]

    def test_common_words_are_dropped_first(self) -> None:
        self.assertEqual(self.words(50), [["knot", "rope"], ["sail", "the"], ["and"]])

    def test_shares_are_rounded_up_so_that_a_word_remains(self) -> None:
        self.assertEqual(self.words(1), [["knot"], ["sail"], ["and"]])

    def test_everything_can_be_kept(self) -> None:
        self.assertEqual(step.refine(DOCUMENTS, 100), DOCUMENTS)

    def test_counts_and_titles_stay(self) -> None:
        refined = step.refine(DOCUMENTS, 1)[1]
        self.assertEqual(refined, IndexedDocument("2", "Two", {"sail": 3}))

    def test_a_document_without_words_stays(self) -> None:
        empty = [IndexedDocument("1", "Empty", {})]
        self.assertEqual(step.refine(empty, 80), empty)


class StepTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_every_variable_reaches_its_argument(self) -> None:
        set_environment(self, DATA_DIR="/data", **{KEEP_PERCENT: "33"})
        args = py_args.PyArgs.from_env(step.STEP)
        self.assertEqual(args.keep_percent, 33)
        self.assertEqual(args.previous_step, PREVIOUS_STEP)
        self.assertEqual(args.previous_result, Path("/data") / f"{PREVIOUS_STEP}.jsonl")
        self.assertEqual(args.result_file, Path("/data") / f"{step.STEP}.jsonl")

    def test_four_words_of_five_are_kept_by_default(self) -> None:
        for runtime_env in ("DEV", "PROD"):
            set_environment(self, RUNTIME_ENV=runtime_env)
            self.assertEqual(py_args.PyArgs.from_env(step.STEP).keep_percent, 80)

    def test_the_script_reads_what_the_step_before_wrote(self) -> None:
        previous = self.folder / f"{PREVIOUS_STEP}.jsonl"
        write_documents(previous, PREVIOUS_STEP, DOCUMENTS)
        result = run([script(step.STEP)], DATA_DIR=str(self.folder), **{KEEP_PERCENT: "50"})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("kept 50% of each document's words: 5 of 5 different ones", result.stderr)
        written = read_documents(self.folder / f"{step.STEP}.jsonl", step.STEP)
        self.assertEqual(written, step.refine(DOCUMENTS, 50))

    def test_without_the_step_before_it_names_what_to_run(self) -> None:
        result = run([script(step.STEP)], DATA_DIR=str(self.folder))
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"run scripts_sh/{PREVIOUS_STEP}.sh first", result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])
