"""How a step gets to the database, and what it says when it does not."""

import unittest
from unittest import mock

import psycopg

from shared_utils.database import DatabaseArgs, transaction
from shared_utils.errors import StepError

ARGS = DatabaseArgs("db.example", 40000, "a_name", "a_user", wait_seconds=2, password="p w")
REFUSED = psycopg.OperationalError("connection refused\n\tIs it running?")


class ConnectTest(unittest.TestCase):
    def setUp(self) -> None:
        for target in ("psycopg.connect", "time.sleep"):
            patch = mock.patch(target)
            self.addCleanup(patch.stop)
            patched = patch.start()
            if target == "psycopg.connect":
                self.connect = patched

    def test_every_argument_reaches_the_driver(self) -> None:
        with transaction(ARGS):
            pass
        self.connect.assert_called_once_with(
            host="db.example",
            port=40000,
            dbname="a_name",
            user="a_user",
            password="p w",
            connect_timeout=5,
        )

    def test_it_waits_for_a_database_that_is_still_starting(self) -> None:
        self.connect.side_effect = [REFUSED, REFUSED, mock.DEFAULT]
        with self.assertLogs("shared_utils.database") as logs, transaction(ARGS):
            pass
        self.assertEqual(self.connect.call_count, 3)
        self.assertIn("waiting for the database db.example:40000/a_name", logs.output[0])

    def test_it_gives_up_in_one_line_that_says_how_to_start_it(self) -> None:
        self.connect.side_effect = REFUSED
        with (
            self.assertLogs("shared_utils.database"),
            mock.patch("time.monotonic", side_effect=[0, 1, 2]),
            self.assertRaises(StepError) as raised,
            transaction(ARGS),
        ):
            self.fail("there is no database")
        self.assertRegex(
            str(raised.exception),
            "^the database db.example:40000/a_name does not answer: connection refused Is it"
            " running.*docker compose -f docker-compose.dev.yml up -d --wait$",
        )

    def test_a_wrong_password_is_not_tried_twice(self) -> None:
        self.connect.side_effect = psycopg.OperationalError("password authentication failed")
        with (
            self.assertRaisesRegex(StepError, "does not accept POSTGRES_PASSWORD"),
            transaction(ARGS),
        ):
            self.fail("the password is wrong")
        self.assertEqual(self.connect.call_count, 1)

    def test_what_the_database_refuses_later_is_one_line_too(self) -> None:
        with (
            self.assertRaisesRegex(StepError, "refused: disk full$"),
            transaction(ARGS),
        ):
            raise psycopg.errors.DiskFull("disk\nfull")

    def test_the_password_is_never_shown(self) -> None:
        self.assertNotIn("p w", f"{ARGS} {ARGS!r}")
