"""Going through a store in pages that stay where they are while it grows: each goes on after the last key seen.

`browsing` counts and jumps, for people; this is for programs, which go through everything and must miss nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, and_, case, func, or_, select

from onrecord.model import Cell, Claim, Commitment, Demand, Fusion, Prospect, Span
from onrecord.recording.browsing_actors import actor_cards, matching_actors, names
from onrecord.recording.browsing_ledger import state_on
from onrecord.recording.browsing_nouns import ActorCard, StoryCard, StoryFilter
from onrecord.recording.browsing_reports import WHEN
from onrecord.recording.browsing_stories import NEWEST, story_cards, story_conditions
from onrecord.recording.dialect import reading
from onrecord.recording.loading import fusions_of
from onrecord.recording.schema import KEYS, batched, fused, marks, reports

#: What a page goes on after: the sort values of its last row, the row's id last.
Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of ids, in order.

    Attributes:
        last: what the next page goes on after; None where this is the last one.
    """

    ids: tuple[str, ...]
    last: Key | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks, claims or entries are wanted; None takes all.

    Attributes:
        actor: an actor's id, or a part of a name.
        kind: type of events, kind of claims; kinds of entries, parted by blanks.
        state: of a commitment on `today`, an answer of a demand, or "unanswered".
        due_before: YYYY-MM-DD; what has no due date is left out.
        today: the day on which a commitment counts as overdue; None counts none.
    """

    story: str | None = None
    report: str | None = None
    actor: str | None = None
    kind: str | None = None
    modality: str | None = None
    status: str | None = None
    state: str | None = None
    due_before: str | None = None
    today: date | None = None


class Paging:
    """Pages of ids, and what else a program asks for by id. `Store.paging` gives it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stories(self, wanted: StoryFilter, after: Key | None, limit: int) -> Slice:
        """Stories, newest first, then by id."""
        table = fused.story
        with reading(self._engine) as connection:
            conditions = story_conditions(connection, wanted)
            if conditions is None:
                return Slice((), None)
            query = select(NEWEST, table.c.id).where(*conditions)
            return _slice(connection, query, (NEWEST, table.c.id), after, limit, newest_first=True)

    def reports(self, wanted: Wanted, outlet: str | None, after: Key | None, limit: int) -> Slice:
        """Reports, newest first, then by id."""
        table, member = reports.report, fused.story_report
        query = select(WHEN, table.c.id)
        if wanted.story is not None:
            query = query.where(table.c.id.in_(select(member.c.report).where(member.c.story == wanted.story)))
        if outlet is not None:
            query = query.where(table.c.outlet == outlet)
        with reading(self._engine) as connection:
            return _slice(connection, query, (WHEN, table.c.id), after, limit, newest_first=True)

    def statements(self, wanted: Wanted, after: Key | None, limit: int) -> Slice:
        """Statements, report by report, in the order of the text."""
        table, speaker, joined = marks.statement, marks.statement_speaker, fused.actor_entity
        query = _of_reports(select(table.c.report, table.c.n, table.c.id), table.c.report, wanted)
        with reading(self._engine) as connection:
            if wanted.actor is not None:
                ids = matching_actors(connection, wanted.actor)
                told = select(speaker.c.statement).join(joined, joined.c.entity == speaker.c.entity)
                query = query.where(table.c.id.in_(told.where(joined.c.actor.in_(ids))))
            return _slice(connection, query, (table.c.report, table.c.n), after, limit)

    def events(self, wanted: Wanted, after: Key | None, limit: int) -> Slice:
        """Events, report by report, in the order of the text."""
        table, party, joined = marks.event, marks.event_party, fused.actor_entity
        query = _of_reports(select(table.c.report, table.c.n, table.c.id), table.c.report, wanted)
        for column, value in ((table.c.type, wanted.kind), (table.c.modality, wanted.modality)):
            query = query if value is None else query.where(column == value)
        with reading(self._engine) as connection:
            if wanted.actor is not None:
                ids = matching_actors(connection, wanted.actor)
                told = select(party.c.event).join(joined, joined.c.entity == party.c.entity)
                query = query.where(table.c.id.in_(told.where(joined.c.actor.in_(ids))))
            return _slice(connection, query, (table.c.report, table.c.n), after, limit)

    def actors(self, part: str, kind: str | None, country: str | None, after: Key | None, limit: int) -> Slice:
        """Actors by id; `part` is words that all stand in one of the names."""
        table, alias = fused.actor, fused.actor_alias
        query = select(table.c.id)
        if words := part.split():
            held = (alias.c.name.icontains(word, autoescape=True) for word in words)
            query = query.where(table.c.id.in_(select(alias.c.actor).where(*held)))
        for column, value in ((table.c.kind, kind), (table.c.country, country)):
            query = query if value is None else query.where(column == value)
        with reading(self._engine) as connection:
            return _slice(connection, query, (table.c.id,), after, limit)

    def claims(self, wanted: Wanted, after: Key | None, limit: int) -> Slice:
        """Claims, story by story, in the story's order."""
        table = fused.claim
        query = select(table.c.story, table.c.n, table.c.id)
        for column, value in ((table.c.story, wanted.story), (table.c.status, wanted.status),
                              (table.c.kind, wanted.kind)):  # fmt: skip
            query = query if value is None else query.where(column == value)
        with reading(self._engine) as connection:
            return _slice(connection, query, (table.c.story, table.c.n), after, limit)

    def entries(self, wanted: Wanted, after: Key | None, limit: int) -> Slice:
        """Demands, commitments, threats or offers, as `wanted.kind` says: what is due first first, then by id."""
        table, party = fused.ledger, fused.ledger_party
        due = func.coalesce(table.c.due, "9999")
        query = select(due, table.c.id).where(table.c.kind.in_((wanted.kind or "").split()))
        if wanted.story is not None:
            query = query.where(table.c.story == wanted.story)
        with reading(self._engine) as connection:
            if wanted.state is not None:
                query = query.where(state_on(connection.dialect.name, wanted.today) == wanted.state)
            if wanted.due_before is not None:
                end = _last_day(connection, table.c.due)
                query = query.where(and_(end > "0", end < wanted.due_before))
            if wanted.actor is not None:
                ids = matching_actors(connection, wanted.actor)
                query = query.where(table.c.id.in_(select(party.c.ledger).where(party.c.actor.in_(ids))))
            return _slice(connection, query, (due, table.c.id), after, limit)

    def fusions(self, stories: Iterable[str]) -> tuple[Fusion, ...]:
        """What was fused of these stories, by id, without any text; those that are not there are left out."""
        with reading(self._engine) as connection:
            return fusions_of(connection, stories)

    def claims_of(self, ids: Sequence[str]) -> tuple[Claim, ...]:
        """These claims, in the order given; those that are not there are left out."""
        with reading(self._engine) as connection:
            stories = _stories_of(connection, fused.claim, ids)
            found = {one.id: one for fusion in fusions_of(connection, stories) for one in fusion.claims}
        return tuple(found[one] for one in ids if one in found)

    def demands_of(self, ids: Sequence[str]) -> tuple[Demand, ...]:
        """These demands, in the order given; those that are not there are left out."""
        found = {one.id: one for fusion in self._fusions_of_entries(ids) for one in fusion.demands}
        return tuple(found[one] for one in ids if one in found)

    def commitments_of(self, ids: Sequence[str]) -> tuple[Commitment, ...]:
        """These commitments, in the order given; those that are not there are left out."""
        found = {one.id: one for fusion in self._fusions_of_entries(ids) for one in fusion.commitments}
        return tuple(found[one] for one in ids if one in found)

    def prospects_of(self, ids: Sequence[str]) -> tuple[Prospect, ...]:
        """These threats and offers, in the order given; those that are not there are left out."""
        found = {one.id: one for fusion in self._fusions_of_entries(ids) for one in fusion.prospects}
        return tuple(found[one] for one in ids if one in found)

    def _fusions_of_entries(self, ids: Sequence[str]) -> tuple[Fusion, ...]:
        with reading(self._engine) as connection:
            return fusions_of(connection, _stories_of(connection, fused.ledger, ids))

    def actor_cards(self, ids: Sequence[str]) -> tuple[ActorCard, ...]:
        """These actors, in the order given; those that are not there are left out."""
        with reading(self._engine) as connection:
            return actor_cards(connection, ids)

    def story_cards(self, ids: Sequence[str], today: date | None = None) -> tuple[StoryCard, ...]:
        """These stories, newest first, with what is overdue on a day; those that are not there are left out."""
        with reading(self._engine) as connection:
            return story_cards(connection, ids, today)

    def names(self, actors: Iterable[str]) -> dict[str, str]:
        """The names of actors, by id; those that are not there are left out."""
        with reading(self._engine) as connection:
            return names(connection, actors)

    def claims_with(self, mark: str) -> tuple[str, ...]:
        """The ids of the claims of which a statement or event is a member, sorted."""
        table = fused.claim_member
        with reading(self._engine) as connection:
            query = select(table.c.claim).where(or_(table.c.statement == mark, table.c.event == mark))
            return tuple(sorted(connection.scalars(query)))

    def report_of(self, mark: str) -> str | None:
        """The report in which a statement or event stands; None where there is no such mark."""
        with reading(self._engine) as connection:
            for table in (marks.statement, marks.event):
                found = connection.scalar(select(table.c.report).where(table.c.id == mark))
                if found is not None:
                    return str(found)
        return None

    def places(self, ids: Iterable[str]) -> dict[str, tuple[Cell, ...]]:
        """Where the content of statements and the words of events stand, by id."""
        table, owner, event = marks.statement_span, marks.statement, marks.event
        found: dict[str, list[Cell]] = {}
        with reading(self._engine) as connection:
            for some in batched(sorted(set(ids)), KEYS):
                spans = (
                    select(owner.c.id, owner.c.report, table.c.start, table.c.stop)
                    .join(table, table.c.statement == owner.c.id)
                    .where(owner.c.id.in_(some), table.c.role == "content")
                    .order_by(owner.c.id, table.c.n)
                )
                events = select(event.c.id, event.c.report, event.c.start, event.c.stop).where(event.c.id.in_(some))
                for key, report, start, stop in [*connection.execute(spans), *connection.execute(events)]:
                    found.setdefault(key, []).append(Cell(report, Span(start, stop)))
        return {key: tuple(cells) for key, cells in found.items()}


def _last_day(connection: Connection, edtf: ColumnElement[str]) -> ColumnElement[str]:
    """What sorts like the last day of a date or interval; an open end, and no date, sort before all days."""
    # The end of an interval stands after its stroke. Each database finds it by another name.
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    end = func.substr(func.coalesce(edtf, ""), place(func.coalesce(edtf, ""), "/") + 1)
    # A year ends with its last month and a month with its last day: "2031-02-99" sorts so.
    return case((end.in_(("", "..")), ""), else_=end.concat(func.substr("-99-99", func.length(end) - 3, 6)))


def _stories_of(connection: Connection, table: Table, ids: Sequence[str]) -> set[str]:
    """The stories of claims or entries."""
    return {
        str(row[0])
        for some in batched(sorted(set(ids)), KEYS)
        for row in connection.execute(select(table.c.story).where(table.c.id.in_(some)))
    }


def _of_reports(query: Select[Any], report: ColumnElement[str], wanted: Wanted) -> Select[Any]:
    if wanted.report is not None:
        query = query.where(report == wanted.report)
    if wanted.story is not None:
        member = fused.story_report
        query = query.where(report.in_(select(member.c.report).where(member.c.story == wanted.story)))
    return query


def _slice(
    connection: Connection,
    query: Select[Any],
    order: tuple[ColumnElement[Any], ...],
    after: Key | None,
    limit: int,
    *,
    newest_first: bool = False,
) -> Slice:
    """The rows after a key. The first column of `order` goes down if the newest come first; the id is a row's last."""
    first, *rest = order
    if after is not None:
        query = query.where(_beyond(first, rest, after, newest_first=newest_first))
    rows = connection.execute(query.order_by(first.desc() if newest_first else first, *rest).limit(limit + 1)).all()
    more = len(rows) > limit
    last = tuple(rows[limit - 1][: len(order)]) if more else None
    return Slice(tuple(str(row[-1]) for row in rows[:limit]), last)


def _beyond(
    first: ColumnElement[Any], rest: Sequence[ColumnElement[Any]], after: Key, *, newest_first: bool
) -> ColumnElement[bool]:
    further = first < after[0] if newest_first else first > after[0]
    if not rest:
        return further
    return or_(further, and_(first == after[0], rest[0] > after[1]))


__all__ = ["Key", "Paging", "Slice", "Wanted"]
