import codecs

import pytest

from onrecord.errors import UnreadableInput
from onrecord.model import FailureCause
from onrecord.reading.decoding import check_text, decode

GERMAN = "Die Außenministerin erklärte, man sei „näher als zuvor“ – die Frage der Brücken bleibe offen."
RUSSIAN = "Министры двух стран встретились в воскресенье и договорились продолжить переговоры на следующей неделе."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_western_text_in_common_encodings(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)) == GERMAN


def test_a_western_page_of_hundreds_of_lines_with_one_accent() -> None:
    text = "The talks went on.\r\n" * 400 + "The minister, Zoë Grün, left early.\r\n"
    assert decode(text.encode("cp1252")) == text


def test_cyrillic_without_a_declaration() -> None:
    assert decode((RUSSIAN * 5).encode("cp1251")) == RUSSIAN * 5


def test_the_declared_encoding_of_a_page_is_used() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert decode(page.encode("cp1251"), markup=True) == page


def test_a_declaration_that_lies_is_passed_over() -> None:
    page = f'<html><head><meta charset="ascii-of-nowhere"></head><body>{GERMAN}</body></html>'
    assert decode(page.encode(), markup=True) == page
    assert decode(page.encode("cp1252"), markup=True) == page


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"abc\0def", FailureCause.BINARY),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FailureCause.BINARY),
        (b"a\x01b\x02c\x03", FailureCause.BINARY),
        ("Grün und grün".encode() + b"\xff tail", FailureCause.UNDECODABLE),
        (codecs.BOM_UTF16_LE + b"a\0b\0c", FailureCause.UNDECODABLE),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", FailureCause.UNDECODABLE),
    ],
)
def test_what_is_no_text_is_refused_with_its_cause(content: bytes, cause: FailureCause) -> None:
    with pytest.raises(UnreadableInput) as caught:
        decode(content)
    assert caught.value.cause == cause


def test_damaged_utf8_is_not_read_as_another_encoding() -> None:
    with pytest.raises(UnreadableInput, match=r"UTF-8 but for the byte 0xff at \d+"):
        decode("“Näher”, sagte sie.".encode() + b"\xff")


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="lone surrogate"):
        check_text("a\ud800b")


def test_a_stray_control_character_does_not_lose_a_long_report() -> None:
    text = "The talks went on for hours. " * 40 + "\x0c\x1f"
    assert decode(text.encode()) == text
