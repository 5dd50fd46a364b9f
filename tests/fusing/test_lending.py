"""Days lent to reports without a date: by whom, to what effect, and in any order."""

from math import exp, isclose
from random import Random

from onrecord.fusing.lending import SURE, by_lent_days, lent_days
from onrecord.fusing.likenesses import likeness, likenesses, reasons, weighing
from onrecord.fusing.stories import LINK, average_link, group
from onrecord.model import Likeness, Signature


def report_on(name: str, day: str | None, *own: str) -> Signature:
    """A report of the long ferry quarrel, with words of its own happening."""
    terms = ("ferry", *own)
    return Signature(name, day, None, tuple((term, len(terms) ** -0.5) for term in terms))


def ferries() -> list[Signature]:
    """Two strikes of one quarrel, seven weeks apart; one report of each has no date."""
    march = [report_on(name, day, "pier", "dockers", "march") for name, day in (("a1", "2031-03-04"), ("a2", None))]
    may = [report_on(name, day, "lock", "pilots", "may") for name, day in (("b1", "2031-04-25"), ("b2", None))]
    return [*march, *may]


def test_a_report_without_a_date_has_the_days_of_its_dated_twins() -> None:
    found = [Likeness("a", "x", SURE), Likeness("b", "x", SURE), Likeness("c", "x", SURE - 0.01)]
    days = lent_days({"a": 1, "b": 4, "c": 9}, found)
    assert days == {"a": {1}, "b": {4}, "c": {9}, "x": {1, 4}}


def test_nobody_lends_a_day_that_it_was_lent() -> None:
    found = [Likeness("a", "x", 0.99), Likeness("x", "y", 0.99)]
    assert "y" not in lent_days({"a": 1}, found)


def test_dated_reports_and_those_without_a_twin_stay_as_alike_as_they_were() -> None:
    found = [Likeness("a", "b", 0.99), Likeness("a", "x", 0.6), Likeness("x", "y", 0.97)]
    assert by_lent_days({"a": 1, "b": 30}, found, weighing()) == found


def test_lent_days_part_what_words_alone_would_join_and_bring_near_what_is_of_one_day() -> None:
    own = {"a": 100, "b": 150}
    found = [Likeness("a", "x", 0.99), Likeness("b", "x", 0.6), Likeness("b", "y", 0.99), Likeness("x", "y", 0.6)]
    anew = {(one.left, one.right): one.score for one in by_lent_days(own, found, weighing())}
    assert anew["b", "x"] < 0.6
    assert anew["x", "y"] < 0.6
    assert anew["a", "x"] > 0.99


def test_reports_without_a_date_go_to_the_strike_of_their_twins() -> None:
    assert group(ferries()) == (("a1", "a2"), ("b1", "b2"))
    # by words alone, without their twins' days, all of it is one story
    links = likenesses(ferries(), LINK)
    assert average_link([one.report for one in ferries()], links) == (("a1", "a2", "b1", "b2"),)


def test_the_order_of_reports_changes_nothing() -> None:
    shuffled = ferries()
    for seed in range(8):
        Random(seed).shuffle(shuffled)
        assert group(shuffled) == group(ferries())


def test_the_reasons_tell_of_lent_days_and_add_up_to_the_likeness() -> None:
    one, other = ferries()[0], ferries()[3]
    (anew,) = by_lent_days({"a1": 7, "b1": 59}, [likeness(one, other), Likeness("b1", "b2", 0.99)], weighing())[:1]
    told = reasons(one, other, lent=52)
    assert "days lent by reports that are nearly the same" in {why.feature for why in told}
    assert isclose(1 / (1 + exp(-sum(why.weight for why in told))), anew.score, abs_tol=1e-3)
    assert reasons(one, ferries()[2], lent=52) == reasons(one, ferries()[2])
