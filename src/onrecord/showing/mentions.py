"""The mentions of one report, chain by chain: what the record has, and what is likely beside it."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from rich.text import Text

from onrecord.model import Cell, Chain, Link, Record
from onrecord.showing.references import References
from onrecord.showing.terminal.styles import emit, grid, heading, indented, make_console
from onrecord.showing.words import counted, one_line

NOTE = (
    "● the record has this itself. ◐ the record has another actor or place here, named behind it. ○ a guess that is in "
    "no record: likely, but of those about half are wrong, and nothing stands on them."
)


def mentions_told(record: Record, chains: Iterable[Chain]) -> dict[str, Any]:
    """The chains of a record's only report, as JSON has them.

    Args:
        record: the report with its marks and actors.
        chains: what `Book.mentions` gives of it.
    """
    refs = References(record)
    (report,) = record.reports
    return {
        "report": report.id,
        "source": report.source,
        "title": report.title,
        "note": NOTE,
        "chains": [_chain(refs, report.id, chain) for chain in chains],
    }


def _chain(refs: References, report: str, chain: Chain) -> dict[str, Any]:
    actor, place = _known(refs, chain.known)
    return {
        "kind": str(chain.kind),
        "actor": actor,
        "actor_name": refs.name(actor) if actor else None,
        "place": place,
        "phrases": [_phrase(refs, report, chain, link) for link in chain.links],
    }


def _known(refs: References, known: str | None) -> tuple[str | None, str | None]:
    """What the record knows as an actor's id, or as a place's name."""
    if known is None or known in refs.actor:
        return known, None
    return None, one_line(known.removeprefix("place:"))


def _phrase(refs: References, report: str, chain: Chain, link: Link) -> dict[str, Any]:
    cell = Cell(report, link.span)
    sentence = refs.sentence(cell).span
    actor, place = _known(refs, link.known)
    return {
        "words": refs.words(cell),
        "form": str(link.form),
        "recorded": chain.recorded(link),
        "recorded_as": refs.name(actor) if actor else place,
        "start": link.span.start,
        "end": link.span.end,
        "line": refs.line(cell),
        "sentence": [sentence.start, sentence.end],
    }


def write_mentions(told: dict[str, Any], form: str, out: TextIO) -> None:
    """Write what `mentions_told` gave, as text or as JSON.

    The text has chains of several phrases in the order of their first ones, then what is told once.
    """
    if form == "json":
        out.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    console = make_console(out)
    emit(console, Text(one_line(f"{told['title'] or 'no title told'} ({told['source']}, {told['report']})")))
    emit(console, Text(NOTE, style="faint"))
    several = [one for one in told["chains"] if len(one["phrases"]) > 1]
    for chain in several:
        emit(console, Text.assemble("\n", (_named(chain), "party"), "  ", (_about(chain), "faint")))
        emit(console, indented(_table([(chain, phrase) for phrase in chain["phrases"]])))
    once = [(one, one["phrases"][0]) for one in told["chains"] if len(one["phrases"]) == 1]
    if once:
        emit(console, heading("told once"))
        emit(console, indented(_table(once)))
    if not told["chains"]:
        emit(console, Text("No person, organisation or place is told.", style="faint"))


def _table(rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> Any:
    table = grid("", ">line", ">offsets", "form", "words", heads=True)
    for chain, phrase in rows:
        single = len(chain["phrases"]) == 1
        table.add_row(
            "●" if phrase["recorded"] else "◐" if phrase["recorded_as"] else "○",
            str(phrase["line"]),
            Text(f"{phrase['start']}-{phrase['end']}", style="ref"),
            f"{phrase['form']}, {chain['kind']}" if single else phrase["form"],
            Text(phrase["words"]).append(_otherwise(phrase), style="faint"),
        )
    return table


def _otherwise(phrase: dict[str, Any]) -> str:
    """What the record has instead."""
    return "" if phrase["recorded"] or not phrase["recorded_as"] else f"  (record: {phrase['recorded_as']})"


def _named(chain: dict[str, Any]) -> str:
    """The name of the actor or place; else the first name of the chain, its first noun, its first phrase."""
    forms = {one["form"]: str(one["words"]) for one in reversed(chain["phrases"])}
    own = next(forms[form] for form in ("name", "noun", "pronoun") if form in forms)
    return one_line(chain["actor_name"] or chain["place"] or own)


def _about(chain: dict[str, Any]) -> str:
    known = f"actor {chain['actor']}" if chain["actor"] else "a place" if chain["place"] else "not in the record"
    recorded = sum(one["recorded"] for one in chain["phrases"])
    return f"{chain['kind']}, {known}; {counted(len(chain['phrases']), 'phrase')}, {recorded} in the record"


__all__ = ["NOTE", "mentions_told", "write_mentions"]
