import json

import pytest

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import read_bytes

TEXT = "The ministers met in Kelm on Tuesday for three hours and left without a word."

NEWS_PLEASE = {
    "authors": ["Lena Marsh"],
    "date_download": "2031-03-05 01:00:00",
    "date_modify": None,
    "date_publish": "2031-03-04 14:10:00",
    "description": "Talks",
    "filename": "x.json",
    "image_url": None,
    "language": "en",
    "maintext": TEXT,
    "source_domain": "www.morrow.example",
    "title": "Talks in Kelm",
    "url": "https://morrow.example/1",
}
MEDIA_CLOUD = {
    "id": "0a1b",
    "indexed_date": "2031-03-05T02:00:00",
    "language": "en",
    "media_name": "The Morrow Herald",
    "media_url": "morrow.example",
    "publish_date": "2031-03-04",
    "text": TEXT,
    "title": "Talks in Kelm",
    "url": "https://morrow.example/1",
}
OLD_MEDIA_CLOUD = {
    "media": {"media_id": 1, "name": "The Morrow Herald"},
    "publish_date": "2031-03-04 14:10:00",
    "stories_id": 7,
    "story_text": TEXT,
    "title": "Talks in Kelm",
    "url": "https://morrow.example/1",
}
GDELT = {
    "url": "https://morrow.example/1",
    "title": "Talks in Kelm",
    "seendate": "20310304T141500Z",
    "domain": "morrow.example",
    "language": "English",
    "sourcecountry": "Varda",
    "text": TEXT,
}


TRAFILATURA = {
    "author": "Lena Marsh",
    "date": "2031-03-04",
    "excerpt": "Talks",
    "hostname": "morrow.example",
    "source": "https://morrow.example/1",
    "source-hostname": "The Morrow Herald",
    "text": TEXT,
    "title": "Talks in Kelm",
}


@pytest.mark.parametrize(
    ("row", "outlet", "published", "dateline"),
    [
        (NEWS_PLEASE, "morrow.example", "2031-03-04T14:10:00", None),
        (MEDIA_CLOUD, "The Morrow Herald", "2031-03-04", None),
        (OLD_MEDIA_CLOUD, "The Morrow Herald", "2031-03-04T14:10:00", None),
        (GDELT, "morrow.example", None, "2031-03-04"),
        (TRAFILATURA, "The Morrow Herald", "2031-03-04", None),
    ],
)
def test_rows_of_collectors(row: dict[str, object], outlet: str, published: str | None, dateline: str | None) -> None:
    for content, name in (
        (json.dumps(row), "a.jsonl"),
        (json.dumps([row], indent=1), "a.json"),
        (json.dumps(row), "a.json"),
    ):
        [report] = read_bytes(content.encode(), name)
        assert isinstance(report, Report)
        assert (report.title, report.outlet, report.url) == ("Talks in Kelm", outlet, "https://morrow.example/1")
        assert (report.published, report.dateline) == (published, dateline)
        assert report.text.endswith(TEXT)


def test_an_outlet_that_only_the_address_tells_is_inferred() -> None:
    row = {"title": "Talks in Kelm", "text": TEXT, "url": "https://www.morrow.example/1"}
    [report] = read_bytes(json.dumps(row).encode(), "a.jsonl")
    assert isinstance(report, Report)
    assert report.outlet == "morrow.example"
    assert next(note.how for note in report.notes if note.field == "outlet") == "inferred"


@pytest.mark.parametrize("url", ["http://[::1", "morrow.example/1", "https:///1", ""])
def test_an_address_that_is_none_tells_no_outlet(url: str) -> None:
    [report] = read_bytes(json.dumps({"title": "Talks in Kelm", "text": TEXT, "url": url}).encode(), "a.jsonl")
    assert isinstance(report, Report)
    assert report.outlet is None


def test_a_day_on_which_a_report_was_only_seen_is_inferred() -> None:
    [report] = read_bytes(json.dumps(GDELT).encode(), "a.jsonl")
    assert isinstance(report, Report)
    [note] = [note for note in report.notes if note.field == "published"]
    assert (note.how, note.reason) == ("inferred", "the row tells when it was seen")


@pytest.mark.parametrize("name", ["articles", "stories", "results"])
def test_a_list_of_articles_in_an_object(name: str) -> None:
    found = list(read_bytes(json.dumps({"status": "ok", name: [GDELT, {"url": "x"}, MEDIA_CLOUD]}).encode(), "a.json"))
    assert [(one.source, type(one)) for one in found] == [
        ("a.json#1", Report),
        ("a.json#2", Failure),
        ("a.json#3", Report),
    ]


def test_the_same_article_is_the_same_report_wherever_it_stood() -> None:
    lists = [json.dumps({"articles": [GDELT]}), json.dumps([MEDIA_CLOUD, dict(reversed(GDELT.items()))], indent=2)]
    one, two = ({found.sha256 for found in read_bytes(text.encode(), "a.json")} for text in lists)
    assert len(two) == 2
    assert one < two


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"{}", FailureCause.MALFORMED),
        (b'"text"', FailureCause.MALFORMED),
        (b"[]", FailureCause.EMPTY),
        (b'{"articles": []}', FailureCause.EMPTY),
        (b"[" * 100_000, FailureCause.MALFORMED),
        (b"\xff\xfe{", FailureCause.UNDECODABLE),
        (b'{"articles": [1]}', FailureCause.MALFORMED),
    ],
)
def test_json_without_articles_says_so(content: bytes, cause: FailureCause) -> None:
    [found] = read_bytes(content, "a.json")
    assert isinstance(found, Failure)
    assert found.cause is cause


def test_lines_under_the_name_of_json_are_lines() -> None:
    lines = "\n".join(json.dumps(row) for row in (GDELT, MEDIA_CLOUD)).encode()
    assert [type(one) for one in read_bytes(lines, "a.json")] == [Report, Report]
