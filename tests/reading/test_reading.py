import gzip
import io
import tracemalloc
from hashlib import sha256
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import ReadSettings, read, read_bytes

TEXT = "Talks end in Vareni\n\nThe two sides met for an hour at the lake and left without a word, officials said.\n"


def one(content: bytes, source: str = "report.txt", settings: ReadSettings | None = None) -> Report | Failure:
    [found] = read_bytes(content, source, settings or ReadSettings())
    return found


def report_of(content: bytes, source: str = "report.txt", settings: ReadSettings | None = None) -> Report:
    found = one(content, source, settings)
    assert isinstance(found, Report), found
    return found


def test_the_text_is_the_decoded_file() -> None:
    content = TEXT.replace("\n", "\r\n").encode()
    report = report_of(content)
    assert report.text == content.decode()
    assert report.sha256 == sha256(content).hexdigest()
    assert report.id == "r" + report.sha256[:16]
    assert report.language == "en"


def test_what_the_user_says_wins() -> None:
    page = TEXT + "\n© 2031 Lake Dispatch\n"
    told, given = (
        report_of(page.encode()),
        report_of(page.encode(), settings=ReadSettings("Harbour Post", "2031-05-04")),
    )
    assert (told.outlet, given.outlet) == ("Lake Dispatch", "Harbour Post")
    assert given.published == "2031-05-04"
    assert {note.field for note in given.notes if note.how == "given"} == {"outlet", "published"}


def test_every_field_has_a_note_and_missing_ones_say_why() -> None:
    report = report_of(b"The two sides met for an hour at the lake and left without a word, officials said.")
    assert [note.field for note in report.notes] == ["title", "outlet", "byline", "published", "language"]
    assert [note.how for note in report.notes] == ["missing", "missing", "missing", "missing", "inferred"]
    assert all(note.reason for note in report.notes)


def test_the_span_of_a_note_holds_the_words() -> None:
    report = report_of(
        b"Talks end in Vareni\nBy Mara Lind\n4 May 2031\n\nThe two sides met for an hour and left in silence."
    )
    words = {note.field: note.span.of(report.text) for note in report.notes if note.span is not None}
    assert words == {"title": "Talks end in Vareni", "byline": "Mara Lind", "published": "4 May 2031"}


def test_a_date_in_the_prose_is_never_the_date_of_publication() -> None:
    report = report_of(
        b"Talks end in Vareni\n\nThe treaty of 4 May 2021 ends on 6 June 2031, the ministers said on Friday."
    )
    assert report.published is None
    assert report.dateline is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Delegates arrive in Vareni, June 3, 2031. (Credit: Sara Noll/Pool)", "2031-06-03"),
        ("Delegates arrive in Vareni in this file photo of June 3, 2011. (Photo: Sara Noll)", None),
        ("Delegates arrive in Vareni on Sunday. (Photo: Sara Noll)", None),
    ],
)
def test_a_caption_may_prove_the_day(line: str, day: str | None) -> None:
    report = report_of(
        f"Talks end in Vareni\n\n{line}\n\nThe two sides met for an hour and left without a word.".encode()
    )
    assert (report.published, report.dateline) == (None, day)
    [note] = [note for note in report.notes if note.field == "published"]
    assert note.how == ("inferred" if day else "missing")


def test_captions_that_disagree_prove_no_day() -> None:
    captions = "A boat, June 3, 2031. (Photo: Pool)\n\nAnother boat, June 4, 2031. (Photo: Pool)"
    report = report_of(f"Talks end\n\n{captions}\n\nThe two sides met for an hour and left without a word.".encode())
    assert report.dateline is None


def test_a_dateline_with_its_year_proves_the_day() -> None:
    report = report_of(b"VARENI, May 4, 2031 (Northwire) - The two sides met for an hour and left without a word.")
    assert report.dateline == "2031-05-04"
    assert [block.kind.value for block in report.blocks] == ["paragraph"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.jsonl", "a"])
def test_gzip_of_each_kind_reads_as_what_is_in_it(name: str) -> None:
    contents = {
        "a.html": f"<html><body><article><p>{TEXT}</p></article></body></html>",
        "a.jsonl": '{"text": "The two sides met for an hour and left without a word."}',
    }
    content = contents.get(name, TEXT).encode()
    plain, packed = report_of(content, name), report_of(gzip.compress(content), name + ".gz")
    assert (plain.text, plain.sha256, plain.blocks) == (packed.text, packed.sha256, packed.blocks)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.gz", "a.md.gz"])
def test_cut_gzip_is_truncated_at_every_length(name: str) -> None:
    packed = gzip.compress(TEXT.encode())
    for length in range(3, len(packed) - 1):
        found = one(packed[:length], name)
        assert isinstance(found, Failure), length
        assert found.cause is FailureCause.TRUNCATED


def test_rows_before_the_break_of_a_cut_gzip_are_read() -> None:
    rows = b"".join(
        b'{"text": "Row %d: the two sides met and left.", "n": "%s"}\n' % (i, sha256(b"%d" % i).hexdigest().encode())
        for i in range(2_000)
    )
    found = list(read_bytes(gzip.compress(rows)[:-2_000], "day.jsonl.gz"))
    assert isinstance(found[-1], Failure)
    assert found[-1].cause is FailureCause.TRUNCATED
    assert len(found) > 1_000
    assert all(isinstance(report, Report) for report in found[:-1])


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.html.gz", "bomb.jsonl.gz"])
def test_a_decompression_bomb_is_stopped_at_the_limit(name: str) -> None:
    bomb = gzip.compress(b"a" * 200_000_000, 1)
    tracemalloc.start()
    found = one(bomb, name, ReadSettings(max_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Failure)
    assert found.cause is FailureCause.OVERSIZED
    assert peak < 10_000_000


def test_the_limit_is_a_last_byte_that_is_read() -> None:
    content = TEXT.encode()
    assert isinstance(one(content, settings=ReadSettings(max_bytes=len(content))), Report)
    assert isinstance(one(content, settings=ReadSettings(max_bytes=len(content) - 1)), Failure)


@pytest.mark.parametrize(
    ("content", "source", "cause"),
    [
        (b"", "a.txt", FailureCause.EMPTY),
        (b" \r\n\t ", "a.txt", FailureCause.EMPTY),
        (b"", "a.html", FailureCause.EMPTY),
        (b"", "a.jsonl", FailureCause.EMPTY),
        (b"", "a", FailureCause.EMPTY),
        (b"a\0b", "a.txt", FailureCause.BINARY),
        (b"a\0b", "a", FailureCause.UNSUPPORTED),
        (b"%PDF-1.7 ...", "a", FailureCause.MALFORMED),
        (b"anything", "a.pdf", FailureCause.MALFORMED),
        (b"anything", "a.xml", FailureCause.UNSUPPORTED),
        (b"anything", "a.json", FailureCause.MALFORMED),
        (b"anything", "a.warc", FailureCause.MALFORMED),
        (b"anything", "a.mbox", FailureCause.EMPTY),
        (b"anything", "a.eml", FailureCause.MALFORMED),
        (b"anything", "a.db", FailureCause.UNSUPPORTED),
        (b"anything", "a.PNG.gz", FailureCause.UNSUPPORTED),
        (b"<html><body></body></html>", "a.html", FailureCause.NO_TEXT),
        (b"---\ntitle: x\n---\n", "a.md", FailureCause.NO_TEXT),
    ],
)
def test_bad_input_says_what_is_wrong_with_it(content: bytes, source: str, cause: FailureCause) -> None:
    found = one(content, source)
    assert isinstance(found, Failure)
    assert found.cause is cause
    assert found.source == source
    assert found.message.startswith(f"cannot read {source}: ")
    assert "; " in found.message


@pytest.mark.parametrize(
    ("content", "marks"),
    [
        (
            b"<!DOCTYPE html><html><body><p>The two sides met for an hour and left.</p></body></html>",
            "<p>",
        ),
        (b'{"text": "The two sides met for an hour and left without a word."}', "{"),
    ],
)
def test_the_kind_is_told_by_the_bytes_where_the_name_says_nothing(content: bytes, marks: str) -> None:
    for source in ("page", "page.dump", "https://lake.example/story?id=4"):
        assert marks not in report_of(content, source).text


def test_an_unknown_suffix_is_read_as_the_text_that_it_is() -> None:
    assert report_of(TEXT.encode(), "report.v2").text == TEXT


def test_standard_input_is_sniffed() -> None:
    rows = io.BytesIO(b'{"text": "The two sides met for an hour and left."}\n' * 2)
    assert [found.source for found in read(["-"], stdin=rows)] == ["-#1", "-#2"]
    [report] = read(["-"], ReadSettings(stdin_name="pipe"), stdin=io.BytesIO(TEXT.encode()))
    assert report.source == "pipe"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(TEXT + str(number))
    assert list(read([tmp_path])) == list(read([tmp_path]))


@pytest.mark.parametrize("published", ["04.05.2031", "2031-02-30", "yesterday", "", "2031", "2031-05-04T25:00"])
def test_a_date_that_is_no_iso_8601_is_a_wrong_call(published: str) -> None:
    with pytest.raises(UsageError, match="2031-05-04"):
        ReadSettings(published=published)


def test_a_limit_of_nothing_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="above 0"):
        ReadSettings(max_bytes=0)


def test_other_languages_are_told() -> None:
    german = "Die beiden Seiten trafen sich am Sonntag für eine Stunde am See und gingen ohne ein Wort auseinander."
    assert report_of(german.encode()).language == "de"
    assert report_of(b"Vareni 12").language == "und"
