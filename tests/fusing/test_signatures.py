"""Signatures and likenesses: what depends on what, and what they say of reports on one event."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.signatures import KEPT_TERMS, decay, likeness, sign
from onrecord.model import Signature
from tests.fusing.builders import written
from tests.fusing.quarrel import harbour, morrow

MARKET = """Melon prices fall in Keld
Growers in Keld sold melons at half of last summer's price on Monday after a wet spring.
The cooperative blamed cheap imports and asked shoppers to buy local fruit.
"""


def test_reports_of_one_event_are_more_alike_than_reports_of_two() -> None:
    one, other, market = (sign(w.report()) for w in (harbour(), morrow(), written(7, MARKET)))
    assert likeness(one, other).score > 0.2
    assert likeness(one, market).score < 0.05


def test_a_signature_has_unit_length_and_its_heaviest_terms_first() -> None:
    terms = sign(harbour().report()).terms
    assert isclose(sum(weight * weight for _, weight in terms), 1.0, abs_tol=1e-3)
    assert list(terms) == sorted(terms, key=lambda one: (-one[1], one[0]))
    assert len(terms) <= KEPT_TERMS


def test_words_in_the_title_weigh_more() -> None:
    below = dict(sign(written(1, "News\nThe quarrel over ferries and melons went on.").report()).terms)
    above = dict(sign(written(1, "Ferries\nThe quarrel over ferries and melons went on.").report()).terms)
    assert above["ferries"] / above["melons"] > below["ferries"] / below["melons"]


def test_furniture_dates_and_words_of_every_report_are_no_terms() -> None:
    terms = {
        term
        for term, _ in sign(written(1, "Ferry talks\nThe minister said on Tuesday in 2031 that ...").report()).terms
    }
    assert "ferry" in terms
    assert not terms & {"said", "tuesday", "2031", "the"}


def test_the_same_report_signs_the_same_and_a_short_one_has_no_minhash() -> None:
    assert sign(harbour().report()) == sign(harbour().report())
    assert sign(harbour().report()).minhash
    assert sign(written(1, "Talks\nThey met.").report()).minhash == ()


def test_a_report_without_words_has_an_empty_signature() -> None:
    assert sign(written(1, "…\n—").report()).terms == ()


_terms = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 1.0), max_size=6)
_days = st.one_of(st.none(), st.dates().map(str))


@given(_terms, _terms, _days, _days)
def test_likeness_is_the_same_both_ways_and_between_0_and_1(
    left: dict[str, float], right: dict[str, float], day: str | None, other: str | None
) -> None:
    def unit(terms: dict[str, float]) -> tuple[tuple[str, float], ...]:
        length = sum(weight * weight for weight in terms.values()) ** 0.5
        return tuple((term, weight / length) for term, weight in terms.items())

    a, b = Signature("r1", day, None, unit(left)), Signature("r2", other, None, unit(right))
    assert likeness(a, b) == likeness(b, a)
    assert 0.0 <= likeness(a, b).score <= 1.0


@given(st.dates(), st.integers(0, 400))
def test_decay_falls_with_the_days_to_a_half(day: object, apart: int) -> None:
    from datetime import date, timedelta

    assert isinstance(day, date)
    try:
        later = day + timedelta(days=apart)
    except OverflowError:
        return
    assert 0.5 <= decay(str(later), str(day)) <= decay(str(day), str(day)) == 1.0
