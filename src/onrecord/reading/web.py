"""Addresses, and lists of addresses, -> Report: each page is fetched and read like a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading.content import sha256_of
from onrecord.reading.documents import Kind, kind_of_name, read_content
from onrecord.reading.failures import failure
from onrecord.reading.fetching.client import Fetched, Fetcher, Validators
from onrecord.reading.fetching.failing import FetchFailed
from onrecord.reading.fetching.urls import tidy_url
from onrecord.reading.listings import Link, LinkKind, Listing, is_listing, parse_listing
from onrecord.reading.settings import ReadSettings
from onrecord.reading.whole import remedy_of

_SECRET = re.compile(r"(?<=:)//[^/?#]*@")
#: OPML leads to feeds and these to pages; a sitemap index to sitemaps and these to pages. A list found where a page
#: was promised is not followed, so that lists that lead to each other end.
_DEEPEST = 3
_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "markdown",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/json": "json",
    "message/rfc822": "mail",
    "application/mbox": "mbox",
    "application/warc": "warc",
}


@dataclass(slots=True)
class _Budget:
    """Pages that one list may still have fetched."""

    left: int
    seen: set[str]


class Web:
    """Reads addresses; one fetcher keeps the pauses between requests to each host."""

    def __init__(self, settings: ReadSettings, fetcher: Fetcher | None = None) -> None:
        self._settings = settings
        self._fetcher = fetcher or Fetcher(settings.fetch, settings.max_bytes)

    def read(self, url: str) -> Iterator[Report | Failure]:
        """The report of a page, or of every page that a feed, an OPML list or a sitemap leads to."""
        budget = _Budget(self._settings.max_pages, set())
        yield from self._read(Link(url, LinkKind.FEED), budget, 0)

    def read_list(self, content: bytes, source: str) -> Iterator[Report | Failure]:
        """The reports of the pages that a list in hand leads to.

        Args:
            content: of a feed, an OPML list or a sitemap.
            source: its path.
        """
        budget = _Budget(self._settings.max_pages, set())
        yield from self._follow(content, source, "", budget, 0)

    def fetch(self, url: str, known: Validators | None = None, *, attempts: int | None = None) -> Fetched:
        """What an address gives.

        Raises:
            FetchFailed: nothing usable.
        """
        return self._fetcher.get(url, known or Validators(), attempts=attempts)

    def reports_of(self, fetched: Fetched) -> Iterator[Report | Failure]:
        """The reports of a page in hand; its source is the address that was asked for."""
        mine = replace(self._settings, address=fetched.final_url)
        kind = _KINDS.get(fetched.content_type)
        if kind is None and fetched.content_type != "text/plain":
            named = kind_of_name(fetched.final_url.partition("?")[0].rpartition("/")[2])
            kind = named if named != "other" and named != "listing" else None
        yield from read_content(fetched.content, fetched.url, mine, kind)

    def _read(self, link: Link, budget: _Budget, depth: int) -> Iterator[Report | Failure]:
        try:
            url = tidy_url(link.url)
            if url in budget.seen:
                return
            budget.seen.add(url)
            fetched = self._fetcher.get(url)
        except FetchFailed as failed:
            yield fetch_failure(link.url, failed)
            return
        if not is_listing(fetched.content[:4_096]):
            yield from self.reports_of(fetched)
        elif link.kind is LinkKind.PAGE:
            yield failure(
                url, FailureCause.UNSUPPORTED, "it is a list of pages, where a page was promised", "give it by itself"
            )
        else:
            yield from self._follow(fetched.content, url, fetched.final_url, budget, depth)

    def _follow(
        self, content: bytes, source: str, base: str, budget: _Budget, depth: int
    ) -> Iterator[Report | Failure]:
        listing = listing_of(content, source, base)
        if isinstance(listing, Failure):
            yield listing
            return
        yield from problems_of(listing, source)
        if depth >= _DEEPEST:
            yield failure(source, FailureCause.LOOP, f"it is a list {depth} lists deep", "give it by itself")
            return
        for at, link in enumerate(listing.links):
            if link.kind is LinkKind.PAGE:
                if budget.left <= 0:
                    found = (
                        f"{len(listing.links) - at} more of its pages: the call may fetch {self._settings.max_pages}"
                    )
                    yield failure(source, FailureCause.OVERSIZED, found, "raise --max-pages, or watch it instead")
                    return
                budget.left -= 1
            yield from self._read(link, budget, depth + 1)


def listing_of(content: bytes, source: str, base: str) -> Listing | Failure:
    """The links of a list, or why it has none.

    Args:
        content: of the list.
        source: path or address, for the failure.
        base: address that its relative links start from.
    """
    try:
        return parse_listing(content, base)
    except UnreadableInput as error:
        cause = FailureCause(error.cause)
        return failure(source, cause, str(error), remedy_of(cause), sha256_of(content))


def problems_of(listing: Listing, source: str) -> Iterator[Failure]:
    """A failure for each entry of a list that leads nowhere."""
    for problem in listing.problems:
        yield failure(source, FailureCause.MALFORMED, problem, "the other entries were read")


def fetch_failure(url: str, failed: FetchFailed) -> Failure:
    """What is stored of an address that gave nothing: never the user name and password in it."""
    return failure(_SECRET.sub("//***@", url), FailureCause(failed.cause), str(failed), failed.remedy)
