"""What is joined and what is kept apart, pair by pair."""

import re
from dataclasses import replace

import pytest

from onrecord.fusing.claims import claim_id
from onrecord.fusing.fuse import fuse_story
from onrecord.model import (
    ActorKind,
    Block,
    BlockKind,
    DisagreementKind,
    EventType,
    Modality,
    Span,
    StatementKind,
    Status,
    VariantKind,
)
from tests.fusing.builders import KELM, Writer, actor_of, written
from tests.fusing.quarrel import fused


def two(first: str, second: str, *, days: tuple[str, str] = ("2031-03-04", "2031-03-04")) -> tuple[Writer, Writer]:
    return (
        written(1, f"Quarrel\n{first}", "Harbour Courier", days[0]),
        written(2, f"Ferry row\n{second}", "Morrow Herald", days[1]),
    )


def test_claims_that_begin_in_one_report_lie_side_by_side_in_a_store() -> None:
    ids = [claim_id(f"r{report:016x}.s{number}") for report in range(4) for number in range(30)]
    assert len(set(ids)) == len(ids)
    assert len({one[:5] for one in ids}) == 4
    assert all(re.fullmatch("c[0-9a-f]{16}", one) for one in ids)


def said(first: str, second: str, kinds: tuple[StatementKind, StatementKind]) -> tuple[bool, list[VariantKind]]:
    """Whether Mira Solen's two statements are one claim, and its variants."""
    pair = two(f"Mira Solen said: {first}", f"Mira Solen said: {second}")
    for writer, content, kind in zip(pair, (first, second), kinds, strict=True):
        if "Varda" in content:
            writer.state("Varda", "VAR")
        writer.says(writer.person("Mira Solen", "OST"), content, cue="said", kind=kind)
    claims = fused(list(pair)).claims
    return len(claims) == 1, [variant.kind for claim in claims for variant in claim.variants]


DIRECT, INDIRECT = StatementKind.DIRECT, StatementKind.INDIRECT


@pytest.mark.parametrize(
    ("first", "second", "kinds", "variant"),
    [
        (
            "“The bridge will open when the last crate has been counted,”",
            "“The bridge will open when the last crate has been counted.”",
            (DIRECT, DIRECT),
            VariantKind.VERBATIM,
        ),
        (
            "“We came to listen, and we heard nothing that we had not read in the papers last week,”",
            "“we heard nothing that we had not read in the papers”",
            (DIRECT, DIRECT),
            VariantKind.CUT,
        ),
        (
            "“I do not know if this bridge takes us to the other bank. Ask me when their engineers have answered,”",
            "“I don't know whether this bridge leads us to the other side. Ask me after an answer of their engineers.”",
            (DIRECT, DIRECT),
            VariantKind.REWORDED,
        ),
        (
            "“Our engineers will hand the drawings of the lower sluice to the Vardan side before the thaw,”",
            "that Ostrelian engineers would hand over drawings of the lower sluice before the thaw",
            (DIRECT, INDIRECT),
            VariantKind.INDIRECT,
        ),
    ],
)
def test_one_utterance_in_two_wordings(
    first: str, second: str, kinds: tuple[StatementKind, StatementKind], variant: VariantKind
) -> None:
    assert said(first, second, kinds) == (True, [variant])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("“The talks on the ferry were long,”", "“The ferry belongs to both banks,”"),
        (
            "that Ostrel would send its engineers to the sluice",
            "that Ostrel would not send its engineers to the sluice",
        ),
        ("that Varda must reopen the bridge", "that Varda had broken the treaty on the lower sluice"),
        ("“We are ready for talks on the ferry line,”", "“We are ready for war over the ferry line,”"),
        ("“We will see,”", "“We will see,” the keeper had told her"),
    ],
)
def test_other_utterances_on_the_same_topic_stay_apart(first: str, second: str) -> None:
    first_kind, second_kind = (DIRECT if words[0] == "“" else INDIRECT for words in (first, second))
    assert not said(first, second, (first_kind, second_kind))[0]


def test_one_voice_needs_but_a_word_of_content_in_common() -> None:
    first, second = "that the gap had become smaller", "that the delegations had narrowed the rift"
    assert said(first, second, (INDIRECT, INDIRECT))[0]


def test_a_lone_word_does_not_join_a_third_report() -> None:
    told = ("“The rift is as wide as the river,”", "“the rift is as wide as the river”", "the rift would be closed")
    writers = [
        written(n, f"Quarrel {n}\nMira Solen said: {words}", f"Courier {n}", "2031-03-04")
        for n, words in enumerate(told, start=1)
    ]
    for writer, words in zip(writers, told, strict=True):
        writer.says(writer.person("Mira Solen", "OST"), words, cue="said", kind=DIRECT if words[0] == "“" else INDIRECT)
    assert sorted(len(claim.reports) for claim in fused(writers).claims) == [1, 2]


@pytest.mark.parametrize(("over", "claims"), [(BlockKind.TITLE, [3]), (BlockKind.PARAGRAPH, [1, 2])])
def test_a_headline_and_the_body_that_says_it_again_are_told_by_one_report_once(
    over: BlockKind, claims: list[int]
) -> None:
    told = "the reply to more of such raids would be far harsher"
    above, below = "answer to more such raids will be far tougher", "the response would be incomparably harsher"
    one, other = two(f"Mira Solen said {told}.", f"Mira Solen: {above}\nMira Solen warned that {below}.")
    one.says(one.person("Mira Solen", "OST"), told, cue="said")
    for words in (above, below):
        other.says(other.person("Mira Solen", "OST"), words)
    report = other.report()
    place = other.span(above)
    block = Block(Span(place.start - len("Mira Solen: "), place.end), over)
    reports = [one.report(), replace(report, blocks=(block,))]
    found = fuse_story(reports, [one.marks(), other.marks()], actor_of([one, other])).claims
    assert sorted(len(claim.members) for claim in found) == claims


def test_the_same_words_of_two_speakers_stay_apart() -> None:
    words = "“The bridge will open when the last crate has been counted,”"
    one, other = two(f"{words} Mira Solen said.", f"{words} Ilya Torvan said.")
    one.quotes(one.person("Mira Solen", "OST"), words)
    other.quotes(other.person("Ilya Torvan", "VAR"), words)
    assert len(fused([one, other]).claims) == 2


def test_a_minister_and_her_state_can_be_one_speaker() -> None:
    words = "the drawings of the lower sluice would be handed over before the thaw"
    one, other = two(f"Mira Solen said {words}.", f"Ostrel said {words}.")
    one.says(one.person("Mira Solen", "OST"), words)
    other.says(other.state("Ostrel", "OST"), words)
    assert len(fused([one, other]).claims) == 1


def test_a_meeting_on_another_day_another_level_or_in_another_place_stays_apart() -> None:
    one = written(
        1, "Talks\nMira Solen met Ilya Torvan in Kelm. Earlier their deputies held a meeting. The presidents met.", "A"
    )
    solen, torvan = one.person("Mira Solen", "OST"), one.person("Ilya Torvan", "VAR")
    states = [one.state("Ostrel", "OST"), one.state("Varda", "VAR")]
    one.tells(EventType.CONSULT, "met", [solen, torvan], date="2031-03-04", place=KELM)
    one.tells(EventType.CONSULT, "their deputies held a meeting", states, place=KELM)
    one.tells(EventType.CONSULT, "presidents met", [one.person("Oskar Brand", "OST"), one.person("Rhea Sund", "VAR")])
    assert len(fused([one]).claims) == 3


def test_what_is_planned_and_what_is_done_stay_apart_without_a_date() -> None:
    one, other = two("Ostrel will drill at the sluice.", "Ostrel drilled at the sluice.")
    one.tells(EventType.MOBILIZE, "drill at the sluice", [one.state("Ostrel", "OST")], modality=Modality.PLANNED)
    other.tells(EventType.MOBILIZE, "drilled at the sluice", [other.state("Ostrel", "OST")])
    assert len(fused([one, other]).claims) == 2


def test_a_deed_that_one_tells_and_another_denies_is_two_claims_that_show_their_denial() -> None:
    one, other = two("Varda says Ostrel shelled the lower sluice.", "Ostrel denied that it shelled the sluice.")
    one.tells(EventType.ASSAULT, "shelled the lower sluice", [one.state("Ostrel", "OST")], modality=Modality.ALLEGED)
    other.tells(
        EventType.ASSAULT, "denied that it shelled the sluice", [other.state("Ostrel", "OST")], modality=Modality.DENIED
    )
    claims = fused([one, other]).claims
    assert [claim.status for claim in claims] == [Status.DISPUTED, Status.DISPUTED]
    assert {one.kind for claim in claims for one in claim.disagreements} == {DisagreementKind.DENIAL}


@pytest.mark.parametrize(
    ("numbers", "days", "disputed"),
    [
        ((("40", 40, "dead", "exact"), ("43", 43, "dead", "exact")), ("2031-03-04", "2031-03-04"), True),
        ((("40", 40, "dead", "at-least"), ("43", 43, "dead", "exact")), ("2031-03-04", "2031-03-04"), False),
        ((("40", 40, "dead", "exact"), ("43", 43, "dead", "exact")), ("2031-03-04", "2031-03-05"), False),
        ((("43", 43, "dead", "exact"), ("40", 40, "dead", "exact")), ("2031-03-04", "2031-03-05"), True),
        ((("40", 40, "ship", "exact"), ("43", 43, "ship", "exact")), ("2031-03-04", "2031-03-05"), True),
    ],
)
def test_numbers_dispute_unless_their_bounds_or_a_later_day_explain_them(
    numbers: tuple[tuple[str, float, str, str], tuple[str, float, str, str]], days: tuple[str, str], disputed: bool
) -> None:
    pair = two(f"A raid on Kelm took {numbers[0][0]}.", f"The raid on Kelm took {numbers[1][0]}.", days=days)
    for writer, number in zip(pair, numbers, strict=True):
        words = f"raid on Kelm took {number[0]}"
        writer.tells(EventType.ASSAULT, words, [writer.state("Kelm", "OST")], date="2031-03-03", numbers=[number])
    (claim,) = fused(list(pair)).claims
    assert (claim.status is Status.DISPUTED) is disputed


def test_two_reports_of_one_outlet_are_one_telling() -> None:
    one, other = two("Ostrel shelled the lower sluice.", "Ostrel shelled the lower sluice again, we hear.")
    other.outlet = one.outlet
    for writer in (one, other):
        writer.tells(EventType.ASSAULT, "shelled the lower sluice", [writer.state("Ostrel", "OST")])
    (claim,) = fused([one, other]).claims
    assert (claim.status, claim.independent, len(claim.reports)) == (Status.SINGLE, 1, 2)


def test_a_statement_of_nobody_and_marks_without_words_are_claims_too() -> None:
    one = written(1, "Talks\n— … —")
    one.says(None, "— … —")
    one.tells(EventType.CONSULT, "…")
    assert len(fused([one]).claims) == 2


def test_a_telling_on_another_outlets_word_is_no_second_origin() -> None:
    told = "massed 40,000 soldiers along the border"
    statuses = []
    for source in ("the Harbour Courier", "a clerk"):
        own, other = two(f"Ostrel {told}.", f"Ostrel {told}, {source} reported.")
        own.tells(EventType.MOBILIZE, told, [own.state("Ostrel", "OST")])
        statement = other.says(None, f"Ostrel {told}", cue="reported")
        other.statements[-1] = replace(other.statements[-1], source=(other.span(source),))
        other.tells(EventType.MOBILIZE, told, [other.state("Ostrel", "OST")], statement=statement)
        (claim,) = [one for one in fused([own, other]).claims if one.kind == "event"]
        statuses.append((claim.independent, claim.status))
    assert statuses == [(1, Status.SINGLE), (2, Status.CORROBORATED)]


def test_parties_without_a_name_contradict_none_of_another_name() -> None:
    pair = two("Kelm's gunners killed 12 medics in Tarn.", "Kelm's gunners killed 12 aid workers in Tarn.")
    for writer, hit in zip(pair, ("medics", "aid workers"), strict=True):
        words = f"killed 12 {hit} in Tarn"
        target = writer.actor(hit, ActorKind.GROUP)
        numbers = [("12", 12.0, "people", "exact")]
        writer.tells(EventType.ASSAULT, words, [writer.state("Kelm", "KEL")], [target], numbers=numbers)
    (claim,) = fused(list(pair)).claims
    assert len(claim.members) == 2
    assert not any(one.kind is DisagreementKind.PARTY for one in claim.disagreements)
