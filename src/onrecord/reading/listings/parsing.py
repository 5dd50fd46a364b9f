"""Feeds, OPML and sitemaps -> links, whatever their dialect."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from lxml.etree import _Element

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause
from onrecord.reading.failures import shown
from onrecord.reading.listings.trees import first, line_of, name_of, parse_tree
from onrecord.reading.prolog import after_prolog

_ROOT = re.compile(rb"<(?:\w{1,40}:)?(?:rss|feed|opml|urlset|sitemapindex|rdf)\b", re.I)
_LONGEST_URL = 2_000
#: What an entry tells of its page besides the title: a change of any may mean that the page changed.
_TOLD = ("updated", "modified", "pubdate", "published", "date", "description", "summary")


class LinkKind(StrEnum):
    """What stands behind a link."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Link:
    """An address of a listing.

    Attributes:
        stamp: changes when the listing tells something else of the page: its title, date or summary.
    """

    url: str
    kind: LinkKind
    title: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, an OPML list or a sitemap lists.

    Attributes:
        name: what it is, for people ("RSS feed").
        links: in its order, each address once.
        problems: entries that give no link, and why.
    """

    name: str
    title: str
    links: tuple[Link, ...]
    problems: tuple[str, ...] = ()


def is_listing(start: bytes) -> bool:
    """Whether the first bytes are those of a feed, an OPML list or a sitemap; encodings like UTF-16 too.

    >>> is_listing(b'<?xml version="1.0"?><rss version="2.0">'), is_listing(b"<html><body>")
    (True, False)
    """
    plain = start.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return _ROOT.match(after_prolog(plain)) is not None


def parse_listing(content: bytes, base: str = "") -> Listing:
    """The links of a listing.

    Args:
        content: of the document.
        base: its address, for links that are relative.

    Raises:
        UnreadableInput: no listing of a known kind, or one built to stop its reader.
    """
    root = parse_tree(content)
    base = root.get("{http://www.w3.org/XML/1998/namespace}base") or base
    kind = name_of(root)
    if kind in ("rss", "rdf"):
        channel = first(root, "channel")
        title = line_of(first(channel, "title")) if channel is not None else ""
        found = [_entry(item, base) for item in root.iter("{*}item")]
        return _listing("RSS feed", title, found)
    if kind == "feed":
        found = [_entry(item, base) for item in root.iter("{*}entry")]
        return _listing("Atom feed", line_of(first(root, "title")), found)
    if kind == "opml":
        head = first(root, "head")
        return _listing(
            "OPML list", line_of(first(head, "title")) if head is not None else "", list(_outlines(root, base))
        )
    if kind == "urlset":
        return _listing("sitemap", "", [_place(one, base, LinkKind.PAGE) for one in root.iter("{*}url")])
    if kind == "sitemapindex":
        return _listing("sitemap index", "", [_place(one, base, LinkKind.SITEMAP) for one in root.iter("{*}sitemap")])
    raise UnreadableInput(
        f"it is XML with the root {shown(kind)}, no feed, OPML list or sitemap", FailureCause.UNSUPPORTED
    )


def _listing(name: str, title: str, found: list[Link | str]) -> Listing:
    links: dict[str, Link] = {}
    for one in found:
        if isinstance(one, Link):
            links.setdefault(one.url, one)
    return Listing(name, title, tuple(links.values()), tuple(one for one in found if isinstance(one, str)))


def _entry(item: _Element, base: str) -> Link | str:
    """The page of a feed's entry, or what the entry lacks."""
    title = line_of(first(item, "title"))
    told = [line_of(first(item, name)) for name in _TOLD]
    stamp = hashlib.sha256("\n".join((title, *told)).encode("utf-8", "replace")).hexdigest()[:16]
    url = next((one for one in _addresses(item) if one), "")
    if not url or len(url) > _LONGEST_URL:
        return f"the entry {shown(title)} has no link" if not url else f"the entry {shown(title)} has too long a link"
    return Link(urljoin(base, url), LinkKind.PAGE, title, stamp)


def _addresses(item: _Element) -> Iterator[str]:
    """Where an entry's page may stand, best first."""
    yield line_of(first(item, "origlink"))
    links = [child for child in item if name_of(child) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            yield str(link.get("href")).strip()
    yield from (line_of(link) for link in links)
    guid = first(item, "guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() == "true" and "://" in line_of(guid):
        yield line_of(guid)
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""
    if "://" in about:
        yield about


def _outlines(root: _Element, base: str) -> Iterator[Link | str]:
    for outline in root.iter("{*}outline"):
        attributes = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        url = attributes.get("xmlurl", "").strip()
        title = attributes.get("title") or attributes.get("text") or ""
        if url:
            yield Link(urljoin(base, url), LinkKind.FEED, " ".join(title.split())[:200])
        elif not len(outline):
            yield f"the outline {shown(title)} has no xmlUrl"


def _place(element: _Element, base: str, kind: LinkKind) -> Link | str:
    url, changed = line_of(first(element, "loc")), line_of(first(element, "lastmod"))
    if not url or len(url) > _LONGEST_URL:
        return "an entry has no <loc> with an address"
    return Link(urljoin(base, url), kind, stamp=changed)
