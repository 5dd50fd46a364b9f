from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import UsageError
from onrecord.model import FailureCause
from onrecord.pipeline import Book
from onrecord.reading import ReadSettings
from onrecord.watching import Round, Watcher, WatchSettings
from tests.reading.archiving import PARAGRAPH, page
from tests.reading.serving import FakeTime, Page, Site, loopback, serving

HOUR = 3_600.0


class Desk:
    """An outlet that publishes, and somebody who watches it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.time = FakeTime()
        self.folder = folder
        self.book: Book = onrecord.open(folder / "news.db")
        self.opml = folder / "feeds.opml"
        self.opml.write_text(f'<opml><body><outline xmlUrl="{site.url("/feed")}"/></body></opml>', encoding="utf-8")
        self.watcher = self.start()

    def start(self, **changes: int) -> Watcher:
        read = ReadSettings(fetch=loopback(self.time))
        watcher = Watcher(self.book, WatchSettings(read, **changes))
        watcher.follow([self.opml])
        return watcher

    def publish(self, **pages: str) -> None:
        for name, text in pages.items():
            self.site.pages[f"/{name}"] = Page(page(name, f"{text} {PARAGRAPH}"), etag=f'"{hash_of(text)}"')
        self.list_pages(*pages)

    def list_pages(self, *names: str) -> None:
        items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in names)
        feed = f"<rss><channel>{items}</channel></rss>"
        self.site.pages["/feed"] = Page(feed.encode(), "application/rss+xml", etag=f'"{hash_of(feed)}"')

    def round(self, after_s: float = 0.0) -> Round:
        self.time.seconds += after_s
        return self.watcher.round(annotate=False)

    def asked(self) -> list[str]:
        asked = [path for path in self.site.asked if path != "/robots.txt"]
        self.site.asked.clear()
        return asked


def hash_of(text: str) -> int:
    return sum(ord(sign) * at for at, sign in enumerate(text, start=1))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving() as site:
        watching = Desk(site, tmp_path)
        watching.publish(one="The envoy came to Kelm.", two="The envoy left Kelm again.")
        yield watching
        assert list(watching.book.verify()) == []
        watching.book.close()


def titles(found: Round) -> list[str | None]:
    return [report.title for report in found.new]


def test_a_round_reads_what_the_lists_lead_to(desk: Desk) -> None:
    found = desk.round()
    assert (titles(found), found.unchanged, found.failures) == (["one", "two"], 0, ())
    assert desk.asked() == ["/feed", "/one", "/two"]
    assert desk.book.counts().reports == 2


def test_nothing_is_asked_for_before_it_is_due(desk: Desk) -> None:
    desk.round()
    desk.asked()
    assert desk.round(60) == Round(desk.time.now(), next_due=desk.round().next_due)
    assert desk.asked() == []


def test_unchanged_lists_and_pages_cost_no_body(desk: Desk) -> None:
    desk.round()
    desk.site.sent.clear()
    found = desk.round(HOUR * 1.1)
    assert (titles(found), found.changed, found.unchanged) == ([], (), 3)
    assert [headers.get("If-None-Match") is not None for headers in desk.site.sent] == [True] * 3


def test_only_new_entries_are_read(desk: Desk) -> None:
    desk.round()
    desk.asked()
    desk.publish(three="A third report.")
    desk.list_pages("one", "two", "three")
    assert titles(desk.round(1_000)) == ["three"]
    assert desk.asked() == ["/feed", "/three"]


def test_a_page_that_changed_is_a_new_version(desk: Desk) -> None:
    desk.round()
    desk.publish(one="The envoy never came to Kelm.")
    found = desk.round(HOUR * 1.1)
    assert titles(found) == []
    [change] = found.changed
    assert change.url == desk.site.url("/one")
    assert change.before.text != change.after.text
    assert "never came" in change.after.text
    first, second = desk.book.store.versions(change.url)
    assert desk.book.store.watching().report(first) == change.before
    assert (second.number, second.report) == (2, change.after.id)
    assert desk.book.counts().reports == 2


def test_a_list_that_tells_something_new_of_a_page_makes_it_due(desk: Desk) -> None:
    desk.round()
    desk.publish(one="The envoy never came to Kelm.")
    stamped = "<rss><channel><item><title>one, corrected</title><link>/one</link></item></channel></rss>"
    desk.site.pages["/feed"] = Page(stamped.encode())
    assert len(desk.round(1_000).changed) == 1


def test_a_page_is_asked_for_ever_more_seldom_and_at_last_no_more(desk: Desk) -> None:
    desk.round()
    desk.asked()
    hours = []
    for hour in range(1, 400):
        desk.round(HOUR)
        hours += [hour] * desk.asked().count("/one")
    pauses = [later - earlier for earlier, later in zip([0, *hours], hours, strict=False)]
    assert pauses == [1, 2, 4, 8, 16, 32, 64]


def test_a_list_that_fails_is_asked_for_ever_more_seldom(desk: Desk) -> None:
    desk.site.pages["/feed"] = Page(b"", status=500)
    asked = 0
    for _ in range(48):
        found = desk.round(HOUR)
        asked += desk.asked().count("/feed")
        assert all(one.cause is FailureCause.UNREACHABLE for one in found.failures)
    assert 6 <= asked <= 12
    desk.publish(one="The envoy came to Kelm.")
    assert titles(desk.round(HOUR * 25)) == ["one"]
    assert titles(desk.round(1_000)) == []


def test_retry_after_is_kept_to(desk: Desk) -> None:
    desk.site.pages["/feed"] = Page(b"", status=429, headers={"Retry-After": str(6 * 3_600)})
    for _ in range(5):
        desk.round(HOUR)
    assert desk.asked().count("/feed") == 1
    desk.round(HOUR * 2.1)
    assert desk.asked().count("/feed") == 1


def test_a_page_that_is_gone_is_given_up_and_one_that_may_come_back_is_not(desk: Desk) -> None:
    desk.site.pages["/one"] = Page(b"", status=404)
    desk.site.pages["/two"] = Page(b"", status=503)
    found = desk.round()
    assert [one.cause for one in found.failures] == [FailureCause.MISSING, FailureCause.UNREACHABLE]
    desk.asked()
    desk.publish(one="The envoy came to Kelm.", two="The envoy left Kelm again.")
    assert titles(desk.round(HOUR)) == ["two"]
    assert desk.asked() == ["/feed", "/two"]


def test_a_page_without_text_costs_only_itself(desk: Desk) -> None:
    desk.site.pages["/one"] = Page(b"<html><body></body></html>")
    found = desk.round()
    assert (titles(found), [one.cause for one in found.failures]) == (["two"], [FailureCause.NO_TEXT])


def test_no_more_pages_than_allowed_in_a_round(desk: Desk) -> None:
    desk.watcher = desk.start(most_pages=1)
    assert [titles(desk.round()) for _ in range(3)] == [["one"], ["two"], []]


def test_another_start_goes_on_where_the_last_one_was(desk: Desk) -> None:
    desk.watcher = desk.start(most_pages=1)
    desk.round()
    desk.asked()
    desk.watcher = desk.start()
    assert titles(desk.round()) == ["two"]
    assert desk.asked() == ["/two"]


def test_lists_of_other_calls_are_left_alone(desk: Desk) -> None:
    desk.round()
    other = desk.folder / "other.opml"
    other.write_text(f'<opml><body><outline xmlUrl="{desk.site.url("/feed2")}"/></body></opml>', encoding="utf-8")
    desk.site.pages["/feed2"] = Page(b"<rss><channel><item><link>/three</link></item></channel></rss>")
    desk.publish(three="A third report.")
    desk.watcher = Watcher(desk.book, WatchSettings(ReadSettings(fetch=loopback(desk.time))))
    desk.watcher.follow([other])
    desk.asked()
    assert titles(desk.round(HOUR * 24)) == ["three"]
    assert desk.asked() == ["/feed2", "/three"]


def test_lists_of_lists_are_followed_in_one_round(desk: Desk) -> None:
    site = desk.site
    site.pages["/index"] = Page(
        f"<sitemapindex><sitemap><loc>{site.url('/map')}</loc></sitemap></sitemapindex>".encode()
    )
    site.pages["/map"] = Page(
        f"<urlset><url><loc>{site.url('/one')}</loc></url><url><loc>ftp://x/</loc></url></urlset>".encode()
    )
    desk.watcher = Watcher(desk.book, WatchSettings(ReadSettings(fetch=loopback(desk.time))))
    desk.watcher.follow([site.url("/index")])
    found = desk.round()
    assert (titles(found), [one.cause for one in found.failures]) == (["one"], [FailureCause.FORBIDDEN])


def test_rounds_come_with_pauses_and_end(desk: Desk) -> None:
    rounds = list(desk.watcher.rounds(3, annotate=False))
    assert [len(one.new) for one in rounds] == [2, 0, 0]
    assert desk.time.slept.count(900.0) == 2


@pytest.mark.parametrize("given", ["nosuch.opml", "ftp://morrow.example/feed", "news.db"])
def test_what_is_no_list_is_a_wrong_call(desk: Desk, given: str) -> None:
    with pytest.raises(UsageError):
        desk.watcher.follow([given if "://" in given else desk.folder / given])


def test_reading_an_address_again_makes_a_version_too(desk: Desk) -> None:
    settings = ReadSettings(fetch=loopback(desk.time))
    url = desk.site.url("/one")
    first = desk.book.read([url], settings, annotate=False)
    again = desk.book.read([url], settings, annotate=False)
    desk.publish(one="The envoy never came to Kelm.")
    changed = desk.book.read([url], settings, annotate=False)
    counts = [(one.added, one.unchanged, one.changed) for one in (first, again, changed)]
    assert counts == [(1, 0, 0), (0, 1, 0), (1, 0, 1)]
    assert len(desk.book.store.versions(url)) == 2
