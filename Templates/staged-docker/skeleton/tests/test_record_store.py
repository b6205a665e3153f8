"""The store: its statements, and with TEST_DATABASE=true what a real PostgreSQL makes of them."""

import os
import unittest
from unittest import mock

import psycopg

from shared_utils import env_var_defaults
from shared_utils.record_store import PostgresRecordStore, RecordStore
from tests.stores import InMemoryRecordStore


class StatementsTest(unittest.TestCase):
    def test_replace_removes_what_is_not_among_the_records(self) -> None:
        connection = mock.MagicMock()
        store = PostgresRecordStore(connection)
        store.save([{"id": "a"}, {"id": "b"}], replace=False)
        self.assertNotIn("DELETE", connection.execute.call_args.args[0])
        store.save([{"id": "a"}, {"id": "b"}], replace=True)
        connection.execute.assert_called_with(mock.ANY, (["a", "b"],))

    def test_every_record_is_saved_under_its_id(self) -> None:
        connection = mock.MagicMock()
        PostgresRecordStore(connection).save([{"id": "a", "n": 1}], replace=False)
        record_id, body = connection.execute.call_args.args[1]
        self.assertEqual((record_id, body.obj), ("a", {"id": "a", "n": 1}))

    def test_rows_become_records(self) -> None:
        connection = mock.MagicMock()
        connection.execute.return_value.__iter__.return_value = [({"id": "a"},)]
        self.assertEqual(PostgresRecordStore(connection).load_all(), [{"id": "a"}])


class StoreContract:
    """What holds for every `RecordStore`."""

    store: RecordStore

    def check(self, test: unittest.TestCase) -> None:
        first = {"id": "a", "text": "Ünïcode 'quoted' %s"}
        second = {"id": "B", "nested": {"list": [1, 2.5, None, True]}}
        save, equal = self.store.save, test.assertEqual
        equal(self.store.load_all(), [])
        save([first, second], replace=False)
        equal(self.store.load_all(), [second, first])
        changed = {"id": "a", "text": "changed"}
        third = {"id": "c"}
        save([changed, third], replace=False)
        equal(self.store.load_all(), [second, changed, third])
        save([third], replace=True)
        equal(self.store.load_all(), [third])


class InMemoryStoreTest(unittest.TestCase, StoreContract):
    def test_contract(self) -> None:
        self.store = InMemoryRecordStore()
        self.check(self)


@unittest.skipUnless(
    os.environ.get("TEST_DATABASE") == "true", "needs the development database: TEST_DATABASE=true"
)
class PostgresStoreTest(unittest.TestCase, StoreContract):
    def test_contract(self) -> None:
        with (
            mock.patch.dict(os.environ, {"RUNTIME_ENV": os.environ.get("RUNTIME_ENV", "DEV")}),
            psycopg.connect(
                host=env_var_defaults.database_host(),
                port=env_var_defaults.database_port(),
                dbname=env_var_defaults.database_name(),
                user=env_var_defaults.database_user(),
                password=env_var_defaults.postgres_password(),
            ) as connection,
        ):
            # A temporary table, which hides the real one and goes with the connection.
            connection.execute("SET search_path TO pg_temp")
            self.store = PostgresRecordStore(connection)
            self.check(self)
