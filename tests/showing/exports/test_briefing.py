import re
from html import escape
from html.parser import HTMLParser

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from onrecord.model import Record, Span
from onrecord.showing.exports.briefing.notes import text_link
from onrecord.showing.exports.briefing.plain import escaped
from tests.showing.builders import RECORD, A, B
from tests.showing.exports.hostile import HOSTILE, QUOTE, RECORDS, STORY_RECORD, TITLE, exported


def page(*records: Record) -> html.HtmlElement:
    return html.document_fromstring(exported("html", *records))


def words_of(element: etree._Element) -> str:
    return " ".join("".join(str(one) for one in element.itertext()).split())


def shown(markdown: str) -> str:
    """What a reader of the Markdown sees, footnote marks as they stand."""
    tree = html.document_fromstring(MarkdownIt("commonmark").render(markdown))
    return words_of(tree)


def test_a_page_has_every_section_and_every_note_leads_to_its_sentence() -> None:
    found = page(RECORD)
    assert [words_of(one) for one in found.iter("h2")] == [
        "Reports", "Who met", "Statements", "What is told to have happened or to come", "Where the reports differ",
        "Demands", "Commitments", "Sentences",
    ]  # fmt: skip
    ids = [str(one) for one in found.xpath("//@id")]
    assert len(ids) == len(set(ids))
    targets = [str(one)[1:] for one in found.xpath("//a/@href") if str(one).startswith("#")]
    assert targets
    assert set(targets) <= set(ids)
    notes = found.xpath("//section[@class='notes']//li")
    assert {str(note.get("id")) for note in notes} <= set(targets)


def test_notes_are_numbered_as_they_are_read() -> None:
    numbers = [int(str(one.text)) for one in page(RECORD).xpath("//article//sup/a")]
    assert list(dict.fromkeys(numbers)) == sorted(set(numbers))


def test_a_note_is_the_sentence_with_the_words_marked() -> None:
    notes = page(RECORD).xpath("//section[@class='notes']//li[contains(., 'Tolvay refused')]")
    assert {words_of(note) for note in notes} == {
        "Tolvay refused. Meridian Courier, 14 March 2025, 18:40, report 1, line 5"
    }
    assert [words_of(mark) for note in notes for mark in note.iter("mark")] == ["refused", "Tolvay refused"]


def test_the_ledger_has_replies_turns_conditions_and_threats() -> None:
    text = words_of(page(STORY_RECORD).xpath("//article")[0])
    for words in ('rejected "now"', "accepted or else", 'kept "now"', "condition or else", "Threats and offers threat"):
        assert words in re.sub(r"(?<=\D)\d+(?=\D)", "", text) or words in text, words


def test_all_wordings_of_a_statement_stand_under_the_fullest() -> None:
    (entry,) = page(RECORD).xpath("//h3[contains(., 'Marenko')]/following-sibling::ul[1]/li")
    assert words_of(entry).startswith("corroborated direct said: “We will answer in writing next week,”")
    assert "indirect said: that Bravonia would answer next week" in words_of(entry)


def test_nothing_of_a_report_is_markup_and_nothing_comes_from_elsewhere() -> None:
    found = page()
    for tag in ("script", "b", "img", "link", "iframe", "form"):
        assert not list(found.iter(tag)), tag
    attributes = {str(name) for one in found.iter() if isinstance(one.tag, str) for name in one.attrib}
    assert not any(name.startswith("on") or name in ("src", "style") for name in attributes)
    links = [str(one) for one in found.xpath("//a/@href") if not str(one).startswith("#")]
    assert links
    assert all(one.startswith("https://paper.example/") for one in links)
    assert words_of(found.xpath("//article[2]//h1")[0]) == TITLE
    assert "default-src 'none'" in str(found.xpath("//meta[@http-equiv]/@content")[0])


def test_a_page_is_well_formed_for_a_strict_reader() -> None:
    opened: list[str] = []

    class Strict(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "br"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Strict().feed(exported("html").decode())
    assert opened == []


def test_markdown_shows_the_same_words_as_the_page() -> None:
    text = shown(exported("markdown", RECORD).decode())
    for heading in page(RECORD).iter("h2"):
        assert words_of(heading) in text
    assert "said: “We will answer in writing next week,”[^1-4]" in text
    assert "Tolvay refused. (Meridian Courier, 14 March 2025, 18:40, report 1, line 5)" in text


def test_every_markdown_footnote_is_defined_once_and_used() -> None:
    text = exported("markdown").decode()
    defined = re.findall(r"^\[\^([\d-]+)\]: ", text, re.MULTILINE)
    assert len(defined) == len(set(defined))
    assert set(defined) == set(re.findall(r"\[\^([\d-]+)\](?!:)", text))


def test_markdown_of_hostile_reports_has_no_markup_of_theirs() -> None:
    tree = html.document_fromstring(MarkdownIt("commonmark").render(exported("markdown").decode()))
    assert not list(tree.iter("script"))
    assert not list(tree.iter("b"))
    assert {str(one.get("href")).split("#")[0] for one in tree.iter("a")} == {"https://paper.example/a?b=1&c=%7B2%7D"}
    assert TITLE in words_of(tree)
    assert " ".join(QUOTE.split("\t")[0].split()) in words_of(tree)


MARKUP = (
    *("1. one", "10) ten", "- a", "+ b", "# c", "---", "| a |", "www.a.example", "a@b.example", "https://a.example"),
    *("$x$", "~~a~~", "==a==", "[^1]", "![a](b)", "<!-- a -->", "&amp;"),
)


@pytest.mark.parametrize("text", MARKUP)
def test_escaped_text_reads_as_it_stands(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert reader.render(escaped(text)).strip() == f"<p>{escape(text, quote=False)}</p>"


def test_the_order_of_the_records_inside_a_story_changes_nothing() -> None:
    other = Record(RECORD.reports[::-1], RECORD.annotations[::-1], RECORD.actors[::-1], RECORD.fusions)
    for form in ("html", "markdown"):
        assert exported(form, other) == exported(form, RECORD)


def test_a_store_without_stories_is_an_empty_briefing() -> None:
    assert exported("markdown", Record()) == b""
    assert not list(page(Record()).iter("article"))


def test_a_story_names_its_own_reports_only() -> None:
    both = Record(RECORD.reports + STORY_RECORD.reports, RECORD.annotations + STORY_RECORD.annotations,
                  RECORD.actors, RECORD.fusions + STORY_RECORD.fusions)  # fmt: skip
    first, second = page(both).iter("article")
    assert [len(one.xpath(".//ol[@class='reports']/li")) for one in (first, second)] == [3, 2]
    assert str(HOSTILE.outlet) not in words_of(first)
    assert RECORDS


def test_a_link_to_a_sentence_names_its_ends_when_it_is_long() -> None:
    text = " ".join(f"word-{number}" for number in range(20))
    link = text_link("https://a.example/#x", text, Span(0, len(text)))
    assert link is not None
    assert link.startswith("https://a.example/#x:~:text=word%2D0%20word%2D1")
    assert link.endswith("word%2D18%20word%2D19")
    assert text_link(None, A.text, Span(0, 3)) is None
    assert text_link("https://a.example", B.text, Span(0, 0)) == "https://a.example"
