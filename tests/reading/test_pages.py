import socket
import time

import pytest

from onrecord.model import BlockKind, Failure, FailureCause, Report
from onrecord.reading import read_bytes

SENTENCE = "The two sides met for an hour at the lake on Sunday and left without a word to the press, officials said."
PAGE = """<!doctype html><html lang="en"><head><title>Talks end in Vareni | Lake Dispatch</title>
<meta charset="utf-8"><meta property="og:site_name" content="Lake Dispatch">
<meta property="og:title" content="Talks end in Vareni">
<meta property="article:published_time" content="2031-05-04T16:22:00+02:00"><meta name="author" content="Mara Lind">
<link rel="canonical" href="https://lake.example/a/1"><script>window.location = "https://evil.example"</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Talks end in Vareni</h1><p class="byline">By Mara Lind</p><p>{0}</p><h2>A hard week</h2>
<p>“We will go on talking,” said the Zarvian minister, who left for the airport at once and did not say when.</p>
<p>Ostrel's delegation stayed for the night and will see the mayor of Vareni on Monday, its speaker said.</p>
<p>Read also: The long road to Vareni</p></article>
<footer>© 2031 Lake Dispatch <a href="/privacy">Privacy policy</a></footer></body></html>""".replace("{0}", SENTENCE)


def read_page(page: str | bytes) -> Report | Failure:
    [found] = read_bytes(page if isinstance(page, bytes) else page.encode(), "page.html")
    return found


def report_of(page: str | bytes) -> Report:
    found = read_page(page)
    assert isinstance(found, Report), found
    return found


def test_the_article_and_what_the_page_tells_about_it() -> None:
    report = report_of(PAGE)
    assert (report.title, report.outlet, report.byline) == ("Talks end in Vareni", "Lake Dispatch", ("Mara Lind",))
    assert (report.published, report.url) == ("2031-05-04T16:22:00+02:00", "https://lake.example/a/1")
    kinds = [(block.kind, block.span.of(report.text)) for block in report.blocks]
    assert kinds[0] == (BlockKind.TITLE, "Talks end in Vareni")
    assert (BlockKind.PARAGRAPH, SENTENCE) in kinds
    assert (BlockKind.SUBTITLE, "A hard week") in kinds
    assert "window.location" not in report.text
    assert "Privacy policy" not in report.text


def test_json_ld_tells_what_meta_elements_do_not() -> None:
    node = (
        '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "no"}, {"@type": "NewsArticle",'
        '"headline": "Talks end", "datePublished": "2031-05-04T16:22:00Z", "publisher": {"@type": "Organization",'
        '"name": "Lake Dispatch"}, "author": [{"@type": "Person", "name": "Mara Lind"}, {"name": "Jonas Okoro"}]}]}'
    )
    report = report_of(
        f'<html><head><script type="application/ld+json">{node}</script></head>'
        f"<body><article><p>{SENTENCE}</p></article></body></html>"
    )
    assert (report.title, report.outlet, report.published) == ("Talks end", "Lake Dispatch", "2031-05-04T16:22:00Z")
    assert report.byline == ("Mara Lind", "Jonas Okoro")
    assert report.text.startswith("Talks end\n\n")


def test_a_page_that_tells_nothing_leaves_its_fields_empty() -> None:
    report = report_of(f"<html><body><p>{SENTENCE}</p></body></html>")
    assert (report.title, report.outlet, report.byline, report.published, report.url) == (None, None, (), None, None)


def test_the_host_of_the_address_is_an_inferred_outlet() -> None:
    link = '<link rel="canonical" href="https://www.lake.example/1">'
    report = report_of(f"<html><head>{link}</head><body><p>{SENTENCE}</p></body></html>")
    assert report.outlet == "lake.example"
    assert [note.how for note in report.notes if note.field == "outlet"] == ["inferred"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "/relative", ""])
def test_an_address_that_is_none_of_the_web_is_left_out(address: str) -> None:
    report = report_of(
        f'<html><head><link rel="canonical" href="{address}"></head><body><p>{SENTENCE}</p></body></html>'
    )
    assert report.url is None


def test_a_page_in_windows_1252() -> None:
    head = '<meta charset="iso-8859-1"><title>Grün – “weiß”</title>'
    page = f"<html><head>{head}</head><body><p>{SENTENCE}</p></body></html>"
    assert report_of(page.encode("cp1252")).title == "Grün – “weiß”"


def test_no_network_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the network was touched")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    external = '<!DOCTYPE html SYSTEM "http://evil.example/x.dtd">' + PAGE.replace("<!doctype html>", "").replace(
        "<article>", '<iframe src="http://evil.example/"></iframe><img src="http://evil.example/i.png"><article>'
    )
    assert SENTENCE in report_of(external).text
    assert isinstance(read_page("http://evil.example/page"), Report | Failure)


PARAGRAPH = f"<p>{SENTENCE}</p>"
HOSTILE = {
    "deep": "<html><body>" + "<div>" * 100_000 + PARAGRAPH,
    "deep and mixed": "<html><body>" + "<div><span><b>" * 33_000 + PARAGRAPH * 5,
    "entities": '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "'
    + "&a;" * 10
    + '"><!ENTITY c "'
    + "&b;" * 10
    + '">]><html><body><p>&c;</p>'
    + PARAGRAPH,
    "long attribute": '<html><body><div class="' + "a " * 2_000_000 + '">' + PARAGRAPH,
    "many attributes": "<html><body><div " + " ".join(f'x{i}="{i}"' for i in range(60_000)) + ">" + PARAGRAPH,
    "many bare attributes": "<html><body><div " + " ".join(f"x{i}" for i in range(60_000)) + ">" + PARAGRAPH,
    "empty elements": "<html><body><article>" + "<p></p>" * 140_000 + PARAGRAPH,
    "links": "<html><body>" + "<a href='/x'>Talks end here</a> " * 30_000,
    "nested tables": "<html><body>" + "<table><tr><td>" * 300 + PARAGRAPH,
    "one text": "<html><body><p>" + "word " * 600_000,
    "unclosed": "<html><body>" + "<b>x" * 100 + "<p>y" * 100_000,
    "json brackets": '<html><head><script type="application/ld+json">'
    + "[" * 150_000
    + "</script></head><body>"
    + PARAGRAPH,
    "json authors": '<html><head><script type="application/ld+json">{"@type":"NewsArticle","author":"'
    + '"author":"' * 100_000
    + '"}</script></head><body>'
    + PARAGRAPH,
    "less than": "<" * 1_000_000,
    "ampersands": "<html><body>" + "&" * 1_000_000,
    "comment": "<html><body><!--" + "-" * 3_000_000,
    "title": "<html><head><title>" + "a | " * 300_000 + "</title></head><body>" + PARAGRAPH,
    "classes": "<html><body>" + '<div class="author byline">x y</div>' * 20_000 + PARAGRAPH,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_built_to_stop_its_reader_does_not(name: str) -> None:
    started = time.process_time()
    found = read_page(HOSTILE[name])
    assert time.process_time() - started < 20
    assert isinstance(found, Report) or found.cause in {FailureCause.OVERSIZED, FailureCause.NO_TEXT}
    if isinstance(found, Report):
        assert "lollollol" not in found.text
