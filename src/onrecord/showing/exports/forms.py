"""The formats that a record can be exported as, and how each is called outside."""

import re
import unicodedata
from dataclasses import dataclass

from onrecord.errors import UsageError


@dataclass(frozen=True, slots=True)
class Form:
    """A format.

    Attributes:
        name: how `--format` and the paths of the programs' interface call it.
        suffix: of its files, with the dot; a folder has none.
        media_type: as in an HTTP `Content-Type`.
        about: what it is, in a few words.
        folder: whether it is a folder of files, which no stream can hold.
        sealed: whether `onrecord verify` can check the file.
    """

    name: str
    suffix: str
    media_type: str
    about: str
    folder: bool = False
    sealed: bool = False


FORMS = (
    Form("json", ".json", "application/json", "the whole record as one object", sealed=True),
    Form("jsonl", ".jsonl", "application/jsonl", "the whole record, one row a line", sealed=True),
    Form("csv", "", "text/csv", "one sheet a section", folder=True),
    Form("parquet", "", "application/vnd.apache.parquet", "one table a section", folder=True),
    Form(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a workbook with one sheet a section",
    ),
    Form("markdown", ".md", "text/markdown; charset=utf-8", "a briefing with footnotes, as plain text"),
    Form("html", ".html", "text/html; charset=utf-8", "a briefing with footnotes, to read and print"),
    Form("plover", ".tsv", "text/tab-separated-values; charset=utf-8", "events in PLOVER's columns"),
    Form("icalendar", ".ics", "text/calendar; charset=utf-8", "due dates of commitments, for a calendar"),
    Form("gexf", ".gexf", "application/gexf+xml", "who met or addressed whom, for Gephi or networkx"),
    Form("annotations", ".jsonld", "application/ld+json", "W3C Web Annotations with quote and position"),
    Form("bibtex", ".bib", "application/x-bibtex; charset=utf-8", "the reports cited, for LaTeX"),
    Form("csl", ".json", "application/vnd.citationstyles.csl+json", "the reports cited, for Zotero or Pandoc"),
)

FORMATS = tuple(one.name for one in FORMS)


def form_named(name: str) -> Form:
    """The format of that name.

    Raises:
        UsageError: there is none.
    """
    for one in FORMS:
        if one.name == name:
            return one
    raise UsageError(f"there is no export format {name!r}; choose one of {', '.join(FORMATS)}")


def file_name(stem: str, form: Form) -> str:
    """A name that every file system takes: ASCII letters, digits and hyphens, at most 60 of them before the suffix.

    >>> file_name("Talks in Kélm: ../day 2", form_named("xlsx"))
    'talks-in-kelm-day-2.xlsx'
    """
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "onrecord"
    # Windows takes these for devices, whatever their suffix.
    if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", slug):
        slug = f"{slug}-record"
    return slug + form.suffix


__all__ = ["FORMATS", "FORMS", "Form", "file_name", "form_named"]
