import csv
import io

from onrecord.showing.exports.plover import COLUMNS
from tests.showing.exports.hostile import HOSTILE, MARKS, RECORDS, TEXT, exported


def rows() -> list[dict[str, str]]:
    """As programs read it that know no quoting."""
    lines = io.StringIO(exported("plover").decode(), newline="\n")
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_event_is_a_line_with_every_column() -> None:
    found = rows()
    assert len(found) == sum(len(record.events()) for record in RECORDS)
    assert all(tuple(row) == tuple(COLUMNS) and None not in row.values() for row in found)
    assert len({row["Event ID"] for row in found}) == len(found)


def test_offsets_point_at_the_words() -> None:
    for row in rows():
        report = next(one for record in RECORDS for one in record.reports if one.id == row["Report"])
        words = " ".join(report.text[int(row["Start"]) : int(row["End"])].split())
        assert row["Text"].removeprefix("'") == words


def test_dates_are_days_and_parties_are_actors() -> None:
    meeting = next(row for row in rows() if row["Event Type"] == "CONSULT" and row["Event Date"])
    assert (meeting["Event Date"], meeting["Event Date End"], meeting["Placename"]) == (
        "2025-03-14", "2025-03-14", "Sarnholm",
    )  # fmt: skip
    assert meeting["Actor Name"] == "Ilse Marenko; Dragan Tolvay"
    month = next(row for row in rows() if row["EDTF"] == "2025-03")
    assert (month["Event Date"], month["Event Date End"]) == ("2025-03-01", "2025-03-31")


def test_older_codes_stand_beside_the_type() -> None:
    codes = {(row["Event Type"], row["Modality"]): (row["Plain Type"], row["CAMEO Root"], row["Quad Code"]) for row in
             rows()}  # fmt: skip
    assert codes["CONSULT", "actual"] == ("CONSULT", "04", "verbal cooperation")
    assert codes["REQUEST", "demanded"] == ("", "", "")


def test_no_cell_is_a_formula_or_breaks_a_line() -> None:
    row = next(row for row in rows() if row["Event ID"] == MARKS.events[1].id)
    assert row["Text"].startswith("'-2+3")
    assert row["Source"].startswith("'=Outlet")
    assert row["URL"] == HOSTILE.url
    assert TEXT.count("\n") > 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows() for cell in row.values())
