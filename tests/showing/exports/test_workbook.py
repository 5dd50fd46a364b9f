import io
import json
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from onrecord.model import Record
from onrecord.showing.exports import workbook
from onrecord.showing.exports.shape import SECTIONS
from onrecord.showing.exports.sheets import columns
from tests.showing.builders import A
from tests.showing.exports.hostile import HOSTILE, QUOTE, TEXT, TITLE, exported


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def column(book: Workbook, sheet: str, heading: str) -> list[object]:
    rows = list(book[sheet].iter_rows(values_only=True))
    at = rows[0].index(heading)
    return [row[at] for row in rows[1:]]


def test_each_section_is_a_sheet_with_all_its_rows() -> None:
    book, record = opened(exported("xlsx")), json.loads(exported("json"))
    for section in SECTIONS:
        rows = list(book[section.name].iter_rows(values_only=True))
        assert rows[0] == columns(section)
        assert len(rows) - 1 == len(record[section.name])
        assert book[section.name].freeze_panes == "B2"
    assert column(book, "events", "id") == [row["id"] for row in record["events"]]
    assert column(book, "events", "confidence") == [row["confidence"] for row in record["events"]]
    assert column(book, "statements", "inferred") == [row["inferred"] for row in record["statements"]]


def test_texts_come_back_character_by_character() -> None:
    book = opened(exported("xlsx"))
    texts = {str(one): unescape(str(text)) for one, text in
             zip(column(book, "reports", "id"), column(book, "reports", "text"), strict=True)}  # fmt: skip
    assert texts[HOSTILE.id] == TEXT
    assert texts[A.id] == A.text
    assert TITLE in column(book, "reports", "title")
    assert any(QUOTE.split("\t")[0] in str(words) for words in column(book, "statements", "words"))


def test_no_cell_is_a_formula_and_no_link_is_a_script() -> None:
    book = opened(exported("xlsx"))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if cell.hyperlink and cell.hyperlink.target:
                    assert cell.hyperlink.target.startswith("https://paper.example/")
    links = [cell.hyperlink for cell in book["statements"]["B"][1:]]
    assert all(link is not None and link.location.startswith("'reports'!A") for link in links)


def test_a_link_to_a_report_leads_to_its_row() -> None:
    book = opened(exported("xlsx"))
    for cell in book["statements"]["B"][1:]:
        assert cell.hyperlink is not None
        assert book["reports"][str(cell.hyperlink.location).rpartition("!")[2]].value == cell.value


def test_the_same_record_gives_the_same_bytes() -> None:
    assert exported("xlsx") == exported("xlsx")
    with zipfile.ZipFile(io.BytesIO(exported("xlsx"))) as file:
        assert file.testzip() is None


def test_a_text_longer_than_a_cell_is_whole_in_the_sheet_of_long_texts() -> None:
    text = "".join(f"{number} 🕊 words, " for number in range(6_000))
    book = opened(exported("xlsx", Record((replace(A, text=text, blocks=(), notes=()),))))
    assert str(column(book, "reports", "text")[0]).endswith("[goes on in the sheet “long texts”]")
    assert "".join(map(str, column(book, "long texts", "text"))) == text
    at = columns(SECTIONS[0]).index("text")
    assert set(column(book, "long texts", "cell")) == {f"reports!{chr(ord('A') + at)}2"}


def test_rows_beyond_the_last_of_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 4)
    monkeypatch.setattr(workbook, "SHEET_LINKS", 2)
    book, record = opened(exported("xlsx")), json.loads(exported("json"))
    sheets = [name for name in book.sheetnames if name.startswith("events")]
    assert sheets[:2] == ["events", "events 2"]
    assert [one for name in sheets for one in column(book, name, "id")] == [row["id"] for row in record["events"]]
