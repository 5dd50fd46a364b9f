"""Pages of the ledger."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from onrecord.recording.browsing_actors import matching_actors, names
from onrecord.recording.browsing_nouns import Entry, EntryFilter, Heading, Page
from onrecord.recording.browsing_reports import headings, words_at
from onrecord.recording.schema import fused

_LEDGER, _STORY = fused.ledger, fused.story

#: Overdue first, then open with a date, then unanswered demands and what has no date, then what is settled.
_RANK = case(
    (_LEDGER.c.state == "overdue", 0),
    ((_LEDGER.c.state == "open") & _LEDGER.c.due.is_not(None), 1),
    ((_LEDGER.c.kind == "demand") & _LEDGER.c.answer.is_(None), 2),
    (_LEDGER.c.state == "open", 3),
    else_=4,
)

_Told = tuple[tuple[Heading, int, int, str], ...]


def entries(connection: Connection, wanted: EntryFilter, limit: int, offset: int) -> Page[Entry]:
    """The entries that are wanted."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(_LEDGER.c.kind == wanted.kind)
    if wanted.state == "unanswered":
        conditions.append((_LEDGER.c.kind == "demand") & _LEDGER.c.answer.is_(None))
    elif wanted.state:
        conditions.append((_LEDGER.c.state == wanted.state) | (_LEDGER.c.answer == wanted.state))
    if wanted.story:
        conditions.append(_LEDGER.c.story == wanted.story)
    if wanted.id:
        conditions.append(_LEDGER.c.id == wanted.id)
    if wanted.actor:
        party = fused.ledger_party
        ids = matching_actors(connection, wanted.actor)
        conditions.append(_LEDGER.c.id.in_(select(party.c.ledger).where(party.c.actor.in_(ids))))
    total = connection.scalar(select(func.count()).select_from(_LEDGER).where(*conditions)) or 0
    query = (
        select(_LEDGER, _STORY.c.title.label("story_title"), fused.claim.c.status)
        .join(_STORY, _STORY.c.id == _LEDGER.c.story)
        .join(fused.claim, fused.claim.c.id == _LEDGER.c.claim)
        .where(*conditions)
        .order_by(_RANK, func.coalesce(_LEDGER.c.due, "9999"), _STORY.c.stop.desc(), _LEDGER.c.id)
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(query).all()
    parts = _parts(connection, [row.id for row in rows])
    return Page(tuple(_entry(row, *parts) for row in rows), int(total), offset, limit)


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

    def words(role: str) -> _Told:
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
        answer=row.answer,
        due=row.due,
        state=row.state,
        conditional=bool(row.conditional),
    )


__all__ = ["entries"]
