"""The list of steps, and that it is the only place where they are listed."""

import re
import tempfile
import unittest
from pathlib import Path

from shared_utils.errors import StepError
from shared_utils.steps import Steps, read_steps
from tests import ROOT
from tests.support import script

# A comment, a blank line, numbers that are not in order.
GOOD = """\
# Steps

011__load
014__tidy
012__rank
013__serve  engine
"""


class ReadTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "steps.txt"

    def read(self, text: str) -> Steps:
        self.path.write_text(text)
        return read_steps(self.path)

    def test_the_order_is_that_of_the_lines_and_the_engine_has_a_mark(self) -> None:
        steps = self.read(GOOD)
        self.assertEqual(steps, Steps(("011__load", "014__tidy", "012__rank"), "013__serve"))
        self.assertEqual(steps.shipped, "012__rank")

    def test_each_step_reads_what_the_one_before_left(self) -> None:
        steps = self.read(GOOD)
        self.assertEqual(steps.before("014__tidy"), "011__load")
        self.assertEqual(steps.before("012__rank"), "014__tidy")
        self.assertEqual(steps.before("013__serve"), "012__rank")
        with self.assertRaisesRegex(StepError, "011__load is the first step"):
            steps.before("011__load")
        with self.assertRaisesRegex(StepError, r"015__new is not listed in .*/steps\.txt"):
            steps.before("015__new")

    def test_a_bad_line_is_named(self) -> None:
        for bad, problem in {
            "014__Tidy": "expected 011__name",
            "14__tidy": "expected 011__name",
            "014__tidy motor": "expected 011__name, or 011__name engine",
            "011__load": "011__load is listed twice",
            "013__serve engine\n014__tidy": "014__tidy comes after the engine",
            "013__serve engine\n014__tidy engine": "014__tidy comes after the engine",
        }.items():
            with self.subTest(bad), self.assertRaises(StepError) as raised:
                self.read(f"011__load\n{bad}\n")
            line = 2 + bad.count("\n")
            self.assertIn(f"{self.path}:{line}: {problem}", str(raised.exception))

    def test_a_list_without_an_engine_or_without_steps_before_it_is_refused(self) -> None:
        for text in ("", "011__load\n012__rank\n", "013__serve engine\n"):
            with (
                self.subTest(text),
                self.assertRaisesRegex(StepError, "the last of them marked as the engine"),
            ):
                self.read(text)
        self.path.unlink()
        with self.assertRaisesRegex(StepError, "cannot be read"):
            read_steps(self.path)


class ProjectTest(unittest.TestCase):
    def test_every_step_is_listed_and_has_its_files(self) -> None:
        steps = read_steps()
        listed = sorted([*steps.preparing, steps.engine])
        folders = [path.parent.name for path in ROOT.glob("src/task__*/main.py")]
        self.assertEqual(sorted(name.removeprefix("task__") for name in folders), listed)
        scripts = sorted(path.stem for path in (ROOT / "scripts_sh").glob("*.sh"))
        self.assertEqual(scripts, listed)
        for step in listed:
            self.assertTrue((ROOT / f"src/task__{step}/py_args.py").is_file(), step)
            self.assertTrue((ROOT / f"tests/test_task__{step}.py").is_file(), step)

    def test_the_scripts_are_alike(self) -> None:
        steps = read_steps()
        texts = {script(step).read_text() for step in (*steps.preparing, steps.engine)}
        self.assertEqual(len(texts), 1)

    def test_images_and_runners_learn_of_the_steps_by_the_list(self) -> None:
        steps = read_steps()
        names = re.compile("|".join((*steps.preparing, steps.engine)))
        places = [*ROOT.glob("Dockerfile_*"), *ROOT.glob("docker-compose.*"), ROOT / "Makefile"]
        for folder in ("docker_build", "runners", "scripts_db", "src/shared_utils"):
            places += [path for path in (ROOT / folder).rglob("*.*") if path.suffix != ".pyc"]
        self.assertGreater(len(places), 10)
        for path in places:
            if path.is_file() and path.name != "steps.txt":
                self.assertNotRegex(path.read_text(), names, str(path))
