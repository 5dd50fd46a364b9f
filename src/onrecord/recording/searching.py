"""Full-text search over report texts and statements (SQLite's FTS5)."""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from onrecord.errors import StoreError
from onrecord.model import Span
from onrecord.recording.answers import Hit, HitKind
from onrecord.recording.rows import GAP

#: Code points of a snippet around the first match.
SNIPPET = 160
#: Put around matches by the database: code points that are no characters, so that no text should hold them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
#: A phrase in quotation marks, or a word; a star after a word finds all words that begin so.
_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')

#: Which hits come first, and, of those that are given, their words: highlighting costs most.
_REPORTS = """
SELECT -bm25(search_report), report.id, report.number
FROM search_report JOIN report ON report.number = search_report.rowid
WHERE search_report MATCH :query ORDER BY bm25(search_report), report.id LIMIT :limit
"""
_STATEMENTS = """
SELECT -bm25(search_statement), statement.id, statement.number
FROM search_statement JOIN statement ON statement.number = search_statement.rowid
WHERE search_statement MATCH :query ORDER BY bm25(search_statement), statement.id LIMIT :limit
"""
_REPORT = text("""
SELECT report.id, report.text, highlight(search_report, 1, :open, :close)
FROM search_report JOIN report ON report.number = search_report.rowid
WHERE search_report MATCH :query AND search_report.rowid = :number
""")
_STATEMENT = text("""
SELECT statement.report, statement.content, highlight(search_statement, 0, :open, :close)
FROM search_statement JOIN statement ON statement.number = search_statement.rowid
WHERE search_statement MATCH :query AND search_statement.rowid = :number
""")
_SPANS = text("SELECT start, stop FROM statement_span WHERE statement = :statement AND role = 'content' ORDER BY n")
_LENGTH = text("SELECT length FROM report WHERE id = :report")


def match_query(query: str) -> str:
    """What people type -> an FTS5 query that can't fail: all words, phrases in quotation marks, word beginnings.

    >>> match_query('grain "transit deal" port*')
    '"grain" "transit deal" "port"*'
    >>> match_query('") OR NOT (')
    '"OR" "NOT"'
    """
    told = []
    for phrase, word in _WORDS.findall(query.encode("utf-8", "ignore").decode().replace("\x00", " ")):
        if any(char.isalnum() for char in phrase or word):
            star = "*" if word.endswith("*") else ""
            told.append(f'"{phrase or word.rstrip("*")}"{star}')
    return " ".join(told)


def search(
    connection: Connection, query: str, *, limit: int, kinds: Sequence[HitKind], skip: int = 0
) -> tuple[Hit, ...]:
    """Reports and statements with all words of the query, best first.

    Args:
        connection: to the store.
        query: as people type it.
        limit: how many hits at the most.
        kinds: what is searched.
        skip: how many hits, the best ones, are left out.

    Raises:
        StoreError: the database has no full-text search that onrecord knows.
    """
    if connection.dialect.name != "sqlite":
        raise StoreError(f"search works on a SQLite store only so far, not on {connection.dialect.name}")
    told = match_query(query)
    if not told or limit < 1:
        return ()
    ranked: list[tuple[float, HitKind, str, int]] = []
    every: tuple[tuple[HitKind, str], ...] = (("report", _REPORTS), ("statement", _STATEMENTS))
    for kind, sql in every:
        if kind in kinds:
            rows = connection.execute(text(sql), {"query": told, "limit": skip + limit})
            ranked += [(score, kind, key, number) for score, key, number in rows]
    ranked.sort(key=lambda one: (-one[0], one[1], one[2]))
    return tuple(_hit(connection, told, *one) for one in ranked[skip : skip + limit])


def _hit(connection: Connection, query: str, score: float, kind: HitKind, key: str, number: int) -> Hit:
    values = {"query": query, "number": number, "open": _OPEN, "close": _CLOSE}
    report, told, marked = connection.execute(_REPORT if kind == "report" else _STATEMENT, values).one()
    matches = tuple(_matches(told, marked))
    if kind == "statement":
        pieces = [Span(*row) for row in connection.execute(_SPANS, {"statement": key})]
        matches = tuple(span for match in matches for span in _in_pieces(match, pieces))
        snippet = (
            Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces)) if pieces else Span(0, 0)
        )
    else:
        snippet = _around(told, matches)
    return Hit(kind, key, report, score, matches, snippet)


def _matches(told: str, marked: str) -> Iterator[Span]:
    """The spans between the marks; a mark that the text itself holds at that place is no mark."""
    at, start, position = 0, None, 0
    while position < len(marked):
        char = marked[position]
        position += 1
        if char == _OPEN and told[at : at + 1] != _OPEN:
            start = at
        elif char == _CLOSE and told[at : at + 1] != _CLOSE:
            if start is not None:
                yield Span(start, at)
            start = None
        else:
            at += 1


def _in_pieces(match: Span, pieces: Sequence[Span]) -> Iterator[Span]:
    """Where a match in a statement's joined words stands in the report."""
    offset = 0
    for piece in pieces:
        start, end = max(match.start, offset), min(match.end, offset + len(piece))
        if start < end:
            yield Span(piece.start + start - offset, piece.start + end - offset)
        offset += len(piece) + len(GAP)


def _around(told: str, matches: Sequence[Span]) -> Span:
    """A stretch around the first match, from word to word."""
    first = matches[0] if matches else Span(0, 0)
    start = max(0, first.start - SNIPPET // 3)
    end = min(len(told), max(start + SNIPPET, first.end))
    while 0 < start < first.start and told[start - 1].isalnum():
        start += 1
    while first.end < end < len(told) and told[end].isalnum() and told[end - 1].isalnum():
        end -= 1
    return Span(start, end)
