import numpy as np
import pytest
from spacy.tokens import Doc
from tests.annotating.reporting import report_of

from onrecord.annotating.attribution.naming import KINDS, find_names
from onrecord.annotating.naming import set_names
from onrecord.annotating.parse import parse, spacy_small


def documents(text: str) -> list[tuple[Doc, int]]:
    return [(block.doc, block.start) for block in parse(report_of(text)).blocks]


def named(text: str) -> dict[str, str]:
    return {name.text: name.label_ for doc, _ in documents(text) for name in doc.ents}


def test_names_are_found_without_spacys_recogniser() -> None:
    found = named("Ilse Marenko flew from Paris to Tokyo on Friday. Mr Haddad stayed.")
    assert found == {"Ilse Marenko": "PERSON", "Paris": "GPE", "Tokyo": "GPE", "Friday": "DATE", "Haddad": "PERSON"}


def test_a_known_town_in_a_list_of_towns_is_one() -> None:
    assert named("The army shelled Aleppo, Homs and Idlib in Syria.")["Idlib"] == "GPE"


def test_names_take_whole_words_and_stay_in_their_document() -> None:
    text = "Varda fell. Kell rose.\n\nTorland wept."
    (one, first), (other, second) = documents(text)
    names = [(0, 3, "GPE"), (12, 27, "PERSON"), (24, 31, "GPE")]
    set_names([one, other], [first, second], names)
    assert [(name.text, name.label_) for name in one.ents] == [("Varda", "GPE"), ("Kell rose.", "PERSON")]
    assert [(name.text, name.label_) for name in other.ents] == [("Torland", "PERSON")]


def test_an_empty_document_has_no_names() -> None:
    empty = spacy_small().make_doc("")
    set_names([empty], [0], [(0, 4, "GPE")])
    assert not empty.ents


@pytest.mark.parametrize(("doubt", "kinds"), [(1.5, ["TIME"]), (2.5, ["DATE", "TIME"])])
def test_a_change_of_kind_within_a_run_must_be_worth_it(doubt: float, kinds: list[str]) -> None:
    scores = np.zeros((2, 1 + len(KINDS)), np.float32)
    scores[0, 1 + KINDS.index("DATE")] = doubt
    scores[0, 1 + KINDS.index("TIME")] = 0.1
    scores[1, 1 + KINDS.index("TIME")] = 5
    assert [kind for _, _, kind in find_names([(0, 2), (3, 8)], scores)] == kinds
