"""What fusing needs from the store and gives back to it: likenesses and stories of a few reports."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, Select, bindparam, delete, func, select, union_all

from onrecord.errors import UsageError
from onrecord.model import Fusion, Likeness, Signature
from onrecord.recording.fused_rows import fusion_rows
from onrecord.recording.history import settle
from onrecord.recording.inserting import insert_rows, put
from onrecord.recording.marking import drop_stories
from onrecord.recording.nouns import signature_of
from onrecord.recording.rows import INDEXED_TERMS, day_number, likeness_row
from onrecord.recording.schema import KEYS, batched, fused, judging, reports


def signatures_sharing(
    connection: Connection, signature: Signature, *, days: int, terms: int, limit: int | None
) -> tuple[Signature, ...]:
    """Signatures of other reports that have at least `terms` of this one's heaviest terms among their own heaviest.

    Args:
        connection: to the store.
        signature: of a report, stored or not.
        days: how far apart two dated reports may lie; one without a date matches any.
        terms: how many terms they share at the least.
        limit: how many are given, those that share the most terms first, then by report id.
    """
    day = day_number(signature.day)
    wanted = list(dict.fromkeys(term for term, _ in signature.terms[:INDEXED_TERMS]))
    if not wanted:
        return ()
    when = {"first": day - days, "last": day + days} if day else {}
    query = _sharing(dated=bool(day)).limit(limit) if limit is not None else _sharing(dated=bool(day))
    told = {"wanted": wanted, "asking": signature.report, "least": terms, **when}
    return signatures(connection, connection.scalars(query, told).all())


@cache
def _sharing(*, dated: bool) -> Select[Any]:
    """The ids of the reports that share terms; making the query each time costs more than running it."""
    table, report = reports.signature_term, reports.report
    wanted = select(table.c.number).where(table.c.term.in_(bindparam("wanted", expanding=True)))
    near = wanted.where(table.c.day.between(bindparam("first"), bindparam("last")), table.c.day > 0)
    found = union_all(near, wanted.where(table.c.day == 0)).subquery() if dated else wanted.subquery()
    count = func.count()
    return (
        select(report.c.id)
        .join(found, found.c.number == report.c.number)
        .where(report.c.id != bindparam("asking"))
        .group_by(report.c.id)
        .having(count >= bindparam("least"))
        .order_by(count.desc(), report.c.id)
    )


def signatures(connection: Connection, ids: Iterable[str]) -> tuple[Signature, ...]:
    """The signatures of these reports, by report id; those that have none are left out."""
    return tuple(
        signature_of(dict(row))
        for some in batched(sorted(set(ids)), KEYS)
        for row in connection.execute(_signatures(), {"keys": some}).mappings()
    )


@cache
def _signatures() -> Select[Any]:
    table = reports.signature
    return select(table).where(table.c.report.in_(bindparam("keys", expanding=True))).order_by(table.c.report)


def add_likenesses(connection: Connection, likenesses: Iterable[Likeness]) -> None:
    """Store likenesses, in place of earlier ones of the same two reports."""
    rows = {(one.left, one.right): likeness_row(one) for one in likenesses}
    if wrong := next(((left, right) for left, right in rows if left >= right), None):
        raise UsageError(f"a likeness has two different reports in order, not {wrong[0]!r} and {wrong[1]!r}")
    put(connection, reports.likeness, [rows[key] for key in sorted(rows)])


def unfused_by_day(connection: Connection) -> tuple[str, ...]:
    """The reports whose neighbourhood must be fused anew, undated ones first, then by day and id."""
    waiting, signature = reports.unfused, reports.signature
    query = select(waiting.c.report).join(signature, signature.c.report == waiting.c.report, isouter=True)
    return tuple(connection.scalars(query.order_by(func.coalesce(signature.c.day, ""), waiting.c.report)))


def neighbours(connection: Connection, ids: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
    """For each of these reports the others that it is alike to, and how much; in no order."""
    found: dict[str, list[tuple[str, float]]] = {one: [] for one in ids}
    for some in batched(sorted(found), KEYS):
        for report, other, score in connection.execute(_neighbours(), {"keys": some}):
            found[report].append((other, score))
    return found


@cache
def _neighbours() -> CompoundSelect[Any]:
    """Both sides in one query: a report's piece is found by asking some ten times for a few reports each."""
    table = reports.likeness
    wanted: BindParameter[Any] = bindparam("keys", expanding=True)
    left = select(table.c.left_report, table.c.right_report, table.c.score).where(table.c.left_report.in_(wanted))
    right = select(table.c.right_report, table.c.left_report, table.c.score).where(table.c.right_report.in_(wanted))
    return union_all(left, right)


def grouped(connection: Connection, ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The reports of each story that holds one of these, sorted."""
    table = fused.story_report
    stories: set[str] = set()
    for some in batched(sorted(set(ids)), KEYS):
        stories.update(connection.scalars(select(table.c.story).where(table.c.report.in_(some)).distinct()))
    members: dict[str, list[str]] = {}
    for some in batched(sorted(stories), KEYS):
        for row in connection.execute(select(table.c.story, table.c.report).where(table.c.story.in_(some))):
            members.setdefault(row.story, []).append(row.report)
    return tuple(sorted(tuple(sorted(held)) for held in members.values()))


def replace_fusions(connection: Connection, ids: Iterable[str], fusions: Iterable[Fusion]) -> None:
    """Drop every story that holds one of these reports, store the new ones, and let the reports wait no more.

    A report of a dropped story that is in no new one waits to be fused.

    Raises:
        UsageError: a story names a report, statement or event that is not in the store.
    """
    fusions = tuple(fusions)
    told = {report for fusion in fusions for report in fusion.story.reports}
    fresh = sorted({*ids, *told})
    drop_stories(connection, fresh)
    rows = [fusion_rows(fusion) for fusion in fusions]
    insert_rows(connection, rows)
    for some in batched(fresh, KEYS):
        connection.execute(delete(reports.unfused).where(reports.unfused.c.report.in_(some)))
    settle(connection, fresh, rows)


def replace_each(connection: Connection, fused_of: Sequence[tuple[Sequence[str], Fusion]]) -> None:
    """As `replace_fusions` for each of some stories in turn; those that replace nothing are stored together."""
    ids = sorted({report for reports_of, fusion in fused_of for report in (*reports_of, *fusion.story.reports)})
    if _held(connection, ids):
        for reports_of, fusion in fused_of:
            replace_fusions(connection, reports_of, [fusion])
        return
    rows = [fusion_rows(fusion) for _, fusion in fused_of]
    insert_rows(connection, rows)
    for some in batched(ids, KEYS):
        connection.execute(delete(reports.unfused).where(reports.unfused.c.report.in_(some)))
    for (reports_of, fusion), made in zip(fused_of, rows, strict=True):
        settle(connection, sorted({*reports_of, *fusion.story.reports}), [made])


def _held(connection: Connection, ids: Sequence[str]) -> bool:
    """Whether a story holds one of these reports, or one that did waits to be compared with what is made anew."""
    held, aside = fused.story_report.c.report, judging.dropped_report.c.report
    for some in batched(ids, KEYS):
        query = union_all(select(held).where(held.in_(some)), select(aside).where(aside.in_(some)))
        if connection.execute(query.limit(1)).first() is not None:
            return True
    return False
