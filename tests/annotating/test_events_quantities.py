import pytest
from tests.annotating.test_events_cases import report_of

from onrecord.annotating.events.quantities import numbers_in
from onrecord.annotating.parse import parse


def numbers(text: str, verb: str = "send") -> list[tuple[float, str, str, float | None]]:
    (parsed,) = parse(report_of(text)).blocks
    found = [n.quantity(parsed, verb) for n in numbers_in(list(parsed.doc)) if n.counts(verb)]
    return [(one.value, one.unit, one.bound, one.high) for one in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They sent 100,000 troops.", (100_000, "troop", "exact", None)),
        ("They sent at least 40 soldiers.", (40, "soldier", "at-least", None)),
        ("They sent more than 3,500 tents.", (3_500, "tent", "at-least", None)),
        ("They sent nearly two thousand tents.", (2_000, "tent", "about", None)),
        ("They sent four ministers.", (4, "minister", "exact", None)),
        ("They sent between 20 and 30 tanks.", (20, "tank", "exact", 30)),
        ("They sent twenty-five buses.", (25, "bus", "exact", None)),
        ("They sent up to 12 ships.", (12, "ship", "at-most", None)),
        ("They sent 1.5 million masks.", (1_500_000, "mask", "exact", None)),
    ],
)
def test_a_number_has_value_unit_and_bound(text: str, wanted: tuple[float, str, str, float | None]) -> None:
    assert numbers(text) == [wanted]


def test_people_are_counted_by_what_befell_them() -> None:
    assert numbers("The raid killed at least 40 people.", "kill") == [(40, "dead", "at-least", None)]
    assert numbers("The raid wounded 12.", "wound") == [(12, "wounded", "exact", None)]
    assert numbers("The raid killed 7 sailors.", "kill") == [(7, "sailor", "exact", None)]


@pytest.mark.parametrize(
    "text",
    ["They paid $40 for it.", "It fell by 12 percent.", "They left in 1998.", "It took three weeks.", "Dozens came."],
)
def test_money_shares_times_and_vague_words_count_nothing(text: str) -> None:
    assert numbers(text) == []
