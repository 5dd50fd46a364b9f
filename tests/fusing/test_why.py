from onrecord.fusing import join_to, why_one
from onrecord.model import ActorKind, Entity, Mention, Role, Span


def entity(number: int, name: str, kind: ActorKind = ActorKind.PERSON, **told: object) -> Entity:
    fields: dict[str, object] = {"mentions": (Mention(Span(0, 3), "name"),), "aliases": (name,), **told}
    return Entity(f"r{number}.a1", name, kind, **fields)  # type: ignore[arg-type]


def test_each_telling_is_held_against_the_fullest_usual_one() -> None:
    told = [entity(n, "Mira Solen", country="OST", roles=(Role("minister", "OST"),)) for n in range(3)]
    told += [entity(7, "Solen"), entity(8, "Myra Solen", country="OST")]
    found = why_one(join_to(told, ()).profiles)
    assert {one.against.name for one in found} == {"Mira Solen"}
    scores = {one.told.name: one.score for one in found}
    assert scores["Mira Solen"] == 1.0
    assert 0.5 < scores["Solen"] < scores["Mira Solen"]
    assert 0.5 < scores["Myra Solen"] < 1.0
    assert all(one.reasons and 0 <= reason.value <= 1 for one in found for reason in one.reasons)


def test_a_key_says_all() -> None:
    told = [entity(n, name, ActorKind.STATE, key="state:OST") for n, name in enumerate(("Ostrel", "Kelm"))]
    found = why_one(join_to(told, ()).profiles)
    assert [(one.score, len(one.reasons)) for one in found] == [(1.0, 1), (1.0, 1)]


def test_what_an_analyst_merged_says_so() -> None:
    told = [*join_to([entity(1, "Ann Oda"), entity(2, "Bo Lund")], ()).profiles]
    found = why_one(told, judged=True)
    assert [one.judged for one in found] == [False, True]
    assert found[1].score < 0.7
    assert why_one([]) == ()
