from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.judging import hold, judge_actors, parties_of, settle
from onrecord.fusing.starring import Match, Star
from onrecord.model import (
    Actor,
    ActorKind,
    Anchor,
    Annotation,
    Event,
    EventType,
    Judged,
    Judgement,
    Modality,
    Reason,
    Span,
    Statement,
    StatementKind,
    Verdict,
)
from onrecord.model.marks import Act
from tests.fusing.builders import written

START = datetime(2031, 3, 4, tzinfo=UTC)
MEMBERS = [f"r{number}.s{number}" for number in range(8)]


def judged(verdict: Verdict, *groups: tuple[str, ...], kind: Judged = Judged.CLAIM, minutes: int = 0) -> Judgement:
    """A judgement about marks, a group of them for each target."""
    anchors = [
        Anchor(target, "statement", mark.partition(".")[0], (Span(0, 1),), mark)
        for target, group in enumerate(groups)
        for mark in group
    ]
    made = START + timedelta(minutes=minutes)
    return Judgement(f"j{minutes}", verdict, kind, tuple(MEMBERS[: len(groups)]), made, anchors=tuple(anchors))


def stars(*groups: tuple[str, ...]) -> list[Star]:
    match = Match(0.7, (Reason("words", 0.7, 1.0),))
    return [Star(group[0], list(group), dict.fromkeys(group[1:], match)) for group in groups]


def groups_of(found: list[Star]) -> set[frozenset[str]]:
    return {frozenset(star.members) for star in found}


@st.composite
def partitions(draw: st.DrawFn) -> list[Star]:
    """Any parting of the members into stars."""
    parts: dict[int, list[str]] = {}
    for member in MEMBERS:
        parts.setdefault(draw(st.integers(0, 3)), []).append(member)
    return stars(*(tuple(part) for _, part in sorted(parts.items())))


def test_a_merge_keeps_the_machine_s_reasons_and_adds_its_own() -> None:
    (whole,) = hold(stars(("a", "b"), ("c", "d")), [judged(Verdict.MERGE, ("b",), ("c",))])
    assert (whole.hub, whole.members) == ("a", ["a", "b", "c", "d"])
    assert [whole.matches[one].reasons[0].feature for one in ("b", "c", "d")] == ["words", "judgement", "judgement"]


def test_who_is_in_no_group_stays_with_the_hub() -> None:
    found = hold(stars(("a", "b", "c", "d")), [judged(Verdict.SPLIT, ("a",), ("c",))])
    assert groups_of(found) == {frozenset("abd"), frozenset("c")}
    assert {star.hub for star in found} == {"a", "c"}


def test_an_accepted_claim_stays_together() -> None:
    assert groups_of(hold(stars(("a",), ("b",)), [judged(Verdict.ACCEPT, ("a", "b"))])) == {frozenset("ab")}
    apart = [judged(Verdict.ACCEPT, ("a",), ("b",))]
    assert groups_of(hold(stars(("a",), ("b",)), apart)) == {frozenset("a"), frozenset("b")}


@given(partitions(), st.lists(st.lists(st.sampled_from(MEMBERS), min_size=2, max_size=4, unique=True), max_size=4))
def test_no_member_is_lost_and_the_last_judgement_holds(machine: list[Star], wanted: list[list[str]]) -> None:
    told = [
        judged(Verdict.MERGE if number % 2 else Verdict.SPLIT, *((one,) for one in marks), minutes=number)
        for number, marks in enumerate(wanted)
    ]
    found = hold(machine, told)
    assert sorted(member for star in found for member in star.members) == MEMBERS
    assert all(star.hub in star.members and set(star.matches) == set(star.members) - {star.hub} for star in found)
    if told:
        homes = [next(star.hub for star in found if mark in star.members) for mark in wanted[-1]]
        assert len(set(homes)) == (1 if told[-1].verdict is Verdict.MERGE else len(homes))


@given(partitions(), st.permutations(MEMBERS))
def test_splitting_all_and_merging_what_was_one_gives_the_machine_s_claims(
    machine: list[Star], order: list[str]
) -> None:
    told = [judged(Verdict.SPLIT, *((one,) for one in order))]
    told += [
        judged(Verdict.MERGE, *((one,) for one in star.members), minutes=number)
        for number, star in enumerate(machine, start=1)
        if len(star.members) > 1
    ]
    assert groups_of(hold(machine, told)) == groups_of(machine)


def marks() -> Annotation:
    """A statement in a statement, with an event in each."""
    told = written(1, "Ann Oda said that Bo Lund said that the ferry left.", "Tamar Post", "2031-03-04")
    outer = Statement("r1.s1", told.id, (), StatementKind.INDIRECT, Act.SPEECH, (Span(0, 9),))
    inner = replace(outer, id="r1.s2", inside="r1.s1")
    event = Event("r1.e1", told.id, EventType.RETREAT, Modality.ACTUAL, (), (), Span(0, 3), statement="r1.s2")
    return Annotation(told.id, statements=(outer, inner), events=(event, replace(event, id="r1.e2", statement="r1.s1")))


def test_what_stands_in_a_rejected_statement_stands_in_the_next_one_around_it() -> None:
    (settled,) = settle([marks()], [judged(Verdict.REJECT, ("r1.s2",), kind=Judged.STATEMENT)])
    assert [one.id for one in settled.statements] == ["r1.s1"]
    assert [one.statement for one in settled.events] == ["r1.s1", "r1.s1"]
    (settled,) = settle([marks()], [judged(Verdict.REJECT, ("r1.s1", "r1.s2"), kind=Judged.CLAIM)])
    assert [one.statement for one in settled.events] == [None, None]


def test_corrections_change_what_is_fused_and_not_the_marks() -> None:
    before = marks()
    one = replace(judged(Verdict.CORRECT, ("r1.e1",), kind=Judged.EVENT), field="sources", value="state:VRD; Ann Oda")
    (settled,) = settle([before], [one])
    assert settled.events[0].sources == ("state:VRD", "Ann Oda")
    assert before.events[0].sources == ()
    (again,) = settle([before], [one, replace(one, value="state:OST")])
    assert again.events[0].sources == ("state:OST",)


def test_nothing_judged_changes_nothing() -> None:
    assert settle([marks()], []) == (marks(),)
    assert parties_of(None) == parties_of(" ; ") == ()


def actor(name: str, *entities: str) -> Actor:
    return Actor(f"person:{name}", name, ActorKind.PERSON, None, (), (name,), entities)


def test_split_entities_are_somebody_else_even_when_all_are_named() -> None:
    oda = actor("oda", "r1.a1", "r2.a1", "r3.a1")
    (kept, apart) = judge_actors([oda], [judged(Verdict.SPLIT, (oda.id,), ("r2.a1",), kind=Judged.ACTOR)])
    assert (kept.id, kept.entities) == ("person:oda", ("r1.a1", "r3.a1"))
    assert (apart.id, apart.entities) == ("person:oda:r2.a1", ("r2.a1",))


def test_merged_actors_take_the_name_of_the_first_and_keep_every_alias() -> None:
    both = judge_actors(
        [actor("oda", "r1.a1"), actor("lund", "r2.a1", "r3.a1")],
        [judged(Verdict.MERGE, ("person:oda", "r1.a1"), ("person:lund", "r2.a1"), kind=Judged.ACTOR)],
    )
    assert [(one.id, one.aliases, one.entities) for one in both] == [
        ("person:oda", ("lund", "oda"), ("r1.a1", "r2.a1", "r3.a1"))
    ]
