"""From the input, through the store, to the first result."""

import json
import tempfile
import unittest
from pathlib import Path

import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.main as step
import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.py_args as py_args
from shared_utils.database import DatabaseArgs
from shared_utils.document_results import read_documents
from shared_utils.documents import Document
from shared_utils.errors import EnvVarError, StepError
from tests import ROOT
from tests.stores import InMemoryDocumentStore
from tests.support import run, script, set_environment


class ArgsTest(unittest.TestCase):
    def test_every_variable_reaches_its_argument(self) -> None:
        set_environment(
            self,
            INPUT_FILE="/in.jsonl",
            INPUT_REPLACE="true",
            DATA_DIR="/out",
            DATABASE_HOST="host",
            DATABASE_PORT="1234",
            DATABASE_NAME="name",
            DATABASE_USER="user",
            DATABASE_WAIT_SECONDS="7",
            POSTGRES_PASSWORD="secret",
        )
        args = py_args.PyArgs.from_env(step.STEP)
        self.assertEqual(args.input_file, Path("/in.jsonl"))
        self.assertTrue(args.input_replace)
        self.assertEqual(args.result_file, Path("/out") / f"{step.STEP}.jsonl")
        self.assertEqual(args.database, DatabaseArgs("host", 1234, "name", "user", 7, "secret"))

    def test_a_malformed_port_is_refused(self) -> None:
        set_environment(self, DATABASE_PORT="no port", POSTGRES_PASSWORD="secret")
        with self.assertRaisesRegex(EnvVarError, "DATABASE_PORT='no port'"):
            py_args.PyArgs.from_env(step.STEP)


class PrepareTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.input = self.folder / "input.jsonl"
        self.store = InMemoryDocumentStore()

    def prepare(self, *documents: dict[str, str], replace: bool = False) -> list[str]:
        """Runs the step on the given input and returns its log lines."""
        self.input.write_text("\n".join(json.dumps(document) for document in documents))
        args = py_args.PyArgs(
            input_file=self.input,
            input_replace=replace,
            result_file=self.folder / "result.jsonl",
            database=DatabaseArgs("host", 1, "name", "user", 1, "secret"),
        )
        with self.assertLogs(step.log, "INFO") as logs:
            step.prepare(args, self.store)
        return [record.getMessage() for record in logs.records]

    def result(self) -> dict[str, dict[str, int]]:
        documents = read_documents(self.folder / "result.jsonl", step.STEP)
        return {document.id: dict(document.words) for document in documents}

    def test_the_input_is_kept_in_the_store_and_its_words_are_counted(self) -> None:
        log = self.prepare({"id": "1", "title": "Rope", "text": "a rope"})
        self.assertEqual(self.store.load_all(), [Document("1", "Rope", "a rope")])
        self.assertEqual(self.result(), {"1": {"a": 1, "rope": 2}})
        self.assertEqual(log[0], f"read 1 documents from {self.input}")
        self.assertEqual(log[1], "database host:1/name: 1 added, 0 changed, 0 unchanged, 0 removed")
        self.assertEqual(
            log[2], f"wrote 1 documents with 2 words to {self.folder / 'result.jsonl'}"
        )

    def test_the_result_has_all_that_the_store_knows(self) -> None:
        self.prepare({"id": "1", "title": "Rope", "text": ""})
        self.prepare({"id": "2", "title": "Knot", "text": ""})
        self.assertEqual(self.result(), {"1": {"rope": 1}, "2": {"knot": 1}})

    def test_with_replace_the_result_has_the_input_alone(self) -> None:
        self.prepare({"id": "1", "title": "Rope", "text": ""})
        self.prepare({"id": "2", "title": "Knot", "text": ""}, replace=True)
        self.assertEqual(self.result(), {"2": {"knot": 1}})

    def test_the_input_of_the_project_is_good(self) -> None:
        documents = step.read_input(ROOT / "data/input/documents.jsonl")
        self.assertGreater(len(documents), 5)

    def test_a_line_separator_within_a_text_does_not_end_the_line(self) -> None:
        line = json.dumps({"id": "1", "title": "", "text": "a\u2028b"}, ensure_ascii=False)
        self.input.write_text(f"{line}\n", encoding="utf-8")
        self.assertEqual(step.read_input(self.input), [Document("1", "", "a\u2028b")])

    def test_a_bad_line_is_named(self) -> None:
        good = '{"id": "1", "title": "", "text": ""}\n\n'
        for bad, problem in {
            "no json": "expected an object",
            "[]": "expected an object",
            '{"id": "2", "title": ""}': "expected an object",
            '{"id": 2, "title": "", "text": ""}': 'expected text in "id"',
            '{"id": "2", "title": "", "text": "\\u0000"}': 'expected text in "text"',
            '{"id": "2", "title": "\\ud800", "text": ""}': 'expected text in "title"',
            '{"id": " ", "title": "", "text": ""}': 'expected an "id"',
            '{"id": "1", "title": "", "text": ""}': "occurs twice",
        }.items():
            with self.subTest(bad):
                self.input.write_text(good + bad)
                with self.assertRaises(StepError) as raised:
                    step.read_input(self.input)
                self.assertIn(f"{self.input}:3: ", str(raised.exception))
                self.assertIn(problem, str(raised.exception))

    def test_an_input_without_documents_is_refused(self) -> None:
        self.input.write_text("\n")
        with self.assertRaisesRegex(StepError, "has no documents"):
            step.read_input(self.input)
        with self.assertRaisesRegex(StepError, "cannot be read"):
            step.read_input(self.folder / "missing.jsonl")


class ScriptTest(unittest.TestCase):
    def test_without_a_database_it_ends_with_one_clear_line(self) -> None:
        result = run(
            [script(step.STEP)],
            DATABASE_PORT="1",
            DATABASE_WAIT_SECONDS="0",
            POSTGRES_PASSWORD="secret",
        )
        self.assertEqual(result.returncode, 1)
        self.assertIn("the database 127.0.0.1:1/pipeline does not answer", result.stderr)
        self.assertNotIn("Traceback", result.stderr)
