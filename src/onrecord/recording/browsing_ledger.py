"""Pages of the ledger."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from onrecord.recording.browsing_actors import matching_actors, names
from onrecord.recording.browsing_nouns import Entry, EntryFilter, Page, Told
from onrecord.recording.browsing_reports import headings, words_at
from onrecord.recording.schema import fused

_LEDGER, _STORY = fused.ledger, fused.story

#: Last months of EDTF's seasons and quarters (ISO 8601-2:2019, 4.8), as in `onrecord.model.due`.
_LAST_MONTHS = {"21": "05", "22": "08", "23": "11", "24": "12", "33": "03", "34": "06", "35": "09", "36": "12"}
_TOLD = ("accepted", "rejected", "partly", "withdrawn", "kept", "broken")


def state_on(dialect: str, today: date | None) -> ColumnElement[str]:
    """How an entry stands on a day, in SQL: `onrecord.model.state_on` for commitments; the answer of a demand."""
    told = func.coalesce(_LEDGER.c.state, _LEDGER.c.answer, case((_LEDGER.c.kind == "demand", "unanswered"), else_=""))
    if today is None:
        return told
    slash = getattr(func, "instr" if dialect == "sqlite" else "strpos")(_LEDGER.c.due, "/")
    end = case((slash > 0, func.substr(_LEDGER.c.due, slash + 1)), else_=_LEDGER.c.due)
    month = func.substr(end, 6, 2)
    end = case((month.in_(tuple(_LAST_MONTHS)), func.substr(end, 1, 5) + case(_LAST_MONTHS, value=month)), else_=end)
    day = func.substr(end, 1, 10)
    passed = (func.length(day) >= 4) & (day < func.substr(today.isoformat(), 1, func.length(day)))
    return case(((_LEDGER.c.state == "open") & passed, "overdue"), else_=told)


def _rank(state: ColumnElement[str]) -> ColumnElement[int]:
    """Overdue first, then open with a date, then unanswered demands, then what has no date, then what is settled."""
    return case(
        (state == "overdue", 0),
        ((state == "open") & _LEDGER.c.due.is_not(None), 1),
        (state == "unanswered", 2),
        (state.in_(("open", "")), 3),
        else_=4,
    )


def entries(connection: Connection, wanted: EntryFilter, limit: int, offset: int) -> Page[Entry]:
    """The entries that are wanted."""
    state = state_on(connection.dialect.name, wanted.today)
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(_LEDGER.c.kind == wanted.kind)
    if wanted.state:
        conditions.append(state == wanted.state)
    if wanted.story:
        conditions.append(_LEDGER.c.story == wanted.story)
    if wanted.ids is not None:
        conditions.append(_LEDGER.c.id.in_(wanted.ids))
    if wanted.actor:
        party = fused.ledger_party
        ids = matching_actors(connection, wanted.actor)
        conditions.append(_LEDGER.c.id.in_(select(party.c.ledger).where(party.c.actor.in_(ids))))
    total = connection.scalar(select(func.count()).select_from(_LEDGER).where(*conditions)) or 0
    query = (
        select(_LEDGER, state.label("stands"), _STORY.c.title.label("story_title"), fused.claim.c.status)
        .join(_STORY, _STORY.c.id == _LEDGER.c.story)
        .join(fused.claim, fused.claim.c.id == _LEDGER.c.claim)
        .where(*conditions)
        .order_by(_rank(state), func.coalesce(_LEDGER.c.due, "9999"), _STORY.c.stop.desc(), _LEDGER.c.id)
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(query).all()
    parts = _parts(connection, [row.id for row in rows])
    return Page(tuple(_entry(row, *parts) for row in rows), int(total), offset, limit)


def states(connection: Connection, today: date | None) -> dict[str, int]:
    """How many entries stand how on a day; what has no state (threats and offers) is left out."""
    state = state_on(connection.dialect.name, today).label("stands")
    rows = connection.execute(select(state, func.count()).select_from(_LEDGER).group_by(state).order_by(state))
    return {str(told): int(number) for told, number in rows if told}


def overdue(connection: Connection, stories: Sequence[str], today: date | None) -> dict[str, int]:
    """How many commitments of these stories are overdue on a day."""
    if today is None:
        return {}
    late = state_on(connection.dialect.name, today) == "overdue"
    query = select(_LEDGER.c.story, func.count()).where(_LEDGER.c.story.in_(stories), late).group_by(_LEDGER.c.story)
    return {str(story): int(number) for story, number in connection.execute(query)}


def _parts(
    connection: Connection, ids: Sequence[str]
) -> tuple[dict[tuple[str, str], list[tuple[str, str]]], dict[tuple[str, str], list[Any]]]:
    """The parties and the words of entries, by entry and role."""
    party, cell = fused.ledger_party, fused.ledger_words
    parties: dict[tuple[str, str], list[tuple[str, str]]] = {}
    rows = connection.execute(
        select(party).where(party.c.ledger.in_(ids)).order_by(party.c.ledger, party.c.role, party.c.n)
    ).all()
    called = names(connection, {row.actor for row in rows})
    for row in rows:
        parties.setdefault((row.ledger, row.role), []).append((row.actor, called.get(row.actor, row.actor)))
    cells = connection.execute(
        select(cell).where(cell.c.ledger.in_(ids)).order_by(cell.c.ledger, cell.c.role, cell.c.n)
    ).all()
    known = headings(connection, {row.report for row in cells})
    words = words_at(connection, [(row.report, row.start, row.stop) for row in cells])
    told: dict[tuple[str, str], list[Any]] = {}
    for row in cells:
        if row.report in known:
            stands = (known[row.report], row.start, row.stop, words.get((row.report, row.start, row.stop), ""))
            told.setdefault((row.ledger, row.role), []).append(stands)
    return parties, told


def _entry(
    row: Any, parties: dict[tuple[str, str], list[tuple[str, str]]], told: dict[tuple[str, str], list[Any]]
) -> Entry:
    def who(role: str) -> tuple[tuple[str, str], ...]:
        return tuple(parties.get((row.id, role), ()))

    def words(role: str) -> tuple[Told, ...]:
        return tuple(told.get((row.id, role), ()))

    return Entry(
        id=row.id,
        kind=row.kind,
        claim=row.claim,
        status=row.status,
        story=row.story,
        story_title=row.story_title,
        by=who("by"),
        to=who("of" if row.kind == "demand" else "to"),
        answered_by=who("answered_by"),
        words=words("words"),
        answer_words=words("answer_words"),
        condition=words("condition"),
        told=tuple((role, one) for role in _TOLD for one in words(role)),
        answer=row.answer,
        due=row.due,
        state=row.stands if row.kind == "commitment" else None,
        conditional=bool(row.conditional),
    )


__all__ = ["entries", "overdue", "state_on", "states"]
