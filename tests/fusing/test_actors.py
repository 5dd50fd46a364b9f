"""Which entities are one actor: names, spellings, countries, keys; in any order."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.fusing import actors as actors_module
from onrecord.fusing.actors import actor_block, join_actors, join_to, skeleton
from onrecord.model import ActorKind, Entity, Mention, Role, Span


def entity(
    number: int,
    name: str,
    kind: ActorKind = ActorKind.PERSON,
    country: str | None = None,
    *,
    key: str | None = None,
    title: str = "",
) -> Entity:
    return Entity(
        id=f"r{number}.a1",
        name=name,
        kind=kind,
        mentions=(Mention(Span(0, len(name)), "name"),),
        key=key,
        country=country,
        roles=(Role(title, country),) if title else (),
        aliases=(name,),
    )


def joined(*entities: Entity) -> list[list[str]]:
    return [list(actor.entities) for actor in join_actors(entities)]


def test_spellings_of_one_given_name_are_one_person_named_as_most_tell_it() -> None:
    (actor,) = join_actors([entity(1, "Sergey Torvan"), entity(2, "Sergei Torvan"), entity(3, "Sergei Torvan")])
    assert (actor.id, actor.name) == ("person:torvan-sergei", "Sergei Torvan")
    assert actor.aliases == ("Sergei Torvan", "Sergey Torvan")


def test_initials_nicknames_and_middle_names_are_compatible() -> None:
    assert len(joined(entity(1, "Anthony Marsh"), entity(2, "A. Marsh"), entity(3, "Tony Marsh"))) == 1
    assert len(joined(entity(1, "Recep Tayyip Orhan"), entity(2, "Tayyip Orhan"))) == 1


def test_a_given_name_in_two_languages_is_one() -> None:
    assert len(joined(entity(1, "Volodymyr Torvan"), entity(2, "Vladimir Torvan"))) == 1
    assert len(joined(entity(1, "Mykhailo Torvan"), entity(2, "Mikhail Torvan"), entity(3, "Mikola Torvan"))) == 2


def test_relatives_stay_apart() -> None:
    assert len(joined(entity(1, "Lena Marsh"), entity(2, "Viktor Marsh"))) == 2


def test_a_surname_alone_joins_the_only_person_who_fits() -> None:
    assert len(joined(entity(1, "Mira Solen"), entity(2, "Solen"))) == 1


def test_a_surname_alone_stays_apart_when_two_persons_fit() -> None:
    found = joined(entity(1, "Mira Solen"), entity(2, "Oskar Solen"), entity(3, "Solen"))
    assert sorted(found) == [["r1.a1"], ["r2.a1"], ["r3.a1"]]


def test_a_surname_alone_goes_by_country_when_that_decides() -> None:
    found = joined(
        entity(1, "Mira Solen", country="OST"),
        entity(2, "Oskar Solen", country="VAR"),
        entity(3, "Solen", country="VAR"),
    )
    assert ["r2.a1", "r3.a1"] in found


def test_namesakes_of_two_countries_and_offices_stay_apart_with_ids_of_their_own() -> None:
    actors = join_actors(
        [entity(1, "Ana Reyes", country="OST", title="judge"), entity(2, "Ana Reyes", country="VAR", title="pilot")]
    )
    assert [actor.id for actor in actors] == ["person:reyes-ana:OST", "person:reyes-ana:VAR"]


def test_a_key_joins_whatever_the_name() -> None:
    (actor,) = join_actors(
        [
            entity(1, "Varda", ActorKind.STATE, "VAR", key="state:VAR"),
            entity(2, "Kelm", ActorKind.STATE, "VAR", key="state:VAR"),
            entity(3, "Varda", ActorKind.STATE, "VAR", key="state:VAR"),
        ]
    )
    assert (actor.id, actor.name, actor.country) == ("state:VAR", "Varda", "VAR")


def test_descriptions_are_actors_of_their_report_alone() -> None:
    nameless = [
        Entity(f"r{n}.a1", "two officials", ActorKind.GROUP, (Mention(Span(0, 13), "description"),)) for n in (1, 2)
    ]
    assert len(join_actors(nameless)) == 2


def test_accents_and_romanisation_do_not_part_a_block() -> None:
    assert actor_block(entity(1, "Ilya Toŕvan")) == actor_block(entity(2, "I. Torvan"))
    assert skeleton("Velenskyi") == skeleton("Velensky")
    assert len(joined(entity(1, "Ilya Velenskyi"), entity(2, "Ilya Velensky"))) == 1


def test_a_role_without_country_gives_way_to_the_same_one_with_it() -> None:
    (actor,) = join_actors(
        [entity(1, "Mira Solen", country="OST", title="envoy"), entity(2, "Mira Solen", title="envoy")]
    )
    assert actor.roles == (Role("envoy", "OST"),)


_names = st.sampled_from(
    [
        "Mira Solen",
        "M. Solen",
        "Solen",
        "Oskar Solen",
        "Mira Soelen",
        "Myra Solen",
        "Xi Lanping",
        "Xi",
        "Kim Solen",
        "…",
        "",
    ]
)


@given(st.lists(st.tuples(_names, st.sampled_from([None, "OST", "VAR"])), max_size=12), st.integers(0, 1000))
@settings(deadline=None)
def test_the_order_of_entities_changes_nothing_and_none_is_lost(named: list[tuple[str, str | None]], seed: int) -> None:
    entities = [entity(n, name, country=country) for n, (name, country) in enumerate(named)]
    actors = join_actors(entities)
    assert sorted(one for actor in actors for one in actor.entities) == sorted(one.id for one in entities)
    assert len({actor.id for actor in actors}) == len(actors)
    Random(seed).shuffle(entities)
    assert join_actors(entities) == actors


@given(st.lists(_names, max_size=8))
@settings(deadline=None)
def test_blocks_can_be_joined_one_by_one(names: list[str]) -> None:
    entities = [entity(n, name) for n, name in enumerate(names)]
    blocks = sorted({actor_block(one) for one in entities})
    apart = [actor for block in blocks for actor in join_actors([one for one in entities if actor_block(one) == block])]
    assert sorted(apart, key=lambda one: one.id) == list(join_actors(entities))


def test_reports_that_cannot_tell_two_namesakes_apart_are_not_joined_with_each_other() -> None:
    people = [entity(1, "Mira Solen"), entity(2, "Oskar Solen"), entity(3, "Solen"), entity(4, "Solen")]
    assert sorted(joined(*people)) == [["r1.a1"], ["r2.a1"], ["r3.a1"], ["r4.a1"]]


@given(
    st.lists(st.tuples(_names, st.sampled_from([None, "OST", "VAR"]), st.sampled_from(["", "judge"])), max_size=12),
    st.integers(0, 12),
    st.sampled_from([0, actors_module.LARGE]),
)
@settings(deadline=None)
def test_joining_to_known_profiles_is_joining_all(
    named: list[tuple[str, str | None, str]], known: int, large: int
) -> None:
    entities = [entity(n, name, country=country, title=title) for n, (name, country, title) in enumerate(named)]
    whole = {actor.id: actor for actor in join_actors(entities)}
    before = join_to(entities[:known], ())
    blocks = {actor_block(one) for one in entities[known:]}
    # blocks count as large from so many profiles: then only what is touched is joined
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actors_module, "LARGE", large)
        after = join_to(entities[known:], [one for one in before.profiles if one.block in blocks])
    fresh = {one.id for one in entities[known:]}
    # what is new is joined as if all had been there, and actors tell what all their entities tell
    assert sorted(one for actor in after.actors for one in actor.entities) == sorted(fresh)
    for actor in after.actors:
        told = whole[actor.id]
        assert set(actor.entities) == fresh & set(told.entities)
        assert (actor.name, actor.country, actor.roles, actor.aliases) == (
            told.name, told.country, told.roles, told.aliases,
        )  # fmt: skip
    # where something known is another actor now, that is said
    was = {one: actor.id for actor in before.actors for one in actor.entities}
    moved = {one for one, actor in was.items() if actor not in whole or one not in whole[actor].entities}
    assert {actor_block(one) for one in entities[:known] if one.id in moved} <= set(after.moved)


def test_spellings_that_unstressed_vowels_part_are_one_person() -> None:
    assert len(joined(entity(1, "Ihar Kavalenka"), entity(2, "Igor Kovalenko"))) == 1
    assert len(joined(entity(1, "Omar el-Sharim"), entity(2, "Omar al-Sherim"))) == 1
    assert len(joined(entity(1, "Omar Sharim"), entity(2, "Lena Sherim"))) == 2


def test_each_syllable_of_a_given_name_counts() -> None:
    assert len(joined(entity(1, "Rim Jong-il"), entity(2, "Rim Jong-un"))) == 2
