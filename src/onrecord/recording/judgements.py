"""The analysts' judgements in the store: made, taken back, and found by what they are about."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Self

from sqlalchemy import Connection, delete, select

from onrecord.errors import UsageError
from onrecord.model import Cause, Judged, Judgement, Verdict
from onrecord.recording.history import stir
from onrecord.recording.inserting import insert_missing, insert_rows
from onrecord.recording.judgement_rows import instant, judgement_of, judgement_rows
from onrecord.recording.marking import mark_unfused
from onrecord.recording.schema import JUDGEMENTS, KEYS, batched, fused, judging, marks, reports
from onrecord.recording.sealing import sealed
from onrecord.recording.targets import check_correction, groups_of, known_parties

#: Verdicts that change what fusing makes; an accepted claim is held together only when it would come apart.
_CHANGING = frozenset({Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT})


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement as an analyst gives it; see `Judgement` for the fields."""

    verdict: Verdict
    kind: Judged
    targets: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    note: str | None = None
    author: str | None = None

    @classmethod
    def of(cls, verdict: str, kind: str, targets: Iterable[str], **told: str | None) -> Self:
        """A judgement of plain words.

        Raises:
            UsageError: there is no such verdict or kind.
        """
        for word, words in ((verdict, Verdict), (kind, Judged)):
            if word not in tuple(words):
                raise UsageError(f"there is no {words.__name__.lower()} {word!r}; choose one of {', '.join(words)}")
        return cls(Verdict(verdict), Judged(kind), tuple(targets), **told)


def judge(connection: Connection, ruling: Ruling, made: datetime) -> Judgement:
    """Keep a judgement; what it changes waits to be made anew.

    Raises:
        UsageError: it does not fit its targets, or there is no such thing.
    """
    machine = check_correction(connection, ruling.verdict, ruling.kind, ruling.targets, ruling.field, ruling.value)
    ruling = replace(ruling, value=known_parties(connection, ruling.field, ruling.value))
    groups = groups_of(connection, ruling.verdict, ruling.kind, ruling.targets)
    told = [str(ruling.verdict), str(ruling.kind), ruling.targets, ruling.field, ruling.value, ruling.author]
    one = Judgement(
        id="j" + sha256(json.dumps([*told, instant(made)]).encode()).hexdigest()[:16],
        verdict=ruling.verdict,
        kind=ruling.kind,
        targets=ruling.targets,
        made=made,
        field=ruling.field,
        value=ruling.value,
        note=ruling.note,
        author=ruling.author,
        machine=machine,
        anchors=tuple(anchor for group in groups for anchor in group),
    )
    if not JUDGEMENTS.load(connection, [one.id]):
        insert_rows(connection, [judgement_rows(one)])
        _wait(connection, one, Cause.JUDGED)
    return one


def undo(connection: Connection, judgement: str, at: datetime) -> Judgement:
    """Take a judgement back; one that was taken back before stays as it is.

    Raises:
        UsageError: there is no such judgement, or more than one whose id begins so.
    """
    table = judging.judgement
    begin = table.c.id.startswith(judgement, autoescape=True)
    found = connection.scalars(select(table.c.id).where(begin).limit(2)).all()
    if len(found) != 1:
        what = "more than one judgement begins" if found else "no judgement begins"
        raise UsageError(f"{what} with {judgement!r}; `onrecord judgements` lists them")
    before = judgement_of(JUDGEMENTS.load(connection, found)[found[0]])
    if before.undone is not None:
        return before
    after = replace(before, undone=at)
    connection.execute(delete(table).where(table.c.id == after.id))
    insert_rows(connection, [judgement_rows(after)])
    _wait(connection, after, Cause.UNDONE)
    return after


def judgements(
    connection: Connection,
    of: Iterable[str] | None,
    *,
    undone: bool,
    after: tuple[str, str] | None = None,
    limit: int | None = None,
) -> tuple[Judgement, ...]:
    """All judgements, or those about these things: oldest first.

    Args:
        connection: to the store.
        of: ids of whatever can be judged, as they were judged or as they are now.
        undone: whether those are given that were taken back.
        after: `place` of a judgement; only later ones are given.
        limit: how many at the most.
    """
    table = judging.judgement
    if of is not None:
        found = load(connection, _about(connection, tuple(sorted(set(of)))), undone=undone)
        return tuple(one for one in found if after is None or place(one) > after)[:limit]
    query = select(table.c.id).order_by(table.c.made, table.c.id).limit(limit)
    if not undone:
        query = query.where(table.c.undone.is_(None))
    if after is not None:
        query = query.where((table.c.made > after[0]) | ((table.c.made == after[0]) & (table.c.id > after[1])))
    return load(connection, connection.scalars(query), undone=undone)


def place(one: Judgement) -> tuple[str, str]:
    """Where a judgement stands among all: by time, then by id."""
    return (instant(one.made), one.id)


def about_reports(connection: Connection, ids: Iterable[str], *, undone: bool = False) -> tuple[Judgement, ...]:
    """The judgements about marks of these reports, those about their actors included, oldest first."""
    table = judging.judgement_anchor
    keys: set[str] = set()
    for some in batched(sorted(set(ids)), KEYS):
        keys.update(connection.scalars(select(table.c.judgement).where(table.c.report.in_(some))))
        named = (
            select(table.c.judgement)
            .join(fused.actor_entity, fused.actor_entity.c.actor == table.c.mark)
            .join(marks.entity, marks.entity.c.id == fused.actor_entity.c.entity)
            .where(table.c.kind == "actor", marks.entity.c.report.in_(some))
        )
        keys.update(connection.scalars(named.distinct()))
    return load(connection, keys, undone=undone)


def about_blocks(connection: Connection, blocks: Iterable[str]) -> tuple[Judgement, ...]:
    """The judgements that hold about actors of these blocks, oldest first."""
    table, entity = judging.judgement_anchor, marks.entity
    keys: set[str] = set()
    for some in batched(sorted(set(blocks)), KEYS):
        query = select(table.c.judgement).join(entity, entity.c.id == table.c.mark)
        keys.update(connection.scalars(query.where(table.c.kind == "entity", entity.c.block.in_(some))))
    return tuple(one for one in load(connection, keys, undone=False) if one.kind is Judged.ACTOR)


def bound_blocks(connection: Connection, block: str) -> tuple[str, ...]:
    """The blocks whose actors must be joined together with this one's, since a judgement merges or merged them."""
    table, entity, judgement = judging.judgement_anchor, marks.entity, judging.judgement
    merging = (judgement.c.kind == Judged.ACTOR.value, judgement.c.verdict == Verdict.MERGE.value)
    anchored = (
        select(table.c.judgement, entity.c.block)
        .join(entity, entity.c.id == table.c.mark)
        .join(judgement, judgement.c.id == table.c.judgement)
        .where(*merging)
    )
    reached, frontier = {block}, {block}
    while frontier:
        keys = {row.judgement for row in connection.execute(anchored.where(entity.c.block.in_(sorted(frontier))))}
        found = {row.block for row in connection.execute(anchored.where(table.c.judgement.in_(sorted(keys))))}
        frontier = found - reached
        reached |= found
    return tuple(sorted(reached))


def load(connection: Connection, keys: Iterable[str], *, undone: bool) -> tuple[Judgement, ...]:
    """The judgements with these ids, oldest first."""
    found = map(judgement_of, JUDGEMENTS.load(connection, keys).values())
    return tuple(sorted((one for one in found if undone or one.undone is None), key=lambda one: (one.made, one.id)))


def _about(connection: Connection, ids: Sequence[str]) -> set[str]:
    target, anchor = judging.judgement_target, judging.judgement_anchor
    member, entry = fused.claim_member, fused.ledger
    keys: set[str] = set()
    for some in batched(ids, KEYS):
        claims = {*some, *connection.scalars(select(entry.c.claim).where(entry.c.id.in_(some)))}
        rows = connection.execute(
            select(member.c.statement, member.c.event).where(member.c.claim.in_(sorted(claims)))
        ).all()
        known = sorted({*some, *(mark for row in rows for mark in row if mark is not None)})
        keys.update(connection.scalars(select(target.c.judgement).where(target.c.target.in_(some))))
        for few in batched(known, KEYS):
            keys.update(connection.scalars(select(anchor.c.judgement).where(anchor.c.mark.in_(few))))
    return keys


def _wait(connection: Connection, one: Judgement, cause: Cause) -> None:
    """Let what a judgement changes be made anew: a report of each story, or the blocks of the actors."""
    if one.kind is Judged.ACTOR:
        if one.verdict in (Verdict.MERGE, Verdict.SPLIT):
            where = [anchor.report for anchor in one.anchors if anchor.report is not None]
            entities = (anchor.mark for anchor in one.anchors if anchor.kind == "entity" and anchor.mark is not None)
            waiting = [{"block": block} for block in blocks_of_entities(connection, entities)]
            insert_missing(connection, reports.unjoined, [sealed(reports.unjoined, row) for row in waiting])
            stir(connection, where, cause, one.id)
        return
    corrected = one.verdict is Verdict.CORRECT and one.kind in (Judged.STATEMENT, Judged.EVENT)
    if one.verdict in _CHANGING or corrected or _contradicts(connection, one):
        where = [anchor.report for anchor in one.anchors if anchor.report is not None and anchor.mark is not None]
        mark_unfused(connection, where)
        stir(connection, where, cause, one.id)


def _contradicts(connection: Connection, one: Judgement) -> bool:
    """Whether accepting, or taking that back, changes anything: what was rejected, or a claim that would fall apart."""
    if one.verdict is not Verdict.ACCEPT:
        return False
    if one.undone is not None and one.kind is Judged.CLAIM:
        return True
    table = judging.judgement_anchor
    keys: set[str] = set()
    for some in batched(sorted(set(one.marks())), KEYS):
        keys.update(connection.scalars(select(table.c.judgement).where(table.c.mark.in_(some))))
    return any(other.verdict is Verdict.REJECT for other in load(connection, keys, undone=False))


def blocks_of_entities(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    """The blocks that these entities are in, sorted."""
    block, blocks = marks.entity.c.block, set[str]()
    for some in batched(sorted(set(ids)), KEYS):
        blocks.update(connection.scalars(select(block).where(marks.entity.c.id.in_(some), block.is_not(None))))
    return tuple(sorted(blocks))
