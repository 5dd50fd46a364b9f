import gzip
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import FailureCause
from onrecord.reading.fetching import Clock, FetchFailed, FetchSettings, tidy_url
from onrecord.reading.fetching.addresses import why_refused
from onrecord.reading.fetching.bodies import whole_body
from onrecord.reading.fetching.client import Fetcher, Validators, pause_s
from onrecord.reading.fetching.robots import HEEDED_BYTES
from tests.reading.serving import FakeTime, Page, Site, loopback, serving

LIMIT = 200_000


def raw(
    head: bytes, *parts: bytes, then: Callable[[BaseHTTPRequestHandler], None] | None = None
) -> Callable[..., None]:
    """An answer byte by byte as given, and what is done after it."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(head + b"\r\n\r\n")
        for part in parts:
            request.wfile.write(part)
        if then is not None:
            then(request)

    return answer


def endless(piece: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Sends for as long as the other side takes it."""

    def send(request: BaseHTTPRequestHandler) -> None:
        while True:
            request.wfile.write(piece)
            request.wfile.flush()

    return send


def redirect(to: str, status: int = 302) -> Page:
    return Page(b"", status=status, headers={"Location": to})


def failed(site: Site, path: str = "/page", settings: FetchSettings | None = None) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        Fetcher(settings or loopback(attempts=1), LIMIT).get(site.url(path))
    return caught.value


def test_a_page_comes_with_its_type_and_validators() -> None:
    with serving() as site:
        site.pages["/page"] = Page(
            b"<p>Kelm</p>", etag='"1"', headers={"Last-Modified": "Thu, 01 May 2031 00:00:00 GMT"}
        )
        fetched = Fetcher(loopback(), LIMIT).get(site.url("/page#top"))
        assert (fetched.content, fetched.content_type, fetched.etag) == (b"<p>Kelm</p>", "text/html", '"1"')
        assert fetched.last_modified == "Thu, 01 May 2031 00:00:00 GMT"
        assert fetched.url == site.url("/page")
        again = Fetcher(loopback(), LIMIT).get(site.url("/page"), Validators('"1"', None))
        assert (again.changed, again.content) == (False, b"")


def test_neither_cookies_nor_credentials_are_sent() -> None:
    with serving() as site:
        site.pages["/page"] = Page(b"one", headers={"Set-Cookie": "seen=1"})
        fetcher = Fetcher(loopback(), LIMIT)
        fetcher.get(site.url("/page"))
        fetcher.get(site.url("/page"))
        assert not {name.lower() for headers in site.sent for name in headers} & {"cookie", "authorization", "referer"}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "gopher://x/",
        "http://user:word@127.0.0.1/",
        "http://user@127.0.0.1/",
        "http:///nohost",
        "http://exa mple/",
        "http://a\x00b/",
        "http://[::1/",
        "http://h:99999/",
        "https://" + "a" * 3000,
    ],
)
def test_addresses_of_other_kinds_are_refused(url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        Fetcher(loopback(), LIMIT).get(url)
    assert caught.value.cause == FailureCause.FORBIDDEN
    assert not caught.value.passing


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0"])
def test_loopback_is_refused_unless_it_is_allowed_by_name(host: str) -> None:
    with serving(page=b"secret") as site:
        with pytest.raises(FetchFailed) as caught:
            Fetcher(FetchSettings(clock=FakeTime().clock(), attempts=1), LIMIT).get(site.url("/page", host))
        assert caught.value.cause in (FailureCause.FORBIDDEN, FailureCause.UNREACHABLE)
        assert site.asked == []
        if caught.value.cause == FailureCause.FORBIDDEN:  # it is not about the robots.txt that was to be asked first
            assert "robots.txt" not in str(caught.value)
            assert "no public address" in str(caught.value)


@pytest.mark.parametrize(
    "address",
    """0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.8 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255
    240.0.0.1 255.255.255.255 :: ::1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1::
    2002:c0a8:1:: 2001::1 2001:db8::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1 3fff::1
    word""".split(),
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert why_refused(address) is not None


@pytest.mark.parametrize("address", ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1", "64:ff9b::101:101"])
def test_public_addresses(address: str) -> None:
    assert why_refused(address) is None


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_what_it_maps(address: object) -> None:
    assert why_refused(f"::ffff:{address}") == why_refused(str(address))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    fetcher = Fetcher(loopback(attempts=1), LIMIT, lambda host, port: ("1.1.1.1", "10.0.0.1"))
    with pytest.raises(FetchFailed, match=r"10\.0\.0\.1.*private"):
        fetcher.get("http://news.example/")


def test_a_name_that_changes_its_address_wins_nothing() -> None:
    """DNS rebinding: the first answer is public and unused, each later one is loopback."""
    with serving(page=b"secret") as site:
        answers = iter([("1.1.1.1",), ("127.0.0.1",), ("127.0.0.1",)])
        asked = []

        def resolver(host: str, port: int) -> tuple[str, ...]:
            asked.append(host)
            return next(answers)

        settings = FetchSettings(clock=FakeTime(tick_s=100).clock(), attempts=1, robots=False)
        for wanted in (FailureCause.TIMEOUT, FailureCause.FORBIDDEN):
            with pytest.raises(FetchFailed) as caught:
                Fetcher(settings, LIMIT, resolver).get(f"http://news.example:{site.port}/page")
            assert caught.value.cause is wanted
        assert asked == ["news.example"] * 2
        assert site.asked == []


def test_the_checked_address_is_the_one_that_is_connected_to() -> None:
    with serving(page=b"mine") as site:
        settings = loopback(allow_hosts=frozenset({"news.example"}))
        resolved = []

        def resolver(host: str, port: int) -> tuple[str, ...]:
            resolved.append(host)
            return ("127.0.0.1",)

        fetched = Fetcher(settings, LIMIT, resolver).get(f"http://news.example:{site.port}/page")
        assert fetched.content == b"mine"
        assert resolved == ["news.example"] * len(site.asked)
        assert {headers["Host"] for headers in site.sent} == {f"news.example:{site.port}"}


def test_each_redirect_is_checked() -> None:
    with serving() as site:
        for name, to in (("a", site.url("/page", "localhost")), ("b", "file:///etc/passwd"), ("c", "http://u:p@h/")):
            site.pages[f"/{name}"] = redirect(to)
        for name in "abc":
            assert failed(site, f"/{name}").cause == FailureCause.FORBIDDEN
        assert "/page" not in site.asked


def test_redirects_are_followed_and_loops_are_not() -> None:
    with serving(end=b"here") as site:
        site.pages["/a"] = redirect("b", 301)
        site.pages["/b"] = redirect("/end", 308)
        site.pages["/loop"] = redirect("/pool")
        site.pages["/pool"] = redirect("/loop")
        for n in range(9):
            site.pages[f"/{n}"] = redirect(f"/{n + 1}")
        fetched = Fetcher(loopback(), LIMIT).get(site.url("/a"))
        assert (fetched.content, fetched.url, fetched.final_url) == (b"here", site.url("/a"), site.url("/end"))
        assert failed(site, "/loop").cause == FailureCause.LOOP
        assert failed(site, "/0").cause == FailureCause.LOOP


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999")
        problem = failed(site)
        assert (problem.cause, "999999999999" in str(problem)) == (FailureCause.OVERSIZED, True)


def test_an_endless_body_is_left() -> None:
    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK", then=endless(b"x" * 10_000))
        assert failed(site).cause == FailureCause.OVERSIZED


def test_an_endless_chunked_body_is_left() -> None:
    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", then=endless(b"3\r\nabc\r\n" * 500))
        assert failed(site).cause == FailureCause.OVERSIZED


def test_an_endless_head_is_left() -> None:
    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK", then=None)
        site.pages["/head"] = lambda request: endless(b"X-A: b\r\n" * 1000)(request)
        assert failed(site, "/head").cause == FailureCause.TRUNCATED


def test_a_body_that_drips_ends_with_the_deadline() -> None:
    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK", then=endless(b"x"))
        problem = failed(site, settings=loopback(FakeTime(tick_s=1.0), attempts=1, robots=False))
        assert (problem.cause, problem.passing) == (FailureCause.TIMEOUT, True)
        assert "60 seconds" in str(problem)


def test_a_drip_that_ends_in_a_wait_is_told_by_its_deadline() -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        while not site.closing.wait(0.1):
            request.wfile.write(b"x")
            request.wfile.flush()

    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK", then=drip)
        clock = Clock()
        problem = failed(site, settings=loopback(clock=clock, deadline_s=0.25, silence_s=5, attempts=1, robots=False))
        assert problem.cause == FailureCause.TIMEOUT
        assert "not complete after 0.25 seconds" in str(problem)


def test_a_head_that_drips_ends_with_the_deadline() -> None:
    with serving() as site:
        site.pages["/page"] = endless(b"a")
        problem = failed(site, settings=loopback(FakeTime(tick_s=9.0), attempts=1, robots=False))
        assert problem.cause in (FailureCause.TIMEOUT, FailureCause.TRUNCATED)


def test_a_server_that_says_nothing_is_left() -> None:
    with serving() as site:
        site.pages["/page"] = lambda request: (site.closing.wait(), None)[1]
        assert failed(site, settings=loopback(silence_s=0.05, attempts=1)).cause == FailureCause.TIMEOUT


def test_a_body_that_is_cut_off_is_no_page() -> None:
    with serving() as site:
        site.pages["/page"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100", b"half")
        assert failed(site).cause == FailureCause.TRUNCATED


def test_what_is_no_http_is_no_page() -> None:
    with serving() as site:
        site.pages["/page"] = lambda request: (request.wfile.write(b"220 mail.example ESMTP\r\n\r\n"), None)[1]
        assert failed(site).cause == FailureCause.TRUNCATED


def test_a_closed_port_is_unreachable() -> None:
    with serving() as site:
        pass
    assert failed(site).cause == FailureCause.UNREACHABLE


BOMB = gzip.compress(b"0" * 30_000_000)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "none"])
def test_a_decompression_bomb_is_left(coding: str) -> None:
    bomb = zlib.compress(b"0" * 30_000_000) if coding == "deflate" else BOMB
    with serving() as site:
        site.pages["/page"] = Page(bomb, headers={} if coding == "none" else {"Content-Encoding": coding})
        assert failed(site).cause == FailureCause.OVERSIZED


def test_a_bomb_below_the_size_limit_is_told_by_its_ratio() -> None:
    with pytest.raises(FetchFailed, match="bomb"):
        whole_body([BOMB], ["gzip"], 100_000_000, 200)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip, deflate"])
def test_codings_that_were_not_asked_for_are_refused(coding: str) -> None:
    with serving() as site:
        site.pages["/page"] = Page(b"?", headers={"Content-Encoding": coding})
        assert failed(site).cause == FailureCause.UNSUPPORTED


def test_compression_within_compression_is_refused() -> None:
    with serving() as site:
        site.pages["/page"] = Page(gzip.compress(gzip.compress(b"text")))
        assert failed(site).cause == FailureCause.UNSUPPORTED
        site.pages["/page"] = Page(
            gzip.compress(gzip.compress(gzip.compress(b"text"))), headers={"Content-Encoding": "gzip"}
        )
        assert failed(site).cause == FailureCause.UNSUPPORTED


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5), st.integers(1, 50), st.booleans())
def test_every_coding_gives_back_what_was_compressed(parts: list[bytes], step: int, headless: bool) -> None:
    whole = b"\x01" + b"".join(parts)
    packer = zlib.compressobj(wbits=-15)
    members = gzip.compress(b"\x01") + b"".join(map(gzip.compress, parts))
    deflated = packer.compress(whole) + packer.flush() if headless else zlib.compress(whole)
    for body, coding in ((members, "gzip"), (deflated, "deflate"), (whole, ""), (members, "")):
        chunks = [body[at : at + step] for at in range(0, len(body), step)]
        assert whole_body(chunks, [coding], LIMIT, 200) == whole


@pytest.mark.parametrize("end", [-1, -9, 12])
def test_compression_that_ends_too_early_is_told(end: int) -> None:
    with pytest.raises(FetchFailed) as caught:
        whole_body([gzip.compress(b"some text of a report")[:end]], ["gzip"], LIMIT, 200)
    assert caught.value.cause == FailureCause.TRUNCATED


@pytest.mark.parametrize(
    ("status", "cause", "passing"),
    [
        (404, FailureCause.MISSING, False),
        (410, FailureCause.MISSING, False),
        (401, FailureCause.FORBIDDEN, False),
        (451, FailureCause.FORBIDDEN, False),
        (418, FailureCause.MISSING, False),
        (429, FailureCause.UNREACHABLE, True),
        (500, FailureCause.UNREACHABLE, True),
    ],
)
def test_statuses(status: int, cause: FailureCause, passing: bool) -> None:
    with serving() as site:
        site.pages["/page"] = Page(b"", status=status)
        problem = failed(site)
        assert (problem.cause, problem.passing, str(status) in str(problem)) == (cause, passing, True)


def test_pictures_are_not_read() -> None:
    with serving() as site:
        site.pages["/page"] = Page(b"GIF89a", "image/gif")
        assert failed(site).cause == FailureCause.UNSUPPORTED


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    with serving() as site:
        time = FakeTime()

        def busy(request: BaseHTTPRequestHandler) -> None:
            # before the answer: the client, whose clock does not wait, may ask again at once
            site.pages["/page"] = Page(b"now")
            Page(b"", status=503, headers={"Retry-After": "7"})(request)

        site.pages["/page"] = busy
        assert Fetcher(loopback(time), LIMIT).get(site.url("/page")).content == b"now"
        assert 7.0 in time.slept


def test_a_server_that_asks_for_more_patience_is_left_alone() -> None:
    with serving() as site:
        time = FakeTime()
        until = time.now().replace(year=2032).strftime("%a, %d %b %Y %H:%M:%S GMT")
        for value in ("3600", until):
            site.pages["/page"] = Page(b"", status=503, headers={"Retry-After": value})
            problem = failed(site, settings=loopback(time, attempts=5))
            assert (problem.retry_after_s or 0) >= 3600
        assert max(time.slept, default=0) < 60
        assert site.asked.count("/page") == 2


def test_one_host_is_asked_with_pauses() -> None:
    with serving(a=b"1", b=b"2", c=b"3") as site:
        time = FakeTime()
        fetcher = Fetcher(loopback(time, delay_s=1.5), LIMIT)
        for name in "abc":
            fetcher.get(site.url(f"/{name}"))
        assert time.slept == [1.5, 1.5]


def test_robots_txt_is_obeyed() -> None:
    with serving(open=b"1", shut=b"2") as site:
        time = FakeTime()
        rules = b"User-agent: onrecord\nDisallow: /shut\nCrawl-delay: 4\n\nUser-agent: *\nDisallow: /"
        site.pages["/robots.txt"] = Page(rules, "text/plain")
        fetcher = Fetcher(loopback(time), LIMIT)
        assert fetcher.get(site.url("/open")).content == b"1"
        assert fetcher.get(site.url("/open")).content == b"1"
        with pytest.raises(FetchFailed, match=r"robots\.txt.*'/shut'"):
            fetcher.get(site.url("/shut"))
        assert time.slept == [4.0]
        assert site.asked == ["/robots.txt", "/open", "/open"]
        assert Fetcher(loopback(robots=False), LIMIT).get(site.url("/shut")).content == b"2"


def test_of_a_very_long_robots_txt_the_beginning_is_heeded() -> None:
    with serving(open=b"1", shut=b"2") as site:
        begin = b"User-agent: *\nDisallow: /shut\n"
        # the rule across the limit would close all of the site, were it read half
        filling = b"#" * (HEEDED_BYTES - len(begin) - len(b"\nDisallow: /")) + b"\nDisallow: /elsewhere\n"
        site.pages["/robots.txt"] = Page(begin + filling + b"Disallow: /open\n" * 9, "text/plain")
        fetcher = Fetcher(loopback(), LIMIT)
        assert fetcher.get(site.url("/open")).content == b"1"
        with pytest.raises(FetchFailed, match="'/shut'"):
            fetcher.get(site.url("/shut"))


def test_a_site_whose_robots_txt_fails_is_closed_for_now() -> None:
    with serving(page=b"1") as site:
        site.pages["/robots.txt"] = Page(b"", status=500)
        time = FakeTime()
        fetcher = Fetcher(loopback(time, attempts=1), LIMIT)
        for _ in range(3):
            with pytest.raises(FetchFailed, match=r"robots\.txt can't be read") as caught:
                fetcher.get(site.url("/page"))
            assert caught.value.passing
        assert site.asked == ["/robots.txt"]
        site.pages["/robots.txt"] = Page(b"")
        time.seconds += 600
        assert fetcher.get(site.url("/page")).content == b"1"


def test_pauses_grow_and_are_the_same_in_every_run() -> None:
    pauses = [pause_s("https://news.example/", n, 10, 10_000) for n in range(1, 9)]
    assert all(later > earlier for earlier, later in pairwise(pauses))
    assert pauses == [pause_s("https://news.example/", n, 10, 10_000) for n in range(1, 9)]
    assert pause_s("a", 1, 10, 600) != pause_s("b", 1, 10, 600)
    assert pause_s("a", 50, 10, 600) == 600


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    try:
        url = tidy_url(f"http://{text}")
    except FetchFailed:
        return
    assert url.isascii()
    assert url.isprintable()
    assert tidy_url(url) == url
