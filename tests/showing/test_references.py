from dataclasses import replace

from onrecord.model import Cell, Record, Span
from onrecord.showing.references import Reference, References
from tests.showing.builders import FIRST, RECORD, A, B, C, cell


def test_reports_are_numbered_by_date_and_the_undated_come_last() -> None:
    refs = References(RECORD)
    assert [refs.number[one.id] for one in (A, B, C)] == [1, 2, 3]


def test_numbers_do_not_depend_on_the_order_of_reading() -> None:
    other = replace(RECORD, reports=tuple(reversed(RECORD.reports)))
    assert References(other).number == References(RECORD).number


def test_a_reference_is_report_and_line() -> None:
    assert References(RECORD).at(cell(A, "60,000 troops")) == Reference(1, 4)
    assert str(Reference(1, 4)) == "[1:4]"


def test_lines_count_from_one_and_as_editors_count_them() -> None:
    refs = References(RECORD)
    for number, line in enumerate(FIRST.split("\n")[:-1], start=1):
        at = sum(len(one) + 1 for one in FIRST.split("\n")[: number - 1])
        assert refs.line(Cell(A.id, Span(at, at + len(line)))) == number


def test_the_sentence_around_words_is_found() -> None:
    refs = References(RECORD)
    assert refs.words(refs.sentence(cell(A, "60,000"))) == "Zelmara has massed 60,000 troops."


def test_without_sentences_the_line_stands_for_the_sentence() -> None:
    refs = References(Record((A,)))
    assert refs.words(refs.sentence(cell(A, "60,000"))).startswith("“We will answer")


def test_a_speaker_without_an_actor_keeps_its_name() -> None:
    refs = References(RECORD)
    assert refs.actor_ids((f"{A.id}.a1", "a spokesman", f"{B.id}.a1")) == ("person:marenko-ilse", "a spokesman")
    assert refs.names(("person:marenko-ilse", "a spokesman")) == ("Ilse Marenko", "a spokesman")


def test_the_later_of_two_copies_is_the_copy() -> None:
    refs = References(RECORD)
    assert refs.copied_from == {C.id: (B.id,)}
    assert refs.originals == 2
