"""The engine: a real process, asked over a real socket."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any

import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.main as step
import task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.py_args as py_args
<<@if EXAMPLE>>
from shared_utils.document_results import write_documents
from shared_utils.documents import IndexedDocument
<<@else>>
from shared_utils.step_results import write_result
<<@end>>
from shared_utils.steps import read_steps
from tests import ROOT
from tests.support import clean_environment, run, script, set_environment, started

PREVIOUS_STEP = read_steps().before(step.STEP)
<<@if EXAMPLE>>
DOCUMENTS = [
    IndexedDocument("1", "One", {"knot": 1, "rope": 2}),
    IndexedDocument("2", "Two", {"rope": 1, "sail": 1}),
    IndexedDocument("3", "Three", {"rope": 1}),
]
<<@else>>
RECORDS: list[dict[str, Any]] = [
    {"id": "1", "text": "One — first"},
    {"id": "2", "numbers": [1, 2.5, None]},
]
<<@end>>


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class EngineTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.result = self.folder / f"{PREVIOUS_STEP}.jsonl"
<<@if EXAMPLE>>
        write_documents(self.result, PREVIOUS_STEP, DOCUMENTS)
<<@else>>
        write_result(self.result, PREVIOUS_STEP, RECORDS)
<<@end>>
        self.port = free_port()
        self.log = self.folder / "log"

    def variables(self, **more: str) -> dict[str, str]:
        return {"DATA_DIR": str(self.folder), "ENGINE_PORT": str(self.port), **more}

    def smoke_test(self) -> subprocess.CompletedProcess[str]:
        smoke_test = ROOT / "docker_build/Dockerfile_stage3/smoke_test.py"
        return run([sys.executable, smoke_test], **self.variables(PYTHONPATH=str(ROOT / "src")))

    def start(self, **more: str) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            engine = subprocess.Popen(
                [script(step.STEP)],
                cwd="/",
                env=clean_environment(**self.variables(**more)),
                stderr=log,
            )
        self.addCleanup(engine.wait)
        self.addCleanup(engine.kill)
        deadline = time.monotonic() + 60
        while engine.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return engine
            except OSError:
                time.sleep(0.05)
        self.fail(f"the engine does not listen: {self.log.read_text()}")

    def get(self, path: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self.addCleanup(connection.close)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, json.loads(response.read())

<<@if EXAMPLE>>
    def test_it_serves_what_the_step_before_wrote(self) -> None:
        self.start(SEARCH_LIMIT="2")
        self.assertEqual(self.get("/health"), (200, {"status": "ok", "documents": 3, "words": 3}))

        status, answer = self.get("/search?q=Knots+and+ROPE")
        self.assertEqual((status, answer["query"]), (200, "Knots and ROPE"))
        self.assertEqual([hit["id"] for hit in answer["hits"]], ["1", "2"])
        self.assertEqual(answer["hits"][0]["title"], "One")
        self.assertEqual(answer["hits"][0]["words"], ["rope"])

        self.assertEqual(len(self.get("/search?q=rope&limit=3")[1]["hits"]), 3)
        self.assertEqual(self.get("/search?q=moon"), (200, {"query": "moon", "hits": []}))
        for query in ("", "?q=", "?q=rope&limit=0", "?q=rope&limit=101", f"?q={'x' * 201}"):
            self.assertEqual(self.get(f"/search{query}")[0], 422, query)
        self.assertEqual(self.get("/nothing")[0], 404)

        log = self.log.read_text()
        self.assertIn(f"serving 3 documents with 3 words on http://127.0.0.1:{self.port}", log)

<<@else>>
    def test_it_serves_what_the_step_before_wrote(self) -> None:
        self.start()
        self.assertEqual(self.get("/health"), (200, {"status": "ok", "records": 2}))
        self.assertEqual(self.get("/result"), (200, RECORDS))
        self.assertEqual(self.get("/nothing")[0], 404)
        log = self.log.read_text()
        self.assertIn(f"serving 2 records on http://127.0.0.1:{self.port}", log)

<<@end>>
    def test_sigterm_stops_it_cleanly_although_a_client_stays_connected(self) -> None:
        engine = self.start()
        self.assertEqual(self.get("/health")[0], 200)
        started = time.monotonic()
        engine.send_signal(signal.SIGTERM)
        self.assertEqual(engine.wait(10), 0)
        self.assertLess(time.monotonic() - started, 5)
        self.assertIn("INFO stopped\n", self.log.read_text())
        self.assertNotIn("Traceback", self.log.read_text())

    def test_sigterm_before_it_listens_stops_it_too(self) -> None:
        with started([script(step.STEP)], **self.variables()) as engine:
            assert engine.stderr is not None
            self.assertIn("starts with RUNTIME_ENV=DEV", engine.stderr.readline())
            engine.send_signal(signal.SIGTERM)
            self.assertNotIn("Traceback", engine.communicate(timeout=10)[1])
            self.assertEqual(engine.returncode, 0)

    def test_sigterm_in_an_import_that_drops_exceptions_stops_it_too(self) -> None:
        (self.folder / "uvicorn.py").write_text(
            """
import os, signal, time

class Gone:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)

Gone()
time.sleep(60)
"""
        )
        result = run([script(step.STEP)], **self.variables(PYTHONPATH=str(self.folder)))
        self.assertEqual(result.returncode, 0)
        self.assertNotIn("Traceback", result.stderr)

    def test_a_port_in_use_is_one_clear_line(self) -> None:
        with socket.create_server(("127.0.0.1", self.port)):
            result = run([script(step.STEP)], **self.variables())
        self.assertEqual(result.returncode, 1)
        self.assertIn(
            f"cannot listen on ENGINE_HOST=127.0.0.1, ENGINE_PORT={self.port}: it is in use (README",
            result.stderr,
        )
        self.assertNotIn("Traceback", result.stderr)

    def test_without_good_data_it_does_not_start(self) -> None:
        self.result.write_text(self.result.read_text() + "{}\n")
        result = run([script(step.STEP)], **self.variables())
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"run scripts_sh/{PREVIOUS_STEP}.sh again", result.stderr)
        self.assertNotIn("Traceback", result.stderr)

    def test_every_variable_reaches_its_argument(self) -> None:
<<@if EXAMPLE>>
        set_environment(
            self, DATA_DIR="/data", ENGINE_HOST="host", ENGINE_PORT="1234", SEARCH_LIMIT="5"
        )
        previous = Path("/data") / f"{PREVIOUS_STEP}.jsonl"
        expected = py_args.PyArgs(PREVIOUS_STEP, previous, "host", 1234, 5)
<<@else>>
        set_environment(self, DATA_DIR="/data", ENGINE_HOST="host", ENGINE_PORT="1234")
        previous = Path("/data") / f"{PREVIOUS_STEP}.jsonl"
        expected = py_args.PyArgs(PREVIOUS_STEP, previous, "host", 1234)
<<@end>>
        self.assertEqual(py_args.PyArgs.from_env(step.STEP), expected)

    def test_only_production_listens_for_other_machines(self) -> None:
        for runtime_env, host in {"DEV": "127.0.0.1", "PROD": "0.0.0.0"}.items():
            set_environment(self, RUNTIME_ENV=runtime_env)
            args = py_args.PyArgs.from_env(step.STEP)
<<@if EXAMPLE>>
            self.assertEqual((args.host, args.search_limit), (host, 10))
<<@else>>
            self.assertEqual(args.host, host)
<<@end>>

<<@if EXAMPLE>>
    def test_the_smoke_test_of_the_image_finds_what_the_data_has(self) -> None:
        result = self.smoke_test()
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("/search finds '1' by 'knot'", result.stdout)
        self.assertIn("the engine stopped cleanly", result.stdout)

    def test_the_smoke_test_gets_by_with_a_word_that_all_documents_have(self) -> None:
        many = [IndexedDocument(f"{n:03}", "", {"a": 1, f"rare{'x' * n}": 1}) for n in range(150)]
        write_documents(self.result, PREVIOUS_STEP, many)
        self.assertIn("/search finds '000' by 'rare'", self.smoke_test().stdout)

    def test_the_smoke_test_says_so_when_there_is_no_word(self) -> None:
        write_documents(self.result, PREVIOUS_STEP, [IndexedDocument("1", "2024", {})])
        result = self.smoke_test()
        self.assertEqual(result.returncode, 1)
        self.assertIn("error: no document has a word to search for", result.stderr)
        self.assertNotIn("Traceback", result.stderr)
<<@else>>
    def test_the_smoke_test_of_the_image_finds_what_the_data_has(self) -> None:
        result = self.smoke_test()
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("/result has the 2 records of the data", result.stdout)
        self.assertIn("the engine stopped cleanly", result.stdout)
<<@end>>
