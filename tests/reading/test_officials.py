import pytest

from onrecord.model import Report, SourceClass
from onrecord.reading import ReadSettings, read_bytes
from onrecord.reading.officials import is_office_host, names_office

RELEASE = """Ministry of Foreign Affairs of the Republic of Ostrel

Press release

4 March 2031

On the talks in Kelm

The Ministry of Foreign Affairs informs that the talks in Kelm were held on 4 March in a frank atmosphere.

The Minister underlined that Ostrel stands ready to continue the dialogue on the Sarn valley.
"""


def read_one(text: str, **told: str) -> Report:
    [report] = read_bytes(text.encode(), "a.txt", ReadSettings(**told))  # type: ignore[arg-type]
    assert isinstance(report, Report)
    return report


def test_a_release_that_names_its_office_is_official() -> None:
    report = read_one(RELEASE)
    assert report.source_class is SourceClass.MINISTRY
    assert report.outlet == "Ministry of Foreign Affairs of the Republic of Ostrel"
    [note] = [note for note in report.notes if note.field == "source_class"]
    assert note.span is not None
    assert note.span.of(report.text) == report.outlet


def test_a_report_that_quotes_a_ministry_is_not() -> None:
    story = RELEASE.replace("Press release", "By Lena Marsh")
    assert read_one(story).source_class is SourceClass.OUTLET
    assert read_one(RELEASE, outlet="The Morrow Herald").source_class is SourceClass.OUTLET
    assert not [note for note in read_one(story).notes if note.field == "source_class"]


def test_an_outlet_or_an_address_of_a_government_is_enough() -> None:
    text = "Talks in Kelm\n\nThe talks in Kelm were held on 4 March in a frank atmosphere, and will go on."
    assert read_one(text, outlet="Foreign Ministry of Varda").source_class is SourceClass.MINISTRY
    assert read_one(text, address="https://www.mfa.gov.example/news/1").source_class is SourceClass.MINISTRY
    assert read_one(text, address="https://morrow.example/gov/1").source_class is SourceClass.OUTLET


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Defence",
        "the Ministry for Foreign Affairs of Varda",
        "Ostreli Ministry of Foreign Affairs",
        "Varda's Foreign Ministry",
        "U.S. Department of State",
        "Department of State",
        "Ministère de l'Europe et des Affaires étrangères",
        "Prime Minister’s Office, 10 Downing Street",
        "Embassy of Ostrel in Varda",
    ],
)
def test_names_of_offices(name: str) -> None:
    assert names_office(name)


@pytest.mark.parametrize(
    "name",
    ["Morrow Herald", "Ministry Watch", "Foreign Policy", "Ministry of Sound News", "White House Correspondents"],
)
def test_names_of_outlets(name: str) -> None:
    assert not names_office(name)


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://www.state.gov/x", True),
        ("https://mfa.gov.ua/en", True),
        ("https://www.gov.uk/government/news/x", True),
        ("https://www.diplomatie.gouv.fr/", True),
        ("https://mid.example/", True),
        ("https://government.example/", False),
        ("https://gov.example.com/", False),
        ("https://news.example/mfa.gov.ua", False),
        ("https://gov/", False),
        ("https://[::1", False),
    ],
)
def test_hosts_of_governments(url: str, official: bool) -> None:
    assert is_office_host(url) is official
