"""Pieces of the web of likenesses: small, the same in any order, and found from what changed."""

from collections.abc import Collection, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.fusing.pieces import LEVELS, NEAREST, PIECE, Pieces, worth_keeping
from onrecord.model import Likeness

Web = Mapping[tuple[int, int], float]


def name(number: int) -> str:
    return f"r{number:03}"


def pieces_of(web: Web, without: Collection[str] = ()) -> Pieces:
    near: dict[str, list[tuple[str, float]]] = {}
    for (a, b), score in web.items():
        if name(a) not in without and name(b) not in without:
            near.setdefault(name(a), []).append((name(b), score))
            near.setdefault(name(b), []).append((name(a), score))
    return Pieces(lambda wanted: {one: near[one] for one in wanted if one in near})


def chain(count: int, score: float) -> dict[tuple[int, int], float]:
    return {(n, n + 1): score for n in range(count - 1)}


def test_a_piece_is_what_neighbours_lead_to() -> None:
    found = pieces_of({(0, 1): 0.9, (1, 2): LEVELS[0], (3, 4): 0.9, (2, 3): LEVELS[0] - 0.01})
    assert found.piece(name(2)) == (name(0), name(1), name(2))
    assert found.piece(name(7)) == (name(7),)


def test_parts_that_are_too_large_are_parted_where_they_hang_together_least() -> None:
    web = chain(PIECE, 0.9) | {(PIECE - 1, PIECE): LEVELS[0]}
    assert len(pieces_of(web).piece(name(0))) == PIECE
    assert pieces_of(web).piece(name(PIECE)) == (name(PIECE),)


def test_more_copies_of_one_text_than_a_piece_holds_still_have_pieces() -> None:
    count = PIECE + 20
    web = {(a, b): 1.0 for a in range(count) for b in range(a)}
    found = pieces_of({(min(pair), max(pair)): score for pair, score in web.items()})
    parted = {found.piece(name(n)) for n in range(count)}
    assert sorted(one for piece in parted for one in piece) == [name(n) for n in range(count)]


def test_a_neighbour_counts_if_each_is_among_the_others_nearest() -> None:
    # 0 has NEAREST nearer ones than 99, though 99 has nobody else.
    web = {(0, n): 0.9 for n in range(1, NEAREST + 1)} | {(0, 99): 0.5}
    assert pieces_of(web).piece(name(99)) == (name(99),)


_webs = st.dictionaries(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.35, 0.5, 0.7, 0.9, 0.9, 1.0]),
    max_size=120,
)


@given(_webs)
@settings(deadline=None)
def test_pieces_part_the_reports(web: Web) -> None:
    found = pieces_of(web)
    for n in range(41):
        piece = found.piece(name(n))
        assert name(n) in piece
        assert all(found.piece(one) == piece for one in piece)


@given(_webs, st.sets(st.integers(0, 40), min_size=1, max_size=4))
@settings(deadline=None)
def test_what_new_reports_change_is_among_what_they_touch(web: Web, new: set[int]) -> None:
    names = {name(n) for n in new}
    before, after = pieces_of(web, without=names), pieces_of(web)
    touched = set(after.touched(names))
    changed = {name(n) for n in range(41) if name(n) not in names and before.piece(name(n)) != after.piece(name(n))}
    assert changed | names <= touched


@given(_webs, st.integers(0, 40))
@settings(deadline=None)
def test_what_is_not_kept_changes_no_piece(web: Web, new: int) -> None:
    of_new = [Likeness(name(a), name(b), score) for (a, b), score in web.items() if new in (a, b)]
    others = {pair: score for pair, score in web.items() if new not in pair}
    known: dict[str, list[tuple[str, float]]] = {}
    for (a, b), score in others.items():
        known.setdefault(name(a), []).append((name(b), score))
        known.setdefault(name(b), []).append((name(a), score))
    kept = {
        (int(one.left[1:]), int(one.right[1:])): one.score for one in worth_keeping(name(new), of_new, lambda _: known)
    }
    everything, thinned = pieces_of(web), pieces_of(others | kept)
    assert all(everything.piece(name(n)) == thinned.piece(name(n)) for n in range(41))
