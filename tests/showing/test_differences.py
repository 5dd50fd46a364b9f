from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Failure, FailureCause, Report
from onrecord.reading import read_bytes
from onrecord.showing.differences import Difference, differences, marked
from onrecord.showing.rounds import round_line

BASE = ("The envoy came to Kelm on Tuesday.", "The talks on the river road went on for hours.", "They left in silence.")


def report_of(*paragraphs: str) -> Report:
    [report] = read_bytes("\n\n".join(("Talks in Kelm", *paragraphs)).encode(), "a.txt")
    assert isinstance(report, Report)
    return report


def test_a_changed_paragraph_stands_beside_what_it_was() -> None:
    new = (BASE[0].replace("Tuesday", "Friday"), *BASE[1:])
    assert differences(report_of(*BASE), report_of(*new)) == (Difference(BASE[0], new[0]),)


def test_paragraphs_that_came_and_went() -> None:
    added = "A third round was put off to another week of the spring."
    assert differences(report_of(*BASE), report_of(*BASE, added)) == (Difference(None, added),)
    assert differences(report_of(*BASE, added), report_of(*BASE)) == (Difference(added, None),)
    other = "Nothing whatever in common has this sentence here."
    assert differences(report_of(*BASE), report_of(BASE[0], other, BASE[2])) == (
        Difference(None, other),
        Difference(BASE[1], None),
    )


def test_a_report_does_not_differ_from_itself() -> None:
    assert differences(report_of(*BASE), report_of(*BASE)) == ()


@settings(deadline=None)
@given(st.text(alphabet="ab .", max_size=40), st.text(alphabet="ab .", max_size=40))
def test_both_sides_can_be_read_out_of_what_is_marked(before: str, after: str) -> None:
    import re

    shown = marked(Difference(before, after))
    assert re.sub(r"\{\+.*?\+\}", "", shown).replace("[-", "").replace("-]", "") == before
    assert re.sub(r"\[-.*?-\]", "", shown).replace("{+", "").replace("+}", "") == after


def test_a_round_names_a_few_of_each_kind_on_one_line() -> None:
    failed = [Failure(f"https://a.example/{n}\x1b[31m", FailureCause.TIMEOUT, "late") for n in range(5)]
    line = round_line(
        datetime(2031, 5, 4, tzinfo=UTC), [report_of(*BASE)], [(report_of(*BASE), report_of(BASE[0]))], failed, 7
    )
    assert "\n" not in line
    assert "\x1b" not in line
    assert "1 new (Talks in Kelm), 1 changed (Talks in Kelm: 2 paragraphs differ), 5 failed (" in line
    assert "; and 2 more), 7 as before" in line
