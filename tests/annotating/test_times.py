import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotating.reporting import report_of

from onrecord.annotating import times
from onrecord.annotating.parse import parse
from onrecord.annotating.times import _rules_for, find_times
from onrecord.model import Annotation, TimeMention

CASES = Path(__file__).with_name("cases") / "times.tsv"
LINES = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]

DATA = Path(__file__).parents[1] / "data"


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]


def times_of(text: str, day: str | None = "2022-01-21") -> tuple[TimeMention, ...]:
    report = report_of(text, day)
    return find_times(report, parse(report), Annotation(report.id)).times


@pytest.mark.parametrize(("sentence", "words", "edtf", "form"), LINES)
def test_a_time_is_found_and_counted_from_the_day(sentence: str, words: str, edtf: str, form: str) -> None:
    found = [(time.span.of(sentence).lower(), time.edtf or "-", time.form) for time in times_of(sentence)]
    assert (words.lower(), edtf, form) in found


@pytest.mark.parametrize(("name", "floor"), [("times.tsv", 0.97), ("times_held.tsv", 0.92)])
def test_the_annotated_sets_keep_their_floor(name: str, floor: float) -> None:
    lines = _lines(DATA / name)
    missed = [
        line
        for line in lines
        if (line[1].lower(), line[2], line[3])
        not in {(time.span.of(line[0]).lower(), time.edtf or "-", time.form) for time in times_of(line[0])}
    ]
    assert 1 - len(missed) / len(lines) >= floor, missed


def test_a_clock_time_alone_takes_the_only_day_of_its_block() -> None:
    [day, clock] = times_of("On Thursday nothing moved. At 14:30 GMT the sirens sounded.")
    assert (day.edtf, clock.edtf) == ("2022-01-20", "2022-01-20T14:30Z")
    assert [time.edtf for time in times_of("At 14:30 the sirens sounded.")] == [None]


def test_a_number_with_a_point_is_no_clock_time() -> None:
    assert times_of("Output grew by 3.45 per cent and 2.30 million were paid.") == ()


def test_without_a_day_relative_times_have_no_value_and_absolute_ones_do() -> None:
    found = times_of("They met on Friday, last week, and on 5 May 2021; they met on May 6.", None)
    assert [time.edtf for time in found] == [None, None, "2021-05-05", "XXXX-05-06"]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the capital.",
        "The sun rose.",
        "About 2000 troops marched.",
        "The 18-year-old left.",
        "A second man fell.",
        "There is no day 31 February 2021 to name.",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert [time for time in times_of(text) if time.edtf is not None and "2021" not in time.edtf] == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "on by until since Friday 31 30 February 2022 0 99 next last week ago days 9999 1500 May the 🙂 , -".split()
        ),
        max_size=25,
    ).map(" ".join),
    st.sampled_from(["0001-01-01", "9999-12-31", "2022-01-21", "2024-02-29", None, "2022-99-99"]),
)
def test_any_run_of_words_gives_spans_in_order(text: str, day: str | None) -> None:
    found = times_of(text, day)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    assert all(time.span.of(text).strip() for time in found)


@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_nothing_that_is_left_out_would_have_matched(change: Callable[[str], str]) -> None:
    told = [line[0] for name in ("times.tsv", "times_held.tsv") for line in _lines(DATA / name)]
    for text in map(change, [*told, *(line[0] for line in LINES)]):
        through = {id(rule): stretches for rule, stretches in times._rules_for(text)}
        for rule in times._rules():
            found = [m.span() for a, b in through.get(id(rule), []) for m in rule.pattern.finditer(text, a, b)]
            assert found == [match.span() for match in rule.pattern.finditer(text)], text


@pytest.mark.parametrize("text", ["The ministers met.", "", "It is 5,000 strong."])
def test_most_rules_are_left_out_where_no_time_is_told(text: str) -> None:
    assert len(list(times._rules_for(text))) < len(times._rules()) / 4


@pytest.mark.parametrize("before", [0, 30, 119, 121, 500])
@pytest.mark.parametrize("after", [0, 119, 500])
def test_an_expression_is_found_wherever_it_stands(before: int, after: int) -> None:
    told = "until the end of Wednesday, the 30th of September, 2020"
    text = "x" * before + " " + told + ". " + "y" * after
    found = [m.group() for rule, parts in _rules_for(text) for a, b in parts for m in rule.pattern.finditer(text, a, b)]
    assert told in found


def test_only_what_stands_near_a_word_of_a_pattern_is_searched() -> None:
    text = "The envoys met. " * 100 + "They left in September 2020. " + "The envoys met. " * 100
    searched = [b - a for _, parts in _rules_for(text) for a, b in parts]
    assert searched
    assert max(searched) < 400


def test_white_space_that_stretches_an_expression_is_searched_throughout() -> None:
    text = "on 3" + " " * 400 + "September 2020"
    assert {(0, len(text))} == {part for _, parts in _rules_for(text) for part in parts}
