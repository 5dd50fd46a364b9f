"""Hits of a search as a list."""

from collections.abc import Callable, Iterable, Iterator

from onrecord.model import Cell, Record, Report
from onrecord.recording.answers import Hit
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.references import References

_KEYS = ("kind", "id", "report", "outlet", "title", "source_path", "line", "words", "snippet", "matches", "score")
_COLUMNS = (
    Column("found in", lambda row: row["kind"]),
    Column("words", lambda row: row["words"], 40),
    Column("outlet, line", lambda row: f"{row['outlet'] or 'outlet not told'}, {row['line']}"),
)


def list_hits(hits: Iterable[Hit], report_of: Callable[[str], Report]) -> Listing:
    """The hits, best first; `report_of` gives a report by its id."""
    return Listing(_KEYS, _COLUMNS, _rows(hits, report_of), "Nothing found.")


def _rows(hits: Iterable[Hit], report_of: Callable[[str], Report]) -> Iterator[Fields]:
    for hit in hits:
        report = report_of(hit.report)
        refs, cell = References(Record((report,))), Cell(hit.report, hit.snippet)
        yield {
            "kind": str(hit.kind),
            "id": hit.id,
            "report": hit.report,
            "outlet": report.outlet,
            "title": report.title,
            "source_path": report.source,
            "line": refs.line(cell),
            "words": refs.words(cell),
            "snippet": [hit.snippet.start, hit.snippet.end],
            "matches": [[span.start, span.end] for span in hit.matches],
            "score": round(hit.score, 6),
        }


__all__ = ["list_hits"]
