"""Gathering around hubs: the fullest first, no chains, and a cost that is bounded for each member."""

from onrecord.fusing.copies import find_copies
from onrecord.fusing.starring import CANDIDATE_LIMIT, Match, gather
from onrecord.model import Reason
from tests.fusing.builders import written


def test_members_join_the_hub_they_match_best_and_never_by_a_chain() -> None:
    scores = {("b", "a"): 0.6, ("c", "a"): 0.2, ("c", "b"): 0.9, ("d", "a"): 0.5, ("d", "c"): 0.8}

    def compare(member: str, hub: str) -> Match | None:
        score = scores.get((member, hub), 0.0)
        return Match(score, (Reason("by hand", score, 1.0),)) if score >= 0.5 else None

    stars = gather("abcd", dict.fromkeys("abcd", ("k",)), compare)
    assert [(star.hub, star.members) for star in stars] == [("a", ["a", "b"]), ("c", ["c", "d"])]
    assert stars[1].matches["d"].score == 0.8


def test_members_without_a_common_key_are_not_compared() -> None:
    stars = gather("ab", {"a": ("x",), "b": ("y",)}, lambda member, hub: Match(1.0))
    assert len(stars) == 2


def test_comparisons_grow_with_the_members_and_not_with_their_pairs() -> None:
    members = [f"m{n:05}" for n in range(5000)]
    calls = 0

    def compare(member: str, hub: str) -> None:
        nonlocal calls
        calls += 1

    gather(members, dict.fromkeys(members, ("one", "two", "three")), compare)
    assert calls <= len(members) * CANDIDATE_LIMIT


def test_hundreds_of_copies_of_one_text_are_joined_without_comparing_every_pair() -> None:
    words = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200))
    reports = [written(n, f"Wire {n}\n{words}").report() for n in range(120)]
    copies = find_copies(reports)
    assert len(reports) - 1 <= len(copies) <= 2 * len(reports)
