import csv
import io
import json
from typing import Any

import pytest

from onrecord.errors import UsageError
from onrecord.model import Span
from onrecord.recording.answers import Hit
from onrecord.showing.lists import (
    FORMATS,
    LedgerFilter,
    Listing,
    list_actors,
    list_hits,
    list_ledger,
    list_statements,
    list_stories,
    write,
)
from tests.showing.builders import FUSION, RECORD, A, span


def printed(listing: Listing, form: str) -> str:
    out = io.StringIO()
    write(listing, form, out)
    return out.getvalue()


def rows(listing: Listing) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed(listing, "json"))
    return found


LISTINGS = {
    "statements": lambda: list_statements([RECORD]),
    "actors": lambda: list_actors([RECORD]),
    "ledger": lambda: list_ledger([RECORD]),
    "stories": lambda: list_stories([FUSION.story]),
    "hits": lambda: list_hits([Hit("report", A.id, A.id, 1.5, (Span(0, 9),), Span(0, 26))], lambda _: A),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_all_forms_hold_the_same_rows(name: str) -> None:
    wanted = rows(LISTINGS[name]())
    assert wanted
    assert [json.loads(line) for line in printed(LISTINGS[name](), "jsonl").splitlines()] == wanted
    sheet = list(csv.DictReader(io.StringIO(printed(LISTINGS[name](), "csv"))))
    assert [list(row) for row in sheet] == [list(row) for row in wanted]
    assert all(tuple(row) == LISTINGS[name]().keys for row in wanted)
    assert len(printed(LISTINGS[name](), "table").splitlines()) > len(wanted)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_list_is_printed_too(form: str) -> None:
    shown = printed(list_statements([]), form)
    assert {"table": "No statements.\n", "json": "[\n]\n", "jsonl": ""}.get(form, shown) == shown


def test_statements_can_be_narrowed_to_a_speaker_by_any_of_the_names() -> None:
    assert len(rows(list_statements([RECORD], "MARENKO"))) == 3
    assert rows(list_statements([RECORD], "tolvay")) == []


def test_a_statement_has_its_claim_line_and_exact_offsets() -> None:
    first = rows(list_statements([RECORD]))[0]
    assert (first["claim"], first["status"], first["line"]) == ("c1", "corroborated", 4)
    ((start, end),) = first["content"]
    assert A.text[start:end] == first["words"] == "“We will answer in writing next week,”"


def test_actors_are_counted() -> None:
    first = rows(list_actors([RECORD]))[0]
    assert (first["name"], first["statements"], first["reports"]) == ("Ilse Marenko", 3, 3)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (LedgerFilter(), ["k1", "d1"]),
        (LedgerFilter(state="open"), ["k1"]),
        (LedgerFilter(state="rejected"), ["d1"]),
        (LedgerFilter(state="unanswered"), []),
        (LedgerFilter(party="marenko"), ["k1"]),
        (LedgerFilter(party="zelmara"), ["k1", "d1"]),
        (LedgerFilter(due_before="2025-03-24"), ["k1"]),
        (LedgerFilter(due_before="2025-03-23"), []),
    ],
)
def test_the_ledger_can_be_narrowed(wanted: LedgerFilter, ids: list[str]) -> None:
    assert [row["id"] for row in rows(list_ledger([RECORD], wanted))] == ids


def test_an_unknown_state_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'lost'.*open, kept, broken"):
        LedgerFilter(state="lost")


def test_a_hit_says_where_it_is() -> None:
    words = span(A.text, "massed 60,000")
    (hit,) = rows(list_hits([Hit("statement", "x", A.id, 2.0, (words,), words)], lambda _: A))
    assert (hit["line"], hit["words"], hit["matches"]) == (4, "massed 60,000", [[words.start, words.end]])


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="table, json, jsonl, csv"):
        write(list_statements([]), "xml", io.StringIO())
