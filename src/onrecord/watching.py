"""Watching: lists of the web are asked again and again, and what is new or changed in them is read into the record.

    lists (feeds, OPML, sitemaps) -> pages -> Report -> Store, with the time at which to ask for each again

A round asks what is due, and each answer is stored together with when to ask next: a round that was stopped, however
hard, goes on where it was. Time comes from the clock of the settings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from onrecord import fusing
from onrecord.errors import UsageError
from onrecord.model import Failure, FailureCause, Report
from onrecord.pipeline import Book, Progress
from onrecord.reading import ReadSettings, is_url
from onrecord.reading.failures import failure
from onrecord.reading.fetching import FetchFailed, tidy_url
from onrecord.reading.fetching.client import Fetched, Fetcher, Validators, pause_s
from onrecord.reading.listings import Link, LinkKind, Listing, is_listing
from onrecord.reading.web import Web, fetch_failure, listing_of, problems_of
from onrecord.recording.watching import Watched

#: An index of sitemaps in an index, or an OPML list of OPML lists, ends here.
_DEEPEST = 3


def _silent(phase: str, done: int, total: int | None) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How often what is asked for.

    Attributes:
        read: what holds for every page, and how pages are fetched.
        interval_s: between two requests for a list.
        recheck_s: until a page is asked for again; twice as long each time that it has not changed.
        most_checks: how often a page that does not change is asked for again; a list that tells something new of it
            starts anew. With six, and an hour at first, the last one is after two and a half days.
        most_failures: after so many in a row a page is given up.
        longest_pause_s: after failures.
        most_pages: in one round; the others are asked for in the next.

    Raises:
        UsageError: a number that can't be.
    """

    read: ReadSettings = field(default_factory=ReadSettings)
    interval_s: float = 900.0
    recheck_s: float = 3_600.0
    most_checks: int = 6
    most_failures: int = 5
    longest_pause_s: float = 86_400.0
    most_pages: int = 1_000

    def __post_init__(self) -> None:
        if self.interval_s < 1 or self.recheck_s < 1 or self.most_pages < 1:
            raise UsageError(
                f"interval {self.interval_s:g} s, recheck {self.recheck_s:g} s, {self.most_pages} pages: "
                "each must be at least 1"
            )


@dataclass(frozen=True, slots=True)
class Change:
    """A page that its outlet published again with another text."""

    url: str
    before: Report
    after: Report


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did.

    Attributes:
        began: when.
        new: reports that were not known.
        changed: pages that say something else than before.
        unchanged: lists and pages that were asked for and are as they were.
        failures: as stored.
        next_due: ISO 8601 time (UTC) at which something is due again; None where nothing is.
    """

    began: datetime
    new: tuple[Report, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: int = 0
    failures: tuple[Failure, ...] = ()
    next_due: str | None = None


@dataclass(slots=True)
class _Tally:
    new: list[Report] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)


class Watcher:
    """Keeps a store up to date with lists of the web."""

    def __init__(self, book: Book, settings: WatchSettings | None = None, fetcher: Fetcher | None = None) -> None:
        self._book = book
        self._settings = settings or WatchSettings()
        self._clock = self._settings.read.fetch.clock
        self._watching = book.store.watching()
        self._web = Web(self._settings.read, fetcher)
        self._roots: set[str] = set()

    def follow(self, given: Iterable[str | Path]) -> None:
        """Watch lists: addresses of feeds, OPML lists and sitemaps, and files of these.

        Raises:
            UsageError: neither an address nor such a file.
        """
        for one in given:
            if is_url(str(one)):
                try:
                    links: Sequence[Link] = (Link(tidy_url(str(one)), LinkKind.FEED),)
                except FetchFailed as failed:
                    raise UsageError(f"{one}: {failed}; {failed.remedy}") from failed
                source = None
            else:
                source, links = str(one), self._links_of(Path(one))
            self._roots.update(link.url for link in links if link.kind is not LinkKind.PAGE)
            self._roots.update({source} if source is not None else ())
            self._register(links, source, _stamp(self._clock.now()))

    def round(self, *, annotate: bool = True, progress: Progress = _silent) -> Round:
        """Ask for all that is due, read what is new, and bring the record up to date.

        Args:
            annotate: False to store the reports only.
            progress: told after each page, and by annotating and fusing.
        """
        began = self._clock.now()
        now, tally = _stamp(began), _Tally()
        for _ in range(_DEEPEST):
            lists = self._ours(self._watching.due("list", now))
            for one in lists:
                self._ask_list(one, began, tally)
            if not lists:
                break
        pages = self._ours(self._watching.due("page", now))[: self._settings.most_pages]
        for done, one in enumerate(pages, start=1):
            self._ask_page(one, began, tally)
            progress("reading", done, len(pages))
        outcome = self._book.read((), annotate=annotate, progress=progress)
        failures = (*tally.failures, *outcome.failures)
        due = self._watching.next_due()
        return Round(began, tuple(tally.new), tuple(tally.changed), tally.unchanged, failures, due)

    def rounds(
        self, most: int | None = None, *, annotate: bool = True, progress: Progress = _silent
    ) -> Iterator[Round]:
        """One round after another, with the pause between them.

        Args:
            most: how many; without end where it is not given.
            annotate: as for `round`.
            progress: as for `round`.
        """
        done = 0
        while most is None or done < most:
            if done:
                self.pause()
            yield self.round(annotate=annotate, progress=progress)
            done += 1

    def pause(self) -> None:
        """Wait until the next round."""
        self._clock.sleep(self._settings.interval_s)

    # --- lists

    def _links_of(self, path: Path) -> Sequence[Link]:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path}: it can't be read ({error.strerror}); give an OPML file or an address") from error
        listing = listing_of(content, str(path), "")
        if isinstance(listing, Failure):
            raise UsageError(f"{listing.message}; give an OPML list, a feed or a sitemap")
        links: list[Link] = []
        for link in listing.links:
            try:
                links.append(replace(link, url=tidy_url(link.url)))
            except FetchFailed as failed:
                self._book.store.add_failure(fetch_failure(link.url, failed))
        return links

    def _register(self, links: Sequence[Link], source: str | None, now: str) -> None:
        """Let new addresses be due, and pages of which a list tells something new."""
        self._watching.keep(self._news(links, source, now))

    def _news(self, links: Sequence[Link], source: str | None, now: str) -> list[Watched]:
        known = self._watching.known(link.url for link in links)
        found: list[Watched] = []
        for link in links:
            kind = "page" if link.kind is LinkKind.PAGE else "list"
            before = known.get(link.url)
            if before is None:
                found.append(Watched(link.url, "page" if kind == "page" else "list", source, link.stamp, due=now))
            elif kind == "page" and link.stamp != before.stamp:
                found.append(replace(before, listed_in=source, stamp=link.stamp, due=now, failures=0, checks=0))
            elif before.listed_in != source and (before.listed_in is None or before.listed_in not in self._roots):
                found.append(replace(before, listed_in=source))
        return found

    def _ours(self, due: Sequence[Watched]) -> list[Watched]:
        """Those that the lists of this call lead to: a store may have been used for others."""
        ours = set(self._roots)
        for _ in range(_DEEPEST):
            above = {one.listed_in for one in due if one.listed_in is not None} - ours
            parents = self._watching.known(above)
            ours |= {url for url, one in parents.items() if one.listed_in in ours}
        return [one for one in due if one.url in ours or one.listed_in in ours]

    def _ask_list(self, one: Watched, began: datetime, tally: _Tally) -> None:
        try:
            fetched = self._web.fetch(one.url, Validators(one.etag, one.last_modified), attempts=1)
        except FetchFailed as failed:
            self._fail(one, fetch_failure(one.url, failed), began, tally, failed)
            return
        asked = replace(one, failures=0, due=_stamp(began + timedelta(seconds=self._settings.interval_s)))
        if not fetched.changed:
            tally.unchanged += 1
            self._watching.keep([asked])
            return
        listing = listing_of(fetched.content, one.url, fetched.final_url)
        if isinstance(listing, Failure):
            self._fail(one, listing, began, tally)
            return
        for problem in (*problems_of(listing, one.url), *_wrong_links(listing)):
            self._store_failure(problem, tally)
        links = [replace(link, url=tidy_url(link.url)) for link in listing.links if _is_fit(link.url)]
        asked = replace(asked, etag=fetched.etag, last_modified=fetched.last_modified)
        self._watching.keep([asked, *self._news(links, one.url, _stamp(began))])

    # --- pages

    def _ask_page(self, one: Watched, began: datetime, tally: _Tally) -> None:
        try:
            fetched = self._web.fetch(one.url, Validators(one.etag, one.last_modified), attempts=1)
        except FetchFailed as failed:
            self._fail(one, fetch_failure(one.url, failed), began, tally, failed)
            return
        asked = replace(one, failures=0, etag=fetched.etag or one.etag)
        asked = replace(asked, last_modified=fetched.last_modified or one.last_modified)
        if not fetched.changed:
            tally.unchanged += 1
            self._watching.keep([self._checked(asked, began)])
            return
        self._read_page(asked, fetched, began, tally)

    def _read_page(self, one: Watched, fetched: Fetched, began: datetime, tally: _Tally) -> None:
        if is_listing(fetched.content[:4_096]):
            found = "it is a list of pages, where a page was promised"
            self._fail(one, failure(one.url, FailureCause.UNSUPPORTED, found, "watch it by itself"), began, tally)
            return
        read = list(self._web.reports_of(fetched))
        for item in read:
            if isinstance(item, Failure):
                self._fail(one, item, began, tally)
            elif item.source != one.url:  # one of many in an archive or a list of rows
                how = self._book.store.add_report(item, fusing.sign(item))
                tally.new.extend([item] if how == "added" else [])
                self._watching.keep([self._checked(one, began)])
            else:
                self._add(one, item, began, tally)

    def _add(self, one: Watched, report: Report, began: datetime, tally: _Tally) -> None:
        before = self._book.store.versions(one.url)
        last = self._watching.report(before[-1]) if before else None
        fresh = self._checked(replace(one, checks=-1), began)
        again = self._checked(one, began)
        how = self._watching.add(report, fusing.sign(report), _stamp(began), (fresh, again))
        if how == "changed" and last is not None:
            tally.changed.append(Change(one.url, last, report))
        elif how == "added":
            tally.new.append(report)
        else:
            tally.unchanged += 1

    def _checked(self, one: Watched, began: datetime) -> Watched:
        """When a page that was read is asked for again."""
        checks = one.checks + 1
        if checks > self._settings.most_checks:
            return replace(one, checks=checks, due=None)
        pause = timedelta(seconds=self._settings.recheck_s * 2.0**checks)
        return replace(one, checks=checks, due=_stamp(began + pause))

    def _fail(
        self, one: Watched, found: Failure, began: datetime, tally: _Tally, failed: FetchFailed | None = None
    ) -> None:
        """Store a failure, and when to ask again: lists always, pages where it may pass."""
        self._store_failure(found, tally)
        failures = one.failures + 1
        lasting = failed is None or not failed.passing or failures >= self._settings.most_failures
        if one.kind == "page" and lasting:
            self._watching.keep([replace(one, failures=failures, due=None)])
            return
        first_s = self._settings.interval_s
        pause = max(pause_s(one.url, failures, first_s, self._settings.longest_pause_s), _asked_s(failed))
        self._watching.keep([replace(one, failures=failures, due=_stamp(began + timedelta(seconds=pause)))])

    def _store_failure(self, found: Failure, tally: _Tally) -> None:
        self._book.store.add_failure(found)
        tally.failures.append(found)


def _asked_s(failed: FetchFailed | None) -> float:
    return 0.0 if failed is None or failed.retry_after_s is None else failed.retry_after_s


def _is_fit(url: str) -> bool:
    try:
        tidy_url(url)
    except FetchFailed:
        return False
    return True


def _wrong_links(listing: Listing) -> Iterator[Failure]:
    """A failure for each address that is never fetched."""
    for link in listing.links:
        try:
            tidy_url(link.url)
        except FetchFailed as failed:
            yield fetch_failure(link.url, failed)


def _stamp(moment: datetime) -> str:
    """A time as it is stored: to the second, so that texts sort as times do."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["Change", "Round", "WatchSettings", "Watcher"]
