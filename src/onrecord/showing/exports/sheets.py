"""CSV for spreadsheets: flat cells, words beside ids, and no cell that a spreadsheet would run."""

import csv
import json
from collections.abc import Iterable
from typing import TextIO

from onrecord.showing.exports.rows import Fields
from onrecord.showing.exports.shape import SPAN, SPAN_OR_NULL, Field, ListOf, Scalar, Section

#: A cell that begins with one of these is taken for a formula by spreadsheets (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: Columns in words that CSV adds to a section, after its own.
READING = {
    "statements": ("outlet", "line", "speaker_names", "source_words", "cue_words", "words"),
    "events": ("outlet", "line", "source_names", "target_names", "words"),
    "claims": ("outlets", "words"),
    "demands": ("by_names", "of_names", "demand_words", "answer_told"),
    "commitments": ("by_names", "to_names", "promise_words"),
    "prospects": ("by_names", "to_names", "told_words"),
}


def columns(section: Section) -> tuple[str, ...]:
    """The CSV columns of a section."""
    return (*(one.name for one in section.fields), *READING.get(section.name, ()))


def sheet_row(section: Section, fields: Fields, reading: dict[str, str]) -> list[str]:
    """One row as flat cells, in the order of `columns`."""
    own = [_cell(one, fields[one.name]) for one in section.fields]
    return [*own, *(reading[name] for name in READING.get(section.name, ()))]


def write_sheet(headings: Iterable[str], rows: Iterable[Iterable[str]], out: TextIO) -> int:
    """Write CSV (RFC 4180, comma, CRLF) and count the rows; cells that look like formulas are guarded."""
    writer = csv.writer(out)
    writer.writerow(headings)
    number = 0
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        number += 1
    return number


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> guarded("=2+2"), guarded("a = b")
    ("'=2+2", 'a = b')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(field: Field, value: object) -> str:
    """null is empty, lists of words are joined by "; ", spans are "12-40; 55-60", the rest is JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if field.type in (SPAN, SPAN_OR_NULL) and isinstance(value, list):
        return f"{value[0]}-{value[1]}"
    if isinstance(value, list) and isinstance(field.type, ListOf):
        if isinstance(field.type.item, Scalar):
            return "; ".join(map(str, value))
        if field.type.item == SPAN:
            return "; ".join(f"{start}-{end}" for start, end in value)
    return json.dumps(value, ensure_ascii=False)


__all__ = ["READING", "columns", "guarded", "sheet_row", "write_sheet"]
