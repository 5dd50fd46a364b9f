"""Events as tab-separated values, one a line, in the columns that PLOVER's readers look for.

Headings that POLECAT (Halterman et al. 2023) has are called as there; the rest are ours. No quoting is needed to
read it: tabs and line breaks in a text become blanks.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.model import Cell, Event, Record
from onrecord.model.coding import plain_code
from onrecord.showing.exports.bibliography import link
from onrecord.showing.exports.days import days
from onrecord.showing.exports.sheets import guarded
from onrecord.showing.references import References
from onrecord.showing.words import one_line

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?\Z")

#: Heading -> what stands in it.
COLUMNS = {
    "Event ID": "of the event; `<report id>.eN`",
    "Event Type": "PLOVER's sixteen root types",
    "Modality": "actual, planned, demanded, conditional, denied or alleged: POLECAT codes actual events only",
    "Plain Type": "PLOVER without modality: cooperation to come is AGREE, hostility to come THREATEN; empty where "
    "older data have no event: what is denied, and what is demanded (the REQUEST beside it has its own line)",
    "CAMEO Root": "two digits; ASSAULT is given as 19; empty like the plain type",
    "Quad Code": "verbal or material, cooperation or conflict, of the plain type",
    "Event Date": "first day of the event; empty where it is not told",
    "Event Date End": "last day of the event",
    "EDTF": "the date as precise as told",
    "Actor ID": "who does it, joined by `; `; both sides of a meeting stand here",
    "Actor Name": "their names",
    "Actor Country": "their ISO 3166-1 alpha-3 codes, as many as ids; `?` where none is known",
    "Recipient ID": "to whom it is done",
    "Recipient Name": "their names",
    "Recipient Country": "their ISO 3166-1 alpha-3 codes",
    "Placename": "of the gazetteer",
    "Country": "of the place, ISO 3166-1 alpha-3",
    "Latitude": "degrees, WGS 84",
    "Longitude": "degrees, WGS 84",
    "GeoNames ID": "of the place",
    "Quantities": "numbers told with their units, joined by `; `",
    "Text": "the words that tell it",
    "Start": "offset of the first code point of the words in the report's text",
    "End": "offset after the last one",
    "Statement": "the statement it stands in; empty where the outlet itself tells it",
    "Confidence": "0 to 1, of type and modality together",
    "Type Confidence": "0 to 1, of the type alone",
    "Modality Confidence": "0 to 1, of the modality alone",
    "Story": "the story that the report belongs to",
    "Report": "id of the report",
    "Source": "the outlet",
    "Publication Date": "ISO 8601, as precise as told",
    "Language": "ISO 639-1",
    "URL": "of the report",
}


def write_plover(records: Iterable[Record], out: BinaryIO) -> int:
    """Write the heading and a line for each event, report by report; gives their number."""
    out.write(_line(COLUMNS))
    number = 0
    for record in records:
        refs = References(record)
        story = {report: fusion.story.id for fusion in record.fusions for report in fusion.story.reports}
        for event in sorted(record.events(), key=lambda one: (refs.number[one.report], one.span, one.id)):
            out.write(_line(_cells(event, refs, story.get(event.report, ""))))
            number += 1
    return number


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(map(_safe, cells)) + "\n").encode()


def _safe(cell: str) -> str:
    """On one line, and no formula for a spreadsheet; a number below zero is none."""
    shown = one_line(cell)
    return shown if _NUMBER.match(shown) else guarded(shown)


def _cells(event: Event, refs: References, story: str) -> Iterator[str]:
    report, when, place = refs.report[event.report], days(event.date), event.place
    yield from (event.id, str(event.type), str(event.modality))
    code = plain_code(event.type, event.modality)
    yield from ("", "", "") if code is None else (str(code.type), code.cameo, code.quad)
    yield from ("" if one is None else one.isoformat() for one in ((when.first, when.last) if when else (None, None)))
    yield event.date or ""
    for parties in (event.sources, event.targets):
        yield from _parties(refs.actor_ids(parties), refs)
    yield from ("", "") if place is None else (place.name, place.country or "")
    numbers = (None, None, None) if place is None else (place.lat, place.lon, place.geonames)
    yield from ("" if number is None else str(number) for number in numbers)
    yield "; ".join(f"{_number(one.value)}{'' if one.high is None else f'..{_number(one.high)}'} {one.unit}"
                    for one in event.quantities)  # fmt: skip
    yield refs.words(Cell(event.report, event.span))
    yield from (str(event.span.start), str(event.span.end), event.statement or "")
    yield from (f"{one:.6g}" for one in (event.confidence, event.type_confidence, event.modality_confidence))
    yield from (
        story,
        report.id,
        report.outlet or "",
        report.published or "",
        report.language,
        link(report.url, report.source) or "",
    )


def _parties(actors: tuple[str, ...], refs: References) -> tuple[str, str, str]:
    countries = (refs.actor[one].country if one in refs.actor else None for one in actors)
    return "; ".join(actors), "; ".join(refs.names(actors)), "; ".join(one or "?" for one in countries)


def _number(value: float) -> str:
    return f"{value:.15g}"


__all__ = ["COLUMNS", "write_plover"]
