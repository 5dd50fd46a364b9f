"""Bodies and offices whose state or holder no word beside them tells."""

import pytest

from onrecord.annotating.actors import find_actors
from onrecord.annotating.parse import parse
from onrecord.annotating.sentences import find_sentences
from onrecord.model import Annotation, Entity, Report
from onrecord.reading import read_bytes


def entities(text: str) -> dict[str, Entity]:
    """The entity of each mention, by its words."""
    [report] = read_bytes(text.encode(), "report.txt")
    assert isinstance(report, Report)
    parsed = parse(report)
    marks = find_actors(report, parsed, find_sentences(report, parsed, Annotation(report.id)))
    return {mention.span.of(report.text): one for one in marks.entities for mention in one.mentions}


ABROAD = "The Saudi Ministry of Foreign Affairs sent its condolences to Turkey and Armenia."


def test_a_state_agency_names_its_own_states_bodies_without_the_state() -> None:
    found = entities(
        "SANA\n\nRescue work goes on in the hills\n\nDamascus, SANA- The President visited the towns on Thursday.\n\n"
        f"{ABROAD}\n\nThe Ministry of Interior said that four persons were arrested in the hills on Thursday.\n"
    )
    assert found["The Ministry of Interior"].country == "SYR"


def test_a_report_that_an_agency_sends_from_abroad_is_not_about_its_own_bodies() -> None:
    found = entities(
        "Xinhua\n\nFishermen freed after talks in the north\n\nCOLOMBO, Oct. 19 (Xinhua) -- Sri Lanka freed 12 "
        "fishermen on Monday after talks with its neighbour, which had asked for their release for months.\n\n"
        "The foreign ministry said that the boats would be kept in the harbor until the court has heard the case.\n"
    )
    assert found["The foreign ministry"].country == "LKA"


@pytest.mark.parametrize(
    "sentence",
    [
        "The foreign ministry in Belgrade summoned the envoy on Monday.",
        "In Belgrade, the foreign ministry summoned the envoy on Monday.",
    ],
)
def test_a_capital_beside_a_ministry_tells_whose_it_is(sentence: str) -> None:
    found = entities(f"Germany closes its border\n\nGermany said that it had closed its border.\n\n{sentence}\n")
    assert next(one for words, one in found.items() if words.endswith("foreign ministry")).country == "SRB"


def test_the_chief_of_an_organisation_is_a_person() -> None:
    found = entities(
        "UN chief urges calm\n\nUN Secretary General Mira Tosk urged calm on Monday. The UN chief spoke in Kelm.\n"
    )
    assert found["UN chief"].name == found["The UN chief"].name == "Mira Tosk"


def test_an_office_alone_in_a_headline_is_who_holds_it_in_the_text() -> None:
    found = entities(
        "Minister refuses talks over strait\n\nMira Kell, Norway's defence minister, refused talks on Monday.\n"
    )
    assert found["Minister"].name == "Mira Kell"


def test_who_goes_on_speaking_may_be_called_by_an_office_not_told_before() -> None:
    found = entities(
        "Ships have three days\n\nAll ships had three days to leave, Ana Tosk said on Tuesday. "
        '"After that they will be towed," the Danish leader said.\n'
    )
    assert found["the Danish leader"].name == "Ana Tosk"


def test_whoever_begins_a_sentence_with_another_office_is_somebody_else() -> None:
    found = entities(
        "Talks go on\n\nAna Tosk said on Monday that talks would go on. The Danish leader said the opposite.\n"
    )
    assert found["The Danish leader"].name != "Ana Tosk"
