"""Reports and failures into the store: each report whole or not at all."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from sqlalchemy import Connection, delete, select

from onrecord.errors import UsageError
from onrecord.model import Cause, Failure, Report, Signature
from onrecord.recording.anchoring import let_go
from onrecord.recording.answers import Added
from onrecord.recording.history import Before, Key, keep_reports, settle, stir, write_down
from onrecord.recording.inserting import insert_all, insert_missing, insert_rows
from onrecord.recording.marking import actors_of, drop_empty_actors, drop_stories, mark_unfused, unjoin
from onrecord.recording.nouns import signature_of
from onrecord.recording.rows import (
    failure_row,
    pending_row,
    report_rows,
    signature_rows,
    source_row,
    term_rows,
)
from onrecord.recording.schema import KEYS, Rows, batched, marks, reports

Pair = tuple[Report, Signature | None]


def add_reports(connection: Connection, batch: Sequence[Pair]) -> tuple[Added, ...]:
    """Store reports; one whose bytes are known gets one more source at the most.

    A report is as its smallest source gave it: where a smaller one tells other fields it takes the place of the
    first and waits for its annotation again, so that the order of reading does not matter.

    Raises:
        UsageError: a text that can't be stored.
    """
    sources = _sources(connection, {report.id for report, _ in batch})
    stored = set(sources)
    outcome: list[Added] = []
    first: dict[str, Pair] = {}
    for report, signature in batch:
        _check(report, signature)
        known = sources.setdefault(report.id, set())
        if report.source in known:
            outcome.append("unchanged")
            continue
        outcome.append("seen" if known else "added")
        if not known or report.source < min(known):
            first[report.id] = (report, signature)
        known.add(report.source)
    _write(connection, first, stored)
    touched = sorted({report.id for (report, _), how in zip(batch, outcome, strict=True) if how != "unchanged"})
    places = [source_row(report, source) for report in touched for source in sorted(sources[report])]
    insert_missing(connection, reports.report_source, places)
    come: dict[Key, Before] = {("report", key): (None, None) for key in first if key not in stored}
    write_down(connection, Cause.READ, None, come)
    return tuple(outcome)


def _write(connection: Connection, first: dict[str, Pair], stored: set[str]) -> None:
    rows_of = {key: _rows(report) for key, (report, _) in first.items()}
    again = stored & set(rows_of)
    seals = {
        row.id: row.seal
        for some in batched(sorted(again), KEYS)
        for row in connection.execute(
            select(reports.report.c.id, reports.report.c.seal).where(reports.report.c.id.in_(some))
        )
    }
    unlike = [key for key, seal in seals.items() if rows_of[key][reports.report][0]["seal"] != seal]
    remove_reports(connection, unlike, Cause.READ)
    new = [key for key in rows_of if key not in stored or key in unlike]
    insert_rows(connection, (rows_of[key] for key in new))
    insert_all(connection, marks.annotation, [pending_row(key) for key in new])
    _insert_signatures(connection, [signature for key in new if (signature := first[key][1]) is not None])


def _insert_signatures(connection: Connection, signatures: Sequence[Signature]) -> None:
    insert_rows(connection, map(signature_rows, signatures))
    numbers = _numbers(connection, [one.report for one in signatures])
    terms = [row for one in signatures for row in term_rows(one, numbers[one.report])]
    # In the order of the index neighbouring rows go to the same page.
    terms.sort(key=itemgetter("term", "day", "number"))
    insert_all(connection, reports.signature_term, terms)


def remove_reports(connection: Connection, ids: Iterable[str], cause: Cause = Cause.REMOVED) -> None:
    """Take reports out with all that hung on them; what they had part in waits to be fused and joined anew."""
    for some in batched(sorted(set(ids)), KEYS):
        keep_reports(connection, some, cause)
        stir(connection, drop_stories(connection, some), cause, some[0])
        near = [
            (likeness.left_report, likeness.right_report)
            for likeness in connection.execute(
                select(reports.likeness.c.left_report, reports.likeness.c.right_report).where(
                    reports.likeness.c.left_report.in_(some) | reports.likeness.c.right_report.in_(some)
                )
            )
        ]
        mark_unfused(connection, {report for pair in near for report in pair} - set(some))
        unjoin(connection, some)
        let_go(connection, some)
        _remove_terms(connection, some)
        actors = actors_of(connection, some)
        connection.execute(delete(reports.report).where(reports.report.c.id.in_(some)))
        drop_empty_actors(connection, actors, (cause, some[0]))
        settle(connection, some, (), cause, some[0])


def _remove_terms(connection: Connection, ids: Sequence[str]) -> None:
    numbers = _numbers(connection, ids)
    table = reports.signature_term
    query = select(reports.signature).where(reports.signature.c.report.in_(ids))
    for row in connection.execute(query).mappings().all():
        signature = signature_of(dict(row))
        for term in term_rows(signature, numbers[signature.report]):
            key = (table.c[name] == value for name, value in term.items())
            connection.execute(delete(table).where(*key))


def add_failure(connection: Connection, failure: Failure) -> None:
    """Store a failure; the same one again changes nothing."""
    insert_missing(connection, reports.failure, [failure_row(failure)])


def _sources(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    table = reports.report_source
    found: dict[str, set[str]] = {}
    for some in batched(sorted(ids), KEYS):
        for report, source in connection.execute(
            select(table.c.report, table.c.source).where(table.c.report.in_(some))
        ):
            found.setdefault(report, set()).add(source)
    return found


def _numbers(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    table = reports.report
    return {
        key: number
        for some in batched(ids, KEYS)
        for key, number in connection.execute(select(table.c.id, table.c.number).where(table.c.id.in_(some)))
    }


def _rows(report: Report) -> Rows:
    try:
        return report_rows(report)
    except UnicodeEncodeError as error:
        found = error.object[error.start : error.end]
        raise UsageError(
            f"report {report.id} ({report.source!r}): it holds a lone surrogate ({found!r}), which no database keeps"
        ) from error


def _check(report: Report, signature: Signature | None) -> None:
    if "\x00" in report.text:
        raise UsageError(f"report {report.id} ({report.source}): its text holds a NUL, which no database keeps")
    if signature is not None and signature.report != report.id:
        raise UsageError(f"report {report.id} came with the signature of {signature.report}")
