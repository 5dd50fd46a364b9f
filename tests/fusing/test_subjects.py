"""Words that several stories of a piece tell weigh less when it is grouped again, however many reports tell them."""

from math import isclose, log, sqrt
from random import Random

from onrecord.fusing.pieces import PIECE
from onrecord.fusing.signatures import cosine
from onrecord.fusing.stories import group
from onrecord.fusing.subjects import LEAST, LENGTH, LIGHTER, lightened
from onrecord.model import Signature


def report(name: str, **weights: float) -> Signature:
    return Signature(name, None, None, tuple(weights.items()))


def war_report(name: str, happening: str, day: int) -> Signature:
    """A report of a happening in one long war, of which all reports tell."""
    return Signature(name, f"2031-03-{day:02}", None, (("war", 0.29), (happening, sqrt(1 - 0.29**2))))


def bridge_and_market() -> list[Signature]:
    """Two happenings of one day in that war, two reports each."""
    return [war_report(name, told, 4) for name, told in zip(("a1", "a2", "b1", "b2"), "bbmm", strict=True)]


def elsewhere() -> list[Signature]:
    """Three more happenings of the war, on other days."""
    return [war_report(f"{told}{n}", told, day) for told, day in (("p", 11), ("q", 18), ("r", 25)) for n in (1, 2)]


def test_what_one_story_tells_is_left_as_it_weighs() -> None:
    signatures = [report("a", ferry=0.6, pier=0.8), report("b", ferry=0.8, quay=0.6), report("c", lock=1.0)]
    found = lightened(signatures, [("a", "b"), ("c",)])
    assert [[term for term, _ in one.terms] for one in found] == [["ferry", "pier"], ["ferry", "quay"], ["lock"]]
    for one, before in zip(found, signatures, strict=True):
        assert all(
            isclose(new, old * LENGTH, abs_tol=1e-6) for (_, new), (_, old) in zip(one.terms, before.terms, strict=True)
        )


def test_a_word_is_lighter_the_more_stories_tell_it_not_the_more_reports() -> None:
    signatures = [report(name, war=0.6, **{name: 0.8}) for name in "abcdef"]

    def left(*stories: str) -> float:
        terms = dict(lightened(signatures, stories)[0].terms)
        return terms["war"] / terms["a"] / 0.75

    assert isclose(left("abcdef"), 1.0)
    assert isclose(left("abc", "def"), 1 - LIGHTER * log(2), abs_tol=1e-5)
    assert isclose(left("abcde", "f"), left("a", "bcdef"), abs_tol=1e-5)
    assert left("ab", "cd", "ef") < left("abc", "def")


def test_a_word_of_all_stories_of_the_largest_piece_still_says_something() -> None:
    names = [f"r{n:02}" for n in range(PIECE)]
    signatures = [report(name, war=0.6, **{name: 0.8}) for name in names]
    terms = dict(lightened(signatures, [(name,) for name in names])[0].terms)
    assert isclose(terms["war"] / terms["r00"], 0.75 * LEAST, abs_tol=1e-5)


def test_a_word_that_half_of_a_story_tells_counts_for_half_a_story() -> None:
    signatures = [report("a", war=0.6, a=0.8), report("b", war=0.6, b=0.8), report("c", c=1.0)]
    terms = dict(lightened(signatures, [("a",), ("b", "c")])[0].terms)
    assert isclose(terms["war"] / terms["a"], 0.75 * (1 - LIGHTER * log(1.5)), abs_tol=1e-5)


def test_reports_of_two_happenings_are_less_alike_and_of_one_as_alike_as_before() -> None:
    piece = [*bridge_and_market(), *elsewhere()]
    told = {one.report: dict(one.terms) for one in lightened(piece, [("a1", "a2"), ("b1", "b2"), ("p1", "p2")])}
    before = {one.report: dict(one.terms) for one in piece}
    assert cosine(told["a1"], told["b1"]) < 0.8 * cosine(before["a1"], before["b1"])
    assert cosine(told["a1"], told["a2"]) > cosine(before["a1"], before["a2"])


def test_two_happenings_are_parted_where_others_show_that_they_share_their_subject_only() -> None:
    assert group(bridge_and_market()) == (("a1", "a2", "b1", "b2"),)
    found = group([*bridge_and_market(), *elsewhere()])
    assert found == (("a1", "a2"), ("b1", "b2"), ("p1", "p2"), ("q1", "q2"), ("r1", "r2"))


def test_the_order_of_reports_changes_nothing() -> None:
    piece = [*bridge_and_market(), *elsewhere()]
    expected = group(piece)
    for seed in range(8):
        Random(seed).shuffle(piece)
        assert group(piece) == expected
