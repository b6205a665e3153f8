"""The files that only the images need."""

import http.server
import re
import shutil
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from shared_utils.steps import read_steps
from tests import ROOT
from tests.support import run

PROJECT = "<<PROJECT_NAME>>"
PYTHON_IMAGE = "<<PYTHON_IMAGE>>"
STEPS = read_steps()
HEALTHCHECK = ROOT / "docker_build/Dockerfile_stage3/healthcheck.py"


class PrepareEntrypointTest(unittest.TestCase):
    """Stage 1, with a stand-in for Python that fails in one chosen step."""

    def run_entrypoint(self, failing: str) -> tuple[int, list[str], str]:
        with tempfile.TemporaryDirectory() as folder:
            python = Path(folder) / "python"
            python.write_text(
                '#!/bin/sh\necho "$3"\nif [ "$3" = "task__$FAILING.main" ]; then exit 7; fi\n'
            )
            python.chmod(0o755)
            entrypoint = ROOT / "docker_build/Dockerfile_stage1/entrypoint.sh"
            result = run([entrypoint], PYTHON=str(python), FAILING=failing)
            return result.returncode, result.stdout.splitlines(), result.stderr

    def test_it_runs_the_steps_before_the_engine_in_order(self) -> None:
        code, modules, errors = self.run_entrypoint("none")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(modules, [f"task__{step}.main" for step in STEPS.preparing])

    def test_it_stops_at_the_first_failure_and_names_the_step(self) -> None:
        for number, step in enumerate(STEPS.preparing, start=1):
            code, modules, errors = self.run_entrypoint(step)
            self.assertEqual(code, 7)
            self.assertEqual(len(modules), number)
            self.assertIn(f"error: step {step} failed with exit code 7", errors)


class EngineEntrypointTest(unittest.TestCase):
    def test_it_runs_the_engine(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            python = Path(folder) / "python"
            python.write_text('#!/bin/sh\necho "$3"\n')
            python.chmod(0o755)
            entrypoint = ROOT / "docker_build/Dockerfile_stage3/entrypoint.sh"
            result = run([entrypoint], PYTHON=str(python))
        self.assertEqual(result.stdout, f"task__{STEPS.engine}.main\n", result.stderr)


class InstallTest(unittest.TestCase):
    """In a copy, as the images have it: beside the requirements of their stage."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.install = self.folder / "install.sh"
        shutil.copy(ROOT / "docker_build/install.sh", self.install)
        (self.folder / "requirements.txt").touch()

    def installed(self) -> str:
        result = run([self.install, "echo"])
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_a_lock_is_used_when_it_is_there(self) -> None:
        options = "install --no-cache-dir -r"
        self.assertEqual(self.installed(), f"{options} {self.folder}/requirements.txt\n")
        (self.folder / "requirements.lock").touch()
        self.assertEqual(self.installed(), f"{options} {self.folder}/requirements.lock\n")


class HealthcheckTest(unittest.TestCase):
    def check(self, status: int) -> tuple[int, str]:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status if self.path == "/health" else 404)
                self.end_headers()
                self.wfile.write(b'{"status": "ok"}')

            def log_message(self, *arguments: object) -> None:
                """Tests are quiet."""

        with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                return self.run_healthcheck(server.server_port)
            finally:
                server.shutdown()

    def run_healthcheck(self, port: int) -> tuple[int, str]:
        result = run(
            [sys.executable, HEALTHCHECK], PYTHONPATH=str(ROOT / "src"), ENGINE_PORT=str(port)
        )
        return result.returncode, result.stdout + result.stderr

    def test_an_engine_that_answers_is_well(self) -> None:
        code, output = self.check(200)
        self.assertEqual(code, 0, output)
        self.assertIn("the engine is well", output)

    def test_an_engine_that_answers_with_an_error_is_not(self) -> None:
        code, output = self.check(503)
        self.assertEqual(code, 1, output)
        self.assertIn("answered 503", output)

    def test_an_engine_that_does_not_answer_is_not(self) -> None:
        code, output = self.run_healthcheck(1)
        self.assertEqual(code, 1, output)
        self.assertNotIn("Traceback", output)


class DockerfilesTest(unittest.TestCase):
    def test_all_images_have_the_python_of_the_project(self) -> None:
        bases: set[str] = set()
        for name in ("stage1_prepare", "stage2_data", "stage3_engine"):
            text = (ROOT / f"Dockerfile_{name}").read_text()
            found = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
            bases.update(image for image in found if "$" not in image)
        # A digest behind the name pins it.
        self.assertEqual(len(bases), 1, bases)
        self.assertTrue(bases.pop().startswith(PYTHON_IMAGE))

    def test_what_is_shipped_does_not_run_as_root(self) -> None:
        for name in ("stage2_data", "stage3_engine"):
            lines = (ROOT / f"Dockerfile_{name}").read_text().splitlines()
            self.assertIn("USER 10001:10001", lines)

    def test_the_engine_has_the_data_of_stage_2(self) -> None:
        stage2 = (ROOT / "docker-compose.stage2-build-data-image.yml").read_text()
        stage3 = (ROOT / "docker-compose.stage3-build-engine-image.yml").read_text()
        prod = (ROOT / "docker-compose.prod.yml").read_text()
        self.assertIn(f"    image: {PROJECT}-data:local\n", stage2)
        self.assertIn(f"        DATA_IMAGE: {PROJECT}-data:local\n", stage3)
        for text in (stage3, prod):
            self.assertIn(f"    image: {PROJECT}-engine:local\n", text)
