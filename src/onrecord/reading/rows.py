"""Rows of JSON Lines -> Report, one row at a time."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.blocks import find_layout
from onrecord.reading.content import Row, read_rows, sha256_of
from onrecord.reading.dates import FoundDate, field_date
from onrecord.reading.decoding import check_text
from onrecord.reading.failures import failure, shown
from onrecord.reading.fetching.urls import is_url
from onrecord.reading.names import field_names
from onrecord.reading.reports import Told, make_report
from onrecord.reading.settings import ReadSettings

#: The names that corpora give a field, best first. news-please, CC-NEWS, Media Cloud, GDELT's article lists, JSON of
#: trafilatura and plain exports were looked at.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article", "fulltext", "full_text", "raw_text", "story_text"),
    "title": ("title", "headline", "heading"),
    "outlet": (
        *("outlet", "publisher", "sitename", "site_name", "media_name", "media", "source", "source_domain"),
        *("sourcename", "source-hostname", "hostname", "domain"),
    ),
    "published": (
        "published",
        "date",
        "published_at",
        "date_publish",
        "publishedat",
        "pubdate",
        "publish_date",
        "publication_date",
        "datepublished",
        "date_published",
        "timestamp",
    ),
    "byline": ("byline", "authors", "author"),
    "url": ("url", "link", "canonical_url", "uri"),
    "seen": ("seendate", "date_download", "collect_date", "crawl_date", "indexed_date"),
}
#: Seconds since 1970 that a date field may hold: 1973 to 2096.
_EPOCH_S = (100_000_000, 4_000_000_000)


def read_jsonl(stream: BinaryIO, source: str, settings: ReadSettings) -> Iterator[Report | Failure]:
    """The reports of a JSON Lines stream; a bad row is one failure "SOURCE#N" and the rest goes on.

    Args:
        stream: decompressed.
        source: path or URL of the whole.
        settings: `max_bytes` holds for each row.
    """
    found = False
    try:
        for row in read_rows(stream, settings.max_bytes):
            found = True
            yield read_row(row, f"{source}#{row.number}", settings)
    except UnreadableInput as error:
        yield failure(
            source, FailureCause(error.cause), str(error), "get it again; the rows before the break were read"
        )
        return
    if not found:
        yield failure(source, FailureCause.EMPTY, "it holds no row", "leave it out, or get it again")


def read_row(row: Row, source: str, settings: ReadSettings) -> Report | Failure:
    """The report of one row, or why it gives none."""
    if row.oversized:
        return failure(
            source,
            FailureCause.OVERSIZED,
            f"the row has more than {settings.max_bytes} bytes, it begins {shown(row.content)}",
            "raise the size limit if it is a report",
        )
    sha256 = sha256_of(row.content)
    try:
        fields = _object(row.content)
        text = _text(fields)
        told, title = _told(fields)
        if title is not None and not _begins_with(text, title):
            text = f"{title}\n\n{text}"
        layout = find_layout(text, title)
    except UnreadableInput as error:
        return failure(
            source, FailureCause(error.cause), str(error), 'give one JSON object a line with a "text" field', sha256
        )
    return make_report(source, sha256, text, layout, told, settings)


def _object(content: bytes) -> dict[str, Any]:
    """The JSON object of a row, its keys in lower case."""
    try:
        line = content.decode()  # JSON is UTF-8 (RFC 8259); a guess would change names in silence
    except UnicodeDecodeError as error:
        found = f"the byte {content[error.start]:#04x} at {error.start} is no UTF-8"
        raise UnreadableInput(found, FailureCause.UNDECODABLE) from error
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        near = shown(line[max(0, error.pos - 20) : error.pos + 20])
        raise UnreadableInput(
            f"no JSON: {error.msg} at character {error.pos}, near {near}", FailureCause.MALFORMED
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"no JSON that can be read: {str(error)[:80]}", FailureCause.MALFORMED) from error
    if not isinstance(value, dict):
        raise UnreadableInput(f"it is a JSON {type(value).__name__}, {shown(line)}", FailureCause.MALFORMED)
    # of two keys that differ in case only the first one counts
    lowered: dict[str, Any] = {}
    for key, one in value.items():
        lowered.setdefault(key.lower(), one)
    return lowered


def _text(fields: Mapping[str, Any]) -> str:
    """The report's text: of the first field of that meaning that holds some."""
    present = [name for name in _FIELDS["text"] if name in fields]
    for name in present:
        value = fields[name]
        if isinstance(value, str) and value.strip():
            check_text(value)
            return value
    if not present:
        raise UnreadableInput(f"no text field, only {shown(', '.join(sorted(fields)))}", FailureCause.MALFORMED)
    value = fields[present[0]]
    if value is None or isinstance(value, str):
        raise UnreadableInput(f"the field {present[0]!r} holds no text: {value!r:.40}", FailureCause.EMPTY)
    raise UnreadableInput(f"the field {present[0]!r} is {shown(repr(value))}, not a text", FailureCause.MALFORMED)


def _told(fields: Mapping[str, Any]) -> tuple[Told, str | None]:
    """What the other fields say, and the title to put before the text."""
    title = _line(fields, "title")
    dated = _date(fields)
    seen = next((found for name in _FIELDS["seen"] if (found := _day(fields.get(name)))), None)
    names = next((several for name in _FIELDS["byline"] if (several := field_names(fields.get(name)))), ())
    problem = dated.reason if dated is not None and dated.iso is None else ""
    outlet, inferred = _outlet(fields)
    return Told(
        where="the row",
        title=title,
        outlet=outlet,
        byline=names,
        published=dated.iso if dated is not None else None,
        url=_address(fields),
        problem=problem,
        seen=seen,
        outlet_inferred=inferred,
    ), title


def _line(fields: Mapping[str, Any], meaning: str) -> str | None:
    """The first field of that meaning with a text that fits on a line; `{"name": ...}` objects give their name."""
    for name in _FIELDS[meaning]:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if meaning == "outlet" and isinstance(value, str) and is_url(value.strip()):
            continue  # trafilatura calls the page's own address its source
        if isinstance(value, str) and 0 < len(value.strip()) <= 2_000:
            line = " ".join(value.split())
            try:
                check_text(line)
            except UnreadableInput:
                continue
            return line
    return None


def _outlet(fields: Mapping[str, Any]) -> tuple[str | None, bool]:
    """Who published, and whether only the address tells it.

    Collectors that know the host write it with and without "www."; some call the page's own address its source.
    """
    told = _line(fields, "outlet")
    if told is not None:
        return (told if " " in told else told.removeprefix("www.")), False
    url = _address(fields) or ""
    try:
        host = urlsplit(url).hostname if is_url(url) else None
    except ValueError:
        host = None
    return (host.removeprefix("www.") if host else None), True


def _address(fields: Mapping[str, Any]) -> str | None:
    """The page's own address."""
    source = fields.get("source")
    return _line(fields, "url") or (source.strip() if isinstance(source, str) and is_url(source.strip()) else None)


def _date(fields: Mapping[str, Any]) -> FoundDate | None:
    """The first date field that holds a date, else the first that failed, to tell why."""
    problem: FoundDate | None = None
    for name in _FIELDS["published"]:
        value = fields.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and _EPOCH_S[0] <= value <= _EPOCH_S[1]:
            return FoundDate(0, 0, _from_epoch(value))
        if not isinstance(value, str) or not value.strip():
            continue
        found = field_date(value)
        if found is not None and found.iso is not None:
            return found
        problem = problem or found or FoundDate(0, 0, None, f"the field {name!r} is {shown(value)}, which is no date")
    return problem


def _day(value: object) -> str | None:
    found = field_date(value) if isinstance(value, str) and value.strip() else None
    return found.iso[:10] if found is not None and found.iso is not None else None


def has_text_field(fields: Mapping[str, Any]) -> bool:
    """Whether an object is an article: one of its fields is called as texts are.

    >>> has_text_field({"maintext": "The envoy left."}), has_text_field({"articles": []})
    (True, False)
    """
    return not {str(name).lower() for name in fields}.isdisjoint(_FIELDS["text"])


def _from_epoch(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _begins_with(text: str, title: str) -> bool:
    """Whether the first line of `text` that holds words is the title."""
    first = text.lstrip()[: len(title) * 2 + 200].splitlines()
    return bool(first) and " ".join(first[0].split()).casefold() == title.casefold()
