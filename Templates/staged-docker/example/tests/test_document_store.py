"""The store: its statements, and with TEST_DATABASE=true what a real PostgreSQL makes of them."""

import os
import unittest
from unittest import mock

import psycopg

from shared_utils import env_var_defaults
from shared_utils.document_store import Changes, DocumentStore, PostgresDocumentStore
from shared_utils.documents import Document
from tests.stores import InMemoryDocumentStore


class StatementsTest(unittest.TestCase):
    """The counting, with the answers that PostgreSQL gives."""

    def test_rows_that_come_back_are_added_or_changed(self) -> None:
        connection = mock.MagicMock()
        store = PostgresDocumentStore(connection)
        connection.execute.return_value.fetchone.side_effect = [(True,), (False,), None, None]
        documents = [Document(str(number), "title", "text") for number in range(4)]
        self.assertEqual(store.save(documents, replace=False), Changes(1, 1, 2, 0))
        self.assertEqual(connection.execute.call_args.args[1], ("3", "title", "text"))

    def test_replace_removes_what_is_not_among_the_documents(self) -> None:
        connection = mock.MagicMock()
        store = PostgresDocumentStore(connection)
        connection.execute.return_value.rowcount = 3
        connection.execute.return_value.fetchone.return_value = None
        changes = store.save([Document("a", "", ""), Document("b", "", "")], replace=True)
        self.assertEqual(changes, Changes(0, 0, 2, 3))
        connection.execute.assert_called_with(mock.ANY, (["a", "b"],))

    def test_rows_become_documents(self) -> None:
        connection = mock.MagicMock()
        connection.execute.return_value.__iter__.return_value = [("1", "title", "text")]
        loaded = PostgresDocumentStore(connection).load_all()
        self.assertEqual(loaded, [Document("1", "title", "text")])


class StoreContract:
    """What holds for every `DocumentStore`."""

    store: DocumentStore

    def check(self, test: unittest.TestCase) -> None:
        first = Document("a", "A", "one")
        second = Document("B", "Ünïcode", "two 'quoted' %s")
        third = Document("c", "C", "three")
        save, equal = self.store.save, test.assertEqual
        equal(self.store.load_all(), [])
        equal(save([first, second], replace=False), Changes(2, 0, 0, 0))
        equal(self.store.load_all(), [second, first])
        equal(save([first, second], replace=False), Changes(0, 0, 2, 0))
        changed = Document("a", "A", "changed")
        equal(save([changed, third], replace=False), Changes(1, 1, 0, 0))
        equal(self.store.load_all(), [second, changed, third])
        equal(save([third], replace=True), Changes(0, 0, 1, 2))
        equal(self.store.load_all(), [third])


class InMemoryStoreTest(unittest.TestCase, StoreContract):
    def test_contract(self) -> None:
        self.store = InMemoryDocumentStore()
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
            self.store = PostgresDocumentStore(connection)
            self.check(self)
