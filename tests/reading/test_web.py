import gzip
from pathlib import Path

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import ReadSettings, read
from tests.reading.archiving import packed, page, record, served
from tests.reading.printing import column, pdf
from tests.reading.serving import FakeTime, Page, Site, loopback, serving


def settings(time: FakeTime | None = None, **changes: int) -> ReadSettings:
    return ReadSettings(fetch=loopback(time, attempts=1), **changes)  # type: ignore[arg-type]


def feed(*urls: str) -> bytes:
    items = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in urls)
    return f"<rss version='2.0'><channel><title>Morrow</title>{items}</channel></rss>".encode()


def opml(*urls: str) -> bytes:
    outlines = "".join(f"<outline xmlUrl='{url}'/>" for url in urls)
    return f"<opml><body>{outlines}</body></opml>".encode()


def publish(site: Site) -> None:
    """A small outlet: three pages, a feed of two, a sitemap of all."""
    for n in range(1, 4):
        site.pages[f"/{n}"] = Page(page(f"Talks in Kelm, day {n}"))
    site.pages["/feed"] = Page(feed("/1", "2"), "application/rss+xml")
    places = "".join(f"<url><loc>{site.url(f'/{n}')}</loc></url>" for n in range(1, 4))
    site.pages["/sitemap.xml.gz"] = Page(gzip.compress(f"<urlset>{places}</urlset>".encode()), "application/x-gzip")
    index = f"<sitemapindex><sitemap><loc>{site.url('/sitemap.xml.gz')}</loc></sitemap></sitemapindex>"
    site.pages["/index.xml"] = Page(index.encode(), "text/xml")
    site.pages["/list.opml"] = Page(opml("/feed"), "text/x-opml")


def sources(found: list[Report | Failure]) -> list[str]:
    return [one.source for one in found if isinstance(one, Report)]


def test_an_address_is_a_report_whose_source_it_is() -> None:
    with serving() as site:
        publish(site)
        site.pages["/old"] = Page(b"", status=301, headers={"Location": "/1"})
        for path in ("/1", "/old"):
            [report] = read([site.url(path)], settings())
            assert isinstance(report, Report)
            assert (report.source, report.url) == (site.url(path), site.url("/1"))
            assert (report.title, report.outlet) == ("Talks in Kelm, day 1", "The Morrow Herald")


def test_feeds_lists_and_sitemaps_lead_to_their_pages(tmp_path: Path) -> None:
    with serving() as site:
        publish(site)
        pages = [site.url(f"/{n}") for n in range(1, 4)]
        for path, wanted in (("/feed", 2), ("/list.opml", 2), ("/sitemap.xml.gz", 3), ("/index.xml", 3)):
            assert sources(list(read([site.url(path)], settings()))) == pages[:wanted], path
        for name, content in (
            ("a.opml", opml(site.url("/feed"))),
            ("a.rss", feed(*pages[:2])),
            ("a", feed(*pages[:2])),
        ):
            (tmp_path / name).write_bytes(content)
            assert sources(list(read([tmp_path / name], settings()))) == pages[:2], name


def test_a_list_that_is_met_in_a_folder_fetches_nothing(tmp_path: Path) -> None:
    with serving() as site:
        publish(site)
        (tmp_path / "a.xml").write_bytes(feed(site.url("/1")))
        (tmp_path / "b").write_bytes(feed(site.url("/1")))
        for given in (tmp_path, f"{tmp_path}/*"):
            found = list(read([given], settings()))
            assert [one.cause for one in found if isinstance(one, Failure)] == [FailureCause.UNSUPPORTED] * 2
            assert "its own name" in str(found[0])
        assert site.asked == []


def test_a_failing_page_costs_only_itself() -> None:
    with serving() as site:
        publish(site)
        site.pages["/feed"] = Page(feed("/1", "/gone", "ftp://x/", "/feed2", "/2"))
        site.pages["/feed2"] = Page(feed("/3"))
        found = list(read([site.url("/feed")], settings()))
        assert [getattr(one, "cause", None) for one in found] == [
            None,
            FailureCause.MISSING,
            FailureCause.FORBIDDEN,
            FailureCause.UNSUPPORTED,
            None,
        ]
        assert found[1].source == site.url("/gone")


def test_a_password_in_an_address_is_not_kept() -> None:
    [found] = read(["https://ann:word@morrow.example/@desk/1"], settings())
    assert isinstance(found, Failure)
    assert found.source == "https://***@morrow.example/@desk/1"
    assert "word@" not in found.message


def test_lists_that_lead_to_each_other_end() -> None:
    with serving() as site:
        publish(site)
        site.pages["/a"] = Page(opml("/b", "/a", "/feed"))
        site.pages["/b"] = Page(opml("/a", "/b"))
        assert len(sources(list(read([site.url("/a")], settings())))) == 2
        for n in range(9):
            site.pages[f"/d{n}"] = Page(opml(f"/d{n + 1}"))
        [deep] = read([site.url("/d0")], settings())
        assert isinstance(deep, Failure)
        assert deep.cause is FailureCause.LOOP


def test_a_list_gives_no_more_pages_than_allowed_and_says_so() -> None:
    with serving() as site:
        publish(site)
        found = list(read([site.url("/sitemap.xml.gz")], settings(max_pages=2)))
        assert len(sources(found)) == 2
        assert isinstance(found[2], Failure)
        assert "1 more of its pages" in found[2].message


def test_requests_to_one_host_keep_their_distance() -> None:
    with serving() as site:
        publish(site)
        time = FakeTime()
        list(read([site.url("/feed"), site.url("/3")], settings(time)))
        assert time.slept == [1.0, 1.0, 1.0]


def test_other_kinds_are_read_by_their_type_or_bytes() -> None:
    with serving() as site:
        text = "The ministers met in Kelm on Tuesday.\n\nThey left in silence, their spokesmen said."
        site.pages["/a"] = Page(pdf([column(60, 700, text)]), "application/pdf")
        site.pages["/b.php"] = Page(page("Talks in Kelm"), "")
        site.pages["/c"] = Page(text.encode(), "text/plain")
        site.pages["/d.warc.gz"] = Page(packed([record(served(page("Talks in Kelm")))]), "application/octet-stream")
        site.pages["/e.js"] = Page(b"\x7fELF", "application/octet-stream")
        paths = ("/a", "/b.php", "/c", "/d.warc.gz", "/e.js")
        found = [one for path in paths for one in read([site.url(path)], settings())]
        assert [type(one) for one in found] == [Report, Report, Report, Report, Failure]
        assert found[3].source == f"{site.url('/d.warc.gz')}#0"


def test_an_entity_bomb_in_a_feed_is_a_failure_with_its_address() -> None:
    with serving() as site:
        bomb = b'<!DOCTYPE r [<!ENTITY a "ha">]><rss><channel><item><link>/1</link></item></channel></rss>'
        site.pages["/feed"] = Page(bomb)
        [found] = read([site.url("/feed")], settings())
        assert isinstance(found, Failure)
        assert (found.source, found.cause) == (site.url("/feed"), FailureCause.FORBIDDEN)


def test_loopback_is_refused_by_default() -> None:
    with serving() as site:
        publish(site)
        [found] = read([site.url("/1")])
        assert isinstance(found, Failure)
        assert (found.cause, "--allow-host 127.0.0.1" in found.message) == (FailureCause.FORBIDDEN, True)
        assert site.asked == []
