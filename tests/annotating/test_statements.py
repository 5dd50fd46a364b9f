"""The statements stage over a scripted tagger: what it makes of attributions, whatever the weights say."""

import re
from collections.abc import Sequence
from typing import cast

import pytest

from onrecord.annotating.actors import find_actors
from onrecord.annotating.attribution import Attribution, AttributionTagger
from onrecord.annotating.parse import parse
from onrecord.annotating.sentences import find_sentences
from onrecord.annotating.statements import StatementFinder
from onrecord.annotating.statements.typing import act_of, anonymity_of, settings_in
from onrecord.annotating.times import find_times
from onrecord.model import Act, Annotation, Anonymity, Block, BlockKind, Report, Span, Statement, StatementKind

_MARK = re.compile(r"\[([SCT])(\d) (.*?)\]", re.DOTALL)
_ROLE = {"S": "source", "C": "cue", "T": "content"}


class Scripted:
    """A tagger that gives the attributions written into the text as [S1 source] [C1 cue] [T1 content]."""

    def __init__(self, marked: str) -> None:
        self.text, at = "", 0
        found: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for match in _MARK.finditer(marked):
            self.text += marked[at : match.start()]
            start = len(self.text)
            self.text += match.group(3)
            spans = found.setdefault(match.group(2), {"source": [], "cue": [], "content": []})
            spans[_ROLE[match.group(1)]].append((start, len(self.text)))
            at = match.end()
        self.text += marked[at:]
        self.attributions = tuple(
            Attribution(tuple(one["source"]), tuple(one["cue"]), tuple(one["content"]), 0.9) for one in found.values()
        )

    def __call__(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Attribution, ...]:
        return self.attributions


def statements(marked: str) -> tuple[str, dict[str, str], tuple[Statement, ...]]:
    tagger = Scripted(marked)
    blocks, at = [], 0
    for paragraph in tagger.text.split("\n\n"):
        blocks.append(Block(Span(at, at + len(paragraph)), BlockKind.PARAGRAPH))
        at += len(paragraph) + 2
    report = Report("r1", "a.txt", "0", tagger.text, tuple(blocks), published="2025-03-04", language="en")
    parsed, marks = parse(report), Annotation("r1")
    for stage in (find_sentences, find_times, find_actors, StatementFinder(cast(AttributionTagger, tagger))):
        marks = stage(report, parsed, marks)
    names = {entity.id: entity.name for entity in marks.entities}
    return tagger.text, names, marks.statements


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[S1 Mira Solen] [C1 said]: [T1 “We will answer.”]", StatementKind.DIRECT),
        ("[T1 'We will answer,'] [S1 Mira Solen] [C1 said].", StatementKind.DIRECT),
        ("[S1 Mira Solen] [C1 said] [T1 that they would answer]", StatementKind.INDIRECT),
        ("[S1 Mira Solen] [C1 called] [T1 the talks “frank”]", StatementKind.MIXED),
        ("[S1 Mira Solen] [C1 praised] [T1 the envoys’ patience and the ministers’ calm]", StatementKind.INDIRECT),
    ],
)
def test_the_kind_follows_the_quotation_marks(marked: str, kind: StatementKind) -> None:
    assert statements(marked)[2][0].kind is kind


@pytest.mark.parametrize(
    ("lemmas", "act"),
    [
        (("say",), Act.SPEECH),
        (("have", "deny"), Act.SPEECH),
        (("reject",), Act.POSITION),
        (("call", "for"), Act.POSITION),
        (("believe",), Act.BELIEF),
        (("say", "he", "believe"), Act.SPEECH),
        (("frobnicate",), Act.SPEECH),
        ((), Act.SPEECH),
    ],
)
def test_the_act_follows_the_cue(lemmas: tuple[str, ...], act: Act) -> None:
    assert act_of(lemmas, StatementKind.INDIRECT) is act


def test_a_belief_told_in_the_words_of_the_source_was_said() -> None:
    assert act_of(("believe",), StatementKind.DIRECT) is Act.SPEECH


@pytest.mark.parametrize(
    ("lemmas", "kind"),
    [
        (("two", "western", "diplomat"), Anonymity.UNNAMED_OFFICIAL),
        (("people", "familiar", "with", "the", "talk"), Anonymity.SOURCES),
        (
            (
                "local",
                "medium",
            ),
            None,
        ),
        (("local", "media"), Anonymity.OTHER_OUTLET),
        ((), Anonymity.NONE_TOLD),
    ],
)
def test_nameless_sources_are_typed(lemmas: tuple[str, ...], kind: Anonymity | None) -> None:
    assert anonymity_of(lemmas, named=False) is kind


def test_speakers_are_resolved_to_entities_pronouns_too() -> None:
    _, names, found = statements(
        "Vardan foreign minister Ilya Torvan left Kelm on Tuesday. [S1 He] [C1 said] [T1 the talks were over]."
    )
    assert [names[speaker] for speaker in found[0].speakers] == ["Ilya Torvan"]


def test_a_quotation_in_a_paragraph_of_its_own_continues_the_speaker() -> None:
    text, names, found = statements(
        "Foreign minister Mira Solen spoke in Kelm. [S1 Solen] [C1 said] [T1 the answer would come].\n\n"
        "“We have nothing to hide and we will prove it, page by page.”"
    )
    assert len(found) == 2
    floating = found[1]
    assert floating.content[0].of(text) == "“We have nothing to hide and we will prove it, page by page.”"
    assert floating.inferred
    assert [names[speaker] for speaker in floating.speakers] == ["Mira Solen"]


def test_a_quotation_far_from_any_speaker_is_nobodys() -> None:
    _, _, found = statements(
        "[S1 Mira Solen] [C1 said] [T1 the answer would come].\n\n"
        "The river rose. The bridge held. Nobody crossed it.\n\n"
        "“We have nothing to hide and we will prove it, page by page.”"
    )
    assert found[1].speakers == ()
    assert found[1].anonymity is Anonymity.NONE_TOLD


def test_an_attribution_inside_another_knows_it() -> None:
    tagger = Scripted("[S1 The ministry] [C1 said] [T1 that Solen promised peace].")
    inner = tagger.text.index("Solen"), tagger.text.index("promised"), tagger.text.index("peace")
    source, cue, content = (
        ((at, at + len(word)),) for at, word in zip(inner, ("Solen", "promised", "peace"), strict=True)
    )
    tagger.attributions += (Attribution(source, cue, content, 0.9),)
    report = Report("r1", "a.txt", "0", tagger.text, (Block(Span(0, len(tagger.text)), BlockKind.PARAGRAPH),))
    parsed, marks = parse(report), Annotation("r1")
    for stage in (find_sentences, find_actors, StatementFinder(cast(AttributionTagger, tagger))):
        marks = stage(report, parsed, marks)
    assert [one.inside for one in marks.statements] == [None, "r1.s1"]


def test_the_time_and_the_setting_of_saying_are_told() -> None:
    text, _, found = statements(
        "On Monday [S1 Mira Solen] [C1 told] reporters [T1 that the talks of last week failed]."
    )
    assert found[0].said == "2025-03-03"
    assert [span.of(text) for span in found[0].setting] == ["told reporters"]


def test_a_source_that_is_no_known_actor_is_called_by_the_words_of_its_head() -> None:
    _, names, found = statements("[T1 The bridge is closed], [C1 according to] [S1 a notice on the door].")
    assert all(speaker in names or speaker == "a notice" for speaker in found[0].speakers)


def _told(marked: str) -> list[tuple[list[str], list[str], list[str]]]:
    """Speakers, cues and contents of the statements made of a marked text."""
    text, names, found = statements(marked)
    return [
        (
            [names.get(speaker, speaker) for speaker in one.speakers],
            [span.of(text) for span in one.cue],
            [span.of(text) for span in one.content],
        )
        for one in found
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "[C1 Asked about] [T1 the dam], Mira Solen left the hall in Kelm.",
        "[S1 Mira Solen] [C1 read] [T1 it].",
        "[S1 President Mira Solen] [C1 called] [T1 up reservists].",
        "[C1 There was no word of] [T1 the missing ships].",
        "[T1 the river, which rose on Monday]",
        "[S1 You] [C1 might expect] [T1 a storm].",
    ],
)
def test_what_nobody_says_is_no_statement(marked: str) -> None:
    assert _told(marked) == []


def test_a_headline_that_tells_its_topic_is_no_statement() -> None:
    assert _told("[S1 Ukraine][C1 :] [T1 talks go on in Kelm]\n\nThe talks were long.") == []
    assert len(_told("[S1 Mira Solen][C1 :] [T1 talks go on in Kelm]\n\nThe talks were long.")) == 1


def test_doubtful_attributions_are_left_out() -> None:
    marked = "[S1 Mira Solen] [C1 said] [T1 that they would answer]."
    tagger = Scripted(marked)
    tagger.attributions = tuple(Attribution(one.source, one.cue, one.content, 0.2) for one in tagger.attributions)
    report = Report("r1", "a.txt", "0", tagger.text, (Block(Span(0, len(tagger.text)), BlockKind.PARAGRAPH),))
    parsed, marks = parse(report), Annotation("r1")
    for stage in (find_sentences, find_actors, StatementFinder(cast(AttributionTagger, tagger))):
        marks = stage(report, parsed, marks)
    assert marks.statements == ()


def test_a_cue_without_a_source_has_the_subject_that_it_shares() -> None:
    (told,) = _told("Hungary closed the bridge on Monday, [C1 saying] [T1 that it was unsafe].")
    assert told[0] == ["Hungary"]


def test_a_passive_cue_has_its_agent() -> None:
    (told,) = _told("[T1 The demand] [C1 was described] [T1 as “a joke” by] Mira Solen, who leads the party.")
    assert told[0] == ["Mira Solen"]
    assert told[2] == ["The demand", "as “a joke”"]


def test_who_is_quoted_speaks() -> None:
    (told,) = _told("[S1 The agency] [C1 quoted] [T1 Mira Solen as saying]: [T1 “We are not afraid of anybody.”]")
    assert told[0] == ["Mira Solen"]
    assert told[2] == ["“We are not afraid of anybody.”"]


def test_a_second_cue_within_a_content_is_a_statement_of_its_own() -> None:
    found = _told("[S1 Mira Solen] [C1 said] [T1 the dam would hold and called for an inquiry].")
    assert found == [
        (["Mira Solen"], ["said"], ["the dam would hold"]),
        (["Mira Solen"], ["called for"], ["an inquiry"]),
    ]


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("[S1 Mira Solen] [C1 condemned] [T1 the takeover and recalled its envoy on Monday].", "the takeover"),
        ("[S1 Mira Solen] [C1 demanded] [T1 the ships, holding the guards responsible].", "the ships"),
        (
            "[S1 Mira Solen] [C1 said] [T1 that they had dissolved the house, closed the border and left].",
            "that they had dissolved the house, closed the border and left",
        ),
    ],
)
def test_what_the_source_did_besides_is_no_content(marked: str, content: str) -> None:
    assert _told(marked)[0][2] == [content]


def test_a_content_does_not_break_off() -> None:
    (told,) = _told("[S1 Mira Solen] [C1 rejected] [T1 a deal unless] the troops left Kelm.")
    assert told[2] == ["a deal unless the troops left Kelm"]
    (told,) = _told("[S1 Mira Solen] [C1 refused] [T1 the offer that she had heard of].")
    assert told[2] == ["the offer that she had heard of"]


def test_what_is_said_of_an_object_belongs_to_the_content_behind_a_clause_too() -> None:
    marked = "[S1 Ana Kell] [C1 described] [T1 the long consultations], held in Kelm under a tree, as constructive."
    assert _told(marked)[0][2] == ["the long consultations, held in Kelm under a tree, as constructive"]
    marked = "[S1 Ana Kell] [C1 described] [T1 the long consultations], and the envoy left as a friend."
    assert _told(marked)[0][2] == ["the long consultations"]


def test_verbs_of_diplomacy_are_statements_where_the_tagger_sees_none() -> None:
    found = _told("Foreign minister Mira Solen welcomed the truce and invited both sides to Kelm.")
    assert [(who, cue) for who, cue, _ in found] == [(["Mira Solen"], ["welcomed"]), (["Mira Solen"], ["invited"])]
    assert _told("The river welcomed the rain. Nobody would invite both sides to Kelm.") == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Two diplomats briefed on the talks", ["Two diplomats"]),
        ("a local doctor, who was not there,", ["a local doctor"]),
        ("they", []),
        ("nobody", []),
    ],
)
def test_an_unnamed_source_is_called_by_its_head(source: str, name: list[str]) -> None:
    (told,) = _told(f"[T1 The bridge was closed], [S1 {source}] [C1 said].")
    assert told[0] == name or (source.startswith("Two") and told[0] == ["diplomats"])


def test_i_within_what_somebody_says_is_who_says_it() -> None:
    tagger = Scripted("[T1 “I told them that the dam is safe,”] [S1 Mira Solen] [C1 said].")
    at = tagger.text.index("I told")
    inner = Attribution(((at, at + 1),), ((at + 2, at + 6),), ((at + 12, at + 32),), 0.9)
    tagger.attributions += (inner,)
    report = Report("r1", "a.txt", "0", tagger.text, (Block(Span(0, len(tagger.text)), BlockKind.PARAGRAPH),))
    parsed, marks = parse(report), Annotation("r1")
    for stage in (find_sentences, find_actors, StatementFinder(cast(AttributionTagger, tagger))):
        marks = stage(report, parsed, marks)
    speakers = {one.speakers for one in marks.statements}
    assert len(marks.statements) == 2
    assert len(speakers) == 1


def test_a_happening_says_nothing() -> None:
    assert _told("[S1 The two-]hour meeting in Kelm [C1 sought] [T1 to end the crisis].") == []


def test_a_source_does_not_break_off() -> None:
    text, _, found = statements("[S1 Soldiers in] Hungary [C1 said] [T1 that they had taken the bridge].")
    assert [span.of(text) for span in found[0].source] == ["Soldiers in Hungary"]
    assert found[0].speakers == ("Soldiers in Hungary",)


def test_a_heading_in_quotation_marks_is_no_speech() -> None:
    assert (
        _told("[S1 Mira Solen] [C1 said] [T1 it was late].\n\n‘Nobody came to the river’\n\nThe day was long.")[1:]
        == []
    )


def test_what_has_no_voice_is_no_source() -> None:
    assert _told("The tone of the paper was calm, [C1 calling for] [T1 restraint on all sides].") == []


def test_a_content_broken_off_at_a_clause_is_one() -> None:
    (told,) = _told("[T1 The minister, who] was ill on Monday, [T1 is safe], [S1 Hungary] [C1 said].")
    assert told[2] == ["The minister, who was ill on Monday, is safe"]


def test_what_is_done_is_no_statement_unless_words_are_quoted() -> None:
    _, _, found = statements(
        "[S1 Vardia] [C1 imposed] [T1 sanctions on four ministers]. [S2 Kell] [C2 launched] [T2 “a crusade of lies”]."
    )
    assert len(found) == 1
    assert found[0].kind is StatementKind.DIRECT


@pytest.mark.parametrize(
    "form",
    [
        "told reporters",
        "speaking to journalists",
        "with reporters",
        "at a press conference",
        "issued a statement",
        "during a news briefing",
        "via a statement",
        "before parliament",
        "on Telegram",
        "addressing lawmakers",
        "telling MPs",
        "in an interview with Radio Lunt",
    ],
)
def test_each_form_of_saying_is_found_whatever_letter_it_begins_with(form: str) -> None:
    text = f"The minister, {form}, denied it."
    found = settings_in(text, Span(0, len(text)), ())
    assert [span.of(text) for span in found] == [form]
