from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.model import Actor, ActorKind, Annotation, Entity, Failure, FailureCause, Fusion, Report, Span, Story
from onrecord.recording import Store
from tests.recording.filling import archive_of, expected, fill, fuse, new_store
from tests.strategies import Archive, archives, failures, reports

#: Shrinking a store takes minutes: a failure is shown as it was found.
SOME = settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@SOME
@given(archives())
def test_what_goes_in_comes_out(archive: Archive) -> None:
    with new_store() as store:
        fill(store, archive)
        assert store.record() == expected(archive)
        assert store.signatures(report.id for report in archive.reports) == archive.signatures
        assert set(store.failures()) == set(archive.failures)
        assert list(store.verify()) == []
        assert store.unfused() == store.unjoined() == ()
        assert list(store.unannotated()) == []


@SOME
@given(archives(), st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(archive: Archive, random: Random) -> None:
    order = list(archive.reports)
    random.shuffle(order)
    with new_store() as store:
        fill(store, archive, order)
        assert store.record() == expected(archive)


@SOME
@given(archives())
def test_records_give_everything_piece_by_piece(archive: Archive) -> None:
    with new_store() as store:
        fill(store, archive)
        pieces = list(store.records())
        assert [piece.fusions[0].story for piece in pieces] == [fusion.story for fusion in archive.fusions]
        assert sorted(report.id for piece in pieces for report in piece.reports) == [r.id for r in archive.reports]
        for piece in pieces:
            assert piece == store.record(piece.fusions[0].story.id)


@SOME
@given(archives())
def test_stories_stored_together_are_as_stored_one_by_one(archive: Archive) -> None:
    with new_store() as store:
        fill(store, replace(archive, fusions=()))
        for _ in range(2):  # first they are new, then each takes its own place
            store.replace_each([(fusion.story.reports, fusion) for fusion in archive.fusions])
            assert store.record() == expected(archive)
        assert list(store.verify()) == []
        told = [fusion.story.reports for fusion in archive.fusions]
        assert list(store.records_of(told)) == [store.record_of(ids) for ids in told]


@SOME
@given(archives(), reports())
def test_removing_a_report_restores_the_record(archive: Archive, stranger: Report) -> None:
    if stranger.id in {report.id for report in archive.reports}:
        return
    with new_store() as store:
        fill(store, archive)
        before = store.record(), store.counts()
        store.add_report(stranger)
        entity = Entity(f"{stranger.id}.a1", "the stranger", ActorKind.PERSON, ())
        store.annotate(Annotation(stranger.id, entities=(entity,)), {entity.id: "person:stranger"})
        store.replace_actors(
            ["person:stranger"], [Actor("person:stranger", "x", ActorKind.PERSON, None, (), (), (entity.id,))]
        )
        together = (archive.reports[0].id, stranger.id)
        store.replace_fusions([stranger.id], [Fusion(Story("y9", "both", together, None, None))])
        store.remove_report(stranger.id)
        assert archive.reports[0].id in store.unfused()
        fuse(store, archive)
        assert (store.record(), store.counts()) == before
        assert list(store.verify()) == []


@SOME
@given(reports(), st.lists(st.text("abc/", min_size=1, max_size=4), min_size=2, max_size=5, unique=True))
def test_a_report_is_as_its_smallest_source_gave_it(report: Report, sources: list[str]) -> None:
    tellings = [replace(report, source=source, outlet=f"outlet of {source}") for source in sources]
    with new_store() as store:
        assert [store.add_report(one) for one in tellings] == ["added"] + ["seen"] * (len(sources) - 1)
        assert store.record().reports == (min(tellings, key=lambda one: one.source),)
        assert store.sources(report.id) == tuple(sorted(sources))
        assert {store.add_report(one) for one in tellings} == {"unchanged"}
        assert list(store.verify()) == []


def test_a_batch_may_hold_the_same_bytes_many_times() -> None:
    report = archive_of("The port of Kelm opened.").reports[0]
    batch = [(replace(report, source=source), None) for source in ("b", "a", "b")]
    with new_store() as store:
        assert store.add_reports(batch) == ("added", "seen", "unchanged")
        assert store.report(report.id).source == "a"
        assert store.sources(report.id) == ("a", "b")


def test_a_report_told_otherwise_by_a_smaller_source_is_annotated_again() -> None:
    archive = archive_of("The port of Kelm opened.")
    with new_store() as store:
        fill(store, archive)
        assert store.add_report(replace(archive.reports[0], source="0", outlet="Kelm Herald")) == "seen"
        assert [report.outlet for report in store.unannotated()] == ["Kelm Herald"]
        assert store.counts().stories == 0
        assert list(store.verify()) == []


@SOME
@given(failures())
def test_the_same_failure_is_stored_once(failure: Failure) -> None:
    with new_store() as store:
        store.add_failure(failure)
        store.add_failure(failure)
        store.add_failure(replace(failure, message=failure.message + "!"))
        assert len(store.failures()) == 2
        assert store.counts().failures == ((failure.cause, 2),)


def test_an_error_in_a_batch_leaves_nothing_of_it() -> None:
    good = archive_of("The port of Kelm opened.").reports[0]
    bad = replace(archive_of("The port of Kelm closed.").reports[0], text="cut\x00off")
    with new_store() as store:
        with pytest.raises(UsageError, match="NUL"):
            store.add_reports([(good, None), (bad, None)])
        assert store.counts().reports == 0


def test_a_lone_surrogate_is_refused_with_its_report() -> None:
    bad = replace(archive_of("The port of Kelm closed.").reports[0], title="\ud800")
    with new_store() as store, pytest.raises(UsageError, match=bad.id):
        store.add_report(bad)


@pytest.mark.parametrize("size", [1, 3, 200])
def test_unannotated_reports_come_by_id_while_the_store_changes(size: int) -> None:
    told = [archive_of(f"Report {n} of Kelm.").reports[0] for n in range(100)]
    with new_store() as store:
        store.add_reports([(report, None) for report in told])
        ids = sorted(report.id for report in told)
        seen = []
        for report in store.unannotated(size):
            seen.append(report.id)
            store.annotate(Annotation(report.id))
        assert seen == ids[:size]
        assert [report.id for report in store.unannotated()] == ids[size:]


def test_a_report_that_failed_waits_for_another_annotator_only() -> None:
    report = archive_of("The port of Kelm opened.").reports[0]
    with new_store() as store:
        store.add_report(report)
        store.annotation_failed(report.id, crash_of(report), annotator="1")
        assert store.counts().failed == 1
        assert [mark.skipped for mark in store.record().annotations] == ["it crashed"]
        assert list(store.unannotated(annotator="1")) == []
        assert list(store.unannotated(annotator="2")) == [report]
        store.annotate(Annotation(report.id), annotator="2")
        assert (store.counts().failed, store.counts().annotated) == (0, 1)
        assert list(store.verify()) == []


def test_a_report_that_failed_can_be_tried_again_and_its_failure_is_forgotten() -> None:
    first, second = archive_of("The port of Kelm opened.", "The port of Kelm closed.").reports
    unreadable = Failure("kelm.bin", FailureCause.BINARY, "it is no text", first.sha256)
    with new_store() as store:
        store.add_reports([(first, None), (second, None)])
        store.add_failure(unreadable)
        store.annotation_failed(first.id, crash_of(first), annotator="1")
        store.annotate(Annotation(second.id), annotator="1")
        assert (store.pending(), len(store.failures())) == (0, 2)
        assert store.retry_failed() == 1
        assert list(store.unannotated()) == [first]
        assert (store.pending(), store.failures()) == (1, (unreadable,))
        assert list(store.verify()) == []
        assert store.retry_failed() == 0


def crash_of(report: Report) -> Failure:
    return Failure(report.source, FailureCause.CRASHED, "it crashed", report.sha256)


def test_the_same_marks_again_leave_the_story_alone() -> None:
    archive = archive_of("The port of Kelm opened.")
    with new_store() as store:
        fill(store, archive)
        store.annotate(archive.annotations[0], archive.blocks)
        assert store.unfused() == ()
        store.annotate(replace(archive.annotations[0], sentences=(Span(0, 3),)), archive.blocks)
        assert store.unfused() == (archive.reports[0].id,)
        assert store.stories() == ()
        assert list(store.verify()) == []


def test_marks_that_contradict_the_text_are_refused() -> None:
    archive = archive_of("The port of Kelm opened.")
    marks, length = archive.annotations[0], len(archive.reports[0].text)
    statement, event = marks.statements[0], marks.events[0]
    wrong = [
        replace(marks, sentences=(Span(0, length + 1),)),
        replace(marks, statements=(replace(statement, inside="r0.s9"),)),
        replace(marks, events=(replace(event, statement="r0.s9"),)),
        replace(marks, events=(replace(event, sources=("r0.a9",)),)),
        replace(marks, statements=(statement, statement)),
        replace(marks, statements=(replace(statement, id="r0.s1"),)),
    ]
    with new_store() as store:
        store.add_report(archive.reports[0])
        for one in wrong:
            with pytest.raises(UsageError, match=archive.reports[0].id):
                store.annotate(one)
        assert store.counts().pending == 1


def test_naming_what_is_not_there_is_told() -> None:
    with new_store() as store:
        for call in (store.record, store.report, store.remove_report):
            with pytest.raises(UsageError, match="'r0'"):
                call("r0")
        with pytest.raises(UsageError, match="'r0'"):
            store.annotate(Annotation("r0"))
        with pytest.raises(UsageError, match="not there"):
            store.replace_fusions([], [Fusion(Story("y1", "t", ("r0",), None, None))])


def test_stories_come_newest_first_and_by_report() -> None:
    archive = archive_of("The port of Kelm opened.", "The port of Kelm closed.")
    first, second = (report.id for report in archive.reports)
    old = Fusion(Story("y1", "old", (first,), "2031-01-01", "2031-01-02"))
    new = Fusion(Story("y2", "new", (second,), "2031-02-01", None))
    with new_store() as store:
        fill(store, replace(archive, fusions=(old, new)))
        assert store.stories() == (new.story, old.story)
        assert store.stories(first) == (old.story,)


def test_counts_say_how_much_is_there() -> None:
    archive = archive_of("The port of Kelm opened.", "The port of Kelm closed.")
    with new_store() as store:
        fill(store, archive)
        store.add_failure(Failure("x", FailureCause.EMPTY, "nothing in it"))
        counts = store.counts()
        assert (counts.reports, counts.annotated, counts.pending, counts.stories) == (2, 2, 0, 1)
        assert (counts.entities, counts.statements, counts.events, counts.actors) == (2, 2, 2, 1)
        assert (counts.claims, counts.demands, counts.commitments) == (1, 1, 1)
        assert counts.failures == ((FailureCause.EMPTY, 1),)


def test_a_store_opened_again_holds_the_same() -> None:
    archive = archive_of("The port of Kelm opened.")
    with new_store() as store:
        fill(store, archive)
        with Store.open(store.name, read_only=True) as again:
            assert again.record() == store.record()
