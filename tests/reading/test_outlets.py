"""Which outlet a page is of: told, inferred, or missing with a reason."""

import pytest

from onrecord.model import FieldNote, Report
from onrecord.reading import read_bytes

BODY = (
    "{lead}Zarvia and Ostrel agreed on Thursday to open the bridge, officials on both sides said.\n\n"
    "“It is a small thing and it is a start,” said the governor of the northern district.\n\n"
    "Lorries will have to wait until a second scanner is built, she added.\n"
)


def outlet(head: str = "", lead: str = "", tail: str = "") -> tuple[str | None, FieldNote]:
    text = f"{head}Bridge between Zarvia and Ostrel to open\n\n{BODY.format(lead=lead)}\n{tail}"
    [report] = read_bytes(text.encode(), "page.txt")
    assert isinstance(report, Report)
    [note] = [note for note in report.notes if note.field == "outlet"]
    return report.outlet, note


@pytest.mark.parametrize(
    ("head", "lead", "tail", "name", "how"),
    [
        ("The New York Times\n\n", "", "", "The New York Times", "told"),
        ("The Guardian - Back to home\n\n", "", "", "The Guardian", "told"),
        ("", "", "(FRANCE 24 with AFP)", "FRANCE 24", "told"),
        ("", "", "Source: Al Jazeera and news agencies", "Al Jazeera", "told"),
        ("", "", "Copyright © 2031 BBC. The BBC is not responsible for other sites.", "BBC News", "told"),
        ("", "VARENI, May 4 (Reuters) - ", "", "Reuters", "inferred"),
        ("", "VARENI, Zarvia (AP) — ", "", "AP", "inferred"),
        ("", "VARENI, May 4. /TASS/. ", "", "TASS", "inferred"),
        ("", "", "https://p.dw.com/p/0aa0a", "DW", "inferred"),
        (
            "",
            "",
            "The work took a whole year, and the river froze twice.\n\nMara Lind is a reporter in Vareni for Sky News.",
            "Sky News",
            "inferred",
        ),
        ("CONTIMONDE\n\n", "VARENI, May 4 (Contimonde) - ", "", "Contimonde", "told"),
        ("The Vareni Post\nWorld\n\n", "", "", "The Vareni Post", "told"),
        ("HALDEN NEWS\nHome | News | Sport\n\n", "", "Get Halden News in your inbox", "Halden News", "told"),
        ("ZNA\nZarvian State News Agency\n\n", "VARENI, 4 May /ZNA/. ", "", "ZNA", "told"),
        ("Home\nTop Stories\nWorld News\n\n", "", "", None, "missing"),
        ("", "", "https://gazette.example/a", None, "missing"),
        ("", "", "The Associated Press contributed to this report.", None, "missing"),
        ("", "", "(AFP)", None, "missing"),
    ],
)
def test_the_outlet_by_each_of_its_signs(head: str, lead: str, tail: str, name: str | None, how: str) -> None:
    found, note = outlet(head, lead, tail)
    assert (found, note.how) == (name, how)
    assert note.reason


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("Text by: FRANCE 24 with AFP", "FRANCE 24"),
        ("By AFP and ToI Staff", "The Times of Israel"),
        ("By Mara Lind, CNN", "CNN"),
        ("By Reuters", None),
    ],
)
def test_the_outlet_in_the_byline_and_an_agency_there_is_a_credit(byline: str, name: str | None) -> None:
    [report] = read_bytes(
        f"Bridge to open\n\n{byline}\n4 May 2031\n\n{BODY.format(lead='VARENI (Reuters) - ')}".encode(), "page.txt"
    )
    assert isinstance(report, Report)
    assert report.outlet == name


def test_one_who_was_told_may_be_another_outlet() -> None:
    once = "He told Al Jazeera that the bridge would stay open for the whole of the winter."
    assert outlet(tail=once)[0] is None
    thrice = f"{once}\n\nShe told Al Jazeera that lorries would have to wait.\n\nHe told Al Jazeera it was late."
    assert outlet(tail=thrice)[0] == "Al Jazeera"
    assert outlet(tail=thrice.replace("Al Jazeera", "AFP"))[0] is None


@pytest.mark.parametrize(("owner", "iso"), [("France 24", "2031-05-04"), ("DW", "2031-04-05"), ("Lake Mail", None)])
def test_a_date_in_figures_is_read_as_its_outlet_prints_them(owner: str, iso: str | None) -> None:
    text = f"{owner}\n\nBridge between Zarvia and Ostrel to open\n\n04/05/2031\n\n{BODY.format(lead='')}"
    [report] = read_bytes(text.encode(), "page.txt")
    assert isinstance(report, Report)
    assert report.published == iso


def test_the_line_that_names_an_agency_is_no_title() -> None:
    text = (
        "ZNA\nZarvian State News Agency\n\nHOME | POLITICS\n\nThe bridge will open in spring, Roads Minister says\n\n"
        + BODY.format(lead="VARENI, 4 May /ZNA/. ")
    )
    [report] = read_bytes(text.encode(), "page.txt")
    assert isinstance(report, Report)
    assert (report.title, report.outlet) == ("The bridge will open in spring, Roads Minister says", "ZNA")


def test_a_writer_may_stand_with_a_service_of_an_outlet_and_a_place() -> None:
    text = f"Bridge to open\n\n4 May 2031\nMara Lind, CNN Business, Vareni\nJo Okoro, trade correspondent\n\n{BODY}"
    [report] = read_bytes(text.format(lead="").encode(), "page.txt")
    assert isinstance(report, Report)
    assert report.byline == ("Mara Lind", "Jo Okoro")
