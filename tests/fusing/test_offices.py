"""Persons told by office only, in the reports of one story."""

from dataclasses import replace

from onrecord.fusing import join_actors, with_holders
from onrecord.model import Actor, ActorKind, Annotation, Entity, Mention, Role, Span


def _entity(identity: str, name: str, title: str, country: str | None, *, named: bool) -> Entity:
    return Entity(
        id=identity,
        name=name,
        kind=ActorKind.PERSON,
        mentions=(Mention(Span(0, len(name)), "name" if named else "description"),),
        country=country,
        roles=(Role(title, country),),
        aliases=(name,) if named else (),
    )


def _holders(*entities: Entity) -> dict[str, str]:
    marks = [Annotation(one.id.split(".")[0], entities=(one,)) for one in entities]
    joined: dict[str, Actor] = {e: actor for actor in join_actors(entities) for e in actor.entities}
    return {entity: actor.name for entity, actor in with_holders(marks, joined).items()}


def test_an_office_is_who_holds_it_in_the_story() -> None:
    kell = _entity("r1.a1", "Ana Kell", "foreign minister", "VAR", named=True)
    office = _entity("r2.a1", "Vardan foreign minister", "foreign minister", "VAR", named=False)
    assert _holders(kell, office) == {"r1.a1": "Ana Kell", "r2.a1": "Ana Kell"}


def test_an_office_of_another_country_or_that_many_hold_is_nobody_named() -> None:
    kell = _entity("r1.a1", "Ana Kell", "foreign minister", "VAR", named=True)
    other = _entity("r2.a1", "Oskelian foreign minister", "foreign minister", "OSK", named=False)
    assert _holders(kell, other)["r2.a1"] == "Oskelian foreign minister"
    envoy = _entity("r1.a1", "Ana Kell", "official", "VAR", named=True)
    some = _entity("r2.a1", "Vardan official", "official", "VAR", named=False)
    assert _holders(envoy, some)["r2.a1"] == "Vardan official"


def test_two_who_held_it_leave_it_open() -> None:
    kell = _entity("r1.a1", "Ana Kell", "president", "VAR", named=True)
    tosk = _entity("r2.a1", "Mira Tosk", "president", "VAR", named=True)
    office = _entity("r3.a1", "Vardan president", "president", "VAR", named=False)
    assert _holders(kell, tosk, office)["r3.a1"] == "Vardan president"


def test_a_leader_is_the_head_of_state_and_a_minister_without_country_may_be_meant() -> None:
    brell = _entity("r1.a1", "Tomas Brell", "president", "OSK", named=True)
    leader = _entity("r2.a1", "Oskelian leader", "leader", "OSK", named=False)
    assert _holders(brell, leader)["r2.a1"] == "Tomas Brell"
    home = _entity("r1.a1", "Hakan Rem", "defence minister", None, named=True)
    office = _entity("r2.a1", "Vardan defence minister", "defence minister", "VAR", named=False)
    assert _holders(home, office)["r2.a1"] == "Hakan Rem"


def test_the_story_alone_decides_and_nothing_given_is_changed() -> None:
    kell = _entity("r1.a1", "Ana Kell", "foreign minister", "VAR", named=True)
    joined = {e: actor for actor in join_actors([kell]) for e in actor.entities}
    before = dict(joined)
    with_holders([Annotation("r1", entities=(kell,))], joined)
    assert joined == before


def test_what_an_analyst_merged_or_renamed_stays() -> None:
    kell = _entity("r1.a1", "Ana Kell", "foreign minister", "VAR", named=True)
    office = _entity("r2.a1", "Vardan foreign minister", "foreign minister", "VAR", named=False)
    marks = [Annotation("r1", entities=(kell,)), Annotation("r2", entities=(office,))]
    joined = {e: actor for actor in join_actors([kell, office]) for e in actor.entities}
    renamed = joined | {"r2.a1": replace(joined["r2.a1"], name="Mira Tosk")}
    assert with_holders(marks, renamed)["r2.a1"].name == "Mira Tosk"
