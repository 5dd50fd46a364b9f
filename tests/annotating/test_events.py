import time
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.annotating.test_events_cases import entities_in, events_of, report_of

from onrecord.annotating.events import find_events
from onrecord.annotating.parse import parse
from onrecord.model import (
    Act,
    Annotation,
    Event,
    EventType,
    Modality,
    Place,
    PlaceMention,
    Span,
    Statement,
    StatementKind,
    TimeMention,
)

LAKEPORT = Place("Lakeport", "ALD", 1.0, 2.0)


def marked(
    text: str, *, times: dict[str, str] | None = None, statement: tuple[str, str, str] | None = None
) -> Annotation:
    """Marks with the named times, every "Lakeport" as a place, and one statement (speaker, cue, content)."""

    def where(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    said: tuple[Statement, ...] = ()
    if statement is not None:
        speaker, cue, content = statement
        said = (
            Statement(
                "r0.s1", "r0", (speaker,), StatementKind.INDIRECT, Act.SPEECH, (where(content),), cue=(where(cue),)
            ),
        )
    return Annotation(
        "r0",
        entities=tuple(entities_in(text)),
        times=tuple(sorted((TimeMention(where(w), e) for w, e in (times or {}).items()), key=lambda t: t.span)),
        places=(PlaceMention(where("Lakeport"), LAKEPORT),) if "Lakeport" in text else (),
        statements=said,
    )


def events(text: str, marks: Annotation, day: str | None = "2031-05-07") -> tuple[Event, ...]:
    report = replace(report_of(text), published=day)
    return find_events(report, parse(report), marks).events


def test_a_promise_has_its_due_time_and_what_is_promised() -> None:
    text = "Aldoria agreed on Tuesday to send Borvia a written answer next week."
    (event,) = events(text, marked(text, times={"Tuesday": "2031-05-06", "next week": "2031-05-12/2031-05-18"}))
    assert (event.type, event.modality, event.date) == (
        EventType.AGREE,
        Modality.PLANNED,
        "2031-05-12/2031-05-18",
    )
    assert event.topic is not None
    assert event.topic.of(text) == "to send Borvia a written answer next week"


def test_a_meeting_has_its_own_time_and_place() -> None:
    text = "Aldoria and Borvia held talks in Lakeport on Tuesday, and Cestria votes on Friday."
    (event,) = events(text, marked(text, times={"Tuesday": "2031-05-06", "Friday": "2031-05-09"}))
    assert (event.date, event.place, event.targets) == ("2031-05-06", LAKEPORT, ())
    assert set(event.sources) == {"ALD", "BOR"}


def test_a_meeting_is_not_with_its_place() -> None:
    text = "Borvian and Cestrian envoys held talks in Aldoria."
    (event,) = events_of(text)
    assert set(event.sources) == {"BOR", "CES"}


def test_a_minister_stands_with_his_state() -> None:
    event, wanted = events_of("Ilan Dresk urged Cestria to free the crew.")
    assert event.sources == ("dresk", "BOR")
    assert (wanted.type, wanted.modality, wanted.sources) == (EventType.RETREAT, Modality.DEMANDED, ("CES",))


def test_each_demanded_thing_is_an_event_with_its_own_words() -> None:
    text = "Borvia issued a list of demands to Cestria, including that it free the crew and that it leave the bay."
    first, second = events_of(text)
    assert first.topic is not None
    assert first.topic.of(text) == "that it free the crew"
    assert second.span.of(text) == "that it leave the bay"
    assert {event.type for event in (first, second)} == {EventType.REQUEST}


def test_a_threat_has_its_condition() -> None:
    text = "Aldoria warned that Borvia would face a harsh response if it crossed the river."
    (event,) = events_of(text)
    assert event.condition is not None
    assert event.condition.of(text) == "if it crossed the river"
    assert event.span.of(text) == "would face a harsh response if it crossed the river"


def test_a_denial_is_told_from_the_word_that_denies() -> None:
    text = "Borvia denied that it plans to invade Cestria."
    (event,) = events_of(text)
    assert event.span.of(text) == "denied that it plans to invade Cestria"


def test_an_event_knows_the_statement_it_stands_in() -> None:
    text = "Mara Tolvic said that Borvia had bombed Cestria."
    marks = marked(text, statement=("tolvic", "said", "that Borvia had bombed Cestria"))
    (event,) = events(text, marks)
    assert event.statement == "r0.s1"


def test_these_demands_are_those_told_before() -> None:
    first, second = events_of("Borvia issued demands to Cestria. Cestria rejected these demands.")
    assert (first.type, second.type) == (EventType.REQUEST, EventType.REJECT)
    assert second.targets == ("BOR",)


def test_the_talks_are_those_told_before_where_they_were_held() -> None:
    text = "Aldoria and Borvia held talks in Lakeport on Tuesday. The two-hour talks calmed nobody."
    first, second = events(text, marked(text, times={"Tuesday": "2031-05-06"}))
    assert second.span.of(text) == "The two-hour talks"
    assert (second.sources, second.date, second.place) == (first.sources, first.date, first.place)


def test_a_demand_told_in_quotation_is_its_speakers() -> None:
    text = "The best way for Borvia to prove its good faith would be by withdrawing its guns."
    marks = marked(text, statement=("ALD", "way", text))
    (event,) = events(text, marks)
    assert (event.sources, event.targets) == (("ALD",), ("BOR",))


def test_a_toll_is_kept_without_its_doer() -> None:
    (event,) = events_of("At least 40 people were killed and 12 wounded in the city.")
    assert [(q.value, q.unit, q.bound) for q in event.quantities][:1] == [(40, "dead", "at-least")]


def test_one_happening_told_by_joined_verbs_is_one_event() -> None:
    (event,) = events_of("Borvia killed 5 soldiers and wounded 9 officers in Cestria.")
    assert [(q.value, q.unit) for q in event.quantities] == [(5, "soldier"), (9, "officer")]


def test_nothing_is_told_by_questions_and_double_negations() -> None:
    for text in (
        "Will Borvia invade Cestria?",
        "Borvia did not deny that it had bombed Cestria.",
        "Nobody said that Borvia had attacked Cestria or that it had not.",
        "Borvia: attack, talks, sanctions, Cestria",
    ):
        assert events_of(text) == (), text


_WORDS = (
    "Borvia Cestria Aldoria denied attacked sanctions talks with to that if not would “ ” \" ' , : ; ( ) – 40,000"
    " troops demands including and or who said by killing of withdraw before \n 12 . ? its Mara Tolvic one billion 3-4"
).split(" ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join) | st.text(max_size=80))
def test_no_text_breaks_the_stage_and_every_span_lies_in_it(text: str) -> None:
    found = events_of(text)
    assert [event.id for event in found] == [f"r0.e{n}" for n in range(1, len(found) + 1)]
    for event in found:
        for span in (event.span, event.topic, event.condition, *(q.span for q in event.quantities)):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert 0 < event.confidence <= 1
        nameless = event.type in (EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.RETREAT)
        wanted = event.modality is Modality.DEMANDED
        assert event.sources or event.targets or event.quantities or nameless or wanted


def test_a_sentence_ten_times_as_long_costs_about_ten_times_as_much() -> None:
    def cost(clauses: int) -> float:
        text = "Borvia said " + " and ".join(["that Aldoria attacked Cestria and demanded talks"] * clauses) + "."
        report = report_of(text)
        parsed, marks = parse(report), Annotation("r0", entities=tuple(entities_in(text)))
        times = []
        for _ in range(3):
            began = time.process_time()
            find_events(report, parsed, marks)
            times.append(time.process_time() - began)
        return min(times)

    # quadratic growth would be a hundred times
    assert cost(200) < 35 * max(cost(20), 0.002)
