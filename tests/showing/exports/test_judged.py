import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar

from onrecord.model import Anchor, Judged, Judgement, Verdict
from onrecord.showing.exports import check_export, export
from onrecord.showing.exports.shape import SECTIONS
from tests.showing.builders import RECORD, A
from tests.showing.exports.hostile import STORY_RECORD, exported

MADE = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)


def correction(kind: Judged, target: str, field: str, value: str, mark: str) -> Judgement:
    anchor = Anchor(0, "event", A.id, (), mark)
    return Judgement("j1", Verdict.CORRECT, kind, (target,), MADE, field, value, "=1+1", "k.lund", None, "x", (anchor,))


DUE = correction(Judged.COMMITMENT, "k1", "due", "2025-06-01", f"{A.id}.e5")
JUDGED = replace(RECORD, judgements=(DUE,))


def test_an_export_has_the_judgement_beside_what_the_machine_said() -> None:
    found = json.loads(exported("json", JUDGED))
    (row,) = found["judgements"]
    assert (row["verdict"], row["kind"], row["targets"], row["value"]) == (
        "correct",
        "commitment",
        ["k1"],
        "2025-06-01",
    )
    assert (row["made"], row["marks"], row["note"]) == ("2025-03-20T09:30:00+00:00", [f"{A.id}.e5"], "=1+1")
    assert found["commitments"][0]["due"] == "2025-03-17/2025-03-23"


def test_what_people_read_has_what_the_analyst_said() -> None:
    (event,) = Calendar.from_ical(exported("icalendar", JUDGED)).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2025-06-01"
    assert "due 1 June 2025" in exported("markdown", JUDGED).decode()


def test_an_export_with_everything_is_sound(tmp_path: Path) -> None:
    for form in ("json", "jsonl"):
        file = tmp_path / f"record.{form}"
        # The report `r0` of the other record has the text of another one under an id that is not its own.
        told = replace(STORY_RECORD, reports=STORY_RECORD.reports[:1])
        export([JUDGED, replace(told, fusions=())], (), form, file)
        assert list(check_export(file)) == []


def test_threats_offers_replies_and_turns_are_rows() -> None:
    found = json.loads(exported("json", STORY_RECORD))
    assert {one.name for one in SECTIONS} <= found.keys()
    (threat,) = found["prospects"]
    text = next(one["text"] for one in found["reports"] if one["id"] == threat["condition"][0]["report"])
    start, end = threat["condition"][0]["span"]
    assert (threat["kind"], text[start:end]) == ("threat", "or else")
    assert [one["answer"] for one in found["demands"][0]["replies"]] == ["rejected", "accepted"]
    assert {one["turns"][0]["state"] for one in found["commitments"]} == {"kept"}
