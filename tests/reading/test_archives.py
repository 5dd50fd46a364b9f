import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import ReadSettings, read
from onrecord.reading.archives import archived_pages, read_archive
from tests.reading.archiving import PARAGRAPH, packed, page, record, served

PAGES = [record(served(page(f"Talks in Kelm, day {n}")), f"https://morrow.example/{n}") for n in range(1, 5)]


def read_all(content: bytes, name: str = "a.warc", limit: int = 100_000) -> list[Report | Failure]:
    return list(read_archive(io.BytesIO(content), name, ReadSettings(max_bytes=limit)))


def titles(found: list[Report | Failure]) -> list[str | None]:
    return [one.title for one in found if isinstance(one, Report)]


def causes(found: list[Report | Failure]) -> list[FailureCause]:
    return [one.cause for one in found if isinstance(one, Failure)]


ALL = [f"Talks in Kelm, day {n}" for n in range(1, 5)]


def test_each_page_is_a_report_with_its_place_and_address() -> None:
    found = read_all(b"".join(PAGES))
    assert titles(found) == ALL
    place = len(PAGES[0]) + len(PAGES[1])
    assert isinstance(found[2], Report)
    assert (found[2].source, found[2].url) == (f"a.warc#{place}", "https://morrow.example/3")
    assert found[2].outlet == "The Morrow Herald"


def test_a_place_in_a_packed_archive_is_one_of_the_file_on_disk() -> None:
    members = [packed([one]) for one in PAGES]
    found = read_all(b"".join(members))
    assert titles(found) == ALL
    assert [one.source for one in found] == [f"a.warc#{sum(map(len, members[:n]))}" for n in range(4)]


def test_records_of_one_member_have_places_of_their_own() -> None:
    found = read_all(gzip.compress(b"".join(PAGES)))
    assert titles(found) == ALL
    assert len({one.source for one in found}) == 4


def test_the_same_page_has_the_same_report_however_it_is_packed() -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (page("Talks")[:50], page("Talks")[50:]))
    ways = [
        served(page("Talks")),
        served(chunks + b"0\r\n\r\n", "200 OK", "text/html", "Transfer-Encoding: chunked"),
        served(gzip.compress(page("Talks")), "200 OK", "text/html", "Content-Encoding: gzip"),
        served(zlib.compress(page("Talks")), "200 OK", "text/html", "Content-Encoding: deflate"),
        # Common Crawl undoes both and leaves the headers
        served(page("Talks"), "200 OK", "text/html", "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
    ]
    found = read_all(b"".join(map(record, ways)))
    assert titles(found) == ["Talks"] * len(ways)
    assert len({one.sha256 for one in found}) == 1


def test_what_is_no_page_is_passed_over() -> None:
    others = [
        record(b"software: x", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(served(b"gone", "404 Not Found")),
        record(served(b"", "301 Moved", "text/html", "Location: /2")),
        record(served(b"\x89PNG", "200 OK", "image/png")),
        record(b"x: y", kind="metadata"),
    ]
    assert titles(read_all(b"".join([*others, PAGES[0], *others]))) == ALL[:1]
    assert causes(read_all(b"".join(others))) == [FailureCause.EMPTY]


def test_wet_files_hold_text() -> None:
    text = f"Talks in Kelm\n\n{PARAGRAPH}\n\n{PARAGRAPH}".encode()
    [found] = read_all(packed([record(text, kind="conversion")]), "a.warc.wet.gz")
    assert isinstance(found, Report)
    assert (found.title, found.text) == ("Talks in Kelm", text.decode())
    assert (found.url, found.outlet) == ("https://morrow.example/1", "morrow.example")


@pytest.mark.parametrize("gz", [False, True])
@pytest.mark.parametrize("cut", [3, 60, 400])
def test_a_cut_archive_gives_all_that_is_before_the_cut(gz: bool, cut: int) -> None:
    whole = packed(PAGES) if gz else b"".join(PAGES)
    found = read_all(whole[:-cut])
    assert titles(found)[:3] == ALL[:3]
    assert causes(found) in ([FailureCause.TRUNCATED], [])
    assert len(found) == 4


def test_damage_costs_the_record_it_is_in() -> None:
    members = [packed([one]) for one in PAGES]
    broken = bytearray(b"".join(members))
    for at in range(len(members[0]) + 40, len(members[0]) + 80):
        broken[at] ^= 0x55
    found = read_all(bytes(broken))
    assert titles(found) == [ALL[0], ALL[2], ALL[3]]
    assert causes(found) == [FailureCause.TRUNCATED]
    assert found[1].source == "a.warc#0"
    assert "after here" in str(found[1])


def test_garbage_between_plain_records_costs_nothing_else() -> None:
    found = read_all(PAGES[0] + b"garbage\r\n" * 50 + b"".join(PAGES[1:]))
    assert titles(found) == ALL
    assert causes(found) == [FailureCause.TRUNCATED]


def test_a_pipe_is_read_until_its_damage() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError("a pipe has no position")

    whole = packed(PAGES)
    assert titles(list(read_archive(Pipe(whole), "-", ReadSettings()))) == ALL
    broken = whole[:-200] + b"?" * 200
    assert titles(list(read_archive(Pipe(broken), "-", ReadSettings())))[:3] == ALL[:3]


def test_a_record_over_the_limit_is_not_kept() -> None:
    large = record(served(b"<p>" + b"x" * 300_000))
    found = read_all(large + PAGES[0])
    assert causes(found) == [FailureCause.OVERSIZED]
    assert titles(found) == ALL[:1]


def test_a_bomb_within_a_record_is_left() -> None:
    bomb = served(gzip.compress(b"0" * 30_000_000), "200 OK", "text/html", "Content-Encoding: gzip")
    twice = served(gzip.compress(gzip.compress(page("x"))), "200 OK", "text/html", "Content-Encoding: gzip")
    found = read_all(record(bomb) + record(twice) + PAGES[0])
    assert causes(found)[0] == FailureCause.OVERSIZED
    assert titles(found)[-1] == ALL[0]


def test_an_archive_is_read_from_a_folder_by_name_and_by_its_bytes(tmp_path: Path) -> None:
    for name in ("a.warc.gz", "b.warc.wet.gz", "c.gz", "d"):
        (tmp_path / name).write_bytes(packed(PAGES[:2]))
    found = list(read([tmp_path]))
    assert titles(found) == ALL[:2] * 4
    assert {one.source.rpartition("#")[2] for one in found} == {"0", str(len(packed(PAGES[:1])))}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_stops_the_reading(data: st.DataObject) -> None:
    whole = bytearray(packed(PAGES) if data.draw(st.booleans()) else b"".join(PAGES))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    for item in archived_pages(io.BytesIO(bytes(whole)), "a.warc", 100_000):
        assert item.place.startswith("a.warc#") if not isinstance(item, Failure) else item.message
