"""Markdown -> Report: the text unchanged, its front matter and headings understood."""

import re

from onrecord.errors import UnreadableInput
from onrecord.model import BlockKind, Failure, FailureCause, Report
from onrecord.reading.blocks import Layout, decide
from onrecord.reading.dates import field_date
from onrecord.reading.features import Segment, fold, measure
from onrecord.reading.furniture import Evidence
from onrecord.reading.lines import split_segments
from onrecord.reading.names import field_names
from onrecord.reading.reports import Told, make_report
from onrecord.reading.settings import ReadSettings
from onrecord.reading.signs import Sign

_FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(?P<fields>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)", re.S)
_LONGEST_FRONT = 20_000
_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w -]{0,40}):[ \t]*(?P<value>.*?)[ \t]*$")
_ITEM = re.compile(r"^\s*-\s+(?P<value>.+?)\s*$")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"^(?:=+|-{3,})\s*$")
_FIELDS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "publication", "site", "source"),
    "published": ("published", "date", "datepublished", "publish_date", "pubdate"),
    "byline": ("byline", "authors", "author"),
    "url": ("url", "link", "canonical", "canonical_url"),
}


def read_markdown(text: str, source: str, sha256: str, settings: ReadSettings) -> Report | Failure:
    """The report of a Markdown document; its text is the document, marks and front matter included.

    Raises:
        UnreadableInput: there is nothing under the front matter.
    """
    front = _FRONT.match(text[:_LONGEST_FRONT])
    body_start = front.end() if front is not None else 0
    told = _told(front["fields"]) if front is not None else Told(where="the front matter")
    segments = _segments(text, body_start, told.title)
    if not segments:
        raise UnreadableInput("there is no text under its front matter", FailureCause.NO_TEXT)
    layout = decide(segments, _standing_title(segments, told.title))
    if front is not None:
        layout = _with_front(text, front.start(), front.end(), layout)
    return make_report(source, sha256, text, layout, told, settings)


def _told(front: str) -> Told:
    """What the front matter says: `name: value` lines, lists of items under a name."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in front.splitlines():
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field is not None:
            name = field["name"].strip().lower()
            fields.setdefault(name, [])
            value = field["value"].strip("[]") if field["value"].startswith("[") else field["value"]
            if value:
                fields[name].append(_unquoted(value))
        elif item is not None and name:
            fields[name].append(_unquoted(item["value"]))
    values = {
        meaning: next((fields[one] for one in names if fields.get(one)), []) for meaning, names in _FIELDS.items()
    }
    dated = field_date(values["published"][0]) if values["published"] else None
    problem = ""
    if values["published"] and (dated is None or dated.iso is None):
        problem = dated.reason if dated is not None else f"the date {values['published'][0][:40]!r} is no date"
    return Told(
        where="the front matter",
        title=next(iter(values["title"]), None),
        outlet=next(iter(values["outlet"]), None),
        byline=field_names([_unquoted(part) for value in values["byline"] for part in value.split(",")]),
        published=dated.iso if dated is not None else None,
        url=next(iter(values["url"]), None),
        problem=problem,
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _segments(text: str, body_start: int, title: str | None) -> list[Segment]:
    """The segments under the front matter; the words of a heading without its marks."""
    segments: list[Segment] = []
    pairs = [(start + body_start, end + body_start) for start, end in split_segments(text[body_start:])]
    first = True
    for index, (start, end) in enumerate(pairs):
        line = text[start:end]
        heading = _HEADING.match(line)
        underlined = index + 1 < len(pairs) and _UNDERLINE.match(text[slice(*pairs[index + 1])]) is not None
        over = (
            "\n" in text[end : pairs[index + 1][0]] and "\n\n" not in text[end : pairs[index + 1][0]]
            if underlined
            else False
        )
        hint = ""
        if heading is not None and heading["words"]:
            start, end = start + heading.start("words"), start + heading.end("words")
            hint = "title" if first and len(heading["marks"]) == 1 and title is None else "head"
        elif underlined and over and line[0].isalnum():
            hint = "title" if first and title is None else "head"
        if hint:
            first = False
        segments.append(measure(text, start, end, hint))
    return segments


def _standing_title(segments: list[Segment], title: str | None) -> str | None:
    """The told title if one of the first segments is it."""
    if title is None:
        return None
    wanted = fold(title)[:400]
    return title if any(segment.folded == wanted for segment in segments[:10]) else None


def _with_front(text: str, start: int, end: int, layout: Layout) -> Layout:
    """The layout with the front matter as furniture before it."""
    while text[start].isspace():
        start += 1
    sign = Sign(measure(text, start, end), Evidence.LINE)
    return Layout((sign, *layout.signs), (BlockKind.BOILERPLATE, *layout.kinds), layout.start + 1)
