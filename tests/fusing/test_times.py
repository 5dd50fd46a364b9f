"""Days that EDTF strings mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.times import days_apart, interval, overlap, passed


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2031-02-03", (date(2031, 2, 3), date(2031, 2, 3))),
        ("2031", (date(2031, 1, 1), date(2031, 12, 31))),
        ("2031-02-03/2031-02-09", (date(2031, 2, 3), date(2031, 2, 9))),
        ("../2031-02-09", (date.min, date(2031, 2, 9))),
        ("2031-22", (date(2031, 6, 1), date(2031, 8, 31))),
        ("2031-02-03T14:10", (date(2031, 2, 3), date(2031, 2, 3))),
        ("2031-02-31", None),
        ("XXXX-02", None),
        ("soon", None),
        ("2031-02-09/2031-02-03", None),
        (None, None),
    ],
)
def test_intervals(edtf: str | None, expected: tuple[date, date] | None) -> None:
    assert interval(edtf) == expected


@given(st.dates(), st.dates())
def test_times_overlap_both_ways(a: date, b: date) -> None:
    assert overlap(str(a), str(b)) is overlap(str(b), str(a)) is (a == b)
    assert days_apart(str(a), str(b)) == abs((a - b).days)


def test_a_due_time_has_passed_only_the_day_after_its_end() -> None:
    assert not passed("2031-02-03/2031-02-09", "2031-02-09")
    assert passed("2031-02-03/2031-02-09", "2031-02-10")
    assert not passed(None, "2031-02-10")
    assert not passed("2031-02-09", None)


@given(st.text(max_size=30))
def test_any_string_can_be_asked(text: str) -> None:
    interval(text)
