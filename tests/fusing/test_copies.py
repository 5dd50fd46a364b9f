"""Copies by text and by credit, and the origins they leave."""

from onrecord.fusing.copies import credits, find_copies, origins
from onrecord.fusing.outlets import outlet_family
from onrecord.fusing.shingles import shingles
from onrecord.model import CopyKind, Report
from tests.fusing.builders import written

BODY = """The ferry between Kelm and Sarn stopped on Monday when the river rose above the pier and took two moorings.
Harbour masters on both banks told the guild to keep its boats ashore until the water fell below the lower mark.
Traders who had waited since dawn turned their carts around and took the long road over the northern bridge.
“Nobody alive has seen the river so high, and nobody wants to be the first to cross it now,” the guild's chief said.
"""
OTHER = """High water has closed the crossing at Kelm, cutting the shortest way to Sarn for a second day.
“Nobody alive has seen the river so high, and nobody wants to be the first to cross it now,” said the guild's chief.
The bridge in the north is open but carts are queueing for an hour.
"""
OWN = """Fishmongers along the lower quay said that prices would climb by the week's end unless another route was found.
"""


def report(number: int, body: str, outlet: str | None = None) -> Report:
    return written(number, f"Ferry stopped {number}\n{body}", outlet).report()


def test_a_text_taken_over_with_a_few_words_changed_is_a_copy() -> None:
    (copy,) = find_copies([report(1, BODY), report(2, BODY.replace("on Monday", "yesterday"))])
    assert (copy.kind, copy.by) == (CopyKind.COPY, "text")
    assert copy.score > 0.8


def test_an_own_text_with_the_same_quotation_is_no_copy() -> None:
    assert find_copies([report(1, BODY), report(2, OTHER)]) == ()


def test_a_report_that_takes_over_a_part_is_partly_derived() -> None:
    half = BODY.split("\n")[0] + "\n" + OTHER
    (copy,) = find_copies([report(1, BODY), report(2, half)])
    assert copy.kind is CopyKind.PARTLY


def test_a_text_edited_all_over_is_a_copy_but_one_built_around_as_much_of_it_is_not() -> None:
    whole = report(1, BODY)
    edits = {"Traders who": "Those that", "and took two": "taking two", "told": "asked", "rose": "stood"}
    edited = BODY
    for told, instead in (edits | {"Harbour masters": "Wardens", "over the northern": "by the northern"}).items():
        edited = edited.replace(told, instead)
    # As much of the shorter text stands in the other one, which tells as much again besides.
    around = edited + OTHER.replace("“", "").replace("”", "") + OWN
    ((one, _), (other, _)) = ((find_copies([whole, report(2, text)])[0], text) for text in (edited, around))
    assert one.kind is CopyKind.COPY
    assert other.kind is CopyKind.PARTLY
    assert other.score > one.score - 0.03


def test_quotations_and_titles_are_not_shingled() -> None:
    grams = shingles(report(1, "“One two three four five six,” he said."))
    assert grams == frozenset()


def test_a_credit_to_an_outlet_of_the_story_makes_the_two_dependent() -> None:
    wire = report(1, OTHER, "Morrow Wire")
    paper = report(2, "KELM (Morrow Wire) - Carts turned around at the pier.", "Sarn Mirror")
    (copy,) = find_copies([paper, wire])
    assert (copy.reports, copy.by) == ((wire.id, paper.id), "credit")


def test_credits_are_read_at_the_start_the_end_and_in_a_phrase() -> None:
    text = "KELM (Morrow Wire) - They met.\nOriginally published by Tarn Post\nMore soon. -- Harbour Courier"
    assert credits(report(1, text)) == ("Harbour Courier", "Morrow Wire", "Tarn Post")


def test_an_outlet_that_credits_itself_copies_nobody() -> None:
    own = report(1, "KELM (Morrow Wire) - They met.", "Morrow Wire")
    assert find_copies([own, report(2, OTHER, "Morrow Wire")]) == ()


def test_names_of_one_outlet_are_one_family() -> None:
    assert outlet_family("The Morrow Wire") == outlet_family("morrow wire")
    assert outlet_family("AFP") == outlet_family("Agence France-Presse")


def test_origins_join_through_a_report_in_between() -> None:
    first, second, third = report(1, BODY), report(2, BODY), report(3, OTHER)
    copies = find_copies([first, second, third])
    assert origins([third, second, first], copies) == {first.id: first.id, second.id: first.id, third.id: third.id}
