"""Grouping by average link: by hand, in any order, and with what it costs."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.fusing.stories import JOIN, average_link
from onrecord.model import Likeness


def reports(count: int) -> list[str]:
    return [f"r{n:03}" for n in range(count)]


def alike(pairs: dict[tuple[int, int], float]) -> list[Likeness]:
    return [Likeness(f"r{a:03}", f"r{b:03}", score) for (a, b), score in pairs.items()]


def test_reports_without_likenesses_are_stories_of_their_own() -> None:
    assert average_link(reports(2), []) == (("r000",), ("r001",))


def test_average_link_does_not_chain() -> None:
    # 0-1 and 2-3 are close; 1-2 alone is not enough to make one story of all four.
    links = alike({(0, 1): 0.8, (2, 3): 0.8, (1, 2): 2.0 * JOIN})
    assert average_link(reports(4), links) == (("r000", "r001"), ("r002", "r003"))
    links += alike({(0, 2): 2.0 * JOIN, (0, 3): JOIN, (1, 3): JOIN})
    assert average_link(reports(4), links) == (("r000", "r001", "r002", "r003"),)


def test_likenesses_of_other_reports_are_passed_over() -> None:
    assert average_link(reports(1), alike({(0, 9): 1.0})) == (("r000",),)


_edges = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.1, 0.34, 0.35, 0.4, 0.4, 0.5, 0.9]),
)


@given(_edges, st.integers(0, 1000))
@settings(deadline=None)
def test_the_order_of_reports_and_likenesses_changes_nothing(pairs: dict[tuple[int, int], float], seed: int) -> None:
    signatures, links = reports(12), alike(pairs)
    expected = average_link(signatures, links)
    Random(seed).shuffle(signatures)
    Random(seed).shuffle(links)
    assert average_link(signatures, links) == expected
    assert sorted(report for story in expected for report in story) == sorted(signatures)


@given(_edges)
@settings(deadline=None)
def test_a_component_is_grouped_as_if_it_were_alone(pairs: dict[tuple[int, int], float]) -> None:
    near = {pair: score for pair, score in pairs.items() if max(pair) < 6}
    far = {pair: score for pair, score in pairs.items() if min(pair) >= 6}
    together = average_link(reports(12), alike({**near, **far}))
    alone = average_link(reports(12)[:6], alike(near)) + average_link(reports(12)[6:], alike(far))
    assert together == alone
