import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from onrecord.errors import DamagedRecord, StoreError, UsageError
from onrecord.model import Actor, Failure, Record
from onrecord.showing.exports import FORMATS, check_export, export
from onrecord.showing.exports.shape import SECTIONS
from onrecord.showing.exports.sheets import columns
from tests.showing.builders import FAILURES, MARENKO, RECORD, A, C


def exported(form: str, *records: Record) -> bytes:
    out = io.BytesIO()
    export(records or (RECORD,), FAILURES, form, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported("json"))
    return found


def test_every_key_that_the_design_promises_is_there(loaded: dict[str, Any]) -> None:
    promised = {
        "reports": "id source outlet title byline published language sha256 text blocks",
        "actors": "id name kind country roles aliases",
        "statements": "id report speakers kind act source cue content said",
        "events": "id report type modality sources targets date place span statement",
        "stories": "id title reports start end",
        "claims": "id story kind members reports independent status disagreements",
        "demands": "id claim by of words answer answered_by reports",
        "commitments": "id claim by to words due state reports",
    }
    for section, keys in promised.items():
        assert loaded[section]
        for row in loaded[section]:
            assert set(keys.split()) <= row.keys()


def test_speakers_and_parties_are_actor_ids(loaded: dict[str, Any]) -> None:
    assert {name for row in loaded["statements"] for name in row["speakers"]} == {"person:marenko-ilse"}
    assert loaded["events"][0]["sources"] == ["person:marenko-ilse", "person:tolvay-dragan"]


def test_spans_point_at_the_words(loaded: dict[str, Any]) -> None:
    text = {report["id"]: report["text"] for report in loaded["reports"]}
    (demand,) = loaded["demands"]
    ((start, end),) = [cell["span"] for cell in demand["words"]]
    assert text[demand["words"][0]["report"]][start:end] == "that Zelmara withdraw them"


def test_missing_is_null(loaded: dict[str, Any]) -> None:
    report = next(row for row in loaded["reports"] if row["id"] == C.id)
    assert (report["outlet"], report["published"]) == (None, None)
    assert report["notes"][0]["reason"] == "no date in the text or its metadata"
    assert {row["source"] is None for row in loaded["statements"]} == {True, False}


def test_texts_have_their_hash(loaded: dict[str, Any]) -> None:
    for report in loaded["reports"]:
        assert report["text_sha256"] == hashlib.sha256(report["text"].encode()).hexdigest()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_the_order_of_reading_does_not_change_a_byte(form: str) -> None:
    other = Record(RECORD.reports[::-1], RECORD.annotations[::-1], RECORD.actors[::-1], RECORD.fusions)
    assert exported(form, other) == exported(form)


def test_reports_and_actors_that_come_with_several_records_stand_once() -> None:
    again = replace(RECORD, fusions=())
    assert exported("json", RECORD, again) == exported("json")


def test_an_actor_of_two_stories_has_the_aliases_of_both() -> None:
    first: Actor = replace(MARENKO, aliases=("Ilse Marenko",))
    second: Actor = replace(MARENKO, aliases=("Minister Marenko",))
    found = [json.loads(exported("json", Record(actors=(a,)), Record(actors=(b,)))) for a, b in
             ((first, second), (second, first))]  # fmt: skip
    assert found[0] == found[1]
    assert found[0]["actors"][0]["aliases"] == ["Ilse Marenko", "Minister Marenko"]


def test_json_lines_hold_the_same_rows(loaded: dict[str, Any]) -> None:
    rows = [json.loads(line) for line in exported("jsonl").splitlines()]
    assert rows[0] == {"section": "onrecord", **loaded["onrecord"]}
    assert rows[-1] == {"section": "seal", "sha256": loaded["seal"]}
    for section in SECTIONS:
        assert [{k: v for k, v in row.items() if k != "section"} for row in rows if row["section"] == section.name] == (
            loaded[section.name]
        )


def test_parquet_holds_the_same_rows(tmp_path: Path, loaded: dict[str, Any]) -> None:
    done = export([RECORD], FAILURES, "parquet", tmp_path)
    assert {file.name for file in done.files} == {f"{one.name}.parquet" for one in SECTIONS}
    for section in SECTIONS:
        assert parquet.read_table(tmp_path / f"{section.name}.parquet").to_pylist() == loaded[section.name]


def test_csv_has_names_and_words_beside_ids_and_offsets(tmp_path: Path, loaded: dict[str, Any]) -> None:
    export([RECORD], FAILURES, "csv", tmp_path)
    for section in SECTIONS:
        with (tmp_path / f"{section.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(loaded[section.name])
        assert not rows or tuple(rows[0]) == columns(section)
    with (tmp_path / "statements.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["speaker_names"], first["words"]) == ("Ilse Marenko", "that Bravonia would answer next week")
    assert (first["content"], first["line"]) == ("76-112", "4")


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_in_csv_only(tmp_path: Path) -> None:
    evil = Record((replace(A, title="=HYPERLINK(1)", notes=(), blocks=()),))
    export([evil], [], "csv", tmp_path)
    with (tmp_path / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == "'=HYPERLINK(1)"
    assert json.loads(exported("json", evil))["reports"][0]["title"] == "=HYPERLINK(1)"


def test_records_are_taken_one_at_a_time() -> None:
    taken: list[int] = []

    def records() -> Iterator[Record]:
        for number in range(3):
            taken.append(number)
            yield Record()

    export(records(), [], "json", io.BytesIO())
    assert taken == [0, 1, 2]


def test_a_stream_can_not_hold_a_folder() -> None:
    with pytest.raises(UsageError, match="--output FOLDER"):
        export([RECORD], [], "csv", io.BytesIO())


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="json, jsonl, csv, parquet"):
        export([RECORD], [], "xml", io.BytesIO())


@pytest.mark.parametrize("form", FORMATS)
def test_a_place_that_can_not_be_written_is_named(form: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        export([RECORD], [], form, tmp_path / "file" / "deeper")


def test_an_export_that_is_stopped_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    target.write_text("old")

    def records() -> Iterator[Record]:
        yield RECORD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(records(), [], "json", target)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("record.json", "old")]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_sound_export_has_no_damage(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"record.{form}"
    export([RECORD], FAILURES, form, file)
    assert list(check_export(file)) == []


def test_a_pretty_printed_export_is_still_sound(tmp_path: Path, loaded: dict[str, Any]) -> None:
    file = tmp_path / "pretty.json"
    file.write_text(json.dumps(loaded, indent=4, sort_keys=True))
    assert list(check_export(file)) == []


def _values(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _values(item, (*path, key))
    if not isinstance(value, dict | list):
        yield path, value


def test_every_single_changed_value_is_found(tmp_path: Path) -> None:
    text, file = exported("json").decode(), tmp_path / "changed.json"
    paths = list(_values(json.loads(text)))
    assert len(paths) > 300
    for path, value in paths:
        changed = json.loads(text)
        at = changed
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = f"{value}x" if isinstance(value, str) else 7 if value in (None, True, False) else value + 1
        file.write_text(json.dumps(changed))
        assert list(check_export(file)), path


def test_damage_to_a_text_names_the_report(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(exported("json").replace(b"massed 60,000", b"massed 90,000", 1))
    told = [str(damage) for damage in check_export(file)]
    assert any(A.id in one and "the text was changed" in one for one in told)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff\xfe", b'{"reports": 1', b'{"section": "reports"}\n'])
def test_what_is_no_export_is_said_to_be_damaged(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(content)
    with pytest.raises(DamagedRecord, match=r"record\.json"):
        list(check_export(file))


def test_a_cut_off_export_is_found(tmp_path: Path) -> None:
    for form in ("json", "jsonl"):
        whole, file = exported(form), tmp_path / f"cut.{form}"
        for length in range(1, len(whole) - 5, len(whole) // 40):
            file.write_bytes(whole[:length])
            with pytest.raises(DamagedRecord):
                list(check_export(file))


def test_failures_are_exported(loaded: dict[str, Any]) -> None:
    failure: Failure = FAILURES[0]
    assert loaded["failures"] == [
        {"source": failure.source, "cause": "empty", "message": failure.message, "sha256": None}
    ]
