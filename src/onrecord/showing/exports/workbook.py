"""The whole record as an Excel workbook: one sheet a section, words beside ids, and no cell that is run.

Rows are written one after another to disk (XlsxWriter's constant memory). What no sheet can hold stands on another
one: texts longer than a cell in "long texts", rows beyond a sheet's last in a second sheet of the section.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from onrecord.showing.exports.rows import Fields
from onrecord.showing.exports.shape import SECTIONS, Scalar, Section
from onrecord.showing.exports.sheets import columns, sheet_row
from onrecord.showing.exports.spool import Spool

#: Excel's limits ("Excel specifications and limits"): UTF-16 units of a cell, rows and links of a sheet.
CELL_UNITS, SHEET_ROWS, SHEET_LINKS = 32_767, 1_048_576, 65_530
#: Pieces of a long text: no piece can have more UTF-16 units than a cell holds.
PIECE = CELL_UNITS // 2
_GOES_ON = " … [goes on in the sheet “long texts”]"
#: What may follow in a link: anything else could end the link's own markup.
_LINK = re.compile(r"https?://[\w.~:/?#@!$&()*+,;=%-]{1,1900}\Z", re.ASCII | re.IGNORECASE)
#: The moment that the file says it was made: the same record gives the same bytes.
_MADE = datetime(2000, 1, 1)

_WIDE = frozenset({"text", "words", "title", "message", "rule", "demand_words", "promise_words", "answer_told"})


def write_workbook(spool: Spool, out: BinaryIO) -> tuple[tuple[str, int], ...]:
    """Write the workbook of all sections; gives the number of rows of each."""
    from xlsxwriter import Workbook

    with TemporaryDirectory(prefix="onrecord-workbook-") as folder:
        file = f"{folder}/record.xlsx"
        # Nothing of a report is ever a formula, a link or a number unless it is written as one.
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = Workbook(file, options)
        book.set_properties({"title": "Record", "author": "onrecord", "created": _MADE})
        done = _Sheets(book).write(spool)
        book.close()
        with open(file, "rb") as made:  # noqa: PTH123 - XlsxWriter takes a name, and so do we
            copyfileobj(made, out)
    return done


class _Sheets:
    """The sheets of a workbook while they are written."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._plain = book.add_format({"valign": "top"})
        self._link = book.get_default_url_format()
        #: Rows of the sheet "reports", for links to them.
        self._report_rows: dict[str, int] = {}
        self._long: list[Any] = []
        self._long_rows = 0

    def write(self, spool: Spool) -> tuple[tuple[str, int], ...]:
        return tuple((section.name, self._section(section, spool)) for section in SECTIONS)

    def _section(self, section: Section, spool: Spool) -> int:
        number, row, links = 0, 0, 0
        sheet = self._sheet(section.name, columns(section))
        for number, (fields, reading) in enumerate(spool.rows(section.name), start=1):
            row += 1
            if row == SHEET_ROWS:
                self._finish(sheet, row - 1, len(columns(section)))
                sheet = self._sheet(f"{section.name} {1 + number // (SHEET_ROWS - 1)}", columns(section))
                row, links = 1, 0
            if section.name == "reports" and number < min(SHEET_LINKS, SHEET_ROWS):
                self._report_rows[fields["id"]] = row
            for column, cell in enumerate(_cells(section, fields, reading)):
                target = self._target(section, columns(section)[column], cell) if links < SHEET_LINKS else None
                self._put(sheet, row, column, cell, target)
                links += target is not None
        self._finish(sheet, row, len(columns(section)))
        return number

    def _sheet(self, name: str, headings: tuple[str, ...]) -> Any:
        sheet = self._book.add_worksheet(name)
        for column, heading in enumerate(headings):
            wide = heading in _WIDE
            sheet.set_column(column, column, 60 if wide else 16, self._wrapped if wide else self._plain)
            sheet.write_string(0, column, heading, self._bold)
        sheet.freeze_panes(1, 1)
        return sheet

    def _finish(self, sheet: Any, last: int, width: int) -> None:
        if last:
            sheet.autofilter(0, 0, last, width - 1)

    def _target(self, section: Section, heading: str, cell: object) -> str | None:
        """Where a cell leads: a report's address in the web, or the report's row."""
        if not isinstance(cell, str):
            return None
        if section.name == "reports":
            return cell if heading in ("url", "source") and _LINK.match(cell) else None
        row = self._report_rows.get(cell) if heading == "report" else None
        return None if row is None else f"internal:'reports'!A{row + 1}"

    def _put(self, sheet: Any, row: int, column: int, cell: object, target: str | None) -> None:
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell)
        elif isinstance(cell, str) and cell:
            if target is not None:
                sheet.write_url(row, column, target, self._link, cell)
            else:
                sheet.write_string(row, column, self._shortened(cell, f"{sheet.get_name()}!{_place(row, column)}"))

    def _shortened(self, cell: str, place: str) -> str:
        if len(cell) <= PIECE or len(cell.encode("utf-16-le")) // 2 <= CELL_UNITS:
            return cell
        for number, start in enumerate(range(0, len(cell), PIECE), start=1):
            sheet, row = self._long_row()
            sheet.write_string(row, 0, place)
            sheet.write_number(row, 1, number)
            sheet.write_string(row, 2, cell[start : start + PIECE])
        return cell[: PIECE - len(_GOES_ON)] + _GOES_ON

    def _long_row(self) -> tuple[Any, int]:
        if not self._long or self._long_rows == SHEET_ROWS - 1:
            name = f"long texts {len(self._long) + 1}" if self._long else "long texts"
            self._long.append(self._sheet(name, ("cell", "piece", "text")))
            self._long_rows = 0
        self._long_rows += 1
        return self._long[-1], self._long_rows


def _cells(section: Section, fields: Fields, reading: dict[str, str]) -> Iterator[object]:
    """As in CSV, but numbers are numbers and truth values are such."""
    flat = sheet_row(section, fields, reading)
    for number, cell in enumerate(flat):
        kind = section.fields[number].type if number < len(section.fields) else None
        if isinstance(kind, Scalar) and kind.json != "string":
            yield fields[section.fields[number].name]
        else:
            yield int(cell) if columns(section)[number] == "line" and cell else cell


def _place(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


__all__ = ["write_workbook"]
