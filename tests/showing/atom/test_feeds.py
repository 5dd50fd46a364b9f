from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from onrecord.showing.atom import Author, Entry, Feed, write_feed
from onrecord.showing.atom.feeds import moment, newest
from tests.showing.builders import MARENKO
from tests.showing.rest.conftest import client, store_file  # noqa: F401 - fixtures

ATOM = "{http://www.w3.org/2005/Atom}"
#: RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have once, and what may stand in them.
ONCE = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
MAY = {
    "feed": ONCE["feed"] | {"link", "author", "generator", "entry"},
    "entry": ONCE["entry"] | {"link", "author", "category", "summary"},
}
FEEDS = ["/feeds/new.atom", "/feeds/stories/s1.atom", f"/feeds/actors/{MARENKO.id}.atom"]


def check(node: etree._Element, name: str) -> None:
    """The rules of RFC 4287 for a feed or an entry."""
    assert node.tag == f"{ATOM}{name}"
    children = [str(one.tag).removeprefix(ATOM) for one in node]
    assert set(children) <= MAY[name]
    assert all(children.count(one) == 1 for one in ONCE[name])
    assert "author" in children
    for child in node:
        if child.tag == f"{ATOM}entry":
            check(child, "entry")
        elif child.tag == f"{ATOM}link":
            assert {"rel", "href", "type"} <= set(child.attrib)
        elif child.tag == f"{ATOM}updated":
            assert len(str(child.text)) == 20
            assert str(child.text).endswith("Z")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_valid_and_a_reader_takes_it(path: str, client: TestClient) -> None:  # noqa: F811
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/atom+xml"
    check(etree.fromstring(answer.content), "feed")
    found: Any = feedparser.parse(answer.content)
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.entries
    ids = [one.id for one in found.entries]
    assert len(ids) == len(set(ids))
    assert all(one.link.startswith("http://desk.example/") for one in found.entries)
    assert {one.rel: one.href for one in found.feed.links}["self"] == f"http://desk.example{path}"
    moments = [one.updated for one in found.entries]
    assert moments == sorted(moments, reverse=True)
    assert found.feed.updated == moments[0]


def test_a_story_has_its_reports_newest_first(client: TestClient) -> None:  # noqa: F811
    found: Any = feedparser.parse(client.get("/feeds/stories/s1.atom").content)
    assert [one.author for one in found.entries] == ["Helvania Today", "Meridian Courier", "outlet not told"]
    assert found.entries[0].updated == "2025-03-14T20:05:00Z"


def test_an_actor_has_what_it_said(client: TestClient) -> None:  # noqa: F811
    found: Any = feedparser.parse(client.get(FEEDS[2]).content)
    assert any("We will answer in writing next week" in one.summary for one in found.entries)


@pytest.mark.parametrize("path", ["/feeds/stories/none.atom", "/feeds/actors/none.atom"])
def test_a_feed_of_nothing_is_not_there(path: str, client: TestClient) -> None:  # noqa: F811
    assert client.get(path).status_code == 404


def test_a_feed_that_is_known_is_not_sent_again(client: TestClient) -> None:  # noqa: F811
    tag = client.get("/feeds/new.atom").headers["etag"]
    assert client.get("/feeds/new.atom", headers={"If-None-Match": tag}).status_code == 304


def test_whatever_a_report_is_called_the_feed_is_well_formed() -> None:
    title = "<script>alert(1)</script> & ]]> \x00\x1b\ufffe ‮x 🕊"
    entry = Entry("k", title, moment("2025-03-14T18:40+03:00"), "http://d.example/?a=1&b=2", Author(title), title)
    content = write_feed(Feed("f", title, "http://d.example/f", "http://d.example/", (entry,)))
    check(etree.fromstring(content), "feed")
    found: Any = feedparser.parse(content)
    assert found.entries[0].title_detail.type == "text/plain"
    assert found.entries[0].link == "http://d.example/?a=1&b=2"
    assert found.entries[0].updated == "2025-03-14T15:40:00Z"


def test_an_empty_feed_is_valid() -> None:
    check(etree.fromstring(write_feed(Feed("f", "t", "http://d.example/f", "http://d.example/", ()))), "feed")


def test_entries_of_one_moment_keep_their_order() -> None:
    entries = [Entry(key, "t", moment("2025"), "l", Author("a"), "s") for key in "cab"]
    assert [one.key for one in newest(entries, 2)] == ["a", "b"]
