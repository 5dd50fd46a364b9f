from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Annotation, Span
from onrecord.recording import Store
from onrecord.recording.searching import match_query
from tests.recording.filling import archive_of, fill, marks_of, new_store, report_of

TEXT = "The envoy said grain \U0001f54a ships sail. Nobody in Kelm saw the envoys’ ships."


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with new_store() as store:
        fill(store, archive_of(TEXT, "Zażółć gęślą jaźń, wrote the poet of Kelm."))
        yield store


def words(store: Store, query: str) -> list[list[str]]:
    return [[span.of(store.report(hit.report).text) for span in hit.matches] for hit in store.search(query)]


def test_matches_are_spans_of_the_text_after_wide_characters(store: Store) -> None:
    assert words(store, "ships kelm") == [["ships", "Kelm", "ships"]]


def test_forms_of_a_word_and_accents_are_found(store: Store) -> None:
    assert words(store, "zazolc") == [["Zażółć"], ["Zażółć"]] or words(store, "gesla") == [["gęślą"]]
    assert words(store, "sails") == [["sail"]]


def test_a_phrase_stands_together(store: Store) -> None:
    assert words(store, '"saw the envoys"') == [["saw the envoys"]]
    assert words(store, '"envoys the saw"') == []


def test_a_beginning_finds_the_word(store: Store) -> None:
    assert words(store, "gra*")[0] == ["grain"]


def test_statements_are_found_in_their_stretches() -> None:
    report = report_of("Grain for Kelm, he said, grain for all.")
    marks = marks_of(report)
    statement = marks.statements[0]
    from dataclasses import replace

    told = replace(statement, content=(Span(0, 14), Span(25, 38)))
    with new_store() as store:
        store.add_report(report)
        store.annotate(replace(marks, statements=(told,)))
        (hit,) = store.search("grain", kinds=("statement",))
        assert (hit.id, hit.matches, hit.snippet) == (told.id, (Span(0, 5), Span(25, 30)), Span(0, 38))
        store.annotate(Annotation(report.id))
        assert store.search("grain", kinds=("statement",)) == ()
        store.remove_report(report.id)
        assert store.search("grain") == ()


def test_the_limit_holds_and_the_best_comes_first() -> None:
    with new_store() as store:
        many = [report_of("grain " * n + "and other things " * (9 - n) + ".") for n in range(1, 9)]
        store.add_reports([(report, None) for report in many])
        hits = store.search("grain", limit=3)
        assert [hit.report for hit in hits] == [report.id for report in many[:-4:-1]]
        assert store.search("grain", limit=0) == ()


def test_a_snippet_lies_around_the_first_match() -> None:
    report = report_of("word " * 200 + "grain " + "word " * 200)
    with new_store() as store:
        store.add_report(report)
        (hit,) = store.search("grain")
        assert hit.snippet.contains(hit.matches[0])
        assert len(hit.snippet) < 200


@pytest.mark.parametrize(
    "query", ['"', "(", "a OR", "NEAR(", "-", "*", "title:", "^", "\x00", "\ud800", "' ; DROP", "{a b}:c"]
)
def test_hostile_queries_find_or_do_not(store: Store, query: str) -> None:
    store.search(query)
    store.search(f"grain {query}")


@settings(max_examples=150, deadline=None)
@given(query=st.text() | st.text('"*()^-: aNEARORT{}+,\x00'))
def test_no_query_fails(store: Store, query: str) -> None:
    store.search(query)
    assert "\x00" not in match_query(query)
