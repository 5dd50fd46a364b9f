import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from onrecord.showing.words import counted, listed, one_line


@given(st.text())
def test_no_character_that_moves_the_cursor_gets_through(text: str) -> None:
    shown = one_line(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


def test_an_escape_sequence_of_a_report_is_defused() -> None:
    assert one_line("calm\x1b[2J\x1b]0;title\x07") == "calm\ufffd[2J\ufffd]0;title\ufffd"


def test_right_to_left_override_is_shown_as_a_replacement() -> None:
    assert one_line("a\u202eb") == "a\ufffdb"


def test_soft_hyphens_and_zero_width_blanks_are_left_out() -> None:
    assert one_line("nego\u00adtia\u200btion") == "negotiation"


def test_lists_and_counts_read_well() -> None:
    assert listed(()) == ""
    assert listed(("A",)) == "A"
    assert listed(("A", "B")) == "A and B"
    assert counted(0, "report") == "0 reports"
