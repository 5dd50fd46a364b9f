"""Text and what is told about it -> Report, with the origin of every field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.model import READABLE, BlockKind, FieldNote, Report, SourceClass, Span
from onrecord.reading.blocks import Layout
from onrecord.reading.dates import FoundDate, find_dates
from onrecord.reading.furniture import Evidence
from onrecord.reading.known_outlets import DateOrder
from onrecord.reading.language import language_of
from onrecord.reading.officials import official_of
from onrecord.reading.outlets import date_order, outlet_of
from onrecord.reading.settings import ReadSettings
from onrecord.reading.signs import Sign

_DATELINE = re.compile(r"^[^\W\d_][^.!?\n]{1,60}?,\s*(?=\S)")
_OLD_PICTURE = re.compile(r"\b(?:file|archive|archival|undated|library)\b", re.I)
_LANGUAGE_SAMPLE = 600


@dataclass(frozen=True, slots=True)
class Told:
    """What an input's metadata says about the report in it.

    Attributes:
        where: what told it, for the notes ("the row", "the page's metadata", "the front matter").
        published: ISO 8601.
        problem: why a date that is there could not be used.
        outlet_inferred: whether the outlet is only known by the host of the page's address.
        sender: domain that a mail came from.
        seen: day on which a collector first saw the report, YYYY-MM-DD.
    """

    where: str = "the text"
    title: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    problem: str = ""
    outlet_inferred: bool = False
    sender: str | None = None
    seen: str | None = None


def make_report(source: str, sha256: str, text: str, layout: Layout, told: Told, settings: ReadSettings) -> Report:
    """The report of one input.

    Args:
        source: path or URL, with "#N" for a row.
        sha256: of the input's bytes.
        text: as it was read.
        layout: the segments of `text` and their kinds.
        told: what the input's metadata says.
        settings: what the user says.
    """
    title, title_note = _title(layout, told)
    url = told.url or settings.address
    outlet, outlet_note = _outlet(layout, told, settings)
    official = official_of(layout, outlet, url or (f"mailto://{told.sender}" if told.sender else None))
    if official is not None and official.name is not None and outlet_note.how in ("missing", "inferred"):
        outlet, outlet_note = official.name, FieldNote("outlet", "told", official.reason, official.span)
    byline, byline_note = _byline(layout, told)
    published, published_note = _published(layout, told, settings, date_order(outlet))
    dateline, dateline_note = (None, None) if published is not None else _dateline(layout)
    if published is None and dateline is None and told.seen is not None:
        dateline, dateline_note = told.seen, FieldNote("published", "inferred", f"{told.where} tells when it was seen")
    language = language_of(_sample(text, layout))
    notes: tuple[FieldNote, ...] = (
        title_note,
        outlet_note,
        byline_note,
        dateline_note or published_note,
        _language_note(language),
    )
    if official is not None:
        notes = (*notes, FieldNote("source_class", "inferred", official.reason, official.span))
    return Report(
        id=f"r{sha256[:16]}",
        source=source,
        sha256=sha256,
        text=text,
        blocks=layout.blocks(),
        title=title,
        outlet=outlet,
        byline=byline,
        published=published,
        dateline=dateline,
        url=url,
        language=language,
        notes=tuple(notes),
        source_class=SourceClass.OUTLET if official is None else SourceClass.MINISTRY,
    )


def _title(layout: Layout, told: Told) -> tuple[str | None, FieldNote]:
    lines = layout.of_kind(BlockKind.TITLE)
    span = Span(lines[0].segment.start, lines[0].segment.end) if lines else None
    if told.title is not None:
        return told.title, FieldNote("title", "told", f"{told.where} tells it", span)
    if lines:
        return lines[0].segment.text, FieldNote("title", "told", "a line over the report's body", span)
    return None, FieldNote("title", "missing", "no line over the report's body reads as a title")


def _outlet(layout: Layout, told: Told, settings: ReadSettings) -> tuple[str | None, FieldNote]:
    if settings.outlet is not None:
        return settings.outlet, FieldNote("outlet", "given", "given by the user")
    if told.outlet is not None and told.outlet_inferred:
        return told.outlet, FieldNote("outlet", "inferred", "the host of the page's own address")
    if told.outlet is not None:
        return told.outlet, FieldNote("outlet", "told", f"{told.where} tells it")
    found = outlet_of(layout)
    note = FieldNote("outlet", found.how, found.reason, Span(found.start, found.end)) if found is not None else None
    if found is not None and note is not None and found.name is not None:
        return found.name, note
    host = urlsplit(settings.address).hostname if settings.address is not None else None
    if host:
        return host.removeprefix("www."), FieldNote("outlet", "inferred", "the host of the page's own address")
    return None, note or FieldNote("outlet", "missing", "neither the text nor its metadata names the outlet")


def _byline(layout: Layout, told: Told) -> tuple[tuple[str, ...], FieldNote]:
    lines = layout.of_kind(BlockKind.BYLINE)
    named = next((sign for sign in lines if _names(sign)), None)
    # several writers stand on a line each, over what they are
    writers = tuple(
        dict.fromkeys(name for sign in lines if sign.segment.start < _body_at(layout) for name in _names(sign))
    )
    if told.byline:
        return told.byline, FieldNote("byline", "told", f"{told.where} tells it")
    if named is not None:
        segment = named.segment
        start, end = (named.byline.start, named.byline.end) if named.byline is not None else (0, len(segment.text))
        note = FieldNote(
            "byline", "told", "a line of the text names them", Span(segment.start + start, segment.start + end)
        )
        return writers or _names(named), note
    if lines:
        where = Span(lines[0].segment.start, lines[0].segment.end)
        return (), FieldNote("byline", "missing", "the byline names no person", where)
    return (), FieldNote("byline", "missing", "neither the text nor its metadata names an author")


def _body_at(layout: Layout) -> int:
    """Where the body begins, the end of the text where there is none."""
    signs = layout.signs
    return signs[layout.start].segment.start if layout.start < len(signs) else signs[-1].segment.end


def _names(sign: Sign) -> tuple[str, ...]:
    return sign.byline.names if sign.byline is not None else sign.names


def _published(
    layout: Layout, told: Told, settings: ReadSettings, order: DateOrder | None
) -> tuple[str | None, FieldNote]:
    if settings.published is not None:
        return settings.published.replace(" ", "T"), FieldNote("published", "given", "given by the user")
    if told.published is not None:
        return told.published, FieldNote("published", "told", f"{told.where} tells it")
    problem = told.problem
    printed = sorted(_printed_dates(layout), key=lambda one: one[1].role != "published")
    if order is not None and printed and all(found.iso is None for _, found in printed):
        printed = [(sign, found) for sign, _ in printed for found in find_dates(sign.segment.text, order)]
    for sign, found in printed:
        if found.iso is not None:
            span = Span(sign.segment.start + found.start, sign.segment.start + found.end)
            return found.iso, FieldNote("published", "told", found.reason or "a date line of the text", span)
        problem = problem or found.reason
    return None, FieldNote("published", "missing", problem or "no date line in the text, no date in its metadata")


def _printed_dates(layout: Layout) -> Iterator[tuple[Sign, FoundDate]]:
    """The dates of the report's head, and any that a line calls the date of publication; never one of the prose."""
    for index, (sign, kind) in enumerate(zip(layout.signs, layout.kinds, strict=True)):
        if kind in {BlockKind.DATE, BlockKind.BYLINE} or (sign.dates and index < layout.start):
            for found in sign.dates:
                if found.role == "published" or (found.role == "plain" and index < layout.start):
                    yield sign, found


def _dateline(layout: Layout) -> tuple[str | None, FieldNote | None]:
    """The day that the first paragraph's dateline proves, else that of a change, else the one of the captions."""
    if layout.start < len(layout.signs):
        segment = layout.signs[layout.start].segment
        place = _DATELINE.match(segment.text[:80])
        found = next(find_dates(segment.text[:100]), None) if place is not None else None
        if place is not None and found is not None and found.iso is not None and found.start == place.end():
            span = Span(segment.start + found.start, segment.start + found.end)
            return found.iso[:10], FieldNote("published", "inferred", "no date line; the dateline proves the day", span)
    for sign in layout.signs:
        changed = next((found for found in sign.dates if found.role == "changed" and found.iso is not None), None)
        if changed is not None and changed.iso is not None:
            span = Span(sign.segment.start + changed.start, sign.segment.start + changed.end)
            return changed.iso[:10], FieldNote("published", "inferred", "the page only tells when it was changed", span)
    days: dict[str, Span] = {}
    for sign, kind in zip(layout.signs, layout.kinds, strict=True):
        if (
            kind is BlockKind.CAPTION
            and sign.evidence is not Evidence.NONE
            and not _OLD_PICTURE.search(sign.segment.text)
        ):
            for found in find_dates(sign.segment.text[:600]):
                if found.iso is not None:
                    span = Span(sign.segment.start + found.start, sign.segment.start + found.end)
                    days.setdefault(found.iso[:10], span)
    if len(days) != 1:
        return None, None
    day, span = next(iter(days.items()))
    return day, FieldNote("published", "inferred", "no date line; a caption proves the day", span)


def _sample(text: str, layout: Layout) -> str:
    """The first characters of what is news, paragraphs before anything else."""
    parts: list[str] = []
    length = 0
    for sign, kind in zip(layout.signs, layout.kinds, strict=True):
        if kind in READABLE:
            parts.append(sign.segment.text[:_LANGUAGE_SAMPLE])
            length += len(parts[-1])
            if length >= _LANGUAGE_SAMPLE:
                break
    return "\n".join(parts) or text[:_LANGUAGE_SAMPLE]


def _language_note(language: str) -> FieldNote:
    if language == "und":
        return FieldNote("language", "missing", "too few words to tell the language")
    return FieldNote("language", "inferred", "py3langid, from the first 600 characters")
