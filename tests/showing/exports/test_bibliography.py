import io
import json
import re

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from onrecord.model import Record
from tests.showing.builders import A, C
from tests.showing.exports.hostile import HOSTILE, RECORDS, TITLE, WIRE, exported

#: A style that prints what an item of ours can have.
STYLE = b"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Plain</title><id>plain</id><updated>2025-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout delimiter=". ">
<names variable="author"><name/></names><text variable="title"/><text variable="container-title"/>
<date variable="issued"><date-part name="year"/></date><text variable="URL"/>
</layout></bibliography></style>"""
REPORTS = sorted(one.id for record in RECORDS for one in record.reports)
PRINTED = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
}  # fmt: skip


def printed(tex: str) -> str:
    """What TeX prints of the few commands that are used."""
    return re.sub(r"\\text\w+\{\}|\\[$&#_%]", lambda found: PRINTED.get(found[0], found[0][-1]), tex)


def test_bibtex_is_read_with_every_report_once() -> None:
    found = parse_string(exported("bibtex").decode(), "bibtex")
    assert sorted(found.entries) == REPORTS
    entry = found.entries[A.id]
    assert (entry.fields["year"], entry.fields["month"], entry.fields["day"]) == ("2025", "3", "14")
    assert printed(entry.fields["howpublished"]) == "{Meridian Courier}"
    assert "year" not in found.entries[C.id].fields
    assert "howpublished" not in found.entries[C.id].fields


def test_bibtex_prints_titles_and_names_as_they_are() -> None:
    entry = parse_string(exported("bibtex").decode(), "bibtex").entries[HOSTILE.id]
    title = entry.fields["title"]
    assert title[0] + title[-1] == "{}"
    assert " ".join(printed(title[1:-1]).split()) == " ".join(str(HOSTILE.title).split())
    assert [printed(str(one)) for one in entry.persons["author"]] == ["{{O'Neil}, \\Ana}", "{@Lee and Sons}"]
    assert entry.fields["url"] == HOSTILE.url
    assert HOSTILE.sha256 in entry.fields["note"]


def test_no_script_is_a_link() -> None:
    assert "url" not in parse_string(exported("bibtex").decode(), "bibtex").entries[WIRE.id].fields
    assert b"javascript" not in exported("csl")


def test_csl_has_the_shape_of_its_schema() -> None:
    items = json.loads(exported("csl"))
    assert sorted(item["id"] for item in items) == REPORTS
    names = {"id", "type", "title", "author", "container-title", "issued", "URL", "language", "note"}
    for item in items:
        assert item.keys() <= names
        assert item["type"] == "article-newspaper"
        assert all(author.keys() == {"literal"} for author in item.get("author", []))
        for part in item.get("issued", {"date-parts": [[]]})["date-parts"]:
            assert 0 <= len(part) <= 3
            assert all(type(number) is int for number in part)
        assert all(isinstance(item[key], str) for key in names & item.keys() - {"author", "issued"})
    first = next(item for item in items if item["id"] == HOSTILE.id)
    assert first["title"] == TITLE
    assert first["issued"] == {"date-parts": [[2025, 3, 15]]}


def test_a_citation_processor_prints_the_reports() -> None:
    items = json.loads(exported("csl"))
    style = CitationStylesStyle(io.BytesIO(STYLE), validate=False)
    shown = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        shown.register(Citation([CitationItem(item["id"])]))
    text = "\n".join(map(str, shown.bibliography()))
    for words in ("Meridian Courier", "Ministers meet in Sarnholm", "2025", HOSTILE.url):
        assert str(words) in text


def test_a_store_without_reports_gives_empty_files() -> None:
    assert json.loads(exported("csl", Record())) == []
    assert exported("bibtex", Record()) == b""


def test_the_order_of_the_records_changes_nothing() -> None:
    for form in ("bibtex", "csl"):
        assert exported(form, *RECORDS[::-1]) == exported(form)
