import pytest

from onrecord.model import BlockKind, Report
from onrecord.reading import read_bytes

BODY = """# Talks end in Vareni

The two sides met for an hour and left without a word to the press.

## A hard week

“We will go on,” said the Zarvian minister, who left for the airport.
"""


def report_of(text: str) -> Report:
    [report] = read_bytes(text.encode(), "note.md")
    assert isinstance(report, Report)
    return report


def test_headings_are_blocks_without_their_marks_and_the_text_keeps_them() -> None:
    report = report_of(BODY)
    assert report.text == BODY
    assert [(block.kind.value, block.span.of(BODY)[:11]) for block in report.blocks] == [
        ("title", "Talks end i"),
        ("paragraph", "The two sid"),
        ("subtitle", "A hard week"),
        ("paragraph", "“We will go"),
    ]
    assert report.title == "Talks end in Vareni"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_tells_the_fields_and_is_no_news(line_end: str) -> None:
    front = (
        "---\ntitle: 'Talks end in Vareni'\noutlet: Lake Dispatch\ndate: 2031-05-04\n"
        "author:\n  - Mara Lind\n  - Jonas Okoro\nurl: https://lake.example/1\n---\n\n"
    )
    report = report_of((front + BODY).replace("\n", line_end))
    assert (report.title, report.outlet, report.published) == ("Talks end in Vareni", "Lake Dispatch", "2031-05-04")
    assert (report.byline, report.url) == (("Mara Lind", "Jonas Okoro"), "https://lake.example/1")
    assert [block.kind for block in report.blocks][:2] == [BlockKind.BOILERPLATE, BlockKind.TITLE]
    assert report.blocks[0].span.of(report.text).endswith("---")


def test_an_underlined_heading_is_a_title() -> None:
    report = report_of(
        "Talks end in Vareni\n===================\n\nThe two sides met for an hour and left without a word.\n"
    )
    assert report.title == "Talks end in Vareni"
    assert [block.kind.value for block in report.blocks] == ["title", "boilerplate", "paragraph"]


def test_a_title_in_the_front_matter_needs_no_heading() -> None:
    report = report_of("---\ntitle: Talks end\n---\nThe two sides met for an hour and left without a word.\n")
    assert report.title == "Talks end"
    assert [block.kind.value for block in report.blocks] == ["boilerplate", "paragraph"]


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    report = report_of("---\n\nThe two sides met for an hour and left without a word.\n\nNobody: spoke.\n")
    assert report.outlet is None
    assert BlockKind.PARAGRAPH in {block.kind for block in report.blocks}
