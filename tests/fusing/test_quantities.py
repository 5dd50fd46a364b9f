"""Numbers: read from words, with bounds and ranges, and when two of them go together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.quantities import agree, comparable, numbers, same
from onrecord.fusing.tolls import compare_tolls, counted, headline
from onrecord.model import Quantity, Span


def told(value: float, bound: str = "exact", unit: str = "dead", high: float | None = None) -> Quantity:
    return Quantity(Span(0, 1), value, unit, bound, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Some 1,300 fled", [1300]),
        ("two hundred and five guards", [205]),
        ("twenty-one boats", [21]),
        ("3.5 million people", [3_500_000]),
        ("a dozen", [12]),
        ("on 4 March 2031 at 14:10", []),
        ("Route 16-b and 0207 946", [946]),
        ("nobody came", []),
    ],
)
def test_numbers_are_read_and_dates_are_not(text: str, values: list[float]) -> None:
    assert [one.value for one in numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 40 died", "at-least"),
        ("up to 40 boats", "at-most"),
        ("about 40", "about"),
        ("40 or more", "at-least"),
        ("40", "exact"),
    ],
)
def test_bounds_are_read(text: str, bound: str) -> None:
    assert [one.bound for one in numbers(text)] == [bound]


def test_a_range_is_one_number() -> None:
    assert [(one.value, one.high) for one in numbers("between 30 and 40 boats, 5 to 7 carts")] == [(30, 40), (5, 7)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (told(40, "at-least"), told(43), True),
        (told(40), told(43), False),
        (told(100_000, "about"), told(100_000), True),
        (told(40, "at-most"), told(43), False),
        (told(40, "at-least"), told(60, "at-least"), True),
        (told(30, high=50), told(43), True),
        (told(95, "about"), told(100), True),
        (told(50, "about"), told(100), False),
    ],
)
def test_agreement_of_numbers(a: Quantity, b: Quantity, expected: bool) -> None:
    assert agree(a, b) is expected
    assert agree(b, a) is expected


@given(st.floats(0, 1e9), st.sampled_from(["exact", "at-least", "at-most", "about"]))
def test_a_number_agrees_with_itself(value: float, bound: str) -> None:
    assert agree(told(value, bound), told(value))
    assert same(told(value, bound), told(value))


def test_soldiers_and_troops_are_counted_together_but_not_with_boats() -> None:
    assert comparable(told(1, unit="soldier"), told(1, unit="troops"))
    assert not comparable(told(1, unit="soldier"), told(1, unit="boat"))


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("A storm in Kelm killed at least 12 people and injured 40.", 12),
        ("Forty boatmen, among them three children, died on 3 May 2031.", 40),
        ("The death toll of Monday's fire in the old harbour has risen to 17.", 17),
        ("Two nurses were among 31 people killed.", 31),
        ("Two boats blew up in the besieged town, killing 40.", 40),
        ("Two raids killed at least 40 men.", 40),
        ("Sixteen guards and three drivers were killed in Kelm.", 16),
        ("Ten were killed as two bombs hit the pier.", 10),
        ("At least 9 were hurt.", None),
        ("The ministers met for 3 hours.", None),
    ],
)
def test_the_dead_of_a_text(text: str, toll: float | None) -> None:
    found = headline(text)
    assert (found.value if found else None) == toll


def test_the_injured_are_counted_apart() -> None:
    assert [one.value for one in counted("The fire killed 4 and wounded 9.", "injured")] == [9]


def test_two_tolls_compared() -> None:
    assert compare_tolls(told(40), told(40, "at-least")) == "same"
    assert compare_tolls(told(40, "at-least"), told(43)) == "compatible"
    assert compare_tolls(told(40), told(43)) == "differ"
    assert compare_tolls(None, told(43)) == "compatible"


@given(st.text(max_size=200))
def test_any_text_can_be_read_for_numbers(text: str) -> None:
    for one in numbers(text):
        assert one.span.of(text).strip()
    headline(text)
