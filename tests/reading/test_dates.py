from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.dates import field_date, find_dates, is_date_line, is_time_line, iso_date


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Sunday 4 May 2031 16:22", "2031-05-04T16:22"),
        ("May 4, 2031 4:22 PM EST", "2031-05-04T16:22-05:00"),
        ("May 4th, 2031", "2031-05-04"),
        ("Sun., May. 4, 2031 at 12:05 a.m.", "2031-05-04T00:05"),
        ("21/05/2031", "2031-05-21"),
        ("05/21/2031", "2031-05-21"),
        ("5/5/2031", "2031-05-05"),
        ("21.05.2031 16.22", "2031-05-21T16:22"),
        ("04.05.2031", "2031-05-04"),
        ("2031-05-04T16:22:00Z", "2031-05-04T16:22:00Z"),
        ("2031-05-04 16:22", "2031-05-04T16:22"),
        ("2031/05/04", "2031-05-04"),
        ("Published 4 May 2031, 16:22 GMT", "2031-05-04T16:22Z"),
        ("Published on May 4, 2031", "2031-05-04"),
        ("16:22 UTC, 4 May 2031", "2031-05-04T16:22Z"),
        ("4-May-2031", "2031-05-04"),
        ("1st of March 2031", "2031-03-01"),
        ("4 mai 2031 à 16h22", "2031-05-04T16:22"),
        ("4. Mai 2031", "2031-05-04"),
        ("4 de mayo de 2031", "2031-05-04"),
        ("May 4, 2031 9:05 AM GMT+2", "2031-05-04T09:05+02:00"),
        ("May 4, 2031 | 4:22pm", "2031-05-04T16:22"),
    ],
)
def test_a_line_that_gives_a_date_and_nothing_else(line: str, iso: str) -> None:
    assert [found.iso for found in is_date_line(line)] == [iso]


@pytest.mark.parametrize(
    "line",
    [
        "The talks began on 4 May 2031.",
        "Vareni, 4 May 2031: the day the bridge opened",
        "May 2031",
        "Friday",
        "16:22",
        "",
        "Room 2031",
        "4 May 2031 deadline",
    ],
)
def test_a_line_that_says_more_or_less_is_no_date_line(line: str) -> None:
    assert is_date_line(line) == ()


def test_a_day_that_two_customs_read_differently_is_not_decided() -> None:
    [found] = find_dates("04/05/2031")
    assert (found.iso, found.reason) == (None, "'04/05/2031' is 4 May or 5 April")


def test_a_zone_that_means_several_offsets_is_left_out_and_said() -> None:
    [found] = find_dates("4 May 2031 16:22 IST")
    assert found.iso == "2031-05-04T16:22"
    assert "'IST'" in found.reason


def test_a_change_is_told_from_a_publication() -> None:
    roles = [(found.iso, found.role) for found in find_dates("First published 4 May 2031 Last updated on 6 May 2031")]
    assert roles == [("2031-05-04", "published"), ("2031-05-06", "changed")]


@pytest.mark.parametrize("value", ["31 February 2031", "2031-13-01", "99 May 2031", "2031-02-30T10:00"])
def test_days_that_are_not_in_the_calendar_are_no_dates(value: str) -> None:
    found = field_date(value)
    assert found is None or found.iso is None


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("20310504", "2031-05-04"),
        ("20310504162200", "2031-05-04T16:22:00"),
        ("20310504T162200Z", "2031-05-04T16:22:00Z"),
        ("Sun, 04 May 2031 16:22:00 +0200", "2031-05-04T16:22:00+02:00"),
        (" 2031-05-04T16:22:00.000Z ", "2031-05-04T16:22:00.000Z"),
    ],
)
def test_dates_of_metadata_fields(value: str, iso: str) -> None:
    found = field_date(value)
    assert found is not None
    assert found.iso == iso


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)))
def test_every_iso_date_is_read_as_itself(moment: datetime) -> None:
    assert iso_date(moment.isoformat()) == moment.isoformat()
    assert iso_date(moment.date().isoformat()) == moment.date().isoformat()
    assert iso_date(moment.replace(tzinfo=UTC, microsecond=0).isoformat()) is not None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)))
def test_a_printed_date_keeps_its_precision(moment: datetime) -> None:
    [found] = find_dates(f"{moment:%A} {moment.day} {moment:%B} {moment.year} {moment:%H:%M}")
    assert found.iso == f"{moment:%Y-%m-%dT%H:%M}"


@given(st.text(alphabet="0123456789 :/.-,MayJanTZ+apmGST\u0663", max_size=60))
def test_whatever_is_found_is_iso_8601_and_stands_in_the_text(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.iso is None or datetime.fromisoformat(found.iso)


def test_a_time_alone_is_a_time_line() -> None:
    assert is_time_line("18:40")
    assert is_time_line("6.15 pm")
    assert not is_time_line("18")
    assert not is_time_line("99:99")
