from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar

from onrecord.model import Record
from tests.showing.builders import RECORD
from tests.showing.exports.hostile import RECORDS, STORY_RECORD, exported


def events(*records: Record) -> list[Any]:
    calendar = Calendar.from_ical(exported("icalendar", *records))
    assert not calendar.errors
    assert calendar["VERSION"] == "2.0"
    return list(calendar.walk("VEVENT"))


def test_an_interval_is_its_days_with_an_open_end() -> None:
    (event,) = events(RECORD)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2025, 3, 17), date(2025, 3, 24))
    assert event.decoded("DTSTAMP") == datetime(2025, 3, 14, tzinfo=UTC)
    assert str(event["UID"]) == "k1@onrecord.invalid"
    assert str(event["SUMMARY"]) == "Ilse Marenko → Zelmara: answer in writing next week"
    assert "(Meridian Courier, line 4)" in str(event["DESCRIPTION"])


def test_open_intervals_are_the_day_that_is_told_and_unknown_ones_are_left_out() -> None:
    found = {str(event["UID"])[:3]: (event.decoded("DTSTART"), event.decoded("DTEND")) for event in
             events(STORY_RECORD)}  # fmt: skip
    assert found == {
        "k20": (date(2025, 3, 31), date(2025, 4, 1)),
        "k21": (date(2025, 4, 1), date(2025, 5, 1)),
        "k24": (date(2025, 5, 1), date(2025, 5, 2)),
    }


def test_words_of_reports_come_back_and_end_no_line() -> None:
    event = next(one for one in events(STORY_RECORD))
    assert '-2+3 demanded that Zelmara withdraw, "now", or else' in str(event["SUMMARY"])
    assert max(len(line) for line in exported("icalendar").split(b"\r\n")) <= 75
    assert b"\n" not in exported("icalendar").replace(b"\r\n", b"")


def test_ids_are_unique_and_the_order_of_the_records_changes_nothing() -> None:
    ids = [str(event["UID"]) for event in events()]
    assert len(ids) == len(set(ids)) == 4
    assert exported("icalendar", *RECORDS[::-1]) == exported("icalendar")


def test_a_calendar_without_dates_is_a_calendar() -> None:
    assert events(Record()) == []
