"""The reference of the formats for other programs, and of the interface for programs."""

from typing import Any

from onrecord.showing.exports import FORMS, Form
from onrecord.showing.exports.plover import COLUMNS
from onrecord.showing.exports.workbook import CELL_UNITS, SHEET_LINKS, SHEET_ROWS
from onrecord.showing.rest import api

_FORMATS = """# Formats for other programs

Made by `make docs` from the code; do not edit.

`onrecord export --format FORMAT --output FILE`, with `--story STORY` for one story. The same store gives the same
bytes.

| format | file | media type | is |
|---|---|---|---|
"""

_NOTES = f"""
json, jsonl, csv, parquet and xlsx have the sections and keys of [the exported record](export.md). `onrecord verify`
checks json and jsonl.

## xlsx

One sheet a section, first row frozen, columns as in csv. Numbers are numbers; all else is text: nothing of a report is
a formula or a link by itself. `report` leads to the report's row, `url` to the page if it begins with http.
A text of more than {CELL_UNITS:,} UTF-16 units goes on in the sheet "long texts" (cell, piece, text); rows beyond
{SHEET_ROWS:,} in a second sheet of the section; links end after {SHEET_LINKS:,} a sheet. These are Excel's limits.

## markdown, html

A briefing of each story: reports, who met, statements by speaker with all wordings, events, differences, demands,
commitments, and a footnote for each place with its sentence, outlet, date and line. Markdown is CommonMark with
`[^1]` footnotes. HTML is one page without script that loads nothing. A link to a report's page has a text fragment
(`#:~:text=`) that leads to the words.

## icalendar

One all-day event for each commitment with a date, on all days that it may mean; an interval open at one end is the day
told. `DTSTAMP` is the day of the last report that tells it. Commitments whose date is no day are counted and left out.

## gexf

Directed graph (GEXF 1.2). Nodes are actors: `kind`, `country`. An edge takes together all claims in which one does the
same to another: `kind` (`met`, a PLOVER type, `demand`, `promise`), `modality`, `claims` (also the weight), `tellings`
(reports), `first` and `last` day. A meeting has an edge in each direction.

## annotations

One W3C `AnnotationCollection` whose first page has all annotations, one for each statement and event. A target is the
report's address (a `urn:uuid:` where it has none) with a `TextQuoteSelector` (32 code points before and after) and a
`TextPositionSelector` into the report's `text`; a statement of several stretches has several targets. Bodies say what
it is: kind, id, speakers or sides, date.

## bibtex, csl

Each report once, by day; its key is the report's id. BibTeX `@misc`: title, author, howpublished (the outlet), year,
month, day, url, langid, note (where it was read, SHA-256). CSL-JSON `article-newspaper`: title, author,
container-title, issued, URL, language, note.

## plover

Tab-separated, no quoting: tabs and line breaks in a text are blanks. An apostrophe stands before a text that a
spreadsheet would take for a formula. Lists are joined by `; `.

| column | is |
|---|---|
"""

_API = """# The interface for programs

Made by `make docs` from the code; do not edit.

`onrecord serve` answers these under `/api/v1`; `/api/v1/openapi.json` describes every shape with examples.
Lists answer `{"items": [...], "next": CURSOR}`: ask again with `cursor` until `next` is null. A cursor stays valid
while the store grows. Errors are `application/problem+json` (RFC 9457). Answers have an `ETag`; send it as
`If-None-Match`. Feeds: `/feeds/new.atom`, `/feeds/stories/{story}.atom`, `/feeds/actors/{actor}.atom`.

| | path | parameters | gives |
|---|---|---|---|
"""


def formats_page() -> str:
    """The page of the formats as Markdown."""
    table = (f"| {one.name} | {_file(one)} | {one.media_type} | {one.about} |\n" for one in FORMS)
    columns = (f"| {name} | {meaning} |\n" for name, meaning in COLUMNS.items())
    return f"{_FORMATS}{''.join(table)}{_NOTES}{''.join(columns)}"


def _file(form: Form) -> str:
    return "folder" if form.folder else f"`{form.suffix}`"


def api_page() -> str:
    """The page of the interface for programs as Markdown."""
    paths: dict[str, dict[str, Any]] = api(_no_store).openapi()["paths"]
    rows = (
        f"| {method.upper()} | `{path}` | {_parameters(operation)} | {operation['summary']} |\n"
        for path, operations in sorted(paths.items())
        for method, operation in sorted(operations.items())
    )
    return _API + "".join(rows)


def _no_store() -> Any:
    raise LookupError("the description of the interface needs no store")


def _parameters(operation: dict[str, Any]) -> str:
    named = (one["name"] for one in operation.get("parameters", ()) if one["in"] == "query")
    return ", ".join(f"`{name}`" for name in named)


__all__ = ["api_page", "formats_page"]
