from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import READABLE, BlockKind, Report
from onrecord.reading import read_bytes
from onrecord.reading.blocks import find_blocks

from .marked import MarkedPage, marked_pages


def kind_of(page: MarkedPage, index: int) -> BlockKind:
    span, _ = page.blocks[index]
    over = [block for block in find_blocks(page.text) if block.span.overlaps(span)]
    return max(over, key=lambda block: len(block.span)).kind


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", [page.name for page in marked_pages()])
def test_each_line_of_a_saved_page_gets_its_kind(name: str, line_end: str) -> None:
    page = next(page for page in marked_pages(line_end) if page.name == name)
    wanted = [(span.of(page.text)[:60], kind.value) for span, kind in page.blocks]
    got = [(span.of(page.text)[:60], kind_of(page, index).value) for index, (span, _) in enumerate(page.blocks)]
    assert got == wanted


@pytest.mark.parametrize("page", marked_pages(), ids=lambda page: page.name)
def test_a_wrapped_paragraph_is_one_block_and_lines_are_not_joined(page: MarkedPage) -> None:
    readable = {block.span for block in find_blocks(page.text) if block.kind in READABLE}
    for span, kind in page.blocks:
        if kind in READABLE and page.text[span.start] != "<":
            assert span in readable


@pytest.mark.parametrize("page", marked_pages(), ids=lambda page: page.name)
def test_outlet_byline_and_date_of_a_saved_page(page: MarkedPage) -> None:
    [report] = read_bytes(page.text.encode(), "page.txt")
    assert isinstance(report, Report)
    got = {"outlet": report.outlet, "byline": ", ".join(report.byline) or None, "published": report.published}
    assert got == page.fields


LINES = st.sampled_from(
    [line for page in marked_pages() for line in page.text.splitlines()]
    + ["", "", "   ", "\t", "\u2028", "<p>", "</p>", "<br/>", "…", "“", "12", "- ", "A" * 3_000, "word " * 400]
)


@given(st.lists(LINES | st.text(max_size=60), max_size=30), st.sampled_from(["\n", "\r\n", "\n\n", "\r", " "]))
def test_blocks_are_ordered_apart_inside_and_cover_every_word(lines: list[str], line_end: str) -> None:
    text = line_end.join(lines)
    blocks = find_blocks(text)
    end = 0
    for block in blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        assert not text[end : block.span.start].strip()
        assert block.span.of(text).strip()
        end = block.span.end
    assert not text[end:].strip()


@given(st.lists(LINES, max_size=20))
def test_the_same_text_gives_the_same_blocks(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert find_blocks(text) == find_blocks(text)


BODY = (
    "The two governments agreed on Thursday to open the bridge, officials on both sides said.\n\n"
    "{}\n\n"
    "“It is a small thing and it is a start,” said the governor of the northern district.\n\n"
    "Lorries will have to wait until a second scanner is built, she added."
)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Voters can register for free until Friday, the electoral office said.",
        "The law makes every website ask its users before it sets cookies.",
        "“Sign up for the army and you will see the world,” the posters say.",
        "She wrote it in an email to her newsletter's readers.",
        "He did not.",
        "“No.”",
        "Share prices in the capital fell by a tenth.",
        "Follow-up talks are planned for June.",
        "Read aloud in parliament, the letter caused laughter.",
        "The army advertised 400 posts and 12 people applied.",
        "Reproduction of the stamps will begin in June, the post office said.",
        "The views expressed by the governor were shared by few in the hall.",
        "Materials for the bridge must be bought abroad, he said.",
    ],
)
def test_a_sentence_of_the_body_stays_news(paragraph: str) -> None:
    kinds = [block.kind for block in find_blocks(BODY.format(paragraph))]
    assert kinds == [BlockKind.PARAGRAPH] * 4


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Sign up for our daily newsletter and get the news in your inbox",
        "Read more: the long road to the bridge",
        "READ ALSO: Who owns the bridge?",
        "Copy link",
        "Comments (3)",
        "3 min read",
        "Updated 3 hours ago",
        "Facebook Twitter WhatsApp",
        "Click here to join our Telegram channel",
        "Please enable JavaScript in your browser to see this video.",
        "https://gazette.example/story",
        "#bridge #peace",
        "Translation of an original article published in French; the publisher may only be liable for the French text.",
        "When using materials of the agency, a hyperlink is obligatory",
        "Reprinting is allowed only with reference to the agency",
        "Material may be reproduced only with the agency's consent.",
        "The opinions expressed in this article do not necessarily reflect those of the newspaper.",
        "News ID: 55810",
        "Your Comment",
    ],
)
def test_a_line_of_the_page_amid_the_body_is_furniture_and_the_body_goes_on(line: str) -> None:
    kinds = [block.kind for block in find_blocks(BODY.format(line))]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.BOILERPLATE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("over", ["WAR AT THE RIVER", "NORTH • ZARVIA AND OSTREL", "Zarvian National News Agency"])
def test_a_section_and_an_agency_are_no_title(over: str) -> None:
    title = "Ferry line to be opened before the bridge is, governor says"
    blocks = find_blocks(f"{over}\n4 May 2031, 16:22\n\n{title}\n\n{BODY.format('He did not.')}")
    assert [block.kind for block in blocks][:3] == [BlockKind.BOILERPLATE, BlockKind.DATE, BlockKind.TITLE]


def test_a_list_of_headlines_ends_where_real_sentences_come() -> None:
    text = BODY.format("Most read\n\nA dog that guards a lighthouse\n\nWhy bread costs more again")
    kinds = [block.kind for block in find_blocks(text)]
    assert kinds == [BlockKind.PARAGRAPH, *[BlockKind.BOILERPLATE] * 3, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_given_title_is_marked_even_if_it_reads_as_a_sentence() -> None:
    title = "The bridge is open and nobody knows for how long, officials say."
    blocks = find_blocks(f"{title}\n\n{BODY.format('He did not.')}", title)
    assert [block.kind for block in blocks] == [BlockKind.TITLE, *[BlockKind.PARAGRAPH] * 4]


def test_almost_no_sentence_of_the_story_corpora_becomes_furniture(shared: Path) -> None:
    # what is left over 0.5 % are notices and links that these corpora do hold, read one by one on 2026-11-22
    words = dict.fromkeys(BlockKind, 0)
    for name in ("fakes", "wikinews"):
        for report in read_bytes((shared / "bench" / "stories" / f"{name}.jsonl").read_bytes(), "stories.jsonl"):
            assert isinstance(report, Report)
            for block in report.blocks:
                words[block.kind] += len(block.span.of(report.text).split())
    assert words[BlockKind.BOILERPLATE] < 0.008 * sum(words.values())
