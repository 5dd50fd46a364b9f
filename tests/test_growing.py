"""A record that grows report by report is the record of all of them at once."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

import onrecord
from onrecord import fusing
from onrecord.model import Annotation, Report
from tests.fusing.builders import written

_SUBJECTS = ("ferry harbour pilots", "melon growers cooperative", "lighthouse keeper strike", "glacier survey drones")


def news(count: int, seed: int) -> list[Report]:
    """Reports on a few subjects that share words with one another, so that their web hangs together."""
    rng = Random(seed)
    found = []
    for number in range(count):
        subject = rng.choice(_SUBJECTS).split()
        other = rng.choice(_SUBJECTS).split()
        told = rng.sample([*subject, *subject, *subject, *other, "quarantine", "turnstile", "obelisk", "marmalade"], 9)
        title = " ".join(rng.sample(subject, 2))
        day = rng.choice([None, "2031-03-04", "2031-03-05", "2031-03-09", "2031-06-20"])
        found.append(written(number, f"{title}\n{' and '.join(told)}.", f"Outlet {number % 5}", day).report())
    return found


def add(book: onrecord.Book, reports: list[Report]) -> None:
    book.store.add_reports([(one, fusing.sign(one)) for one in reports])
    for one in reports:
        book.store.annotate(Annotation(one.id), {}, annotator="test")
    book.fuse()


def stories(book: onrecord.Book) -> list[tuple[str, ...]]:
    return sorted(story.reports for story in book.stories())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reports_in_any_order_and_number_at_a_time_make_the_stories_of_all_at_once(tmp_path: Path, seed: int) -> None:
    reports, rng = news(40, seed), Random(seed)
    expected = sorted(fusing.find_stories([fusing.sign(one) for one in reports]))
    assert 1 < len(expected) < len(reports)
    rng.shuffle(reports)
    with onrecord.open(tmp_path / "grown.db") as book:
        at = 0
        while at < len(reports):
            count = rng.choice((1, 3, 9))
            add(book, reports[at : at + count])
            at += count
        assert stories(book) == expected
        add(book, reports[:5])
        assert stories(book) == expected


def queries_of(book: onrecord.Book, report: Report) -> int:
    """How many queries it takes to add a report."""
    asked: list[str] = []

    def note(*told: Any) -> None:
        asked.append(told[2])

    event.listen(book.store._engine, "before_cursor_execute", note)
    add(book, [report])
    event.remove(book.store._engine, "before_cursor_execute", note)
    return len(asked)


def test_a_report_more_takes_as_many_queries_whatever_the_store_holds_of_other_news(tmp_path: Path) -> None:
    zinc = [
        written(n, f"Zinc quota vote\nDelegates haggled over a zinc quota {n}.", "A", "2031-09-04").report()
        for n in range(900, 904)
    ]
    taken = []
    for count in (10, 90):
        with onrecord.open(tmp_path / f"{count}.db") as book:
            add(book, news(count, 5))
            add(book, zinc[:2])
            taken.append([queries_of(book, one) for one in zinc[2:]])
    assert taken[0] == taken[1]


def test_reports_taken_out_leave_the_stories_of_the_others(tmp_path: Path) -> None:
    reports = news(40, 4)
    gone, kept = reports[:12], reports[12:]
    with onrecord.open(tmp_path / "shrunk.db") as book:
        add(book, reports)
        for one in gone:
            book.store.remove_report(one.id)
        book.fuse()
        assert stories(book) == sorted(fusing.find_stories([fusing.sign(one) for one in kept]))
        assert book.store.unfused() == ()
        assert list(book.verify()) == []


def test_a_report_on_something_else_leaves_every_story_as_it_was(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "grown.db") as book:
        add(book, news(20, 5))
        before = {story.id: story for story in book.stories()}
        add(book, [written(99, "Zeppelin museum\nThe zeppelin museum shows airships.", day="2031-03-04").report()])
        after = {story.id: story for story in book.stories()}
        assert len(after) == len(before) + 1
        assert before.items() <= after.items()
