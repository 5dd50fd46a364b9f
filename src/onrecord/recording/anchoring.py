"""What a judgement is about, as places in texts; and where that is after a report was annotated anew."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, select, update

from onrecord.model import Anchor, Span
from onrecord.recording.inserting import put
from onrecord.recording.judgement_rows import judgement_of, judgement_rows
from onrecord.recording.schema import JUDGEMENTS, KEYS, batched, fused, judging, marks

#: Entities by which an actor is known again: the actor of a state may have one in every report.
ENTITIES_LIMIT = 16
#: Mentions by which an entity is known again.
_MENTIONS_LIMIT = 5
#: Share of code points that a mark and the place of an earlier one must have in common to be one mark.
_SAME = 0.5


def marks_at(connection: Connection, ids: Iterable[str], target: int = 0) -> list[Anchor]:
    """Statements, events and entities as anchors, by id; those that are not there are left out."""
    found: list[Anchor] = []
    for some in batched(sorted(set(ids)), KEYS):
        for kind, query in _queries():
            table = {"statement": marks.statement, "event": marks.event, "entity": marks.entity}[kind]
            found += _anchors(connection, kind, query.where(table.c.id.in_(some)), target)
    return sorted(found, key=lambda one: one.mark or "")


def actor_anchors(
    connection: Connection, actor: str, target: int, without: frozenset[str] = frozenset()
) -> list[Anchor]:
    """An actor by its id and some of its entities."""
    table = fused.actor_entity
    query = select(table.c.entity).where(table.c.actor == actor).order_by(table.c.entity)
    entities = connection.scalars(query.limit(ENTITIES_LIMIT + len(without))).all()
    kept = [entity for entity in entities if entity not in without][:ENTITIES_LIMIT]
    return [Anchor(target, "actor", None, (), actor), *marks_at(connection, kept, target)]


def find_again(connection: Connection, report: str) -> None:
    """Let the anchors in a report hold on to its marks as they are now."""
    table = judging.judgement_anchor
    keys = set(connection.scalars(select(table.c.judgement).where(table.c.report == report)))
    if not keys:
        return
    now: dict[str, list[Anchor]] = {}
    for kind, query in _queries():
        of = {"statement": marks.statement, "event": marks.event, "entity": marks.entity}[kind]
        now[kind] = _anchors(connection, kind, query.where(of.c.report == report), 0)
    _hold(connection, keys, {report}, now)


def let_go(connection: Connection, ids: Sequence[str]) -> None:
    """Let the anchors in reports that are taken out hold on to nothing, until the reports are read again."""
    table = judging.judgement_anchor
    keys = set(connection.scalars(select(table.c.judgement).where(table.c.report.in_(ids))))
    _hold(connection, keys, set(ids), {})


def _hold(connection: Connection, keys: Iterable[str], among: set[str], now: dict[str, list[Anchor]]) -> None:
    table = judging.judgement_anchor
    for key, rows in JUDGEMENTS.load(connection, keys).items():
        before = judgement_of(rows)
        anchors = tuple(
            replace(one, mark=_same(one, now.get(one.kind, ()))) if one.report in among else one
            for one in before.anchors
        )
        if anchors == before.anchors:
            continue
        after = judgement_rows(replace(before, anchors=anchors))
        put(connection, judging.judgement, after[judging.judgement])
        for row in after[table]:
            place = (table.c.judgement == key, table.c.n == row["n"])
            connection.execute(update(table).where(*place).values(mark=row["mark"]))


def _queries() -> tuple[tuple[str, Select[Any]], ...]:
    """For each kind of mark a query of id, report and spans, a row for each span."""
    words, mention = marks.statement_span, marks.mention
    return (
        (
            "statement",
            select(marks.statement.c.id, marks.statement.c.report, words.c.start, words.c.stop)
            .join(words, words.c.statement == marks.statement.c.id)
            .where(words.c.role == "content")
            .order_by(marks.statement.c.id, words.c.n),
        ),
        (
            "event",
            select(marks.event.c.id, marks.event.c.report, marks.event.c.start, marks.event.c.stop).order_by(
                marks.event.c.id
            ),
        ),
        (
            "entity",
            select(marks.entity.c.id, marks.entity.c.report, mention.c.start, mention.c.stop)
            .join(mention, mention.c.entity == marks.entity.c.id)
            .where(mention.c.n < _MENTIONS_LIMIT)
            .order_by(marks.entity.c.id, mention.c.n),
        ),
    )


def _anchors(connection: Connection, kind: str, query: Select[Any], target: int) -> list[Anchor]:
    spans: dict[tuple[str, str], list[Span]] = {}
    for row in connection.execute(query):
        spans.setdefault((row.id, row.report), []).append(Span(row.start, row.stop))
    return [Anchor(target, kind, report, tuple(some), mark) for (mark, report), some in spans.items()]


def _same(anchor: Anchor, among: Iterable[Anchor]) -> str | None:
    """The mark that stands where the anchor is; of several that partly do the one that shares most with it."""
    best: tuple[float, str] | None = None
    for one in sorted(among, key=lambda one: one.mark or ""):
        share = 1.0 if one.spans == anchor.spans else _shared(anchor.spans, one.spans)
        if share >= _SAME and one.mark is not None and (best is None or share > best[0]):
            best = (share, one.mark)
    return best[1] if best else None


def _shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Code points in both as a share of those in either."""
    one, other = ({at for span in spans for at in range(span.start, span.end)} for spans in (a, b))
    return len(one & other) / len(one | other) if one or other else 0.0
