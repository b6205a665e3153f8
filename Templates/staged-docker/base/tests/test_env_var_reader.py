"""The reader: defaults by RUNTIME_ENV, and what a malformed value is answered with."""

import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

from shared_utils.env_var_reader import EnvVarReader
from shared_utils.errors import EnvVarError
from tests.support import set_environment


def read_port() -> int:
    return EnvVarReader.get_int_by_env("A_PORT", 40001, 30001, minimum=1, maximum=65535)


def read_text() -> str:
    return EnvVarReader.get_text_by_env("A_TEXT", "prod text", "dev text")


def read_choice() -> str:
    return EnvVarReader.get_choice_by_env("A_CHOICE", "one", "two", ("one", "two", "three"))


def read_flag() -> bool:
    return EnvVarReader.get_flag_by_env("A_FLAG", True, False)


def read_path() -> Path:
    return EnvVarReader.get_path_by_env("A_PATH", Path("/prod"), Path("/dev"))


class DefaultsTest(unittest.TestCase):
    def read_all(self) -> tuple[object, ...]:
        return read_port(), read_text(), read_choice(), read_flag(), read_path()

    def test_production_counts_when_runtime_env_is_not_set(self) -> None:
        set_environment(self)
        self.assertEqual(self.read_all(), (40001, "prod text", "one", True, Path("/prod")))

    def test_each_runtime_env_has_its_own_defaults(self) -> None:
        set_environment(self, RUNTIME_ENV="PROD")
        self.assertEqual(self.read_all(), (40001, "prod text", "one", True, Path("/prod")))
        set_environment(self, RUNTIME_ENV="DEV")
        self.assertEqual(self.read_all(), (30001, "dev text", "two", False, Path("/dev")))

    def test_a_variable_that_is_set_wins_in_both(self) -> None:
        for runtime_env in ("PROD", "DEV"):
            set_environment(
                self,
                RUNTIME_ENV=runtime_env,
                A_PORT="65535",
                A_TEXT="some text",
                A_CHOICE="three",
                A_FLAG="yes",
                A_PATH="/set",
            )
            expected = (65535, "some text", "three", True, Path("/set"))
            self.assertEqual(self.read_all(), expected)

    def test_a_relative_path_counts_from_the_working_directory(self) -> None:
        set_environment(self, A_PATH="some/where")
        self.assertEqual(read_path(), Path.cwd() / "some/where")

    def test_flags_have_several_spellings(self) -> None:
        spellings = {"TRUE": True, "1": True, "on": True, "No": False, "0": False, "off": False}
        for value, expected in spellings.items():
            with self.subTest(value):
                set_environment(self, A_FLAG=value)
                self.assertIs(read_flag(), expected)


class MalformedTest(unittest.TestCase):
    def assert_refused(
        self, read: Callable[[], object], name: str, value: str, expected: str
    ) -> None:
        set_environment(self, **{name: value})
        with self.subTest(value), self.assertRaises(EnvVarError) as raised:
            read()
        self.assertEqual(
            str(raised.exception), f"{name}={value!r} is malformed: expected {expected}"
        )

    def test_numbers(self) -> None:
        for value in ("", "abc", "1.5", " 7", "1_000", "\u0667", "0", "65536", "-1", "9" * 5000):
            self.assert_refused(read_port, "A_PORT", value, "a whole number from 1 to 65535")

    def test_the_bounds_themselves_are_allowed(self) -> None:
        for port in (1, 65535):
            set_environment(self, A_PORT=str(port))
            self.assertEqual(read_port(), port)

    def test_texts(self) -> None:
        for value in ("", " ", "two\nlines", "\x1b[31m"):
            self.assert_refused(read_text, "A_TEXT", value, "text of one line that is not blank")

    def test_choices(self) -> None:
        for value in ("", "four", "ONE"):
            self.assert_refused(read_choice, "A_CHOICE", value, "one of one, two, three")

    def test_flags(self) -> None:
        for value in ("", "maybe", "2"):
            self.assert_refused(read_flag, "A_FLAG", value, "true or false")

    def test_paths(self) -> None:
        for value in ("", " ", "~/data", "a\nb"):
            self.assert_refused(read_path, "A_PATH", value, "a path (~ is expanded by shells only)")

    def test_an_unknown_runtime_env_is_an_error_for_every_kind(self) -> None:
        for read in (read_port, read_text, read_choice, read_flag, read_path):
            for value in ("", "dev", "STAGING"):
                self.assert_refused(read, "RUNTIME_ENV", value, "PROD or DEV")


class SecretTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.env_file = Path(folder.name) / ".env"

    def read(self) -> str:
        return EnvVarReader.get_secret_by_env("A_SECRET", self.env_file)

    def test_comes_from_the_file(self) -> None:
        set_environment(self)
        self.env_file.write_text("# comment\n\nA_SECRET=first\nOTHER=x\nA_SECRET=last=1 \n")
        self.assertEqual(self.read(), "last=1")

    def test_the_environment_overrides_the_file(self) -> None:
        set_environment(self, A_SECRET="from outside")
        self.env_file.write_text("A_SECRET=from-the-file\n")
        self.assertEqual(self.read(), "from outside")

    def test_has_no_default(self) -> None:
        set_environment(self)
        with self.assertRaisesRegex(EnvVarError, "A_SECRET is not set.*README"):
            self.read()
        self.env_file.write_text("A_SECRET=\n")
        with self.assertRaisesRegex(EnvVarError, "A_SECRET is not set"):
            self.read()

    def test_what_compose_reads_differently_is_refused_and_not_shown(self) -> None:
        set_environment(self)
        for value in ("'s3cret'", '"s3cret"', "s3cret$x", "s3cret #x", "s3cret\\n"):
            self.env_file.write_text(f"\nA_SECRET={value}\n")
            with self.subTest(value), self.assertRaises(EnvVarError) as raised:
                self.read()
            self.assertIn(f"{self.env_file}:2: A_SECRET", str(raised.exception))
            self.assertNotIn("s3cret", str(raised.exception))

    def test_a_line_that_assigns_nothing_is_refused(self) -> None:
        set_environment(self)
        self.env_file.write_text("A_SECRET\n")
        with self.assertRaisesRegex(EnvVarError, ":1: expected NAME=value"):
            self.read()
