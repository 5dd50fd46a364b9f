import io
import json
from hashlib import sha256
from typing import Any

import pytest

from onrecord.model import Block, BlockKind, Failure, FailureCause, Report, Span
from onrecord.reading import ReadSettings, read_bytes
from onrecord.reading.content import read_rows

TEXT = "The two sides met for an hour at the lake and left without a word.\n\nA new round is planned for June."


def read_fields(**fields: Any) -> Report | Failure:
    [found] = read_bytes(json.dumps(fields).encode(), "day.jsonl")
    return found


def report_of(**fields: Any) -> Report:
    found = read_fields(**fields)
    assert isinstance(found, Report)
    return found


def test_the_fields_of_a_row() -> None:
    report = report_of(
        text=TEXT,
        title="Talks end",
        outlet="Lake Dispatch",
        published="2031-05-04",
        url="https://lake.example/1",
        byline=["Mara Lind"],
    )
    assert (report.title, report.outlet, report.published) == ("Talks end", "Lake Dispatch", "2031-05-04")
    assert (report.url, report.byline, report.source) == ("https://lake.example/1", ("Mara Lind",), "day.jsonl#1")
    assert {(note.field, note.how) for note in report.notes} >= {
        ("title", "told"),
        ("outlet", "told"),
        ("published", "told"),
    }


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ({"body": TEXT}, "text", TEXT),
        ({"maintext": TEXT, "text": None}, "text", TEXT),
        ({"content": TEXT, "source_domain": "lake.example"}, "outlet", "lake.example"),
        ({"text": TEXT, "publisher": {"name": "Lake Dispatch"}}, "outlet", "Lake Dispatch"),
        ({"text": TEXT, "date_publish": "2031-05-04 16:22:00"}, "published", "2031-05-04T16:22:00"),
        ({"text": TEXT, "published_at": 1935678120}, "published", "2031-05-04T16:22:00Z"),
        ({"text": TEXT, "date": "04/05/2031"}, "published", None),
        ({"Text": TEXT, "authors": "Mara Lind, Jonas Okoro"}, "byline", ("Mara Lind", "Jonas Okoro")),
        ({"text": TEXT, "title": 7, "outlet": [], "published": {}, "url": 3}, "outlet", None),
    ],
)
def test_other_names_and_forms_of_fields(fields: dict[str, Any], field: str, value: object) -> None:
    assert getattr(report_of(**fields), field) == value


def test_a_title_that_the_text_lacks_stands_before_it_as_its_own_block() -> None:
    report = report_of(text=TEXT, title="Talks end")
    assert report.text == f"Talks end\n\n{TEXT}"
    assert report.blocks[0] == Block(Span(0, 9), BlockKind.TITLE)


def test_a_title_that_the_text_begins_with_is_not_written_twice() -> None:
    report = report_of(text=f"Talks end\n\n{TEXT}", title="Talks End")
    assert report.text == f"Talks end\n\n{TEXT}"
    assert report.blocks[0].kind is BlockKind.TITLE


def test_a_title_that_is_only_the_start_of_the_first_sentence_is_written() -> None:
    assert report_of(text=TEXT, title="The two sides met").text.startswith("The two sides met\n\nThe two sides met for")


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b'{"text": "cut', FailureCause.MALFORMED),
        (b"[1, 2]", FailureCause.MALFORMED),
        (b'"text"', FailureCause.MALFORMED),
        (b'{"title": "no text"}', FailureCause.MALFORMED),
        (b'{"text": 7}', FailureCause.MALFORMED),
        (b'{"text": ""}', FailureCause.EMPTY),
        (b'{"text": null}', FailureCause.EMPTY),
        (b'{"text": "a\\ud800b, and so on for a while"}', FailureCause.UNDECODABLE),
        (b'{"text": "a\\u0000b"}', FailureCause.BINARY),
        (b'{"text": "Gr\xc3\xbcn \xff"}', FailureCause.UNDECODABLE),
        (b"[" * 100_000, FailureCause.MALFORMED),
        (b'{"text": "' + b"9" * 3_000 + b'"}', FailureCause.OVERSIZED),
        (b'{"n": ' + b"9" * 1_900 + b"}", FailureCause.MALFORMED),
    ],
)
def test_one_bad_row_is_one_failure_and_the_rest_goes_on(line: bytes, cause: FailureCause) -> None:
    good = json.dumps({"text": TEXT}).encode()
    limit = 200_000 if line.startswith(b"[[") else 2_000
    found = list(read_bytes(b"\n".join([good, line, b"", good]), "day.jsonl", ReadSettings(max_bytes=limit)))
    assert [one.source for one in found] == ["day.jsonl#1", "day.jsonl#2", "day.jsonl#4"]
    failure = found[1]
    assert isinstance(failure, Failure)
    assert failure.cause is cause
    assert failure.message.startswith("cannot read day.jsonl#2: ")
    assert len(failure.message) < 500
    assert isinstance(found[0], Report)
    assert isinstance(found[2], Report)


def test_the_hash_is_over_the_row_without_its_line_end() -> None:
    row = json.dumps({"text": TEXT}).encode()
    for line_end in (b"", b"\n", b"\r\n"):
        [report] = read_bytes(row + line_end, "day.jsonl")
        assert report.sha256 == sha256(row).hexdigest()


def test_rows_are_read_one_at_a_time() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            self.asked += 1
            line = b'{"text": "x"}\n'
            buffer[: len(line)] = line
            return len(line)

    stream = Endless()
    rows = read_rows(io.BufferedReader(stream, 64), 1_000)
    assert [next(rows).number for _ in range(3)] == [1, 2, 3]
    assert stream.asked < 20


def test_a_file_without_rows_is_empty() -> None:
    [failure] = read_bytes(b"\n \n", "day.jsonl")
    assert isinstance(failure, Failure)
    assert failure.cause is FailureCause.EMPTY
