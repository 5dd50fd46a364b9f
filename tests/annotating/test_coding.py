"""What the network's event head says, and how the coder of events takes it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.annotating.test_events_cases import entities_in, report_of

from onrecord.annotating.attribution import Hint
from onrecord.annotating.attribution.coding import (
    MODALITIES,
    SIDES,
    TYPES,
    EventScores,
    Sideways,
    find_hints,
)
from onrecord.annotating.attribution.linking import FARTHEST
from onrecord.annotating.events.frames import match_verb
from onrecord.annotating.events.learnt import HOW, NEW, OTHER, POINTING, SURE, as_told, with_head, with_pointed
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.sides import Sides
from onrecord.annotating.parse import ParsedBlock, parse
from onrecord.model import Annotation, EventType, Modality

WORDS = [(0, 6), (7, 13), (14, 22)]
LINKS = Sideways(np.zeros((len(SIDES), 4), np.float32), np.zeros((len(SIDES), 2 * FARTHEST + 1), np.float32))


def scores(telling: int, kind: EventType, modality: Modality, source: int) -> EventScores:
    types = np.zeros((3, 1 + len(TYPES)), np.float32)
    types[:, 0] = 9
    types[telling] = 0
    types[telling, 1 + TYPES.index(kind)] = 9
    modalities = np.zeros((3, len(MODALITIES)), np.float32)
    modalities[telling, MODALITIES.index(modality)] = 9
    deeds, parties = np.zeros((3, 2, 4), np.float32), np.zeros((3, 2, 4), np.float32)
    deeds[telling, :, 0] = 3
    parties[source, 0, 0] = 3
    parties[:, 1, 0] = -3
    return EventScores(types, modalities, deeds, parties)


def test_a_word_is_told_with_its_type_modality_and_parties() -> None:
    (hint,) = find_hints(WORDS, scores(1, EventType.ASSAULT, Modality.PLANNED, 0), LINKS)
    assert (hint.start, hint.type, hint.modality[0]) == (7, EventType.ASSAULT, Modality.PLANNED)
    assert hint.chance > 0.9
    assert hint.share > 0.9
    assert hint.source is not None
    assert hint.source[0] == 0
    assert hint.target is None  # "nobody named" is likelier than any word


def test_words_that_tell_nothing_are_left_out() -> None:
    none = scores(1, EventType.AID, Modality.ACTUAL, 0)
    none.types[1] = none.types[0]
    assert not list(find_hints(WORDS, none, LINKS))


def hint(kind: EventType, chance: float, source: tuple[int, float] | None = None) -> Hint:
    return Hint(0, chance, kind, 1.0, (Modality.ACTUAL, 1.0), source, None)


def at(text: str, word: str) -> tuple[ParsedBlock, Parties, Match | None]:
    report = report_of(text)
    (parsed,) = parse(report).blocks
    parties = Parties(Annotation("r0", entities=tuple(entities_in(text))))
    token = next(one for one in parsed.doc if one.text == word)
    return parsed, parties, match_verb(parsed, parties, token)


def taken(text: str, word: str, told: Hint | None) -> EventType | None:
    parsed, parties, frame = at(text, word)
    token = next(one for one in parsed.doc if one.text == word)
    found = with_head(frame, told, parsed, parties, token)
    return None if found is None else found.frame.type


@pytest.mark.parametrize(
    ("word", "told", "kind"),
    [
        ("smurfed", hint(EventType.COERCE, NEW + 0.01), EventType.COERCE),
        ("smurfed", hint(EventType.COERCE, NEW - 0.01), None),
        ("bombarded", None, EventType.ASSAULT),
        ("warned", hint(EventType.THREATEN, 1.0), None),
        ("bombarded", hint(EventType.ACCUSE, OTHER + 0.01), EventType.ACCUSE),
        ("bombarded", hint(EventType.ACCUSE, OTHER - 0.01), EventType.ASSAULT),
    ],
)
def test_frame_and_head_together(word: str, told: Hint | None, kind: EventType | None) -> None:
    assert taken(f"Aldoria {word} Borvia on Friday.", word, told) is kind


def test_a_party_that_grammar_does_not_find_is_taken_from_the_head() -> None:
    text = "In Aldoria, after long debates, shelling began."
    parsed, parties, _ = at(text, "shelling")
    token = next(one for one in parsed.doc if one.text == "shelling")
    match = with_head(None, hint(EventType.ASSAULT, 0.99), parsed, parties, token)
    assert match is not None
    pointed = hint(EventType.ASSAULT, 0.99, (text.index("Aldoria"), 0.9))
    unsure = hint(EventType.ASSAULT, 0.99, (text.index("Aldoria"), 0.2))
    assert len(with_pointed(match, Sides((), ()), pointed, parties).sources) == 1
    assert not with_pointed(match, Sides((), ()), unsure, parties).sources


def told_by(text: str, found: Hint) -> Modality | None:
    """The head's modality of the verb of a sentence."""
    _, _, match = at(text, "attacked")
    assert match is not None
    return as_told(found, match)


def test_the_heads_modality_counts_where_it_is_sure_of_event_and_modality() -> None:
    text = "Borvia attacked Cestria."
    sure = hint(EventType.ASSAULT, SURE + 0.01)
    assert told_by(text, sure) is Modality.ACTUAL
    assert told_by(text, hint(EventType.ASSAULT, SURE - 0.01)) is None
    assert told_by(text, hint(EventType.ACCUSE, SURE + 0.01)) is None
    assert told_by(text, replace(sure, modality=(Modality.ACTUAL, HOW - 0.01))) is None


def test_a_party_of_a_word_that_hardly_tells_an_event_is_not_taken() -> None:
    _, parties, match = at("Borvia attacked Cestria.", "attacked")
    assert match is not None
    for chance, wanted in ((POINTING + 0.01, True), (POINTING - 0.01, False)):
        sides = with_pointed(match, Sides((), ()), hint(EventType.ASSAULT, chance, (0, 1.0)), parties)
        assert bool(sides.sources) is wanted
