import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import NotInstalled, OnrecordError
from onrecord.model import Annotation, Failure, FailureCause, Record, Report
from onrecord.scaling import Workers, WorkerSettings, cores
from onrecord.scaling.workers import AHEAD, FEW
from onrecord.working import Gathered
from tests.recording.filling import report_of
from tests.reports import write

#: What stories of their own are about.
THINGS = "comet glacier orchestra volcano submarine beehive cathedral locomotive avalanche vaccine"
PLACES = "Brenn Kelm Ulmar Ostra Figen Zarch Lodna Piree Quall Tavis"
MONTHS = "January February March April May June July August September October".split()

STUB = (sys.executable, "-m", "tests.scaling.stubs")


def reports(*texts: str) -> list[Report]:
    return [report_of(text) for text in texts]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, WorkerSettings(STUB)) as started:
        yield started


def test_marks_come_in_the_order_of_the_reports(workers: Workers) -> None:
    asked = reports(*(f"Ship {n} came to Kelm." for n in range(100)))
    answered = list(workers.annotate(asked))
    assert [report for report, _ in answered] == asked
    assert all(isinstance(marks, Annotation) and marks.report == report.id for report, marks in answered)


def test_a_report_that_crashes_a_stage_is_a_failure(workers: Workers) -> None:
    (_, fine), (_, failed) = workers.annotate(reports("Fine.", "This will crash."))
    assert isinstance(fine, Annotation)
    assert isinstance(failed, Failure)
    assert (failed.cause, "RuntimeError: a bug" in failed.message) == (FailureCause.CRASHED, True)


def test_a_worker_that_is_killed_is_replaced_and_its_report_tried_again(workers: Workers, tmp_path: Path) -> None:
    asked = reports("First.", f"once: {tmp_path / 'killed'}", "Third.", "Fourth.")
    assert all(isinstance(marks, Annotation) for _, marks in workers.annotate(asked))
    assert (tmp_path / "killed").exists()


def test_a_report_that_kills_every_worker_fails_alone(workers: Workers) -> None:
    answered = list(workers.annotate(reports("First.", "This is deadly.", "Third.", "Fourth.")))
    assert [isinstance(marks, Annotation) for _, marks in answered] == [True, False, True, True]
    failed = answered[1][1]
    assert isinstance(failed, Failure)
    assert "the 2 workers that tried were killed by SIGKILL" in failed.message


def test_only_a_few_reports_are_taken_before_the_first_is_given(workers: Workers) -> None:
    taken = 0

    def many() -> Iterator[Report]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield report_of(f"Ship {n} came to Kelm.")

    answers = workers.annotate(many())
    next(answers)
    assert taken == AHEAD * workers.count
    answers.close()  # type: ignore[attr-defined]


def test_a_worker_computes_with_one_thread_whatever_it_inherits(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    with Workers(1, WorkerSettings(STUB)) as one:
        ((_, marks),) = one.annotate(reports("Tell your process."))
    assert isinstance(marks, Annotation)
    assert (marks.skipped or "").endswith(" 1")


def test_a_worker_that_grows_is_replaced() -> None:
    never = WorkerSettings(STUB, growth_mib=-1, warm_reports=2)
    asked = reports(*(f"Tell your process {n}." for n in range(6)))
    with Workers(1, never) as one:
        processes = [marks.skipped for _, marks in one.annotate(asked) if isinstance(marks, Annotation)]
    assert len(processes) == 6
    assert len(set(processes)) == 2


def test_what_is_not_installed_is_told() -> None:
    with Workers(2, WorkerSettings((*STUB, "missing"))) as none, pytest.raises(NotInstalled, match="no such model"):
        list(none.annotate(reports("Fine.")))


def test_workers_that_die_while_they_start_are_told() -> None:
    with (
        Workers(2, WorkerSettings((*STUB, "dying"))) as none,
        pytest.raises(OnrecordError, match="no worker can be started: the last one was killed by SIGKILL"),
    ):
        list(none.annotate(reports("Fine.")))


def test_none_told_is_one_worker_a_core() -> None:
    with Workers(0, WorkerSettings(STUB)) as started:
        assert started.count == cores() >= 1


def test_the_record_is_the_same_with_workers(tmp_path: Path) -> None:
    folder = write(tmp_path / "reports")
    for number, (thing, place) in enumerate(zip(THINGS.split(), PLACES.split(), strict=True)):
        day = f"{number + 1} {MONTHS[number]} 2025"
        text = f"{thing.title()} found in {place}\n\n{day}\n\nPeople of {place} saw a {thing}.\n"
        (folder / f"{thing}.txt").write_text(text, encoding="utf-8")
    records = []
    for number, processes in enumerate((1, 2)):
        with onrecord.open(tmp_path / f"{number}.db") as book, Workers(processes, WorkerSettings(STUB)) as workers:
            outcome = book.read([folder], workers=workers)
            assert (outcome.added, outcome.failures) == (13, ())
            assert len(book.stories()) >= FEW
            assert list(book.verify()) == []
            records.append(book.record())
    assert records[0] == records[1]


def test_stories_are_fused_in_their_order(workers: Workers, tmp_path: Path) -> None:
    one = report_of("The port of Kelm opened.")
    stories = [Gathered((one.id,), Record(reports=(replace(one, id=f"r{n}"),)), {}) for n in range(3 * FEW)]
    told = list(workers.fuse(stories))
    assert [story for story, _ in told] == stories
    assert [fusion.story.reports for _, fusion in told] == [(f"r{n}",) for n in range(3 * FEW)]
