"""The whole job through the Python surface."""

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import onrecord
from onrecord import pipeline, working
from onrecord.gathering import gathered
from onrecord.model import Annotation, BlockKind, FailureCause, Report, Span
from onrecord.pipeline import Book, Step
from onrecord.recording import Store
from onrecord.working import Gathered
from tests import reports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports.write(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def book(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    made = onrecord.open(tmp_path_factory.mktemp("store") / "book.db")
    made.read([folder])
    return made


def test_reading_gives_reports_marks_and_one_story(book: Book) -> None:
    record = book.record()
    assert {report.title for report in record.reports} >= {
        "Ostrel and Varda hold talks on border",
        "Varda wants written pledge as ministers meet in Kelm",
    }
    told = [story for story in book.stories() if len(story.reports) == 2]
    assert len(told) == 1
    assert record.statements()
    assert record.events()


def test_speakers_are_told_across_the_reports(book: Book) -> None:
    record = book.record()
    actor_of = record.actor_of()
    torvan = {
        statement.report
        for statement in record.statements()
        for speaker in statement.speakers
        if speaker in actor_of and actor_of[speaker].name == "Ilya Torvan"
    }
    assert len(torvan) == 2


def test_every_mark_lies_on_its_text_and_the_store_verifies(book: Book) -> None:
    assert list(book.verify()) == []


def test_furniture_is_never_annotated(book: Book) -> None:
    record = book.record()
    for report, marks in zip(record.reports, record.annotations, strict=True):
        furniture = [block.span for block in report.blocks if block.kind is BlockKind.BOILERPLATE]
        spans = [span for one in marks.statements for span in one.content]
        assert not any(span.overlaps(block) for span in spans for block in furniture)


def test_a_report_in_another_language_is_stored_and_said_to_be_skipped(book: Book) -> None:
    record = book.record()
    skipped = {marks.report: marks.skipped for marks in record.annotations if marks.skipped}
    french = next(report for report in record.reports if report.source.endswith("french.txt"))
    assert french.language == "fr"
    assert "'fr'" in (skipped[french.id] or "")


def test_reading_again_changes_nothing(book: Book, folder: Path) -> None:
    before = book.record()
    outcome = book.read([folder])
    assert (outcome.added, outcome.unchanged, outcome.annotated) == (0, 3, 0)
    assert book.record() == before


def test_the_order_of_reading_does_not_change_the_record(folder: Path, tmp_path: Path) -> None:
    records = []
    for number, order in enumerate((sorted(folder.iterdir()), sorted(folder.iterdir(), reverse=True))):
        with onrecord.open(tmp_path / f"{number}.db") as book:
            for path in order:
                book.read([path])
            records.append(book.record())
    assert records[0] == records[1]


def test_a_stage_that_crashes_fails_one_report_and_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(report: Report, parse: object, marks: Annotation) -> Annotation:
        if report.source.endswith("second.txt"):
            raise RuntimeError("a bug")
        return replace(marks, sentences=())

    monkeypatch.setattr(working, "steps", lambda: (Step("sentences", (), crash),))
    with onrecord.open(tmp_path / "book.db") as book:
        outcome = book.read([folder])
        assert [failure.cause for failure in outcome.failures] == [FailureCause.CRASHED]
        assert "RuntimeError: a bug" in outcome.failures[0].message
        assert (outcome.added, outcome.annotated) == (3, 1)
        assert list(book.verify()) == []


def test_marks_that_contradict_their_text_fail_one_report_and_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def past_the_end(report: Report, parse: object, marks: Annotation) -> Annotation:
        beyond = Span(0, len(report.text) + 1)
        return replace(marks, sentences=(beyond,) if "summit" in report.source else (Span(0, 1),))

    monkeypatch.setattr(working, "steps", lambda: (Step("sentences", (), past_the_end),))
    with onrecord.open(tmp_path / "broken.db") as book:
        outcome = book.read([folder])
        assert [(one.source[-10:], one.cause) for one in outcome.failures] == [("summit.txt", FailureCause.CRASHED)]
        assert "can't be kept" in outcome.failures[0].message
        assert outcome.annotated == 1
        assert not list(book.verify())


def test_garbage_is_collected_seldom_while_reports_are_read_and_as_before_later(folder: Path, tmp_path: Path) -> None:
    before, meanwhile = gc.get_threshold(), set()
    with onrecord.open(tmp_path / "quiet.db") as book:
        book.read([folder], progress=lambda *_: meanwhile.add(gc.get_threshold()))
    assert all(now[0] > before[0] for now in meanwhile)
    assert meanwhile
    assert gc.get_threshold() == before


def test_a_store_in_the_folder_that_is_read_is_no_input(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(reports.SECOND, encoding="utf-8")
    with onrecord.open(tmp_path / "onrecord.db") as book:
        outcome = book.read([tmp_path], annotate=False)
    assert (outcome.added, outcome.failures) == (1, ())


def test_a_new_report_touches_only_its_own_story(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "Lighthouse keepers of Brenn end strike\n\n19 May 2025\n\nThe keepers of Brenn's lighthouses went back to "
        "work on Monday after the harbour board had agreed to mend the stairs of the tower at Cape Sole.\n",
        encoding="utf-8",
    )
    made: list[tuple[str, ...]] = []

    def watched(store: Store, waiting: set[str]) -> Iterator[Gathered]:
        for one in gathered(store, waiting):
            made.append(one.ids)
            yield one

    with onrecord.open(tmp_path / "book.db") as book:
        book.read([folder])
        monkeypatch.setattr(pipeline, "gathered", watched)
        book.read([other])
        book.read([folder])
    assert [len(ids) for ids in made] == [1]


def test_reports_may_be_stored_first_and_annotated_later(folder: Path, tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "book.db") as book:
        assert book.read([folder], annotate=False).annotated == 0
        assert not book.record().statements()
        assert book.read([]).annotated == 2
        assert book.record().statements()


def test_the_help_of_the_command_line_does_not_load_a_model() -> None:
    asked = "import sys, onrecord; print(sorted({'spacy', 'onnxruntime', 'sqlalchemy'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert json.loads(loaded.stdout.replace("'", '"')) == []
