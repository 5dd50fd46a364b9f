"""Notes on writers and notices beside buttons are furniture; sentences of the report that look like them are not."""

import pytest

from onrecord.model import BlockKind
from onrecord.reading.blocks import find_blocks

HEAD = "Bridge between Zarvia and Ostrel to open\n\nBy Mara Lind and Jo Bern\n4 May 2031\n\n"
PARAGRAPHS = (
    "Zarvia and Ostrel agreed on Thursday to open the bridge, officials on both sides said.",
    "“It is a small thing and it is a start,” said the governor of the northern district.",
    "Lorries will have to wait until a second scanner is built, she added.",
    "The bridge was closed in 2029, when the first shots fell on the river.",
)


def kind_of(line: str, after: str = "") -> BlockKind:
    text = HEAD + "\n\n".join((*PARAGRAPHS, line)) + after
    [block] = [block for block in find_blocks(text) if block.span.of(text) == line]
    assert [b.kind for b in find_blocks(text)][3:7] == [BlockKind.PARAGRAPH] * 4
    return block.kind


@pytest.mark.parametrize(
    "line",
    [
        "Lind reported from Vareni.",
        "Bern covers the lake for The Lowland Mail.",
        "Mara Lind is the northern correspondent of this paper.",
        "Ann Orr is a columnist at the Lowland Mail, covering rivers.",
        "MARA LIND",
        "The Associated Press is an independent organization founded long ago.",
    ],
)
def test_a_note_on_writers_or_the_outlet_is_no_paragraph(line: str) -> None:
    assert kind_of(line) is BlockKind.BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "Lind, a village of 400, lies on the far bank.",
        "Reuters reporters were kept away from the bridge, the army said.",
        "Ann Orr is the editor of a paper in Tarsk and said she would walk across first.",
        "Copyright on the bridge's plans had held up the work for a year.",
        "Terse words end it.",
    ],
)
def test_a_last_paragraph_stays(line: str) -> None:
    assert kind_of(line) is BlockKind.PARAGRAPH


def test_a_notice_needs_its_buttons() -> None:
    notice = "To see the bridge here you have to allow tracking in the player."
    assert kind_of(notice, "\n\nAccept\n\nManage my choices") is BlockKind.BOILERPLATE


def test_a_player_s_owner_amid_the_body_does_not_end_it() -> None:
    text = HEAD + "\n\n".join(
        (*PARAGRAPHS, "© Lake Television", "Ships will pass beneath it from June.", "Nobody cheered.")
    )
    kinds = [block.kind for block in find_blocks(text)]
    assert kinds[-3:] == [BlockKind.BOILERPLATE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_one_related_headline_does_not_take_the_body_with_it() -> None:
    lines = (
        *PARAGRAPHS,
        "Related article",
        "How the bridge was lost",
        "Engineers said the work would take nine weeks and a dry spring.",
    )
    text = HEAD + "\n\n".join((*lines, "A call at night", "The first lorry may cross in June."))
    kinds = [block.kind for block in find_blocks(text)]
    assert kinds[-4:] == [BlockKind.BOILERPLATE, BlockKind.PARAGRAPH, BlockKind.SUBTITLE, BlockKind.PARAGRAPH]


def test_the_title_is_the_line_over_its_standfirst() -> None:
    text = (
        "Bridge will be open by autumn\n\nZarvia and Ostrel agreed after officials on both sides said lorries wait\n\n"
        "By Mara Lind\n\n" + "\n\n".join(PARAGRAPHS)
    )
    blocks = find_blocks(text)
    assert [(block.kind.value, block.span.of(text)[:6]) for block in blocks[:2]] == [
        ("title", "Bridge"),
        ("subtitle", "Zarvia"),
    ]
