"""HTML -> Report: trafilatura takes the article out of the page, the page's metadata tells the rest.

Nothing is executed and nothing is fetched: trafilatura gets a parsed tree, never an address. The tree is bounded
first, because some steps of an extractor take time that grows with the square of a page's elements or attributes.
"""

import logging
import re
from collections.abc import Iterator

from lxml.etree import ParserError, _Element, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.blocks import decide
from onrecord.reading.failures import shown
from onrecord.reading.features import Segment, fold, measure
from onrecord.reading.pagefacts import facts_of
from onrecord.reading.reports import Told, make_report
from onrecord.reading.settings import ReadSettings

# What it warns of comes back as a failure; without a handler Python would print it to standard error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

#: The longest pages of news sites (live blogs) have some 20,000 elements; empty ones cost the extractor most
#: (140,000 took 6.6 s, benchmark of hostile pages in tests/reading/test_pages.py).
_MOST_ELEMENTS = 60_000
#: libxml2 stops at 256 levels by itself in most builds; recursion in the extractor must not meet more in any.
_MOST_LEVELS = 250
_MOST_ATTRIBUTES = 40
_LONGEST_ATTRIBUTE = 2_000
_DROPPED = ("script", "style", "noscript", "svg", "template", "iframe", "object", "embed")
_BLOCKS = {"p", "head", "item", "quote", "row", "list", "table", "div", "body", "main", "code", "lb", "section"}
_HINTS = {"head": "head", "item": "item", "quote": "quote", "row": "cell"}
#: A start tag of this length is counted; libxml2 compares each of its attributes with all others.
_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{20000,}")
_QUOTED_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_PARSED_ATTRIBUTES = 1_000
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_page(
    page: str, source: str, sha256: str, settings: ReadSettings, told: Told | None = None
) -> Report | Failure:
    """The report of an HTML page.

    Args:
        page: the page, decoded.
        source: path or URL.
        sha256: of the page's bytes.
        settings: what the user says.
        told: what is known of it in the place of the page's own metadata, as for a mail in HTML.

    Raises:
        UnreadableInput: the page holds no article, or is built to stop its reader.
    """
    tree = _parsed(page)
    told = told or facts_of(tree)
    _bound(tree)
    pieces = _article(tree)
    if not pieces:
        raise UnreadableInput(f"the page holds no article text ({len(page)} characters of HTML)", FailureCause.NO_TEXT)
    text, segments = _laid_out(pieces, told.title)
    return make_report(source, sha256, text, decide(segments, told.title), told, settings)


def _parsed(page: str) -> HtmlElement:
    """The tree of a page, as far as the parser follows it."""
    for tag in _LONG_TAG.finditer(page):
        count = len(_QUOTED_VALUE.sub("", tag.group()).split())
        if count > _MOST_PARSED_ATTRIBUTES:
            raise UnreadableInput(f"an element has {count} attributes, {shown(tag.group())}", FailureCause.OVERSIZED)
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8", huge_tree=False)
    content = _NOT_XML.sub("", page).encode("utf-8", "replace")
    try:
        return document_fromstring(content, parser=parser)
    except (ParserError, ValueError, AssertionError) as error:
        raise UnreadableInput(f"no HTML that can be parsed: {str(error)[:80]}", FailureCause.NO_TEXT) from error


def _bound(tree: HtmlElement) -> None:
    """Take out what is no text, and refuse what no page of an outlet looks like."""
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()
    count, level = 0, 0
    for action, element in iterwalk(tree, events=("start", "end")):
        if action == "end":
            level -= 1
            continue
        level += 1
        count += 1
        if count > _MOST_ELEMENTS or level > _MOST_LEVELS:
            what = f"more than {_MOST_ELEMENTS} elements" if count > _MOST_ELEMENTS else f"{level} nested elements"
            raise UnreadableInput(f"the page has {what}", FailureCause.OVERSIZED)
        attributes = element.attrib
        if len(attributes) > _MOST_ATTRIBUTES:
            attributes.clear()
        for name, value in attributes.items():
            if len(value) > _LONGEST_ATTRIBUTE:
                del attributes[name]


def _article(tree: HtmlElement) -> list[tuple[str, str]]:
    """The blocks of the page's article: text with single spaces, and what the markup says it is."""
    try:
        document = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    except RecursionError as error:
        raise UnreadableInput("the page is nested too deeply", FailureCause.OVERSIZED) from error
    body = getattr(document, "body", None)
    return [] if body is None else [piece for piece in _pieces(body) if piece[0]]


def _pieces(body: _Element) -> Iterator[tuple[str, str]]:
    """The text of each block element of trafilatura's tree, in order."""
    parts: list[str] = []
    hints: list[str] = []
    for action, element in iterwalk(body, events=("start", "end")):
        block = element.tag in _BLOCKS
        if block:
            yield " ".join("".join(parts).split()), hints[-1] if hints else ""
            parts.clear()
        elif element.tag in {"cell", "graphic"}:
            parts.append(" ")
        if action == "start":
            if element.tag in _HINTS:
                hints.append(_HINTS[element.tag])
            parts.append(element.text or "")
        else:
            if element.tag in _HINTS:
                hints.pop()
            parts.append(element.tail or "")
    yield " ".join("".join(parts).split()), ""


def _laid_out(pieces: list[tuple[str, str]], title: str | None) -> tuple[str, list[Segment]]:
    """The report's text, its blocks a blank line apart, and the segments in it; the title stands first."""
    if title is not None:
        wanted = fold(title)
        if all(fold(piece) != wanted for piece, _ in pieces[:6]):
            pieces = [(title, "title"), *pieces]
        else:
            at = next(index for index, (piece, _) in enumerate(pieces) if fold(piece) == wanted)
            pieces[at] = (pieces[at][0], "title")
            title = pieces[at][0]
    text = "\n\n".join(piece for piece, _ in pieces)
    segments: list[Segment] = []
    start = 0
    for piece, hint in pieces:
        segments.append(measure(text, start, start + len(piece), hint))
        start += len(piece) + 2
    return text, segments
