"""A feed and its entries, and how they are written as XML."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from lxml import etree

from onrecord.showing.exports import xml_text

_ATOM = "http://www.w3.org/2005/Atom"
#: Ids of feeds and entries are made of ours in this name space: they stay when the desk moves to another address.
_NAMESPACE = UUID("0c2b1f0e-7d55-5d0a-9a43-61746f6d3031")
#: A moment for what has no date: Atom must have one.
_UNDATED = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a report: an outlet, or onrecord for what it found itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One new thing.

    Attributes:
        key: what it is; the same thing has the same key in every feed.
        updated: as `moment` gives it.
        link: absolute address of its page.
        related: address of the article itself, if it has one.
        summary: plain text.
        categories: what it is of, e.g. "report".
    """

    key: str
    title: str
    updated: str
    link: str
    author: Author
    summary: str
    related: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, newest entries first; `page` is the page that it belongs to, `self_link` its own address."""

    key: str
    title: str
    self_link: str
    page: str
    entries: tuple[Entry, ...]


def moment(told: str | None) -> str:
    """A report's date, as precise as told, as the moment that Atom wants; without a zone it is taken as UTC.

    >>> moment("2025-03-14T18:40"), moment("2025-03-14"), moment("soon")
    ('2025-03-14T18:40:00Z', '2025-03-14T00:00:00Z', '1970-01-01T00:00:00Z')
    """
    try:
        found = datetime.fromisoformat(told or "")
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return _UNDATED
    return found.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def iri(key: str) -> str:
    """The id of a feed or an entry."""
    return f"urn:uuid:{uuid5(_NAMESPACE, key)}"


def write_feed(feed: Feed) -> bytes:
    """The feed as XML; the same entries give the same bytes."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # lxml takes None for the default name space
    _text(root, "id", iri(feed.key))
    _text(root, "title", feed.title)
    _text(root, "updated", max((one.updated for one in feed.entries), default=_UNDATED))
    _link(root, "self", feed.self_link, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    _text(root, "generator", "onrecord")
    _author(root, Author("onrecord"))
    for entry in feed.entries:
        _entry(root, entry)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _entry(root: etree._Element, entry: Entry) -> None:
    node = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _text(node, "id", iri(entry.key))
    _text(node, "title", entry.title)
    _text(node, "updated", entry.updated)
    _link(node, "alternate", entry.link, "text/html")
    if entry.related:
        _link(node, "related", entry.related, "text/html")
    _author(node, entry.author)
    for one in entry.categories:
        etree.SubElement(node, f"{{{_ATOM}}}category", term=xml_text(one))
    _text(node, "summary", entry.summary)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = xml_text(text)


def _link(parent: etree._Element, rel: str, href: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, href=xml_text(href), type=kind)


def _author(parent: etree._Element, author: Author) -> None:
    node = etree.SubElement(parent, f"{{{_ATOM}}}author")
    _text(node, "name", author.name)


def newest(entries: Iterable[Entry], limit: int) -> tuple[Entry, ...]:
    """The newest entries first; those of one moment by what they are."""
    ordered = sorted(entries, key=lambda one: one.key)
    return tuple(sorted(ordered, key=lambda one: one.updated, reverse=True)[:limit])


__all__ = ["Author", "Entry", "Feed", "iri", "moment", "newest", "write_feed"]
