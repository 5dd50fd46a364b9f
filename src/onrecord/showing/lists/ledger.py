"""The ledger as a list: demands with their answers, commitments with their state, threats and offers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.errors import UsageError
from onrecord.model import (
    Answer,
    Cell,
    Commitment,
    CommitmentState,
    Demand,
    Prospect,
    ProspectKind,
    Record,
    Reply,
    Turn,
    last_day,
    state_on,
)
from onrecord.showing.dates import readable
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.lists.names import is_meant
from onrecord.showing.references import References
from onrecord.showing.words import listed

#: What a demand's answer is called while no report tells one.
UNANSWERED = "unanswered"

#: Everything that `LedgerFilter.state` may be.
STATES = (*(str(state) for state in CommitmentState), *(str(answer) for answer in Answer), UNANSWERED)

#: Everything that `LedgerFilter.kind` may be.
KINDS = ("demand", "commitment", *(str(kind) for kind in ProspectKind))

_KEYS = (
    *("entry", "id", "story", "claim", "by", "by_names", "to", "to_names", "words", "state", "due", "conditional"),
    *("answered_by", "answer_words", "cells", "reports", "since", "condition", "told"),
)


def _named(names: list[str]) -> str:
    return listed(tuple(names)) or "nobody named"


def _words(row: Fields) -> str:
    """Each wording with every place that has it."""
    places: dict[str, list[str]] = {}
    for words, cell in zip(row["words"], row["cells"], strict=True):
        places.setdefault(words, []).append(cell["told_by"])
    told = [f"{words} ({'; '.join(where)})" for words, where in places.items()]
    told += [f"if: {words}" for words in dict.fromkeys(row["condition"]) if not any(words in one for one in places)]
    told += [f"{one['state']}: {one['words']} ({one['day'] or 'no day told'}, {one['told_by']})" for one in row["told"]]
    return "\n".join(told)


def _state(row: Fields) -> str:
    due = f"\ndue {readable(row['due'])}" if row["due"] else ""
    return f"{row['state']}{', conditional' if row['conditional'] and row['entry'] == 'commitment' else ''}{due}"


_COLUMNS = (
    Column("entry", lambda row: row["entry"], 10),
    Column("by → of or to", lambda row: f"{_named(row['by_names'])} → {_named(row['to_names'])}"),
    Column("words (told by)", _words, 40),
    Column("since", lambda row: row["since"] or "", 10),
    Column("state", _state, 18),
)


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries are wanted; None takes all.

    Attributes:
        state: one of `STATES`.
        party: part of a name of either side.
        due_before: YYYY-MM-DD; entries without a due date are left out.
        due_after: YYYY-MM-DD, likewise.
        kind: one of `KINDS`.
        today: the day from which overdue is reckoned; without one nothing is overdue.
        ids: these entries only, in the order of their days (a thread).
    """

    state: str | None = None
    party: str | None = None
    due_before: str | None = None
    due_after: str | None = None
    kind: str | None = None
    today: date | None = None
    ids: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise UsageError(f"there is no entry {self.kind!r} in the ledger; choose one of {', '.join(KINDS)}")
        if self.state is not None and self.state not in STATES:
            raise UsageError(
                f"there is no state {self.state!r} in the ledger; choose one of {', '.join(dict.fromkeys(STATES))}"
            )


def list_ledger(records: Iterable[Record], wanted: LedgerFilter = LedgerFilter()) -> Listing:
    """The entries, story by story; those due first come first in each. A thread is in the order of its days."""
    return Listing(_KEYS, _COLUMNS, _rows(records, wanted), "No demands or commitments.")


def _rows(records: Iterable[Record], wanted: LedgerFilter) -> Iterator[Fields]:
    for record in records:
        refs = References(record)
        rows = [_demand(one, refs) for fusion in record.fusions for one in fusion.demands]
        rows += [_commitment(one, refs, wanted.today) for fusion in record.fusions for one in fusion.commitments]
        rows += [_prospect(one, refs) for fusion in record.fusions for one in fusion.prospects]
        if wanted.ids is None:
            rows.sort(key=lambda row: (row["due"] or "9999", row["entry"], row["id"]))
        else:
            rows.sort(key=lambda row: (row["since"] or "9999", row["entry"], row["id"]))
        yield from (row for row in rows if _is_wanted(row, wanted, refs))


def _is_wanted(row: Fields, wanted: LedgerFilter, refs: References) -> bool:
    if wanted.state is not None and row["state"] != wanted.state:
        return False
    if (wanted.kind is not None and row["entry"] != wanted.kind) or (
        wanted.ids is not None and row["id"] not in wanted.ids
    ):
        return False
    due = last_day(row["due"])
    if wanted.due_before is not None and not (due and due.isoformat() < wanted.due_before):
        return False
    if wanted.due_after is not None and not (due and due.isoformat() > wanted.due_after):
        return False
    parties = [*row["by"], *row["to"]]
    return wanted.party is None or any(is_meant(wanted.party, refs.actor.get(one), one) for one in parties)


def _demand(one: Demand, refs: References) -> Fields:
    return {
        "entry": "demand",
        **_common(one, one.of, refs),
        "state": str(one.answer or UNANSWERED),
        "due": one.due,
        "conditional": False,
        "answered_by": list(one.answered_by),
        "answer_words": [refs.words(cell) for cell in one.answer_words],
        **_where(one, refs),
        "condition": [],
        "told": _told(one.replies, refs),
    }


def _commitment(one: Commitment, refs: References, today: date | None) -> Fields:
    return {
        "entry": "commitment",
        **_common(one, one.to, refs),
        "state": str(state_on(one, today)),
        "due": one.due,
        "conditional": one.conditional,
        "answered_by": [],
        "answer_words": [],
        **_where(one, refs),
        "condition": [refs.words(cell) for cell in one.condition],
        "told": _told(one.turns, refs),
    }


def _prospect(one: Prospect, refs: References) -> Fields:
    return {
        "entry": str(one.kind),
        **_common(one, one.to, refs),
        "state": "conditional" if one.condition else "announced",
        "due": None,
        "conditional": bool(one.condition),
        "answered_by": [],
        "answer_words": [],
        **_where(one, refs),
        "condition": [refs.words(cell) for cell in one.condition],
        "told": [],
    }


def _told(turns: Iterable[Reply | Turn], refs: References) -> list[Fields]:
    """What is told of an entry later, in order: each a sentence with its report."""
    order = sorted(turns, key=lambda one: (refs.report[one.cell.report].day or "9999", one.cell))
    return [
        {
            "state": str(one.answer if isinstance(one, Reply) else one.state),
            "words": refs.words(refs.sentence(one.cell)),
            "day": refs.report[one.cell.report].day,
            **_cell(one.cell, refs),
        }
        for one in order
    ]


def _common(one: Demand | Commitment | Prospect, to: tuple[str, ...], refs: References) -> Fields:
    return {
        "id": one.id,
        "story": one.story,
        "claim": one.claim,
        "by": list(one.by),
        "by_names": list(refs.names(one.by)),
        "to": list(to),
        "to_names": list(refs.names(to)),
        "words": [refs.words(cell) for cell in one.words],
    }


def _where(one: Demand | Commitment | Prospect, refs: References) -> Fields:
    days = [day for report in one.reports if (day := refs.report[report].day) is not None]
    return {
        "cells": [_cell(cell, refs) for cell in one.words],
        "reports": list(one.reports),
        "since": min(days, default=None),
    }


def _cell(cell: Cell, refs: References) -> Fields:
    return {
        "report": cell.report,
        "span": [cell.span.start, cell.span.end],
        "told_by": f"{refs.outlet(cell.report)}, {refs.line(cell)}",
    }


__all__ = ["KINDS", "STATES", "UNANSWERED", "LedgerFilter", "list_ledger"]
