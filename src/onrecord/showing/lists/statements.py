"""Statements as a list."""

from collections.abc import Iterable, Iterator

from onrecord.model import Cell, Record, Statement
from onrecord.showing.exports.rows import statement_fields
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.lists.names import is_meant
from onrecord.showing.references import References
from onrecord.showing.words import listed

_KEYS = (
    *("id", "story", "claim", "status", "report", "source_path", "outlet", "line", "speaker_names", "speakers"),
    *("kind", "act", "source_words", "cue_words", "words", "source", "cue", "content", "said", "inside", "anonymity"),
    *("inferred", "confidence"),
)
_COLUMNS = (
    Column("speaker", lambda row: listed(tuple(row["speaker_names"])) or row["source_words"] or "not named"),
    Column("kind", lambda row: row["kind"] if row["act"] == "speech" else f"{row['kind']} {row['act']}"),
    Column("words", lambda row: f"{row['cue_words']}: {row['words']}" if row["cue_words"] else row["words"], 40),
    Column("outlet, line", lambda row: f"{row['outlet'] or 'outlet not told'}, {row['line']}"),
    Column("told", lambda row: row["status"] or ""),
)


def list_statements(records: Iterable[Record], speaker: str | None = None) -> Listing:
    """Every statement, or those of a speaker: part of a name is enough."""
    return Listing(_KEYS, _COLUMNS, _rows(records, speaker), "No statements.")


def _rows(records: Iterable[Record], speaker: str | None) -> Iterator[Fields]:
    for record in records:
        refs = References(record)
        claims = {member: claim for fusion in record.fusions for claim in fusion.claims for member in claim.members}
        found = sorted(record.statements(), key=lambda one: (refs.number[one.report], one.content, one.id))
        for one in found:
            if speaker is None or _speaks(one, speaker, refs):
                claim = claims.get(one.id)
                yield _row(one, refs) | {
                    "story": claim.story if claim else None,
                    "claim": claim.id if claim else None,
                    "status": str(claim.status) if claim else None,
                }


def _speaks(one: Statement, wanted: str, refs: References) -> bool:
    return any(is_meant(wanted, refs.actor.get(actor), actor) for actor in refs.actor_ids(one.speakers))


def _row(one: Statement, refs: References) -> Fields:
    report = refs.report[one.report]
    fields = statement_fields(one, refs)
    words = {
        "source_path": report.source,
        "outlet": report.outlet,
        "line": refs.line(Cell(one.report, one.content[0])),
        "speaker_names": list(refs.names(refs.actor_ids(one.speakers))),
        "source_words": refs.joined(one.report, one.source),
        "cue_words": refs.cue(one),
        "words": refs.joined(one.report, one.content),
    }
    ordered = {**fields, **words, "story": None, "claim": None, "status": None}
    return {key: ordered[key] for key in _KEYS}


__all__ = ["list_statements"]
