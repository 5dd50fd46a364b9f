import zlib

import pytest

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import read_bytes
from onrecord.reading.pdf.joining import join_lines, join_pages
from tests.reading.printing import column, pdf

LEFT = (
    "The foreign ministry of Ostrel said on Tues-\nday that it would open talks on the Sarn\nriver, and that its "
    "envoys were ready.\n\nA second para-\ngraph follows in the first column."
)
RIGHT = (
    "In the second column the report goes on\nwith what the ministers told each other.\n\n"
    "“We want peace,” said the minister."
)


def one(content: bytes, name: str = "a.pdf") -> Report | Failure:
    [found] = read_bytes(content, name)
    return found


def test_columns_are_read_in_their_order_and_words_at_line_ends_are_whole() -> None:
    page = [(60, 740, "Ostrel opens river talks"), *column(60, 700, LEFT), *column(320, 700, RIGHT)]
    report = one(pdf([page]))
    assert isinstance(report, Report)
    assert report.text.split("\n\n") == [
        "Ostrel opens river talks",
        "The foreign ministry of Ostrel said on Tuesday that it would open talks on the Sarn river, and that its "
        "envoys were ready.",
        "A second paragraph follows in the first column.",
        "In the second column the report goes on with what the ministers told each other.",
        "“We want peace,” said the minister.",
    ]
    assert report.title == "Ostrel opens river talks"


def test_running_heads_are_left_out_and_paragraphs_go_on_over_the_page() -> None:
    bodies = [
        "The envoys of both sides met in the morning\nand spoke about the border and the",
        "river road until late in the night.\nThey left in silence.",
        "A third page tells of the next round,\nwhich is to be held in Kelm.",
    ]
    pages = [
        [(60, 810, "Bulletin of the Sarn Institute"), *column(60, 500, body), (290, 30, f"- {n} -")]
        for n, body in enumerate(bodies, start=1)
    ]
    report = one(pdf(pages))
    assert isinstance(report, Report)
    assert "Bulletin" not in report.text
    assert "about the border and the river road until late" in report.text
    assert report.text.endswith("to be held in Kelm.")


def test_a_pdf_is_known_by_its_bytes() -> None:
    report = one(pdf([column(60, 700, LEFT)]), "report")
    assert isinstance(report, Report)
    assert report.text.startswith("The foreign ministry")


@pytest.mark.parametrize(
    ("content", "cause", "words"),
    [
        (pdf([column(60, 700, LEFT)], encrypted=True), FailureCause.FORBIDDEN, "encrypted"),
        (pdf([[], []]), FailureCause.NO_TEXT, "scan"),
        (b"%PDF-1.7\nnothing else", FailureCause.MALFORMED, "no PDF"),
        (pdf([column(60, 700, LEFT)])[:300], FailureCause.MALFORMED, "no PDF"),
    ],
)
def test_what_gives_no_text_says_why(content: bytes, cause: FailureCause, words: str) -> None:
    found = one(content)
    assert isinstance(found, Failure)
    assert (found.cause, words in found.message) == (cause, True), found.message


@pytest.mark.slow
def test_a_bomb_in_a_pdf_is_ended_by_its_limits() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b"0" * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(250):
        check = zlib.adler32(b"0" * 10_000_000, check)
    bomb = b"\x78\xda" + block * 250 + b"\x03\x00" + check.to_bytes(4, "big")
    plain = pdf([[(60, 700, "x")]])
    start, end = plain.index(b"<< /Length"), plain.index(b"\nendstream")
    content = plain[:start] + b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb) + bomb + plain[end:]
    found = one(content)
    assert isinstance(found, Failure)
    assert found.cause in (FailureCause.OVERSIZED, FailureCause.MALFORMED)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("a well-\nknown envoy", "a well-known envoy"),
        ("the mini-\nster", "the minister"),
        ("the foot\u00ad\nball", "the football"),
        ("Ostrel-\nVarda border", "Ostrel-Varda border"),
        ("in 2030-\n31", "in 2030-31"),
        ("a dash -\nand more", "a dash - and more"),
        ("", ""),
    ],
)
def test_hyphens_at_line_ends(lines: str, whole: str) -> None:
    assert join_lines(lines) == whole


def test_no_pages_no_text() -> None:
    assert join_pages([]) == ""
