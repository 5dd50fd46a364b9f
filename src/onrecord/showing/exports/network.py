"""Who met or addressed whom, as GEXF 1.2 (https://gexf.net/): a directed graph with typed, weighted, dated edges.

An edge is all claims in which one actor does the same to another; a meeting has an edge in each direction, because
the format's readers take no graph that is directed in part.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from lxml import etree

from onrecord.model import Claim, Event, EventType, Fusion, Record
from onrecord.showing.exports.days import days
from onrecord.showing.exports.rows import Row
from onrecord.showing.exports.spool import Spool, spooled
from onrecord.showing.exports.xmltext import xml_text
from onrecord.showing.references import References
from onrecord.showing.words import one_line

_NAMESPACE = "http://www.gexf.net/1.2draft"

#: What nodes and edges tell beside their label and weight: id, title, type.
_NODE_FIELDS = (("kind", "string"), ("country", "string"))
_EDGE_FIELDS = (
    ("kind", "string"),
    ("modality", "string"),
    ("claims", "integer"),
    ("tellings", "integer"),
    ("first", "string"),
    ("last", "string"),
)


def write_network(records: Iterable[Record], out: BinaryIO) -> tuple[int, int]:
    """Write the graph; gives the numbers of nodes and edges. Nodes are the actors that have an edge."""
    with spooled() as spool:
        spool.add(_rows(records))
        return _write(spool, out)


def _write(spool: Spool, out: BinaryIO) -> tuple[int, int]:
    nodes = edges = 0
    with etree.xmlfile(out, encoding="utf-8", buffered=True) as xml:
        xml.write_declaration()
        with (
            xml.element("gexf", xmlns=_NAMESPACE, version="1.2"),
            xml.element("graph", defaultedgetype="directed", mode="static"),
        ):
            for name, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
                _declare(xml, name, fields)
            with xml.element("nodes"):
                for node, _ in spool.rows("nodes"):
                    _write_node(xml, node)
                    nodes += 1
            with xml.element("edges"):
                for edge in _edges(spool):
                    _write_edge(xml, edge, edges)
                    edges += 1
    return nodes, edges


def _declare(xml: Any, name: str, fields: tuple[tuple[str, str], ...]) -> None:
    with xml.element("attributes", {"class": name, "mode": "static"}):
        for title, kind in fields:
            with xml.element("attribute", id=title, title=title, type=kind):
                pass


def _write_node(xml: Any, node: dict[str, Any]) -> None:
    with xml.element("node", id=xml_text(node["id"]), label=xml_text(node["name"])):
        _values(xml, _NODE_FIELDS, node)


def _write_edge(xml: Any, edge: dict[str, Any], number: int) -> None:
    ends = {end: xml_text(edge[end]) for end in ("source", "target")}
    weight = str(edge["claims"])
    # `kind` at the edge is what Gephi tells parallel edges by.
    with xml.element("edge", id=str(number), **ends, weight=weight, kind=edge["kind"], label=edge["kind"]):
        _values(xml, _EDGE_FIELDS, edge)


def _values(xml: Any, fields: tuple[tuple[str, str], ...], told: dict[str, Any]) -> None:
    with xml.element("attvalues"):
        for title, _ in fields:
            if told[title] is not None:
                with xml.element("attvalue", {"for": title, "value": xml_text(str(told[title]))}):
                    pass


def _rows(records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        refs = References(record)
        names = {one.id: (one.name, one.kind, one.country) for marks in record.annotations for one in marks.entities}
        names |= {one.id: (one.name, one.kind, one.country) for one in record.actors}
        for fusion in record.fusions:
            for edge in _told(fusion, refs):
                yield edge
                for end in ("source", "target"):
                    actor = edge.fields[end]
                    name, kind, country = names.get(actor, (actor, None, None))
                    fields = {"id": actor, "name": one_line(name), "kind": kind and str(kind), "country": country}
                    yield Row("nodes", actor, fields, {})


def _told(fusion: Fusion, refs: References) -> Iterator[Row]:
    """One row for each claim and pair: several tellings of one claim are one thing that happened."""
    for claim in fusion.claims:
        found: dict[tuple[str, str, str, str], list[Event]] = {}
        for event in (refs.event[member] for member in claim.members if member in refs.event):
            kind = "met" if event.type is EventType.CONSULT else str(event.type)
            for source, target in _pairs(event, refs):
                found.setdefault((source, target, kind, str(event.modality)), []).append(event)
        for pair, events in sorted(found.items()):
            yield _edge_row(pair, claim, events, refs)
    for demand in fusion.demands:
        yield from _ledger_rows(demand.by, demand.of, "demand", demand.id, demand.reports, refs)
    for kept in fusion.commitments:
        yield from _ledger_rows(kept.by, kept.to, "promise", kept.id, kept.reports, refs)


def _pairs(event: Event, refs: References) -> set[tuple[str, str]]:
    sources, targets = refs.actor_ids(event.sources), refs.actor_ids(event.targets)
    if event.type is EventType.CONSULT:
        everybody = (*sources, *targets)
        return {(one, other) for one in everybody for other in everybody if one != other}
    return {(one, other) for one in sources for other in targets if one != other}


def _edge_row(pair: tuple[str, str, str, str], claim: Claim, events: list[Event], refs: References) -> Row:
    spans = [day for event in events for day in _days(event, refs)]
    told = {"first": min(spans, default=None), "last": max(spans, default=None)}
    return _row(pair, claim.id, {**told, "tellings": len({event.report for event in events})})


def _days(event: Event, refs: References) -> tuple[str, ...]:
    """The days of an event; the report's day where the event has none."""
    found = days(event.date)
    if found:
        return tuple(one.isoformat() for one in (found.first, found.last) if one)
    day = refs.report[event.report].day
    return (day,) if day else ()


def _ledger_rows(
    by: tuple[str, ...], to: tuple[str, ...], kind: str, entry: str, reports: tuple[str, ...], refs: References
) -> Iterator[Row]:
    told = sorted(day for report in reports if report in refs.report and (day := refs.report[report].day))
    fields = {"first": told[0] if told else None, "last": told[-1] if told else None, "tellings": len(reports)}
    modality = "demanded" if kind == "demand" else "planned"
    for source, target in sorted({(one, other) for one in by for other in to if one != other}):
        yield _row((source, target, kind, modality), entry, fields)


def _row(pair: tuple[str, str, str, str], entry: str, fields: dict[str, Any]) -> Row:
    source, target, kind, modality = pair
    place = "\x1f".join((*pair, entry))
    return Row("edges", place, {"source": source, "target": target, "kind": kind, "modality": modality, **fields}, {})


def _edges(spool: Spool) -> Iterator[dict[str, Any]]:
    """The claims of each pair, kind and modality taken together: they stand side by side in the spool."""
    rows = (fields for fields, _ in spool.rows("edges"))
    for _, same in groupby(rows, key=lambda one: (one["source"], one["target"], one["kind"], one["modality"])):
        edge: dict[str, Any] = {}
        for one in same:
            edge = _together(edge, one) if edge else {**one, "claims": 1}
        yield edge


def _together(edge: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    firsts = [day for day in (edge["first"], one["first"]) if day]
    lasts = [day for day in (edge["last"], one["last"]) if day]
    return {
        **edge,
        "claims": edge["claims"] + 1,
        "tellings": edge["tellings"] + one["tellings"],
        "first": min(firsts, default=None),
        "last": max(lasts, default=None),
    }


__all__ = ["write_network"]
