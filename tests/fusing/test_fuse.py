"""What one quarrel, told by three outlets, fuses to; and that it does so in any order."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.fusing import fuse_story
from onrecord.model import (
    Answer,
    Claim,
    CommitmentState,
    DisagreementKind,
    Fusion,
    Span,
    Status,
    VariantKind,
)
from tests.fusing.builders import actor_of, written
from tests.fusing.quarrel import all_three, fused, harbour, morrow


def claim_of(fusion: Fusion, member: str) -> Claim:
    return next(claim for claim in fusion.claims if member in claim.members)


def member(number: int, mark: str) -> str:
    return f"r{number:016x}.{mark}"


def test_every_mark_is_a_member_of_exactly_one_claim() -> None:
    writers = all_three()
    marks = sorted([one.id for w in writers for one in w.statements] + [one.id for w in writers for one in w.events])
    assert sorted(m for claim in fused(writers).claims for m in claim.members) == marks


def test_a_quotation_in_two_translations_is_one_claim_with_a_reworded_variant() -> None:
    claim = claim_of(fused(all_three()), member(1, "s1"))
    assert claim.members == (member(1, "s1"), member(2, "s1"))
    assert [variant.kind for variant in claim.variants] == [VariantKind.REWORDED]
    assert claim.status is Status.CORROBORATED
    assert claim.reasons


def test_two_descriptions_of_the_talks_are_wording_and_not_disputed() -> None:
    claim = claim_of(fused(all_three()), member(1, "s2"))
    assert claim.members == (member(1, "s2"), member(2, "s2"))
    assert [one.kind for one in claim.disagreements] == [DisagreementKind.WORDING]
    assert claim.status is not Status.DISPUTED


def test_another_utterance_of_the_same_speaker_on_the_same_topic_stays_apart() -> None:
    assert claim_of(fused(all_three()), member(3, "s3")).members == (member(3, "s3"),)


def test_one_meeting_told_with_its_sides_in_either_order_is_one_claim() -> None:
    assert claim_of(fused(all_three()), member(1, "e1")).members == (member(1, "e1"), member(2, "e1"))


def test_a_number_that_differs_makes_the_claim_disputed_and_shows_each_value_once() -> None:
    writers = all_three()
    claim = claim_of(fused(writers), member(3, "e1"))
    assert claim.status is Status.DISPUTED
    (number,) = claim.disagreements
    texts = {w.id: w.text for w in writers}
    assert number.kind is DisagreementKind.NUMBER
    assert [telling.value for telling in number.values] == ["40,000", "60,000"]
    assert all(telling.cell.span.of(texts[telling.cell.report]) == telling.value for telling in number.values)


def test_a_denial_told_twice_is_one_claim_and_disputes_nothing_that_nobody_tells() -> None:
    claim = claim_of(fused(all_three()), member(1, "e3"))
    assert claim.members == (member(1, "e3"), member(2, "e3"))
    assert claim.status is Status.CORROBORATED


def test_what_one_report_tells_stays_single() -> None:
    claim = claim_of(fused(all_three()), member(2, "e6"))
    assert (claim.status, claim.independent, claim.rule) == (Status.SINGLE, 1, "one report only")


def test_a_demand_told_by_a_state_and_its_minister_is_one_and_rejected() -> None:
    (demand,) = fused(all_three()).demands
    assert demand.reports == (member(1, "")[:-1], member(2, "")[:-1])
    assert demand.of == ("state:OST",)
    assert (demand.answer, demand.answered_by) == (Answer.REJECTED, ("state:OST",))


def test_a_promise_in_two_wordings_is_one_commitment_open_by_default_and_overdue_later() -> None:
    (promise,) = fused(all_three()).commitments
    # the minister who says it for her state is bound with it
    assert (promise.by, promise.to) == (("person:solen-mira", "state:OST"), ("state:VAR",))
    assert promise.due == "2031-03-10/2031-03-16"
    assert len(promise.reports) == 2
    assert promise.state is CommitmentState.OPEN
    (later,) = fused(all_three(), today="2031-03-17").commitments
    assert later.state is CommitmentState.OVERDUE


def test_every_cell_lies_in_its_report() -> None:
    writers = all_three()
    texts = {w.id: w.text for w in writers}
    fusion = fused(writers)
    words = [cell for one in fusion.demands for cell in one.words] + [
        c for one in fusion.commitments for c in one.words
    ]
    values = [value.cell for claim in fusion.claims for one in claim.disagreements for value in one.values]
    assert words
    assert values
    assert all(Span(0, len(texts[cell.report])).contains(cell.span) for cell in words + values)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_order_of_reports_and_marks_changes_nothing(seed: int) -> None:
    writers = all_three()
    expected = fused(writers)
    rng = Random(seed)
    people = actor_of(writers)
    rng.shuffle(writers)
    for writer in writers:
        rng.shuffle(writer.statements)
        rng.shuffle(writer.events)
    reports, marks = [w.report() for w in writers], [w.marks() for w in writers]
    rng.shuffle(marks)
    assert fuse_story(reports, marks, dict(sorted(people.items(), reverse=bool(seed % 2)))) == expected


def test_a_copy_is_counted_with_its_origin() -> None:
    first = harbour()
    copy = harbour()
    copy.number = 9
    copy.outlet = "Sarn Mirror"
    for old in (copy.statements, copy.events):
        old.clear()
    copy.entities.clear()
    who = copy.state("Ostrel", "OST")
    copy.tells(
        first.events[1].type,
        "massed 40,000 soldiers along the border",
        [who],
        numbers=[("40,000", 40000, "soldier", "exact")],
    )
    fusion = fused([first, copy])
    assert [one.reports for one in fusion.copies] == [(first.id, copy.id)]
    claim = claim_of(fusion, copy.events[0].id)
    assert len(claim.reports) == 2
    assert (claim.independent, claim.status) == (1, Status.SINGLE)
    assert claim.rule.startswith("one origin")


def test_a_report_without_marks_is_a_story_with_nothing_claimed() -> None:
    fusion = fused([written(5, "Nothing to report\nThe square was empty.", day=None)])
    assert (fusion.claims, fusion.demands, fusion.commitments) == ((), (), ())
    assert (fusion.story.start, fusion.story.title) == (None, "Nothing to report")


def test_the_title_is_one_of_the_reports_titles() -> None:
    assert fused([harbour(), morrow()]).story.title in {harbour().title, morrow().title}


def test_an_utterance_in_two_outlets_says_that_it_rests_on_one_speaker() -> None:
    assert claim_of(fused(all_three()), member(1, "s1")).rule.endswith("all on the word of Mira Solen")
    assert "on the word of" not in claim_of(fused(all_three()), member(1, "e1")).rule


def test_a_story_keeps_its_id_when_a_later_report_with_a_smaller_id_joins() -> None:
    later = written(0, "The ferry row goes on\nNothing new.", "Tarn Post", "2031-03-09")
    assert fused([*all_three(), later]).story.id == fused(all_three()).story.id
