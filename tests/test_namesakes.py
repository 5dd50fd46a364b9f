"""Actors of many namesakes are the same whether a store finds their profiles by words or reads all of them."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

import onrecord
from onrecord.fusing import actor_block
from onrecord.model import (
    Actor,
    ActorKind,
    Annotation,
    Block,
    BlockKind,
    Entity,
    Judged,
    Mention,
    Report,
    Role,
    Span,
    Verdict,
)
from onrecord.model.marks import Profile
from onrecord.recording import finding, resolving
from onrecord.recording.profile_rows import profile_of

_GIVEN = "Anna A. Mira Myra Igor Ihar I. Bill William Oskar Jong-il Jong-un".split()
_SURNAMES = ("Kovalenko", "Kavalenka", "Torvan")
ALL_READ = 10**9


def news(count: int, seed: int) -> list[Report]:
    found = []
    for n in range(count):
        text = f"Report {seed}/{n}."
        digest = sha256(text.encode()).hexdigest()
        blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
        found.append(Report(f"r{digest[:16]}", f"{n}.txt", digest, text, blocks, language="en"))
    return found


def marks(report: Report, rng: Random, given: Sequence[str] = _GIVEN) -> Annotation:
    """Marks of three people of few surnames, some told by the surname alone."""
    entities = []
    for at in range(3):
        name = " ".join([*rng.choices(given, k=rng.choice((0, 1, 1, 1, 2))), rng.choice(_SURNAMES)])
        country = rng.choice((None, None, "OST", "VAR"))
        roles = tuple(Role(title, country) for title in rng.choice(((), (), ("judge",), ("pilot",))))
        mentions = (Mention(Span(0, 6), "name"),)
        entities.append(Entity(f"{report.id}.a{at}", name, ActorKind.PERSON, mentions, None, country, roles, (name,)))
    return Annotation(report.id, entities=tuple(entities))


def add(book: onrecord.Book, told: Sequence[tuple[Report, Annotation]]) -> None:
    book.store.add_reports([(report, None) for report, _ in told])
    for _, marked in told:
        book.store.annotate(marked, {one.id: actor_block(one) for one in marked.entities}, annotator="test")
    book._join_actors()


def actors(book: onrecord.Book) -> tuple[Actor, ...]:
    assert list(book.verify()) == []
    return book.record().actors


def many(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """From how many profiles on they are found by words."""
    monkeypatch.setattr(resolving, "MANY", number)


def found_by_words(book: onrecord.Book) -> int:
    with book.store._engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM profile_word").scalar_one())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_finding_by_words_gives_the_actors_of_reading_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    rng = Random(seed)
    told = [(report, marks(report, rng)) for report in news(24, seed)]
    with onrecord.open(tmp_path / "all.db") as whole, onrecord.open(tmp_path / "words.db") as worded:
        many(monkeypatch, ALL_READ)
        add(whole, told)
        rng.shuffle(told)
        add(worded, told[:9])
        assert found_by_words(worded) == 0
        many(monkeypatch, 2)
        at = 9  # what an older onrecord has read is found by words from now on
        while at < len(told):
            count = rng.choice((1, 1, 4))
            add(worded, told[at : at + count])
            at += count
        assert found_by_words(worded) > 0
        assert actors(worded) == actors(whole)

        # reports go, and others are annotated anew
        again = [(report, marks(report, rng)) for report, _ in told[4:6]]
        for book in (whole, worded):
            for report, _ in told[:4]:
                book.store.remove_report(report.id)
            add(book, again)
        assert actors(worded) == actors(whole)
        for report, _ in told[4:]:
            worded.store.remove_report(report.id)
        worded._join_actors()
        assert found_by_words(worded) == 0


def test_what_an_analyst_split_stays_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(monkeypatch, 2)
    rng, reports = Random(5), news(30, 5)
    with onrecord.open(tmp_path / "words.db") as book:
        add(book, [(report, marks(report, rng, ("Mira", "Igor", "Oskar", "Anna"))) for report in reports[:24]])
        split = max(book.record().actors, key=lambda one: len(one.entities))
        apart = split.entities[0].partition(".")[0]
        book.judge(Verdict.SPLIT, [split.id, apart], kind=Judged.ACTOR)
        before = {one.entities for one in actors(book) if any(entity.startswith(apart) for entity in one.entities)}
        add(book, [(report, marks(report, rng)) for report in reports[24:]])
        after = {entity: one.id for one in actors(book) for entity in one.entities}
        assert split.entities not in before
        assert after[split.entities[0]] != after[split.entities[1]]


def test_a_new_namesake_takes_as_many_queries_whatever_its_surname_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = news(72, 7)
    names = [f"{a}{b}na Torvan" for a in "BCDFGLMNP" for b in "aeiouy"]
    read: list[str] = []

    def noted(row: Any) -> Profile:
        read.append(row.told)
        return profile_of(row)

    monkeypatch.setattr(finding, "profile_of", noted)

    def one(report: Report, name: str) -> tuple[Report, Annotation]:
        mentions = (Mention(Span(0, 6), "name"),)
        entity = Entity(f"{report.id}.a1", name, ActorKind.PERSON, mentions, None, None, (), (name,))
        return report, Annotation(report.id, entities=(entity,))

    taken = []
    with onrecord.open(tmp_path / "words.db") as book:
        asked: list[str] = []
        event.listen(book.store._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        for start, stop in ((0, 18), (18, 54)):
            add(book, [one(reports[n], names[n]) for n in range(start, stop)])
            add(book, [one(reports[60 + start // 18], "Zelda Torvan" if start else "Vanda Torvan")])
            asked.clear()
            read.clear()
            add(book, [one(reports[64 + start // 18], "Kelda Torvan" if start else "Hilda Torvan")])
            taken.append((len(asked), len(read)))
    assert taken[0] == taken[1]
    assert taken[0][1] == 0
