"""Words, their weights, and the search that is built on them."""

import tempfile
import unittest
from pathlib import Path

from shared_utils.document_results import read_documents, write_documents
from shared_utils.documents import (
    Document,
    IndexedDocument,
    document_frequencies,
    index_document,
    word_weight,
    words_of,
)
from shared_utils.errors import StepError
from shared_utils.search_index import Hit, SearchIndex
from shared_utils.step_results import write_result


class WordsTest(unittest.TestCase):
    def test_case_and_unicode_form_make_no_difference(self) -> None:
        self.assertEqual(words_of("The CAFÉ"), words_of("the cafe\u0301"))

    def test_words_are_letters_with_apostrophes_inside(self) -> None:
        self.assertEqual(
            words_of("'Ship\u2019s' log, no. 7: all-clear_"),
            ["ship's", "log", "no", "all", "clear"],
        )

    def test_title_and_text_are_counted_together(self) -> None:
        indexed = index_document(Document("1", "Two ropes", "Ropes, and knots."))
        self.assertEqual(indexed.words, {"and": 1, "knots": 1, "ropes": 2, "two": 1})
        self.assertEqual((indexed.id, indexed.title), ("1", "Two ropes"))


class WeightTest(unittest.TestCase):
    def test_frequencies_count_documents_not_occurrences(self) -> None:
        documents = [
            IndexedDocument("1", "", {"a": 5, "b": 1}),
            IndexedDocument("2", "", {"a": 1}),
        ]
        self.assertEqual(document_frequencies(documents), {"a": 2, "b": 1})

    def test_frequent_here_and_rare_elsewhere_weighs_most(self) -> None:
        self.assertGreater(word_weight(2, 1, 10), word_weight(1, 1, 10))
        self.assertGreater(word_weight(1, 1, 10), word_weight(1, 10, 10))
        self.assertGreater(word_weight(1, 10, 10), 0)


class ResultTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "result.jsonl"

    def test_what_is_written_is_read(self) -> None:
        documents = [IndexedDocument("1", "One", {"rope": 2}), IndexedDocument("2", "", {})]
        write_documents(self.path, "010__step", documents)
        self.assertEqual(read_documents(self.path, "010__step"), documents)

    def test_records_that_are_no_documents_are_noticed(self) -> None:
        for record in (
            {"id": "1", "title": "x", "words": ["a"]},
            {"id": "1", "title": "x", "words": {"a": "often"}},
            {"id": "1", "words": {}},
        ):
            write_result(self.path, "010__step", [record])
            with (
                self.subTest(record),
                self.assertRaisesRegex(StepError, "unknown form: run .*/010__step.sh again"),
            ):
                read_documents(self.path, "010__step")


class SearchIndexTest(unittest.TestCase):
    def setUp(self) -> None:
        self.index = SearchIndex(
            [
                IndexedDocument("b", "B", {"sea": 1, "rope": 1}),
                IndexedDocument("a", "A", {"sea": 1, "rope": 1}),
                IndexedDocument("c", "C", {"sea": 1, "rope": 3, "knot": 1}),
                IndexedDocument("d", "D", {"sky": 1}),
            ]
        )

    def ids(self, query: str, limit: int = 10) -> list[str]:
        return [hit.id for hit in self.index.search(query, limit)]

    def test_it_counts_documents_and_different_words(self) -> None:
        self.assertEqual((self.index.document_count, self.index.word_count), (4, 4))

    def test_best_hits_come_first_and_equal_ones_by_id(self) -> None:
        self.assertEqual(self.ids("Rope"), ["c", "a", "b"])

    def test_a_rare_word_counts_more_than_a_common_one(self) -> None:
        self.assertEqual(self.ids("sea sky")[0], "d")

    def test_the_limit_keeps_the_best(self) -> None:
        self.assertEqual(self.ids("rope", limit=1), ["c"])

    def test_a_repeated_word_counts_once(self) -> None:
        self.assertEqual(self.index.search("knot knot", 10), self.index.search("knot", 10))

    def test_a_hit_says_which_words_it_has(self) -> None:
        (hit,) = self.index.search("knot sky-high rope", 1)
        self.assertEqual(hit, Hit("c", "C", hit.score, ("knot", "rope")))
        self.assertAlmostEqual(hit.score, word_weight(1, 1, 4) + word_weight(3, 3, 4), places=3)

    def test_unknown_words_find_nothing(self) -> None:
        self.assertEqual(self.ids("moon !?"), [])
