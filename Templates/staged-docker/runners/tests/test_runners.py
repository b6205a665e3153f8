"""The runners, with a stand-in for compose that notes how it was called."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from tests import ROOT
from tests.support import run

RUNNERS = ROOT / "runners"
STEPS = """\
# Steps
011__load
014__tidy
# The engine
012__serve  engine
"""
# Fails when its arguments have the text $FAILING.
FAKE_COMPOSE = """#!/bin/sh
echo "$*" | sed "s|$ROOT/||" >> "$CALLS"
case "$*" in *"$FAILING"*) exit 9 ;; esac
"""


class RunnersTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.compose = Path(folder.name) / "compose"
        self.compose.write_text(FAKE_COMPOSE)
        self.compose.chmod(0o755)
        self.calls = Path(folder.name) / "calls"

    def run_runner(
        self, name: str, *arguments: str, failing: str = "nothing"
    ) -> subprocess.CompletedProcess[str]:
        return run(
            [RUNNERS / name, *arguments],
            COMPOSE=f"{self.compose} --an-option",
            ROOT=str(ROOT),
            CALLS=str(self.calls),
            FAILING=failing,
            POSTGRES_PASSWORD="secret",
        )

    def called(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def test_stage_1_runs_the_steps_and_puts_the_database_away(self) -> None:
        stage1 = "--an-option -f docker-compose.stage1-prepare-data.yml"
        for name, replace in {"prepare-update.sh": "false", "prepare-replace.sh": "true"}.items():
            self.calls.unlink(missing_ok=True)
            result = self.run_runner(f"01_prepare-data/{name}")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(
                self.called(),
                [
                    f"{stage1} build prepare",
                    f"{stage1} run --rm -T -e INPUT_REPLACE={replace} prepare",
                    f"{stage1} down",
                ],
            )

    def test_a_failure_names_its_step_and_ends_the_run(self) -> None:
        result = self.run_runner("01_prepare-data/prepare-update.sh", failing="build")
        self.assertEqual(result.returncode, 9)
        self.assertIn('error: step "stage 1: build the image" failed', result.stderr)
        self.assertEqual([call.split()[3] for call in self.called()], ["build", "down"])

    def test_the_workflow_stops_at_the_first_stage_that_fails(self) -> None:
        result = self.run_runner("03_workflow/run-workflow.sh", "--replace", failing="run --rm")
        self.assertEqual(result.returncode, 9)
        self.assertIn('error: step "stage 1: prepare the data" failed', result.stderr)
        self.assertIn('error: step "stage 1" failed with exit code 9', result.stderr)
        self.assertTrue(any("INPUT_REPLACE=true" in call for call in self.called()))
        self.assertFalse(any("stage2" in call for call in self.called()))

    def test_every_runner_has_help_and_refuses_what_it_does_not_know(self) -> None:
        names = sorted(str(path.relative_to(RUNNERS)) for path in RUNNERS.glob("*/*-*.sh"))
        self.assertEqual(len(names), 4)
        for name in names:
            with self.subTest(name):
                result = self.run_runner(name, "--help")
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn(f"Usage: {Path(name).name}", result.stdout)
                result = self.run_runner(name, "--unknown")
                self.assertEqual(result.returncode, 2)
                self.assertIn("unknown argument --unknown", result.stderr)
        self.assertEqual(self.called(), [])


class BuildImagesTest(unittest.TestCase):
    """In a copy of the scripts, since the project's own data is not to be touched."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        for name in ("common.sh", "01_prepare-data/stage1.sh", "02_docker-build/build-images.sh"):
            copy = self.root / "runners" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((RUNNERS / name).read_bytes())
            copy.chmod(0o755)
        self.compose = self.root / "compose"
        self.compose.write_text(FAKE_COMPOSE)
        self.compose.chmod(0o755)
        self.calls = self.root / "calls"
        steps = self.root / "src/shared_utils/steps.txt"
        steps.parent.mkdir(parents=True)
        steps.write_text(STEPS)
        # That of the step above the engine.
        self.data = self.root / "data/prod/014__tidy.jsonl"

    def run_script(self, failing: str = "nothing") -> subprocess.CompletedProcess[str]:
        return run(
            [self.root / "runners/02_docker-build/build-images.sh"],
            COMPOSE=str(self.compose),
            ROOT=str(self.root),
            CALLS=str(self.calls),
            FAILING=failing,
        )

    def test_the_data_image_comes_before_the_engine_image(self) -> None:
        self.data.parent.mkdir(parents=True)
        self.data.touch()
        result = self.run_script()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(
            self.calls.read_text().splitlines(),
            [
                "-f docker-compose.stage2-build-data-image.yml build data",
                "-f docker-compose.stage2-build-data-image.yml run --rm -T data",
                "-f docker-compose.stage3-build-engine-image.yml build engine",
                "-f docker-compose.stage3-build-engine-image.yml run --rm -T engine",
            ],
        )
        result = self.run_script(failing="stage2-build-data-image.yml run")
        self.assertEqual(result.returncode, 9)
        self.assertIn('error: step "stage 2: verify the data image" failed', result.stderr)

    def test_without_data_it_names_what_to_run(self) -> None:
        self.data.parent.mkdir(parents=True)
        self.data.with_name("011__load.jsonl").touch()
        result = self.run_script()
        self.assertEqual(result.returncode, 1)
        self.assertIn("run runners/01_prepare-data/prepare-update.sh first", result.stderr)
        self.assertFalse(self.calls.exists())


class PasswordTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        for name in ("common.sh", "01_prepare-data/stage1.sh", "01_prepare-data/prepare-update.sh"):
            copy = self.root / "runners" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((RUNNERS / name).read_bytes())
            copy.chmod(0o755)

    def run_script(self, **variables: str) -> subprocess.CompletedProcess[str]:
        script = self.root / "runners/01_prepare-data/prepare-update.sh"
        return run([script], COMPOSE="echo", **variables)

    def test_it_comes_from_the_environment_or_from_the_file(self) -> None:
        self.assertEqual(self.run_script(POSTGRES_PASSWORD="secret").returncode, 0)
        (self.root / ".env").write_text("POSTGRES_PASSWORD=secret\n")
        self.assertEqual(self.run_script().returncode, 0)

    def test_without_one_nothing_is_started(self) -> None:
        result = self.run_script()
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("copy .env.example to .env", result.stderr)
        (self.root / ".env").write_text("POSTGRES_PASSWORD=\n")
        result = self.run_script()
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("POSTGRES_PASSWORD has no value", result.stderr)
