import pytest

from onrecord.fusing.daystold import days_told
from onrecord.fusing.words import words


@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        ("They met on 3 March and on April 5.", None, ("03-03", "04-05")),
        ("The 2nd of May, Sept. 30 and 31 Dec 2030", None, ("05-02", "09-30", "12-31")),
        ("It fell on Tuesday.", "2031-03-06", ("03-04", "tuesday")),
        ("It fell on Thursday.", "2031-03-06", ("03-06", "thursday")),
        ("It fell on Tuesday.", None, ("tuesday",)),
        ("Yesterday it fell, today it rose.", "2031-03-01", ("02-28", "03-01")),
        ("From 8 March 9 boats and 4th of July", None, ("03-08", "03-09", "07-04")),
        ("He marched 9 miles, 12 mayors and 3 marchers.", None, ()),
        ("He may 99 times march 0 miles.", "2031-03-01", ()),
        ("Today and on Sunday.", "0001-01-01", ("01-01", "sunday")),
    ],
)
def test_days_that_a_text_tells(text: str, published: str | None, told: tuple[str, ...]) -> None:
    assert days_told(text, words(text), published) == told
