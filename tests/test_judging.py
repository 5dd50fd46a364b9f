"""Judgements, history and removal through the Python surface; marks are found by rule, so no model is loaded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.errors import UsageError
from onrecord.model import Cause, Change, Claim, Fusion, Judged, Record, Verdict
from onrecord.pipeline import Book
from tests import telling

NAMES = sorted(telling.POOL)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with onrecord.open(tmp_path / "book.db") as book:
        telling.read(book, *telling.write(tmp_path / "in", *NAMES))
        yield book


def now() -> datetime:
    return datetime.now(UTC)


def id_of(book: Book, name: str) -> str:
    return book.store.judging().find_report(next(one.source for one in book.record().reports if name in one.source))


def plain(record: Record) -> Record:
    """A record without the trails, which are an index and have no history, and without judgements."""
    return replace(record, fusions=tuple(replace(one, trails=()) for one in record.fusions), judgements=())


def road(record: Record) -> Fusion:
    """The story of the river road."""
    return next(one for one in record.fusions if "road" in one.story.title)


def told_by(record: Record, number: int, kind: str) -> Claim:
    """The claim of the river road that so many reports tell."""
    return next(one for one in road(record).claims if len(one.reports) == number and one.kind == kind)


def with_member(record: Record, member: str) -> Claim:
    return next(one for fusion in record.fusions for one in fusion.claims if member in one.members)


# --- properties


@settings(max_examples=4, deadline=None)
@given(order=st.permutations(NAMES), gone=st.sets(st.sampled_from(NAMES), max_size=3))
def test_removing_takes_all_and_only_what_hung_on_a_report(order: list[str], gone: set[str]) -> None:
    with TemporaryDirectory() as folder:
        paths = dict(zip(NAMES, telling.write(Path(folder) / "in", *NAMES), strict=True))
        with onrecord.open(Path(folder) / "all.db") as book, onrecord.open(Path(folder) / "rest.db") as rest:
            for name in order:
                telling.read(book, paths[name])
            for name in sorted(gone):
                book.remove(book.store.judging().find_report(str(paths[name])))
            telling.read(rest, *(paths[name] for name in NAMES if name not in gone))
            assert plain(book.record()) == plain(rest.record())
            assert list(book.verify()) == []


@settings(max_examples=3, deadline=None)
@given(
    order=st.permutations(NAMES),
    when=st.lists(st.integers(0, len(NAMES)), min_size=3, max_size=3),
)
def test_judgements_hold_in_whatever_order_reports_are_read(order: list[str], when: list[int]) -> None:
    with TemporaryDirectory() as folder:
        paths = dict(zip(NAMES, telling.write(Path(folder) / "in", *NAMES), strict=True))
        records = []
        for number, names in enumerate((NAMES, order)):
            with onrecord.open(Path(folder) / f"{number}.db") as book:
                telling.read(book, *(paths[name] for name in names[: when[0]] if number))
                telling.read(book, *(paths[name] for name in names))
                quote, demand = told_by(book.record(), 3, "statement"), road(book.record()).demands[0]
                book.judge(Verdict.SPLIT, [quote.members[0], quote.members[1]], kind=Judged.STATEMENT)
                book.judge(Verdict.REJECT, [demand.id], kind=Judged.DEMAND)
                book.judge(Verdict.MERGE, ["person:torvan-ilya", "person:solen-mira"], kind=Judged.ACTOR)
                again = [paths[name] for name in order[when[1] :]]
                telling.read(book, *again)
                records.append(plain(book.record()))
        assert records[0] == records[1]


@settings(max_examples=3, deadline=None)
@given(order=st.permutations(NAMES), data=st.data())
def test_undoing_every_judgement_gives_the_machine_s_record(order: list[str], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, onrecord.open(Path(folder) / "book.db") as book:
        telling.read(book, *telling.write(Path(folder) / "in", *order))
        before = book.record()
        marks = [*(one.id for one in before.statements()), *(one.id for one in before.events())]
        for _ in range(3):
            judged = data.draw(st.lists(st.sampled_from(marks), min_size=2, max_size=2, unique=True))
            verdict = data.draw(st.sampled_from([Verdict.MERGE, Verdict.SPLIT, Verdict.REJECT]))
            try:
                book.judge(verdict, judged, kind=Judged.CLAIM)
            except UsageError:
                continue
        assert list(book.verify()) == []
        for one in data.draw(st.permutations(book.judgements())):
            book.undo(one.id)
        assert book.record() == before


@settings(max_examples=3, deadline=None)
@given(order=st.permutations(NAMES), gone=st.sets(st.sampled_from(NAMES), max_size=1))
def test_every_moment_can_be_shown_as_it_was(order: list[str], gone: set[str]) -> None:
    with TemporaryDirectory() as folder, onrecord.open(Path(folder) / "book.db") as book:
        paths = telling.write(Path(folder) / "in", *order)
        kept = [(now(), book.record())]
        for path in paths:
            telling.read(book, path)
            kept.append((now(), book.record()))
        quote = told_by(book.record(), 3, "statement")
        one = book.judge(Verdict.SPLIT, [quote.id], kind=Judged.CLAIM)
        kept.append((now(), book.record()))
        book.judge(Verdict.MERGE, ["person:torvan-ilya", "person:solen-mira"], kind=Judged.ACTOR)
        kept.append((now(), book.record()))
        book.undo(one.id)
        for when, record in kept:
            was = book.record(as_of=when)
            assert plain(was) == plain(record)
            assert was.judgements == tuple(replace(each, undone=None) for each in record.judgements)
        for name in gone:
            book.remove(book.store.judging().find_report(str(paths[order.index(name)])))
            there = book.record(as_of=kept[-1][0])
            assert [each.id for each in there.reports] == [each.id for each in kept[-1][1].reports]
            assert {each.id for each in there.reports if not each.text} == {
                each.id for each in kept[-1][1].reports if each.source.endswith(f"{name}.txt")
            }


# --- each verdict


def test_a_claim_that_is_split_stays_apart_when_more_reports_tell_it(tmp_path: Path) -> None:
    first, second, third = telling.write(tmp_path / "in", "a1", "a2", "a3")
    with onrecord.open(tmp_path / "book.db") as book:
        telling.read(book, first, second)
        claim = told_by(book.record(), 2, "statement")
        book.judge(Verdict.SPLIT, [claim.id], kind=Judged.CLAIM, note="two speeches")
        telling.read(book, third)
        apart = [with_member(book.record(), member) for member in claim.members]
        assert apart[0].id != apart[1].id
        assert sorted(len(one.reports) for one in apart) == [1, 2]


def test_a_merge_says_that_a_judgement_made_it(book: Book) -> None:
    claims = road(book.record()).claims
    kind = next(kind for kind in ("statement", "event") if sum(one.kind == kind for one in claims) > 1)
    alone = [next(m for m in one.members if ("." + kind[0]) in m) for one in claims if one.kind == kind][:2]
    before = {with_member(book.record(), one).id for one in alone}
    assert len(before) == 2
    book.judge("merge", alone, kind=kind)
    merged = with_member(book.record(), alone[0])
    assert set(alone) <= set(merged.members)
    assert [reason.feature for reason in merged.reasons] == ["judgement"]


def test_a_rejected_mark_leaves_claims_and_ledger_but_can_be_seen(book: Book) -> None:
    demand = road(book.record()).demands[0]
    members = next(one for one in road(book.record()).claims if one.id == demand.claim).members
    one = book.judge(Verdict.REJECT, [demand.claim], kind=Judged.CLAIM)
    record = book.record()
    assert not road(record).demands
    assert not set(members) & {member for claim in road(record).claims for member in claim.members}
    assert set(members) <= {event.id for event in record.events()}
    assert [judged.id for judged in record.judged()[members[0]]] == [one.id]


def test_a_rejected_demand_leaves_its_claim(book: Book) -> None:
    demand = road(book.record()).demands[0]
    book.judge(Verdict.REJECT, [demand.id], kind=Judged.DEMAND)
    record = book.record()
    assert not road(record).demands
    assert demand.claim in {claim.id for claim in road(record).claims}


def test_what_is_accepted_after_it_was_rejected_is_back(book: Book) -> None:
    before = plain(book.record())
    statement = book.record().statements()[0].id
    book.judge(Verdict.REJECT, [statement], kind=Judged.STATEMENT)
    book.judge(Verdict.ACCEPT, [statement], kind=Judged.STATEMENT)
    assert plain(book.record()) == before


def test_a_corrected_event_is_fused_as_corrected_and_keeps_the_machine_s_value(book: Book) -> None:
    demand = road(book.record()).demands[0]
    event = next(one for one in road(book.record()).claims if one.id == demand.claim).members[0]
    one = book.judge("correct", [event], kind="event", field="modality", value="denied")
    assert (one.machine, one.value) == ("actual", "denied")
    record = book.record()
    assert next(each for each in record.events() if each.id == event).modality == "actual"
    assert event.partition(".")[0] not in {cell.report for each in road(record).demands for cell in each.words}
    assert event.partition(".")[0] in demand.reports


def test_speakers_are_corrected_by_name(book: Book) -> None:
    statement = next(one for one in book.record().statements() if "museum" in _words(book, one.id))
    one = book.judge("correct", [statement.id], kind="statement", field="speakers", value="Ann Oda; A passer-by")
    assert (one.value, one.machine) == ("person:oda-ann; A passer-by", "person:lund-bo")
    assert list(book.verify()) == []


def _words(book: Book, statement: str) -> str:
    one = next(each for each in book.record().statements() if each.id == statement)
    return " ".join(span.of(book.store.report(one.report).text) for span in one.content)


def test_merged_actors_are_one_in_new_reports_too_and_their_own_again_when_it_is_undone(tmp_path: Path) -> None:
    first, second, third = telling.write(tmp_path / "in", "a1", "a2", "a3")
    with onrecord.open(tmp_path / "book.db") as book:
        telling.read(book, first, second)
        one = book.judge(Verdict.MERGE, ["person:solen-mira", "person:torvan-ilya"], kind=Judged.ACTOR)
        telling.read(book, third)
        (person,) = [actor for actor in book.record().actors if actor.kind == "person"]
        assert (person.id, person.name) == ("person:solen-mira", "Mira Solen")
        assert person.aliases == ("Ilya Torvan", "Mira Solen", "Torvan")
        book.undo(one.id)
        people = [actor.id for actor in book.record().actors if actor.kind == "person"]
        assert people == ["person:solen-mira", "person:torvan-ilya"]
        assert list(book.verify()) == []


def test_an_actor_split_by_report_stays_split_when_it_is_read_and_annotated_anew(book: Book) -> None:
    report = id_of(book, "a3")
    book.judge(Verdict.SPLIT, ["person:torvan-ilya", report], kind=Judged.ACTOR)
    for shift in (10, 20):
        torvans = [actor for actor in book.record().actors if actor.id.startswith("person:torvan")]
        assert sorted(actor.aliases for actor in torvans) == [("Ilya Torvan",), ("Torvan",)]
        telling.annotate_anew(book, report, shift=shift)
    assert list(book.verify()) == []


def test_judgements_are_found_again_when_ids_have_moved(book: Book) -> None:
    claim = told_by(book.record(), 3, "statement")
    book.judge(Verdict.SPLIT, [claim.id], kind=Judged.CLAIM)
    assert max(len(one.reports) for one in road(book.record()).claims if one.kind == "statement") == 1
    for number, report in enumerate(claim.reports):
        telling.annotate_anew(book, report, shift=7 + number)
    assert not {one.id for one in book.record().statements()} & set(claim.members)
    assert max(len(one.reports) for one in road(book.record()).claims if one.kind == "statement") == 1
    (one,) = book.judgements()
    assert set(one.marks()) <= {each.id for each in book.record().statements()}
    assert len(one.marks()) == 3


def test_a_judgement_waits_for_a_removed_report_to_be_read_again(tmp_path: Path) -> None:
    paths = telling.write(tmp_path / "in", "a1", "a2")
    with onrecord.open(tmp_path / "book.db") as book:
        telling.read(book, *paths)
        claim = told_by(book.record(), 2, "statement")
        book.judge(Verdict.REJECT, [claim.members[0]], kind=Judged.STATEMENT)
        judged = book.record()
        book.remove(claim.reports[0])
        (one,) = book.judgements()
        assert one.lost
        assert book.record().judgements == ()
        telling.read(book, *paths)
        assert book.record() == judged


def test_the_later_of_two_judgements_holds(book: Book) -> None:
    claim = told_by(book.record(), 3, "statement")
    book.judge(Verdict.SPLIT, [claim.id], kind=Judged.CLAIM)
    book.judge(Verdict.MERGE, claim.members, kind=Judged.STATEMENT)
    assert with_member(book.record(), claim.members[0]).members == claim.members


@pytest.mark.parametrize(
    ("verdict", "targets", "kind", "told", "message"),
    [
        ("praise", ["x"], "claim", {}, "no verdict 'praise'; choose one of accept"),
        ("accept", ["x"], "rumour", {}, "no judged 'rumour'"),
        ("accept", ["c0"], "claim", {}, "no claim, statement or event 'c0'"),
        ("accept", [], "claim", {}, "about one or more things"),
        ("merge", ["person:oda-ann"], "actor", {}, "needs at least two"),
        ("accept", ["person:oda-ann"], "actor", {"field": "name"}, "takes no field"),
        ("correct", ["person:oda-ann"], "actor", {"field": "age", "value": "3"}, "no field 'age'.*name, kind, country"),
        ("correct", ["person:oda-ann"], "actor", {"field": "kind", "value": "fish"}, "can't be 'fish'.*person"),
        ("correct", ["person:oda-ann"], "actor", {"field": "name"}, "can't be without a value"),
    ],
)
def test_what_can_not_be_judged_is_told(
    book: Book, verdict: str, targets: list[str], kind: str, told: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        book.judge(verdict, targets, kind=kind, **told)
    assert book.judgements() == ()


def test_claims_of_two_stories_or_of_two_kinds_are_never_one(book: Book) -> None:
    record = book.record()
    claims = [one for fusion in record.fusions for one in fusion.claims if one.kind == "statement"]
    with pytest.raises(UsageError, match="different stories"):
        book.judge(
            "merge", [next(one.id for one in claims if one.story == story.id) for story in book.stories()], kind="claim"
        )
    with pytest.raises(UsageError, match="said or done"):
        book.judge("merge", [told_by(record, 3, "statement").id, road(record).demands[0].claim], kind="claim")


# --- what is new


def of(changes: tuple[Change, ...], kind: str) -> list[Change]:
    return [one for one in changes if one.kind == kind]


def test_a_new_report_is_news_of_its_own_story_only(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "book.db") as book:
        paths = telling.write(tmp_path / "in", *NAMES)
        telling.read(book, *(path for path in paths if path.stem != "a2"))
        since = now()
        telling.read(book, tmp_path / "in" / "a2.txt")
        changes = book.changes(since)
        assert {one.story for one in changes if one.story} == {road(book.record()).story.id}
        (report,) = of(changes, "report")
        assert report.before is None
        assert report.after is not None
        assert report.after["outlet"] == "The Morrow Herald" or report.after["title"]
        told = {(one.before["status"], one.after["status"]) for one in of(changes, "claim") if one.before and one.after}
        assert ("single", "corroborated") in told
        assert {one.cause for one in changes} == {Cause.READ}
        assert {one.because for one in of(changes, "claim")} == {report.id}


def test_reading_again_is_no_news(book: Book, tmp_path: Path) -> None:
    since = now()
    telling.read(book, *sorted((tmp_path / "in").iterdir()))
    assert book.changes(since) == ()


def test_annotating_anew_with_the_same_marks_is_no_news(book: Book) -> None:
    since = now()
    telling.annotate_anew(book, id_of(book, "a1"), shift=0)
    assert book.changes(since) == ()


def test_a_judgement_is_the_cause_of_what_it_changes(book: Book) -> None:
    since = now()
    one = book.judge(Verdict.SPLIT, [told_by(book.record(), 3, "statement").id], kind=Judged.CLAIM)
    changes = book.changes(since)
    assert {(each.cause, each.because) for each in changes} == {(Cause.JUDGED, one.id)}
    assert [each.id for each in of(changes, "judgement")] == [one.id]
    between = now()
    book.undo(one.id)
    assert {(each.cause, each.because) for each in book.changes(between)} == {(Cause.UNDONE, one.id)}
    assert {each.kind for each in book.changes(since)} == {"judgement"}
    assert book.changes(since, between) == changes


def test_a_removal_is_the_cause_of_what_it_takes(book: Book) -> None:
    since, gone = now(), id_of(book, "a2")
    book.remove(gone)
    changes = book.changes(since)
    assert [one.id for one in of(changes, "report")] == [gone]
    assert {one.cause for one in changes} == {Cause.REMOVED}
    assert all(one.after is None or gone not in one.after.get("reports", ()) for one in changes)


def test_changes_of_one_story_leave_the_others_out(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "book.db") as book:
        since = now()
        telling.read(book, *telling.write(tmp_path / "in", *NAMES))
        story = road(book.record()).story
        changes = book.changes(since, story=story.id)
        assert {one.id for one in of(changes, "report")} == set(story.reports)
        assert {one.story for one in changes if one.story} == {story.id}
        assert len(of(changes, "claim")) == len(road(book.record()).claims)


def test_the_history_begins_with_the_store(book: Book) -> None:
    long_ago = now() - timedelta(days=400)
    with pytest.raises(UsageError, match="the history of this store begins at"):
        book.changes(long_ago)
    with pytest.raises(UsageError, match="begins at"):
        book.record(as_of=long_ago)


def test_a_pile_of_new_reports_is_a_row_a_report_and_a_row_a_story(book: Book) -> None:
    moments = [key for key, _ in _moments(book)]
    rows = [row for _, some in _moments(book) for row in some]
    assert len(moments) <= 3 + len(NAMES)
    assert sorted(str(row["kind"]) for row in rows) == ["report"] * len(NAMES) + ["story"] * 3
    assert all(row["before"] is None for row in rows)


def _moments(book: Book) -> list[tuple[str, list[dict[str, object]]]]:
    from onrecord.recording.dialect import reading
    from onrecord.recording.schema import MOMENTS, judging

    with reading(book.store._engine) as connection:
        return [(key, rows[judging.change]) for key, rows in MOMENTS.each(connection)]


def test_an_actor_says_why_it_is_one(book: Book) -> None:
    assert {one.told.name for one in book.why("person:torvan-ilya")} == {"Ilya Torvan", "Torvan"}
    book.judge(Verdict.MERGE, ["person:torvan-ilya", "person:solen-mira"], kind=Judged.ACTOR)
    told = {one.told.name: one.judged for one in book.why("person:torvan-ilya")}
    assert told == {"Ilya Torvan": False, "Torvan": False, "Mira Solen": True}
    with pytest.raises(UsageError, match="no actor 'person:nobody'"):
        book.why("person:nobody")
