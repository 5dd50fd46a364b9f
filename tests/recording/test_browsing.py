from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.model import ActorKind, CommitmentState, EventType, state_on
from onrecord.recording import Browsing, Store
from onrecord.recording.browsing_nouns import EntryFilter, Page, Said, StoryCard, StoryFilter
from tests.showing.builders import RECORD, A, B, C
from tests.showing.web.newsroom import STATES, Scale, fill_newsroom
from tests.showing.web.stores import store_record

REPORTS = 120


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    where = tmp_path_factory.mktemp("browsing") / "archive.db"
    fill_newsroom(where, Scale(REPORTS))
    with Store.open(where, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    with Store.open(store_record(tmp_path_factory.mktemp("browsing") / "m.db"), read_only=True) as store:
        yield store.browse()


def test_pages_of_stories_hold_each_story_once_newest_first(archive: Store) -> None:
    browsing = archive.browse()
    seen: list[StoryCard] = []
    page = browsing.stories(limit=7)
    seen += page.items
    while page.later is not None:
        page = browsing.stories(limit=7, offset=page.later)
        seen += page.items
    assert [one.story for one in seen] == list(archive.stories())
    assert len(seen) == page.total
    days = [one.story.end or "" for one in seen]
    assert days == sorted(days, reverse=True)


def test_a_card_counts_what_the_record_holds(archive: Store) -> None:
    for card in archive.browse().stories(limit=50).items:
        (fusion,) = archive.record(card.story.id).fusions
        assert {one.id for one in card.headings} == set(fusion.story.reports)
        assert card.originals == len(fusion.story.reports) - len(fusion.copies)
        assert card.disagreements == sum(len(claim.disagreements) for claim in fusion.claims)
        assert (card.demands, card.commitments) == (len(fusion.demands), len(fusion.commitments))


@pytest.mark.parametrize(
    "wanted",
    [
        StoryFilter(outlet="Tarn Post"),
        StoryFilter(since="2024-01-05", until="2024-01-09"),
        StoryFilter(actor="state:vessa"),
        StoryFilter(actor="Vessa"),
        StoryFilter(event_type=EventType.RETREAT),
        StoryFilter(words="harbour treaty"),
        StoryFilter(country="OSK"),
        StoryFilter(outlet="Tarn Times", country="ARL", words="inspectors"),
    ],
)
def test_a_filter_takes_the_stories_that_fit_and_no_other(archive: Store, wanted: StoryFilter) -> None:
    found = {one.story.id for one in archive.browse().stories(wanted, limit=200).items}
    expected = set()
    for record in archive.records():
        story, reports = record.fusions[0].story, record.reports
        actors = {one.id for one in record.actors if wanted.actor in (one.id, one.name)}
        countries = {one.country for one in record.actors}
        fits = (
            (wanted.outlet is None or any(one.outlet == wanted.outlet for one in reports)),
            (wanted.since is None or (story.end or "") >= wanted.since),
            (wanted.until is None or (story.start or "9") <= wanted.until),
            (wanted.actor is None or bool(actors)),
            (wanted.event_type is None or any(one.type is wanted.event_type for one in record.events())),
            (wanted.words is None or any(all(w in one.text for w in wanted.words.split()) for one in reports)),
            (wanted.country is None or wanted.country in countries),
        )
        if all(fits):
            expected.add(story.id)
    assert found == expected
    assert 0 < len(found) < archive.counts().stories or wanted.words == "harbour treaty"


def test_actors_come_by_how_many_reports_speak_of_them(archive: Store) -> None:
    found = archive.browse().actors(limit=100).items
    numbers = [one.reports for one in found]
    assert numbers == sorted(numbers, reverse=True)
    assert sum(numbers) == 3 * REPORTS
    states = archive.browse().actors(kind="state").items
    assert {one.id for one in states} == {one for one, _, _ in STATES}
    assert all(one.kind is ActorKind.STATE for one in states)
    assert [one.id for one in archive.browse().actors("vessa").items] == ["state:vessa"]


def test_what_an_actor_said_comes_newest_first_in_pages(archive: Store) -> None:
    browsing = archive.browse()
    actor = browsing.actors(kind="person").items[0].id
    entities = {one for actors in archive.record().actors if actors.id == actor for one in actors.entities}
    expected = {one.id for one in archive.record().statements() if set(one.speakers) & entities}
    seen: list[Said] = []
    page = browsing.said(actor, limit=5)
    seen += page.items
    while page.later is not None:
        page = browsing.said(actor, limit=5, offset=page.later)
        seen += page.items
    assert len(seen) == page.total == len(expected)
    assert {one.id for one in seen} == expected
    days = [one.heading.day or "" for one in seen]
    assert days == sorted(days, reverse=True)


def test_what_is_told_of_an_actor_is_in_the_record(meeting: Browsing) -> None:
    (met,) = meeting.meetings("person:marenko-ilse")
    assert (met.actor, met.reports, met.place) == ("person:tolvay-dragan", 3, "Sarnholm")
    (stance,) = meeting.stances("person:marenko-ilse")
    assert (stance.type, stance.words, stance.story) == (EventType.AGREE, "answer in writing next week", "s1")
    (demand,) = meeting.stances("state:bravonia")
    assert demand.targets == (("state:zelmara", "Zelmara"),)


@pytest.mark.parametrize("today", [date(2025, 3, 14), date(2025, 3, 23), date(2025, 3, 24), date(2031, 1, 1)])
def test_overdue_in_sql_is_overdue_in_python(tmp_path: Path, today: date) -> None:
    fusion = RECORD.fusions[0]
    dues = ("2025-03-17/2025-03-23", "2025-03", "2025", "2025-03-20", "2025-21", "2025-33", "2025/..", "../2025-03-01")
    dues += ("XXXX-03", "2025-03-01?", "2026-24", None)  # type: ignore[assignment]
    promises = [
        replace(fusion.commitments[0], id=f"k{n}-{state}", due=due, state=state)
        for n, due in enumerate(dues)
        for state in (CommitmentState.OPEN, CommitmentState.KEPT)
    ]
    record = replace(RECORD, fusions=(replace(fusion, commitments=tuple(promises)),))
    with Store.open(store_record(tmp_path / "due.db", record)) as store:
        found = store.browse().entries(EntryFilter(kind="commitment", today=today), limit=100).items
        told = store.browse().states(today)
        (card,) = store.browse().stories(today=today).items
    stands = {one.id: one.state for one in found}
    assert stands == {one.id: str(state_on(one, today)) for one in promises}
    late = [one.state == "overdue" for one in found]
    assert late == sorted(late, reverse=True)
    assert told.get("overdue", 0) == card.overdue == sum(late)


def test_entries_bring_the_words_of_both_sides(meeting: Browsing) -> None:
    demand, promise = sorted(meeting.entries().items, key=lambda one: one.id)
    assert [one[3] for one in demand.words] == ["that Zelmara withdraw them"]
    assert [one[3] for one in demand.answer_words] == ["Tolvay refused"]
    assert demand.answered_by == (("person:tolvay-dragan", "Dragan Tolvay"),)
    assert promise.to == (("state:zelmara", "Zelmara"),)
    assert meeting.entries(EntryFilter(state="rejected")).total == 1
    assert meeting.entries(EntryFilter(actor="Marenko")).items[0].id == promise.id
    assert meeting.entries(EntryFilter(actor="nobody")).items == ()


def test_headings_have_no_text_and_words_are_cut_by_code_points(meeting: Browsing) -> None:
    assert set(meeting.headings([A.id, B.id, "none"])) == {A.id, B.id}
    assert meeting.headings([C.id])[C.id].outlet is None
    start = A.text.index("“We will")
    assert meeting.words([(A.id, start, start + 8)]) == {(A.id, start, start + 8): "“We will"}


def test_what_is_not_there_is_an_error_that_says_so(meeting: Browsing) -> None:
    for ask in (meeting.story, meeting.actor, meeting.story_of_claim, meeting.story_of_entry):
        with pytest.raises(UsageError, match="'none' in the store"):
            ask("none")


def test_a_page_knows_its_neighbours() -> None:
    first, last = Page(("a", "b"), 3, 0, 2), Page(("c",), 3, 2, 2)
    assert (first.earlier, first.later) == (None, 2)
    assert (last.earlier, last.later) == (0, None)
