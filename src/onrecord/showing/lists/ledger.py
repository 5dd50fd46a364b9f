"""The ledger as a list: demands with their answers, commitments with their state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.model import Answer, Cell, Commitment, CommitmentState, Demand, Record
from onrecord.showing.dates import readable
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.lists.names import is_meant
from onrecord.showing.references import References
from onrecord.showing.words import listed

#: What a demand's answer is called while no report tells one.
UNANSWERED = "unanswered"

#: Everything that `LedgerFilter.state` may be.
STATES = (*(str(state) for state in CommitmentState), *(str(answer) for answer in Answer), UNANSWERED)

_KEYS = (
    *("entry", "id", "story", "claim", "by", "by_names", "to", "to_names", "words", "state", "due", "conditional"),
    *("answered_by", "answer_words", "cells", "reports"),
)


def _named(names: list[str]) -> str:
    return listed(tuple(names)) or "nobody named"


def _words(row: Fields) -> str:
    """Each wording with every place that has it."""
    places: dict[str, list[str]] = {}
    for words, cell in zip(row["words"], row["cells"], strict=True):
        places.setdefault(words, []).append(cell["told_by"])
    return "\n".join(f"{words} ({'; '.join(told)})" for words, told in places.items())


_COLUMNS = (
    Column("entry", lambda row: row["entry"], 10),
    Column("by → of or to", lambda row: f"{_named(row['by_names'])} → {_named(row['to_names'])}"),
    Column("words (told by)", _words, 40),
    Column("state", lambda row: f"{row['state']}\ndue {readable(row['due'])}" if row["due"] else row["state"], 18),
)


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries are wanted; None takes all.

    Attributes:
        state: one of `STATES`.
        party: part of a name of either side.
        due_before: YYYY-MM-DD; entries without a due date are left out.
    """

    state: str | None = None
    party: str | None = None
    due_before: str | None = None

    def __post_init__(self) -> None:
        if self.state is not None and self.state not in STATES:
            raise UsageError(
                f"there is no state {self.state!r} in the ledger; choose one of {', '.join(dict.fromkeys(STATES))}"
            )


def list_ledger(records: Iterable[Record], wanted: LedgerFilter = LedgerFilter()) -> Listing:
    """The entries, story by story; those due first come first in each."""
    return Listing(_KEYS, _COLUMNS, _rows(records, wanted), "No demands or commitments.")


def _rows(records: Iterable[Record], wanted: LedgerFilter) -> Iterator[Fields]:
    for record in records:
        refs = References(record)
        rows = [_demand(one, refs) for fusion in record.fusions for one in fusion.demands]
        rows += [_commitment(one, refs) for fusion in record.fusions for one in fusion.commitments]
        rows.sort(key=lambda row: (row["due"] or "9999", row["entry"], row["id"]))
        yield from (row for row in rows if _is_wanted(row, wanted, refs))


def _is_wanted(row: Fields, wanted: LedgerFilter, refs: References) -> bool:
    if wanted.state is not None and row["state"] != wanted.state:
        return False
    if wanted.due_before is not None and not (row["due"] and row["due"].split("/")[-1] < wanted.due_before):
        return False
    parties = [*row["by"], *row["to"]]
    return wanted.party is None or any(is_meant(wanted.party, refs.actor.get(one), one) for one in parties)


def _demand(one: Demand, refs: References) -> Fields:
    return {
        "entry": "demand",
        **_common(one, one.of, refs),
        "state": str(one.answer or UNANSWERED),
        "due": None,
        "conditional": False,
        "answered_by": list(one.answered_by),
        "answer_words": [refs.words(cell) for cell in one.answer_words],
        **_where(one, refs),
    }


def _commitment(one: Commitment, refs: References) -> Fields:
    return {
        "entry": "commitment",
        **_common(one, one.to, refs),
        "state": str(one.state),
        "due": one.due,
        "conditional": one.conditional,
        "answered_by": [],
        "answer_words": [],
        **_where(one, refs),
    }


def _common(one: Demand | Commitment, to: tuple[str, ...], refs: References) -> Fields:
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


def _where(one: Demand | Commitment, refs: References) -> Fields:
    return {"cells": [_cell(cell, refs) for cell in one.words], "reports": list(one.reports)}


def _cell(cell: Cell, refs: References) -> Fields:
    return {
        "report": cell.report,
        "span": [cell.span.start, cell.span.end],
        "told_by": f"{refs.outlet(cell.report)}, {refs.line(cell)}",
    }


__all__ = ["STATES", "UNANSWERED", "LedgerFilter", "list_ledger"]
