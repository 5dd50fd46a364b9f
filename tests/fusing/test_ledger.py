"""Demands with their answers, promises with how they stand."""

from datetime import date

import pytest

from onrecord.model import ActorKind, Answer, CommitmentState, EventType, Modality, state_on
from tests.fusing.builders import Writer, written
from tests.fusing.quarrel import fused

DEMAND = "Varda demanded that Ostrel reopen the lower sluice. "


def demanding(answer: str) -> tuple[Writer, str, str]:
    one = written(1, f"Sluice\n{DEMAND}{answer}", "Harbour Courier")
    ostrel, varda = one.state("Ostrel", "OST"), one.state("Varda", "VAR")
    one.tells(
        EventType.REQUEST,
        "demanded that Ostrel reopen the lower sluice",
        [varda],
        [ostrel],
        topic="reopen the lower sluice",
    )
    return one, ostrel, varda


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        (EventType.REJECT, "rejected the demand", Answer.REJECTED),
        (EventType.CONCEDE, "gave in to the demand", Answer.ACCEPTED),
        (EventType.CONCEDE, "partly met the demand", Answer.PARTLY),
        (EventType.CONCEDE, "agreed to reopen the lower sluice", Answer.ACCEPTED),
        (EventType.REJECT, "refused to reopen the lower sluice", Answer.REJECTED),
        (EventType.REJECT, "turned down an offer of grain", None),
    ],
)
def test_answers(kind: EventType, words: str, expected: Answer | None) -> None:
    one, ostrel, varda = demanding(f"Ostrel {words}.")
    one.tells(kind, words, [ostrel], [varda])
    (demand,) = fused([one]).demands
    assert (demand.answer, demand.answered_by) == (expected, ("state:OST",) if expected else ())


def test_standing_by_ones_own_demands_answers_nobody() -> None:
    one, ostrel, _ = demanding("Ostrel would not back down from its demands.")
    one.tells(EventType.REJECT, "not back down from its demands", [ostrel])
    (demand,) = fused([one]).demands
    assert demand.answer is None


def test_a_third_sides_refusal_in_other_words_is_no_answer() -> None:
    one, _, varda = demanding("Keld refused to reopen the lower sluice.")
    one.tells(EventType.REJECT, "refused to reopen the lower sluice", [one.state("Keld", "KLD")], [varda])
    (demand,) = fused([one]).demands
    assert demand.answer is None


def test_a_refusal_takes_the_demands_told_just_before_together() -> None:
    one = written(1, "Sluice\nVarda wants the sluice reopened and the toll cut. Ostrel rejected these demands.", "A")
    ostrel, varda = one.state("Ostrel", "OST"), one.state("Varda", "VAR")
    one.tells(EventType.REQUEST, "the sluice reopened", [varda], [ostrel])
    one.tells(EventType.REQUEST, "the toll cut", [varda], [ostrel])
    one.tells(EventType.REJECT, "rejected these demands", [ostrel])
    assert [demand.answer for demand in fused([one]).demands] == [Answer.REJECTED, Answer.REJECTED]


def promising(later: str | None = None, kind: EventType = EventType.COOPERATE) -> list[Writer]:
    one = written(1, "Sluice\nOstrel promised to hand Varda the drawings of the sluice by 20 March.", "A", "2031-03-04")
    one.tells(
        EventType.AGREE,
        "promised to hand Varda the drawings of the sluice",
        [one.state("Ostrel", "OST")],
        [one.state("Varda", "VAR")],
        modality=Modality.PLANNED,
        date="2031-03-20",
    )
    if later is None:
        return [one]
    other = written(2, f"Drawings\nOstrel {later}.", "B", "2031-03-12")
    other.tells(kind, later, [other.state("Ostrel", "OST")])
    return [one, other]


@pytest.mark.parametrize(
    ("later", "kind", "state"),
    [
        ("handed over the drawings of the sluice", EventType.COOPERATE, CommitmentState.KEPT),
        ("failed to hand over the drawings of the sluice", EventType.REJECT, CommitmentState.BROKEN),
        ("retracted its word on the drawings of the sluice", EventType.REJECT, CommitmentState.WITHDRAWN),
        ("again promised the drawings of the sluice", EventType.AGREE, CommitmentState.OPEN),
        ("held a parade", EventType.MOBILIZE, CommitmentState.OPEN),
    ],
)
def test_a_later_report_settles_a_promise(later: str, kind: EventType, state: CommitmentState) -> None:
    promise = next(one for one in fused(promising(later, kind)).commitments if one.due == "2031-03-20")
    assert promise.state is state


def test_a_due_date_that_has_passed_makes_it_overdue_never_broken() -> None:
    (promise,) = fused(promising()).commitments
    assert promise.state is CommitmentState.OPEN
    (promise,) = fused(promising(), today="2031-03-21").commitments
    assert promise.state is CommitmentState.OVERDUE


def test_what_is_stored_is_never_overdue_whatever_the_day_of_the_last_report() -> None:
    (promise,) = fused([*promising(), written(3, "Melons\nNothing else.", "C", "2031-04-01")]).commitments
    assert promise.state is CommitmentState.OPEN
    assert state_on(promise, date(2031, 3, 20)) is CommitmentState.OPEN
    assert state_on(promise, date(2031, 3, 21)) is CommitmentState.OVERDUE


def test_a_planned_parade_is_no_promise() -> None:
    one = written(1, "Parade\nOstrel will hold a parade on Friday.", "A")
    one.tells(
        EventType.MOBILIZE, "hold a parade", [one.state("Ostrel", "OST")], modality=Modality.PLANNED, date="2031-03-07"
    )
    assert fused([one]).commitments == ()


def test_a_promise_on_a_condition_says_so() -> None:
    one = written(1, "Sluice\nOstrel promised to open the sluice if the toll falls.", "A")
    one.tells(
        EventType.AGREE,
        "promised to open the sluice",
        [one.state("Ostrel", "OST")],
        modality=Modality.CONDITIONAL,
        condition="if the toll falls",
    )
    (promise,) = fused([one]).commitments
    assert promise.conditional


def test_a_promise_is_told_by_a_report_that_has_it_as_a_statement() -> None:
    one = written(1, "Sluice\nOstrel promised to hand Varda the drawings of the lower sluice by 20 March.", "A")
    one.tells(
        EventType.AGREE,
        "promised to hand Varda the drawings of the lower sluice",
        [one.state("Ostrel", "OST")],
        [one.state("Varda", "VAR")],
        modality=Modality.PLANNED,
        date="2031-03-20",
    )
    content = "Ostrel would give Varda the drawings of the lower sluice by 20 March"
    other = written(2, f"Drawings\nMira Solen said that {content}.", "B")
    other.state("Ostrel", "OST")
    other.state("Varda", "VAR")
    other.says(other.person("Mira Solen", "OST"), content, cue="said")
    (promise,) = fused([one, other]).commitments
    assert promise.reports == (one.id, other.id)
    assert {cell.report for cell in promise.words} == {one.id, other.id}


def test_who_promises_is_bound_and_who_should_have_it_is_owed() -> None:
    content = "that the mediators would have a map of the sluice by 20 March"
    one = written(1, f"Sluice\nIlya Torvan promised {content}.", "A")
    torvan, mediators = one.person("Ilya Torvan", "VAR"), one.actor("the mediators", ActorKind.GROUP)
    one.says(torvan, content, cue="promised")
    one.tells(
        EventType.AGREE,
        f"promised {content}",
        [mediators],
        [torvan],
        modality=Modality.PLANNED,
        date="2031-03-20",
        topic=content,
    )
    fusion = fused([one])
    (promise,) = fusion.commitments
    assert promise.by == ("person:torvan-ilya",)
    assert len(promise.to) == 1
    assert promise.to != promise.by


@pytest.mark.parametrize(
    "words", ["vowed to punish Varda", "pledged tariffs on Vardan melons", "offered to host talks"]
)
def test_threats_and_offers_are_no_promises(words: str) -> None:
    one = written(1, f"Row\nOstrel {words} by 20 March.", "A")
    one.tells(EventType.AGREE, words, [one.state("Ostrel", "OST")], modality=Modality.PLANNED, date="2031-03-20")
    assert fused([one]).commitments == ()


def test_an_appeal_that_says_nothing_is_no_demand() -> None:
    one = written(1, "Row\nOstrel issued an urgent appeal.", "A")
    one.tells(EventType.REQUEST, "issued an urgent appeal", [one.state("Ostrel", "OST")])
    assert fused([one]).demands == ()


def test_not_giving_in_is_a_refusal_and_announcing_a_reply_no_answer() -> None:
    one, ostrel, varda = demanding("Ostrel would not give in to the demand.")
    one.tells(EventType.CONCEDE, "not give in to the demand", [ostrel], [varda])
    (demand,) = fused([one]).demands
    assert demand.answer is Answer.REJECTED
    one, ostrel, varda = demanding("Ostrel would reply to the demand on the lower sluice by Friday.")
    one.tells(EventType.AGREE, "reply to the demand on the lower sluice", [ostrel], [varda], modality=Modality.PLANNED)
    (demand,) = fused([one]).demands
    assert demand.answer is None


@pytest.mark.parametrize(("answer", "expected"), [("Ostrel refused.", Answer.REJECTED), ("Ostrel spoke.", None)])
def test_a_bare_answer_is_to_the_demand_just_before_it(answer: str, expected: Answer | None) -> None:
    one, ostrel, _ = demanding(answer)
    one.tells(EventType.REJECT, answer.split()[1].rstrip("."), [ostrel])
    (demand,) = fused([one]).demands
    assert demand.answer is expected


def test_what_is_done_at_a_request_accepts_it() -> None:
    one = written(1, "Sluice\nOstrel will hold consultations at Varda's request.", "A")
    ostrel, varda = one.state("Ostrel", "OST"), one.state("Varda", "VAR")
    one.tells(EventType.CONSULT, "hold consultations", [ostrel], modality=Modality.PLANNED)
    one.tells(EventType.REQUEST, "Varda's request", [varda], topic="consultations")
    (demand,) = fused([one]).demands
    assert (demand.answer, demand.answered_by) == (Answer.ACCEPTED, ("state:OST",))


def asking(number: int, words: str) -> Writer:
    one = written(number, f"Sluice\nVarda asked for {words}.", "ABCD"[number])
    one.tells(EventType.REQUEST, f"asked for {words}", [one.state("Varda", "VAR")], topic=words)
    return one


def test_one_sides_demand_for_one_thing_is_one_entry() -> None:
    same = fused([asking(1, "an inquiry into the sluice"), asking(2, "an inquiry into the lower sluice")]).demands
    assert [len(demand.reports) for demand in same] == [2]
    others = fused([asking(1, "an inquiry into the sluice"), asking(2, "grain for its northern towns")]).demands
    assert len(others) == 2


@pytest.mark.parametrize(("words", "held"), [("meet", 1), ("was invited to meet", 0)])
def test_a_meeting_with_a_day_binds_those_who_hold_it(words: str, held: int) -> None:
    one = written(1, f"Row\nVarda and Ostrel {words} on 20 March.", "A")
    sides = [one.state("Varda", "VAR"), one.state("Ostrel", "OST")]
    one.tells(EventType.CONSULT, words, sides, modality=Modality.PLANNED, date="2031-03-20")
    found = fused([one]).commitments
    assert len(found) == held
    assert all((one.by, one.due) == (("state:OST", "state:VAR"), "2031-03-20") for one in found)


def test_what_another_country_says_binds_nobody() -> None:
    one = written(1, "Row\nKeld said Ostrel would withdraw its guards by 20 March.", "A")
    keld, ostrel = one.state("Keld", "KLD"), one.state("Ostrel", "OST")
    said = one.says(keld, "Ostrel would withdraw its guards by 20 March", cue="said")
    told = {"modality": Modality.PLANNED, "date": "2031-03-20"}
    one.tells(EventType.RETREAT, "withdraw its guards", [ostrel], statement=said, **told)  # type: ignore[arg-type]
    assert fused([one]).commitments == ()


def test_a_label_for_anothers_words_is_no_demand() -> None:
    one = written(1, "Row\nOstrel dismissed the condition as a call for surrender of the fort.", "A")
    one.tells(
        EventType.REQUEST, "call for surrender of the fort", [one.state("Ostrel", "OST")], topic="surrender of the fort"
    )
    assert fused([one]).demands == ()


def test_an_urgent_appeal_says_no_more_than_an_appeal() -> None:
    one = written(1, "Row\nVarda issued an urgent appeal. Varda issued an urgent appeal for grain.", "A")
    varda = one.state("Varda", "VAR")
    one.tells(EventType.REQUEST, "issued an urgent appeal", [varda], topic="an urgent appeal")
    assert fused([one]).demands == ()
    one.tells(EventType.REQUEST, "issued an urgent appeal for grain", [varda], topic="grain")
    assert len(fused([one]).demands) == 1


@pytest.mark.parametrize(
    ("words", "held"),
    [("Keld's speaker expects that Varda will back the sluice plan.", 0), ("Varda will back the sluice plan.", 1)],
)
def test_what_somebody_only_expects_binds_nobody(words: str, held: int) -> None:
    one = written(1, f"Row\n{words}", "A")
    one.tells(
        EventType.AGREE, "back the sluice plan", [one.state("Varda", "VAR")], topic="the sluice plan",
        modality=Modality.PLANNED,
    )  # fmt: skip
    assert len(fused([one]).commitments) == held


@pytest.mark.parametrize(("when", "due"), [("earlier this year", None), ("this year", "2031")])
def test_what_was_agreed_earlier_this_year_is_not_due_by_its_end(when: str, due: str | None) -> None:
    one = written(1, f"Row\nVarda agreed to reopen the sluice {when}.", "A")
    one.dates("this year", "2031")
    words = f"to reopen the sluice {when}"
    one.tells(EventType.AGREE, f"agreed {words}", [one.state("Varda", "VAR")], topic=words, modality=Modality.PLANNED)
    (promise,) = fused([one]).commitments
    assert promise.due == due
