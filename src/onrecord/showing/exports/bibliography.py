"""The reports cited, as BibTeX and as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.model import Record, Report
from onrecord.showing.exports.days import days
from onrecord.showing.exports.rows import Row
from onrecord.showing.exports.spool import spooled
from onrecord.showing.words import one_line

#: What TeX would act on -> what prints it. Braces are named: BibTeX counts even an escaped one.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$&#_%"},
}
_URL = re.compile(r"https?://[!-~]+\Z", re.IGNORECASE)
#: What `\url` and BibTeX can't take as it stands -> percent-encoded.
_URL_ESCAPES = {ord(char): f"%{ord(char):02X}" for char in "{}\\^~"}


def write_bibtex(records: Iterable[Record], out: BinaryIO) -> int:
    """Write one `@misc` entry for each report, by day; its key is the report's id. Gives their number."""
    number = 0
    for cited in _cited(records):
        number += 1
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex(cited))
        out.write(f"@misc{{{cited['id']},\n{fields}}}\n\n".encode())
    return number


def write_csl(records: Iterable[Record], out: BinaryIO) -> int:
    """Write one array with an item for each report, by day. Gives their number."""
    number = 0
    out.write(b"[")
    for number, cited in enumerate(_cited(records), start=1):
        out.write((b"\n" if number == 1 else b",\n") + json.dumps(_csl(cited), ensure_ascii=False).encode())
    out.write(b"\n]\n")
    return number


def _cited(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    with spooled() as spool:
        spool.add(_row(report) for record in records for report in record.reports)
        yield from (fields for fields, _ in spool.rows("reports"))


def _row(report: Report) -> Row:
    fields = {
        "id": report.id,
        "title": _line(report.title),
        "authors": [name for one in report.byline if (name := _line(one))],
        "outlet": _line(report.outlet),
        "published": report.published,
        "url": link(report.url, report.source),
        "language": report.language,
        "source": report.source,
        "sha256": report.sha256,
    }
    return Row("reports", f"{report.day or '9999'} {report.id}", fields, {})


def link(*addresses: str | None) -> str | None:
    """The first address that is one in the web and can be followed: a report's own, then where it was read from.

    >>> link("javascript:alert(1)", None, "https://paper.example/1")
    'https://paper.example/1'
    """
    return next((one for one in addresses if one and _URL.match(one)), None)


def _line(words: str | None) -> str | None:
    return (one_line(words) or None) if words else None


def _bibtex(cited: dict[str, Any]) -> Iterator[tuple[str, str]]:
    # In two pairs of braces: a style must not change its capitals, nor split a name in parts.
    yield "title", f"{{{tex(cited['title'] or 'Untitled report')}}}"
    if cited["authors"]:
        yield "author", " and ".join(f"{{{tex(one)}}}" for one in cited["authors"])
    if cited["outlet"]:
        yield "howpublished", f"{{{tex(cited['outlet'])}}}"
    date = _parts(cited["published"])
    yield from zip(("year", "month", "day"), map(str, date), strict=False)
    if cited["url"]:
        yield "url", cited["url"].translate(_URL_ESCAPES)
    if cited["language"] != "und":
        yield "langid", tex(cited["language"])
    yield "note", f"{{{tex(_note(cited))}}}"


def _csl(cited: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": cited["id"], "type": "article-newspaper"}
    if cited["title"]:
        item["title"] = cited["title"]
    if cited["authors"]:
        item["author"] = [{"literal": one} for one in cited["authors"]]
    if cited["outlet"]:
        item["container-title"] = cited["outlet"]
    date = _parts(cited["published"])
    if date:
        item["issued"] = {"date-parts": [list(date)]}
    if cited["url"]:
        item["URL"] = cited["url"]
    if cited["language"] != "und":
        item["language"] = cited["language"]
    return {**item, "note": _note(cited)}


def _note(cited: dict[str, Any]) -> str:
    """Which bytes were read: a page may change after."""
    where = "" if cited["source"] == cited["url"] else f"read from {one_line(cited['source'])}; "
    return f"{where}SHA-256 {cited['sha256']}"


def _parts(told: str | None) -> tuple[int, ...]:
    """Year, month and day, as many as are told.

    >>> _parts("2025-03-14T18:40"), _parts("2025-03"), _parts("soon")
    ((2025, 3, 14), (2025, 3), ())
    """
    found = days(told)
    if told is None or found is None or found.first is None or "/" in told:
        return ()
    parts = (found.first.year, found.first.month, found.first.day)
    return parts[: min(3, told.split("T")[0].count("-") + 1)]


def tex(text: str) -> str:
    r"""The text as TeX prints it.

    >>> tex("50% of A & B {draft}")
    '50\\% of A \\& B \\textbraceleft{}draft\\textbraceright{}'
    """
    return "".join(_TEX.get(char, char) for char in text)


__all__ = ["link", "write_bibtex", "write_csl"]
