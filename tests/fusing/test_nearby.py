"""Joining to the profiles that a new name may have to do with is joining to all profiles of its surname."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.fusing import actors as actors_module
from onrecord.fusing.actors import join_actors, join_to
from onrecord.fusing.nearby import Resolver, join_nearby
from onrecord.model import ActorKind, Entity
from onrecord.model.marks import Profile
from tests.fusing.test_actors import entity


class Shelf:
    """The profiles of large blocks, found as a store finds them; `given` are those that were asked for."""

    def __init__(self, told: Iterable[Profile]) -> None:
        self._told = [replace(one, words=Resolver().words(one)) for one in told]
        self.given: set[Profile] = set()

    def words(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        asked = set(places)
        found: dict[tuple[str, str], list[str]] = {}
        for block, word in sorted({(one.block, word) for one in self._told for word in one.words or ()}):
            if (block, word[0]) in asked:
                found.setdefault((block, word[0]), []).append(word)
        return found

    def told(self, words: Iterable[tuple[str, str]]) -> list[Profile]:
        asked = set(words)
        return self._give(one for one in self._told for word in one.words or ("",) if (one.block, word) in asked)

    def members(self, actors: Iterable[tuple[str, str]]) -> list[Profile]:
        asked = set(actors)
        return self._give(one for one in self._told if (one.block, one.actor) in asked)

    def _give(self, told: Iterable[Profile]) -> list[Profile]:
        found = list(dict.fromkeys(told))
        self.given.update(found)
        return found


def plain(told: Iterable[Profile]) -> list[Profile]:
    """Profiles without their words, in order."""
    return sorted((replace(one, words=None) for one in told), key=lambda one: (one.name, repr(one)))


#: One block: given names that agree by letter, nickname, skeleton or spelling, or do not; surnames that sound alike.
_GIVEN = (
    "Anna Anne Ana A. Mira Myra M. Mirabel Igor Ihar Ihor I. Yuri Iurii Y. Bill William Will W. Vill Oskar "
    "O. Jong-il Jong-un J. Joe Joseph Iosif Sasha Alexander Oleksandr Zed"
).split()
_names = st.builds(
    lambda some, family: " ".join([*some, family]),
    st.lists(st.sampled_from(_GIVEN), max_size=2),
    st.sampled_from(["Kovalenko", "Kovalenko", "Kovalenko", "Kavalenka", "Kovvalenko"]),
)
_countries = st.sampled_from([None, None, "OST", "VAR"])
_titles = st.sampled_from(["", "", "judge", "pilot"])
_told = st.tuples(_names, _countries, _titles)


@given(st.lists(_told, max_size=25), st.lists(_told, min_size=1, max_size=3), st.integers(0, 3))
@settings(deadline=None, max_examples=400)
def test_what_is_found_nearby_joins_as_all_would(
    known: list[tuple[str, str | None, str]], new: list[tuple[str, str | None, str]], again: int
) -> None:
    before = [entity(n, name, country=country, title=title) for n, (name, country, title) in enumerate(known, 500)]
    told = [*new, *known[:again]]
    # ids that lie between and before those of known ones
    fresh = [entity(n * 100 + 450, name, country=land, title=title) for n, (name, land, title) in enumerate(told)]
    profiles = join_to(before, ()).profiles
    (found, unsettled), whole = join_nearby(fresh, Shelf(profiles)), join_to(fresh, profiles)
    if unsettled:
        return
    assert whole.moved == ()
    assert found.actors == whole.actors
    assert plain(found.profiles) == plain(whole.profiles)
    everyone = {actor.id: actor for actor in join_actors([*before, *fresh])}
    for actor in found.actors:
        assert everyone[actor.id].name == actor.name
        assert set(actor.entities) <= set(everyone[actor.id].entities)


def test_a_new_person_among_many_is_joined_by_reading_hardly_any() -> None:
    many = [entity(n, f"{a}{b}na Torvan") for n, (a, b) in enumerate((a, b) for a in "BCDFGLMNP" for b in "aeiouy")]
    shelf = Shelf(join_to([*many, entity(99, "Torvan"), entity(98, "Torvan")], ()).profiles)
    for name, most in (("Kelda Torvan", 1), ("Bana Torvan", 8), ("Torvan", 1), ("Sena B. Torvan", 8)):
        shelf.given.clear()
        found, unsettled = join_nearby([entity(200, name)], shelf)
        assert not unsettled
        assert len(found.actors) == 1
        assert len(shelf.given) <= most


@pytest.mark.parametrize(
    ("known", "new"),
    [
        (("Mira Torvan", "Torvan"), "Oskar Torvan"),  # the surname alone now may be either
        (("Mira Torvan", "Oskar Torvan"), "Torvan"),  # nobody has shown that a surname alone may be two
        (("Anna Torvan", "Alma Torvan"), "A. Torvan"),
    ],
)
def test_what_takes_the_block_is_said_to_or_told_right(known: Sequence[str], new: str) -> None:
    profiles = join_to([entity(n, name) for n, name in enumerate(known)], ()).profiles
    fresh = [entity(9, new)]
    found, unsettled = join_nearby(fresh, Shelf(profiles))
    whole = join_to(fresh, profiles)
    assert unsettled == {"person:tarvan"} if whole.moved or not found.actors else found.actors == whole.actors


def test_what_is_no_person_is_left_to_others() -> None:
    keyed = Entity("r1.a1", "Torvan", ActorKind.PERSON, entity(1, "Torvan").mentions, "person:torvan")
    assert join_nearby([keyed], Shelf(())) == (actors_module.Joined((), (), ()), frozenset({"person:torvan"}))
    assert [Resolver().words(one) for one in join_to([keyed], ()).profiles] == [None]
