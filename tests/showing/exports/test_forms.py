import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cli.export import ExportFormat
from onrecord.errors import UsageError
from onrecord.showing.exports import FORMATS, FORMS, export, file_name, form_named
from onrecord.showing.exports.days import days
from tests.recording.filling import expected
from tests.showing.builders import FAILURES
from tests.showing.exports.hostile import RECORDS, exported
from tests.strategies import Archive, archives

STREAMS = [one.name for one in FORMS if not one.folder]


def test_the_command_line_offers_every_format() -> None:
    assert tuple(ExportFormat) == FORMATS


@pytest.mark.parametrize("form", STREAMS)
def test_a_file_holds_what_a_stream_gets(form: str, tmp_path: Path) -> None:
    file = tmp_path / file_name("record", form_named(form))
    done = export(RECORDS, FAILURES, form, file)
    assert done.files == (file,)
    assert file.read_bytes() == exported(form)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("form", STREAMS)
def test_records_are_taken_one_at_a_time(form: str) -> None:
    assert (
        export((one for one in RECORDS), FAILURES, form, io.BytesIO()).rows
        == export(RECORDS, FAILURES, form, io.BytesIO()).rows
    )


@settings(max_examples=20, deadline=None)
@given(archives())
def test_any_record_can_be_written_in_any_format(archive: Archive) -> None:
    for form in STREAMS:
        out = io.BytesIO()
        export([expected(archive)], archive.failures, form, out)
        if form not in ("xlsx", "bibtex", "markdown"):
            assert out.getvalue(), form
        if form in ("csl", "annotations"):
            json.loads(out.getvalue())


@pytest.mark.parametrize("stem", ["../../etc/passwd", "a\x00b\n\r\"';", "CON", "", "‮gpj.exe", "x" * 500, "..."])
def test_a_file_name_is_safe_on_every_system(stem: str) -> None:
    for form in FORMS:
        name = file_name(stem, form)
        assert Path(name).name == name
        assert name.isascii()
        assert len(name) <= 70
        assert name.partition(".")[0].lower() != "con"
        assert not set(name) & set("/\\:*?\"<>|'; \x00")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="xlsx, markdown"):
        form_named("docx")


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-03-14T18:40+03:00", "2025-03-14", "2025-03-14"),
        ("2025-03?", "2025-03-01", "2025-03-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2025-02-XX", "2025-02-01", "2025-02-28"),
        ("2025-24", "2025-12-01", "2026-02-28"),
        ("2025-34", "2025-04-01", "2025-06-30"),
        ("../2025-03-31", "None", "2025-03-31"),
        ("2025-05/..", "2025-05-01", "None"),
        ("2025-03-30/2025-04", "2025-03-30", "2025-04-30"),
    ],
)
def test_dates_are_days(edtf: str, first: str, last: str) -> None:
    found = days(edtf)
    assert found is not None
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize(
    "edtf", [None, "", "soon", "2025-13", "2025-02-30", "..", "../..", "/", "2025-05/2025-04", "20"]
)
def test_what_is_no_date_is_none(edtf: str | None) -> None:
    assert days(edtf) is None


@given(st.text(max_size=12) | st.from_regex(r"[0-9X./T?~-]{1,14}", fullmatch=True))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    found = days(text)
    if found is not None and found.first and found.last:
        assert found.first <= found.last
