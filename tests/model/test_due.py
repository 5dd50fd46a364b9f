from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import last_day


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2031-03-07", date(2031, 3, 7)),
        ("2031-02", date(2031, 2, 28)),
        ("2031", date(2031, 12, 31)),
        ("2031-21", date(2031, 5, 31)),
        ("2031-03-10/2031-03-16", date(2031, 3, 16)),
        ("2031-03-10/..", None),
        ("2031-03-10/", None),
        ("2031-13-40", None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_last_day_of_a_time(edtf: str | None, day: date | None) -> None:
    assert last_day(edtf) == day


@given(st.text())
def test_no_text_breaks_it(edtf: str) -> None:
    last_day(edtf)


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_an_interval_ends_with_its_end(one: date, other: date) -> None:
    assert last_day(f"{one.isoformat()}/{other.isoformat()}") == other
