"""Signatures and likenesses: what depends on what, and what they say of reports on one event."""

from math import exp, isclose

from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.likenesses import likeness, likenesses, reasons, within
from onrecord.fusing.signatures import KEPT_TERMS, sign
from onrecord.fusing.words import frequency
from onrecord.model import Signature
from tests.fusing.builders import written
from tests.fusing.quarrel import harbour, morrow

_days = st.one_of(st.none(), st.dates().map(str))
MARKET = """Melon prices fall in Keld
Growers in Keld sold melons at half of last summer's price on Monday after a wet spring.
The cooperative blamed cheap imports and asked shoppers to buy local fruit.
"""


def test_reports_of_one_event_are_more_alike_than_reports_of_two() -> None:
    one, other, market = (sign(w.report()) for w in (harbour(), morrow(), written(7, MARKET)))
    assert likeness(one, other).score > 0.5
    assert likeness(one, market).score < 0.1


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


def test_the_same_report_signs_the_same() -> None:
    assert sign(harbour().report()) == sign(harbour().report())


def test_a_report_without_words_has_an_empty_signature() -> None:
    assert sign(written(1, "…\n—").report()).terms == ()


def test_words_next_to_each_other_are_a_term_that_weighs_less_than_in_the_title() -> None:
    below = dict(sign(written(1, "News\nThe melon quarrel went on. The ferry toll did not.").report()).terms)
    above = dict(sign(written(1, "Melon quarrel\nIt went on. The ferry toll did not.").report()).terms)
    assert {"melon quarrel", "ferry toll"} <= below.keys()
    assert above["melon quarrel"] > above["ferry toll"]


@given(st.lists(st.sampled_from(["ferry", "melon", "zinc", "pier", "toll", "Keld"]), min_size=1, max_size=8), _days)
def test_likenesses_of_many_are_those_of_each_two(told: list[str], day: str | None) -> None:
    reports = [
        sign(written(n, f"{a} {told[0]}\nThe {told[-1]} and the {a}.", None, day).report()) for n, a in enumerate(told)
    ]
    each = [likeness(a, b) for n, a in enumerate(reports) for b in reports[n + 1 :]]
    assert likenesses(reports, 0.02) == [one for one in each if one.score >= 0.02]


def test_reports_without_a_word_in_common_are_not_alike_at_all() -> None:
    one, other = Signature("r1", None, None, (("ferry", 1.0),)), Signature("r2", None, None, (("zinc", 1.0),))
    assert likeness(one, other).score == 0.0
    assert likenesses([one, other], 0.001) == []


_terms = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 1.0), max_size=6)


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


def report_on(day: str | None, *told: str) -> Signature:
    return Signature(f"r {day} {told}", day, None, (("ferry", 0.6), ("strike", 0.8)), told)


def test_reports_are_the_less_alike_the_further_apart_their_days_are_and_beyond_two_months_not_at_all() -> None:
    first = report_on("2031-03-04")
    scores = [likeness(first, report_on(day)).score for day in ("2031-03-05", "2031-03-10", "2031-04-20", "2031-06-20")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[-1] == 0.0
    assert within(first, report_on(None))


def test_reports_that_tell_other_days_are_less_alike_than_those_that_tell_none_or_one_in_common() -> None:
    one, same, other, none = (report_on("2031-03-04", *told) for told in (("03-02",), ("03-02", "x"), ("03-03",), ()))
    assert likeness(one, other).score < likeness(one, same).score == likeness(one, none).score


def test_days_of_the_week_count_where_no_other_days_are_told() -> None:
    friday, monday = report_on(None, "friday"), report_on(None, "monday")
    assert likeness(friday, monday).score < likeness(friday, report_on(None)).score
    assert likeness(friday, report_on(None)).score < likeness(friday, report_on("2031-03-04", "friday")).score


def test_a_word_that_tells_the_subject_weighs_less_than_one_as_rare_that_does_not() -> None:
    terms = dict(
        sign(written(1, "Norway and zinc\nIn Norway they spoke of zinc, of Norway and of zinc.").report()).terms
    )
    assert terms["zinc"] > terms["norway"]


def test_lands_peoples_and_groups_that_are_no_states_tell_the_subject_too_one_or_many() -> None:
    text = "Houthis and zinc\nThe Houthis, the Italians and a Tuareg spoke of zinc, of Houthis, Italians and a Tuareg."
    terms = dict(sign(written(1, f"{text} Zinc: a Tuareg.").report()).terms)
    assert frequency("tuareg") < frequency("houthis") < frequency("zinc")
    assert max(terms["houthis"], terms["italians"], terms["tuareg"]) < terms["zinc"]


def test_the_reasons_of_a_likeness_add_up_to_its_log_odds() -> None:
    one, other = report_on("2031-03-04", "03-02"), report_on("2031-03-10", "03-03")
    odds = sum(why.weight for why in reasons(one, other))
    assert isclose(1 / (1 + exp(-odds)), likeness(one, other).score, abs_tol=1e-4)
