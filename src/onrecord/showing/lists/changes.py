"""What is new since a moment, as a list."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.model import Change, Record
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.references import References
from onrecord.showing.words import listed, one_line

_KEYS = ("at", "cause", "because", "kind", "id", "story", "change", "summary", "words", "before", "after")
_COLUMNS = (
    Column("at", lambda row: row["at"][:19].replace("T", " "), 19),
    Column("cause", lambda row: row["cause"]),
    Column("what", lambda row: f"{row['kind']}\n{row['id']}", 17),
    Column("change", lambda row: one_line(row["summary"]), 20),
    Column("words", lambda row: one_line(row["words"] or ""), 30),
)
#: What a reader is told of; marks and entities only programs ask for.
SHOWN = frozenset({"report", "story", "claim", "demand", "commitment", "prospect", "actor", "judgement"})

Values = Mapping[str, Any]


def list_changes(changes: Iterable[Change], told: Record) -> Listing:
    """Changes in the order given.

    Args:
        changes: what is listed.
        told: the reports with their marks that the changes speak of.
    """
    return Listing(_KEYS, _COLUMNS, _rows(changes, References(told)), "Nothing has changed.")


def reports_told(changes: Iterable[Change]) -> tuple[str, ...]:
    """The ids of the reports whose words a list of these changes shows, sorted."""
    found: set[str] = set()
    for one in changes:
        for value in (one.before, one.after):
            if value is not None and one.kind in ("claim", "demand", "commitment", "prospect"):
                found.update(value.get("reports", ()))
    return tuple(sorted(found))


def _rows(changes: Iterable[Change], refs: References) -> Iterator[Fields]:
    for one in changes:
        change = "new" if one.before is None else "gone" if one.after is None else "changed"
        yield {
            "at": one.at.isoformat(),
            "cause": str(one.cause),
            "because": one.because,
            "kind": one.kind,
            "id": one.id,
            "story": one.story,
            "change": change,
            "summary": "; ".join(_summary(one, refs)) or change,
            "words": _words(one, refs),
            "before": None if one.before is None else dict(one.before),
            "after": None if one.after is None else dict(one.after),
        }


def _summary(one: Change, refs: References) -> Iterator[str]:
    before, after = one.before, one.after
    if before is None and after is not None:
        yield _new(one.kind, after)
    elif after is None:
        yield "taken back" if one.kind == "judgement" else "gone"
    elif before is not None:
        yield from _claim(before, after, refs) if one.kind == "claim" else _fields(before, after)


def _new(kind: str, after: Values) -> str:
    if kind == "judgement":
        return f"{after['verdict']} {after['kind']}" + (f", {after['field']}" if after["field"] else "")
    state = {"claim": "status", "commitment": "state", "demand": "answer"}.get(kind, "")
    told = after.get(state)
    differing = sorted({one["kind"] for one in after.get("disagreements", ())})
    return ", ".join(
        ["new", *([told] if told else []), *([f"they differ in {listed(tuple(differing))}"] if differing else [])]
    )


def _claim(before: Values, after: Values, refs: References) -> Iterator[str]:
    if before["status"] != after["status"]:
        yield f"{before['status']} → {after['status']}"
    come = [one for one in after["reports"] if one not in before["reports"]]
    left = [one for one in before["reports"] if one not in after["reports"]]
    if come:
        yield f"now also told by {listed(_outlets(come, refs))}"
    if left:
        yield f"no longer told by {listed(_outlets(left, refs))}"
    known = [(one["kind"], _values(one)) for one in before["disagreements"]]
    for one in after["disagreements"]:
        if (one["kind"], _values(one)) not in known:
            yield f"new disagreement in {one['kind']}: {' / '.join(_values(one))}"
    still = [(one["kind"], _values(one)) for one in after["disagreements"]]
    for kind, values in known:
        if (kind, values) not in still:
            yield f"no longer a disagreement in {kind}: {' / '.join(values)}"


def _values(one: Values) -> list[str]:
    return sorted(side["value"] for side in one["values"])


def _fields(before: Values, after: Values) -> Iterator[str]:
    for name in ("state", "answer", "due", "conditional", "title", "name", "published", "outlet"):
        if name in after and before.get(name) != after[name]:
            yield f"{name}: {_plain(before.get(name))} → {_plain(after[name])}"
    come = [one for one in after.get("reports", ()) if one not in before.get("reports", ())]
    left = [one for one in before.get("reports", ()) if one not in after.get("reports", ())]
    if come:
        yield f"{len(come)} more of the reports"
    if left:
        yield f"{len(left)} fewer of the reports"


def _plain(value: object) -> str:
    if value is None:
        return "none"
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def _outlets(reports: Iterable[str], refs: References) -> tuple[str, ...]:
    return tuple(dict.fromkeys(refs.outlet(one) if one in refs.report else one for one in reports))


def _words(one: Change, refs: References) -> str | None:
    value = one.after or one.before or {}
    if one.kind in ("report", "story"):
        return value.get("title") or value.get("outlet")
    if one.kind == "actor":
        return value.get("name")
    if one.kind == "judgement":
        return value.get("note") or ", ".join(value.get("targets", ()))
    cells = [
        refs.member(member) for member in value.get("members", ()) if member in refs.statement or member in refs.event
    ]
    if cells:
        return refs.words(max(cells, key=lambda cell: (len(cell.span), cell)))
    return next((_told(cell, refs) for cell in value.get("words", ()) if cell["report"] in refs.report), None)


def _told(cell: Values, refs: References) -> str:
    return one_line(refs.report[cell["report"]].text[cell["span"]["start"] : cell["span"]["end"]])


__all__ = ["SHOWN", "list_changes", "reports_told"]
