"""What the ledger stands on: conditions that are demands, announcements that bind, and who is meant by "both sides"."""

import pytest
from tests.annotating.reporting import report_of, with_actors
from tests.annotating.test_events_cases import events_of

from onrecord.annotating.events import find_events
from onrecord.annotating.times import find_times
from onrecord.model import Event, EventType, Modality


def dated(text: str) -> tuple[Event, ...]:
    """The events of a report of 21 January 2022, with its actors and times as the stages find them."""
    report = report_of(text)
    parsed, marks = with_actors(report)
    return find_events(report, parsed, find_times(report, parsed, marks)).events


def asked(text: str) -> list[str]:
    """What the demands of a text want."""
    return [(e.topic or e.span).of(text) for e in events_of(text) if e.type is EventType.REQUEST]


def bound(text: str) -> list[str]:
    """What the announcements of a text promise."""
    return [(e.topic or e.span).of(text) for e in dated(text) if e.type is EventType.AGREE]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Borvia said it would reopen the border if Cestria released the prisoners.",
            "if Cestria released the prisoners",
        ),
        ("Borvia will not sign the treaty until Cestria withdraws its troops.", "until Cestria withdraws its troops"),
        (
            "Borvia was ready to hold talks, provided that the blockade was lifted first.",
            "provided that the blockade was lifted first",
        ),
        ("Drivers plan to block the port unless the government pays them.", "unless the government pays them"),
        (
            "Borvia warned that it would close the strait if Cestria did not free the crew.",
            "if Cestria did not free the crew",
        ),
    ],
)
def test_a_condition_that_another_must_meet_is_a_demand(text: str, wanted: str) -> None:
    assert asked(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Borvia said it would lift the ban if the truce held.",
        "Borvia would respond if it was attacked.",
        "Borvia said it would send troops if Cestria asked for them.",
        "Borvia promised to pay the debt if it received the loan.",
        "Analysts say Borvia will not return to the talks unless Cestria withdraws.",
        "Borvia warned that it would impose sanctions if a single ship were touched.",
    ],
)
def test_a_condition_that_nobody_is_asked_to_meet_is_none(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kenya said the report would be published by 20 March.", "the report would be published by 20 March"),
        ("Kenya said it would finish the repairs within two weeks.", "it would finish the repairs within two weeks"),
    ],
)
def test_an_announcement_with_a_day_binds_who_makes_it(text: str, words: str) -> None:
    assert bound(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya said the repairs would be finished.",
        "Kenya said the storm would reach the coast by Friday.",
        "Analysts said the results would be published by Friday.",
        "Kenya said the two men would be tried by Friday.",
    ],
)
def test_what_befalls_or_has_no_day_binds_nobody(text: str) -> None:
    assert bound(text) == []


def test_a_text_binds_whom_it_obliges() -> None:
    text = "The agreement obliges Borvia to withdraw its troops by 20 March."
    (event,) = events_of(text)
    assert (event.type, event.modality) == (EventType.AGREE, Modality.PLANNED)
    assert event.topic is not None
    assert event.topic.of(text).endswith("to withdraw its troops by 20 March")
    assert len(event.sources) == 1


def test_the_three_governments_are_those_listed_before_them() -> None:
    text = "Kenya, Uganda and Rwanda were not invited. The three governments urged Chad to accept the terms."
    (request,) = [e for e in dated(text) if e.type is EventType.REQUEST]
    assert len(request.sources) == 3
    (request,) = [e for e in dated(text.replace("and Rwanda ", "")) if e.type is EventType.REQUEST]
    assert len(request.sources) < 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Borvia renewed its appeal to Cestria for field hospitals.", "field hospitals"),
        ("Borvia summoned the Cestrian ambassador to demand an explanation.", "an explanation"),
        ("A proposal by Borvia to move the talks was turned down by Cestria.", "to move the talks"),
        ("The alliance will hold consultations at Borvia's request.", "consultations"),
        ("Borvia gave Cestria until Friday to withdraw its troops.", "to withdraw its troops"),
        ("The shots prompted Borvia to request consultations.", "consultations"),
    ],
)
def test_demands_told_by_nouns_and_by_the_way(text: str, wanted: str) -> None:
    assert wanted in asked(text)


def test_who_was_asked_did_not_ask() -> None:
    assert not asked("The Borvian team was then asked to leave, a request with which it complied.")


def test_what_is_insisted_to_be_so_is_no_demand() -> None:
    assert not asked("Borvia insists that Cestria has left the valley.")


def test_talks_have_the_day_that_they_resume_on() -> None:
    (talks,) = dated("Talks between Kenya and Uganda will resume on 20 March.")
    assert (talks.type, talks.modality) == (EventType.CONSULT, Modality.PLANNED)
    assert talks.date == "2022-03-20"


def test_officers_of_two_states_meet_for_both() -> None:
    (meeting,) = dated("Kenyan and Ugandan naval officers will meet in Kigali on 20 March. Kenya and Uganda were glad.")
    assert len(meeting.sources) == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Borvia is seeking loans in Cestria to finance its dams.", "loans in Cestria to finance its dams"),
        (
            "The Cestrian minister called for increased cooperation to avoid trade disputes.",
            "increased cooperation to avoid trade disputes",
        ),
        ("Borvia said it was pushing for a fresh set of talks to revive the accord.", "a fresh set of talks to revive"),
        ("Borvia called for the shelling to end.", "the shelling to end"),
        ("Borvia urged negotiations to settle the row.", "negotiations"),
        ("Borvia appealed to Cestria to free the crew.", "to free the crew"),
        ("Borvia urged Cestria to free the crew to ease tensions.", "to free the crew"),
    ],
)
def test_what_is_wanted_is_told_before_what_it_is_for(text: str, wanted: str) -> None:
    assert [one for one in asked(text) if one.startswith(wanted)]


def test_who_is_asked_among_others_is_not_what_is_asked_for() -> None:
    text = "Borvia has asked four countries, including Cestria and Keldia, for use of their tankers."
    assert asked(text) == ["use of their tankers"]


@pytest.mark.parametrize(
    "text",
    [
        "Asked how long that would take, Borvian minister Ana Kolt said it would take weeks.",
        "Asked to comment on the deal, Borvian minister Ana Kolt said it was good.",
        "Borvian minister Ana Kolt asked whether Cestria would sign.",
        "Borvian minister Ana Kolt asked Cestria about the loan.",
    ],
)
def test_a_question_is_no_demand(text: str) -> None:
    assert not asked(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Borvia and its allies believe that Cestria should refrain from testing missiles.",
            "that Cestria should refrain from testing missiles",
        ),
        (
            'A Borvian spokesman said the tests were "not constructive" and Cestria should stop its programme.',
            "Cestria should stop its programme",
        ),
        (
            "Borvian banks would like Cestria to work more closely with the fund.",
            "Cestria to work more closely with the fund",
        ),
        ("Borvia wants the sanctions lifted.", "the sanctions lifted"),
        ("The envoy hoped that Keldia would accept a Borvian call for a ceasefire.", "a ceasefire"),
        ("Cestria's envoy left. Borvia is under Cestrian pressure to cut its surplus.", "to cut its surplus"),
        (
            "Borvia has been under pressure from its private creditors to work out a plan.",
            "to work out a plan",
        ),
        (
            "The Borvian minister said he had given the Cestrian government a clear warning of sanctions if Cestria"
            " did not open its markets.",
            "if Cestria did not open its markets",
        ),
    ],
)
def test_a_demand_is_found_in_whatever_words_it_is_made(text: str, wanted: str) -> None:
    assert asked(text) == [wanted]


def test_a_call_is_its_owners() -> None:
    (call,) = (
        e
        for e in dated("The envoy hoped that Keldia would accept a Security Council call for a ceasefire.")
        if e.type is EventType.REQUEST
    )
    assert len(call.sources) == 1
    assert "envoy" not in call.sources[0]


@pytest.mark.parametrize(
    "text",
    [
        "Borvia said Cestria, which has cut its debt, should have no problems in repaying it.",
        "Borvia said Cestria should be able to pay.",
        "Borvian energy minister Ana Kolt said Borvia would have to stop its exports.",
        "Borvian minister Ana Kolt said Cestria has to do with the row.",
        "Vintex, a maker of tools, said if tariffs were imposed on its goods it would have to close its plant.",
        "Senators said that fresh Borvian strife would erupt if the markets of Cestria were not opened.",
    ],
)
def test_what_is_likely_or_forced_is_no_demand(text: str) -> None:
    assert not asked(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "President Ana Kolt was elected partly for her pledge to rebuild the harbour.",
            "to rebuild the harbour",
        ),
        (
            "Borvia's government would make loans worth two billion dollars to firms that import machines, the minister"
            " said.",
            "Borvia's government would make loans worth two billion dollars to firms that import machines",
        ),
        (
            "Borvia's government is willing to drop its tariffs on Cestrian steel, Borvian minister Ana Kolt said.",
            "Borvia's government is willing to drop its tariffs on Cestrian steel",
        ),
    ],
)
def test_pledges_and_loans_to_come_bind(text: str, words: str) -> None:
    assert bound(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The Borvian government will consider its options at a cabinet meeting on Thursday.",
        "The Borvian navy will be able to sail in March.",
        "Borvia said a Cestrian directive that will come into force on 1 March breaks the treaty.",
        "President Ana Kolt of Borvia asked for a pledge to rebuild the harbour.",
    ],
)
def test_what_is_weighed_or_comes_of_itself_binds_nobody(text: str) -> None:
    assert not bound(text)
