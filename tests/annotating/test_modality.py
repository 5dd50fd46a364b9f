"""Floors under the modality of own sentences; they may only rise. The held half is measured, never read in mending."""

import pytest
from benchmarks.modality import HALVES, judge, matched, read_cases, sentence_of, shares, table

from onrecord.model import EventType, Modality

#: Measured 2026-11-27 with `python -m benchmarks.modality`, less two or three items:
#: open .966 / .961, held .824 / .797, later .886 / .861 (open .941 and held .793 before the head and grammar settled
#: modality together and sport, weather and idioms were known). With the weights that learnt on afterwards .963 / .959,
#: .837 / .811, .880 / .855: held gained three items, later lost three.
#: The fresh sets, after mending on them: .897 / .846 (at first sight .72 to .84).
FLOORS = {"open": (0.955, 0.95), "held": (0.825, 0.8), "later": (0.87, 0.845), "fresh": (0.885, 0.835)}


@pytest.mark.parametrize("half", HALVES)
def test_modality_is_told_as_well_as_ever(half: str) -> None:
    judged = judge([half])
    modality, both = shares(judged)
    assert modality >= FLOORS[half][0], table(judged)
    assert both >= FLOORS[half][1], table(judged)


def test_the_sentences_cover_every_type_and_value() -> None:
    cases = [case for half in HALVES for case in read_cases(half)]
    items = [item for _, items in cases for item in items]
    assert len(cases) >= 400
    assert {item.type for item in items} == {str(one) for one in EventType} | {"-"}
    assert {item.modality for item in items} == {str(one) for one in Modality} | {"-"}


def test_a_marked_sentence_is_read_without_its_marks() -> None:
    text, (first, second) = sentence_of("Ghana [urged|REQUEST/actual] Togo to [leave|RETREAT/demanded].")
    assert text == "Ghana urged Togo to leave."
    assert [first.span.of(text), second.span.of(text)] == ["urged", "leave"]
    assert (second.type, second.modality) == ("RETREAT", "demanded")


def test_no_event_is_matched_where_none_is_found() -> None:
    _, items = sentence_of("[Talks|-], tea and tears.")
    assert matched(items, ()) == [None]
