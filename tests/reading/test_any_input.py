import gzip
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Failure, Report
from onrecord.reading import ReadSettings, read_bytes

from .marked import marked_pages

PAGES = [page.text for page in marked_pages()]
LINES = sorted({line for page in PAGES for line in page.splitlines() if line})
SMALL = ReadSettings(max_bytes=4_000)

ENCODINGS = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "koi8_r", "shift_jis", "gb18030"]
)
texts = st.lists(st.sampled_from(LINES) | st.text(max_size=80), max_size=12).map("\n".join) | st.sampled_from(PAGES)
encoded = st.builds(lambda text, encoding: text.encode(encoding, "ignore"), texts, ENCODINGS)
words = st.text(alphabet="abc .“”'\"<>&;=/!-é\u2028\0\r\n", max_size=30)
tags = st.sampled_from(
    [
        "p",
        "div",
        "article",
        "h1",
        "h2",
        "script",
        "title",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "br",
        "a",
        "time",
        "blockquote",
        "figure",
        "x",
    ]
)
markup = st.recursive(
    words | st.sampled_from(LINES),
    lambda inner: st.builds(
        lambda tag, attribute, parts, closed: f"<{tag} {attribute}>{''.join(parts)}" + (f"</{tag}>" if closed else ""),
        tags,
        st.sampled_from(
            ["", "class='byline'", "href=/x", "rel=author", "itemprop=datePublished", "datetime=2031-05-04", "\"'"]
        ),
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=12,
)
heads = st.sampled_from(
    ["", "<head><title>T | O</title></head>", '<meta charset="koi8-r">', '<meta property="og:title" content="T">']
    + [
        f'<script type="application/ld+json">{body}</script>'
        for body in ("[", "{}", '{"@type":"NewsArticle","author":[[{}]]}')
    ]
)
pages = st.builds(
    lambda head, body: f"<!doctype html><html>{head}<body>{body}</body></html>".encode("utf-8", "ignore"), heads, markup
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=4,
)
keys = st.sampled_from(
    ["text", "title", "outlet", "published", "url", "body", "date", "authors", "byline", "source", "Text", "x"]
)
rows = (
    st.dictionaries(keys, json_values, max_size=6).map(lambda row: json.dumps(row).encode())
    | st.binary(max_size=60)
    | encoded
)
jsonl = st.lists(rows, max_size=6).map(b"\n".join)
front = st.builds(lambda fields, body: f"---\n{fields}\n---\n{body}".encode("utf-8", "ignore"), texts, texts)
repeated = st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=20), st.integers(0, 400))
contents = st.one_of(st.binary(max_size=300), encoded, pages, jsonl, front, repeated)


def packed(content: bytes, how: str, cut: int) -> bytes:
    if how == "plain":
        return content
    whole = gzip.compress(content, 1)
    return whole if how == "gzip" else whole[: max(2, len(whole) - cut)]


inputs_of_any_kind = st.builds(
    packed, contents, st.sampled_from(["plain", "plain", "plain", "gzip", "cut"]), st.integers(1, 40)
)
sources = st.sampled_from(
    [
        "a.txt",
        "a.html",
        "a.md",
        "a.jsonl",
        "a",
        "a.txt.gz",
        "a.html.gz",
        "a.jsonl.gz",
        "a.zip",
        "https://x.example/a.html?b#c",
    ]
)


def check(found: Any, source: str) -> None:
    """What holds for anything that reading gives."""
    assert isinstance(found, Report | Failure)
    assert found.source.startswith(source)
    if isinstance(found, Failure):
        assert found.message.startswith(f"cannot read {found.source}: ")
        assert len(found.message) < 600
        found.message.encode()
        return
    assert found.id == f"r{found.sha256[:16]}"
    assert "\0" not in found.text
    found.text.encode()
    assert found.text.strip()
    assert found.blocks
    fields = [note.field for note in found.notes]
    assert fields[:5] == ["title", "outlet", "byline", "published", "language"]
    assert fields[5:] in ([], ["source_class"])
    end = 0
    for block in found.blocks:
        assert end <= block.span.start < block.span.end <= len(found.text)
        between = found.text[end : block.span.start]
        assert all(sign.isspace() or sign in "#=-" for sign in between)  # the marks of Markdown headings stay outside
        end = block.span.end
    for note in found.notes:
        assert note.span is None or note.span.end <= len(found.text)
    for told in (found.title, found.outlet, found.url, *found.byline):
        assert told is None or told.encode()


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(inputs_of_any_kind, sources)
def test_ten_thousand_inputs_each_give_reports_or_failures(content: bytes, source: str) -> None:
    started = time.process_time()
    found = list(read_bytes(content, source, SMALL))
    assert time.process_time() - started < 10
    assert found
    for one in found:
        check(one, source)


@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
@settings(deadline=None)
def test_the_text_of_a_text_file_is_exactly_what_was_written(text: str, encoding: str) -> None:
    [found] = read_bytes(text.encode(encoding), "a.txt")
    if isinstance(found, Report):
        assert found.text == text
    else:
        assert not text.strip() or found.cause.value in {"binary", "empty"}


@given(st.lists(st.sampled_from(PAGES), max_size=4), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_reading_in_another_order_gives_the_same_reports(texts: list[str], order: Any) -> None:
    lines = [json.dumps({"text": text}).encode() for text in texts]
    shuffled = list(lines)
    order.shuffle(shuffled)
    one, other = (
        {
            found.id: (found.blocks, found.title, found.language)
            for found in read_bytes(b"\n".join(rows), "a.jsonl")
            if isinstance(found, Report)
        }
        for rows in (lines, shuffled)
    )
    assert one == other
