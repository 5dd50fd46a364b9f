"""Outlets that a report's words only point to: notes on its writers, notices to readers, and whom people told."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.model import BlockKind
from onrecord.reading.blocks import Layout
from onrecord.reading.furniture import Evidence
from onrecord.reading.known_outlets import KnownOutlet, outlet_line, outlets_in
from onrecord.reading.signs import Sign

#: What outlets say of their own asking. The name follows.
_ASKED = re.compile(
    r"\b(?:told|tells|[Ss]peaking to|spoke to|spoke with|in an interview with|confirmed to|said to) (?=(?:the )?[A-Z])"
)
_ITS_REPORTER = re.compile(
    r"\b(?P<name>(?:[A-Z][\w.-]*)(?: [A-Z0-9][\w.-]*){0,2})(?:['’]s)? "
    r"(?:[A-Z][\w.-]+ [A-Z][\w.-]+, reporting from|correspondents?|reporters?|journalists?|photographer)\b"
)
_NAME_AHEAD = re.compile(r"(?:the )?[A-Z][\w/.&’'-]*(?: [A-Z0-9][\w/.&’'-]*){0,3}")
_WORKS_FOR = re.compile(r"\b(?:for|at|of) (?:the )?$", re.I)
#: One interview or two may be another outlet's, and an agency's words stand in everybody's reports. Of the story sets'
#: texts (2026-11-27) two mentions named the right outlet 11 times and a wrong one 9, six of those an agency.
_LEAST_MENTIONS = 3


@dataclass(frozen=True, slots=True)
class ToldOutlet:
    """An outlet's name, where it stands, and by what it was known.

    Attributes:
        name: None where only agencies are credited that other outlets print.
        how: told where the page names it as its own; inferred where the text only points to it.
    """

    name: str | None
    start: int
    end: int
    reason: str
    how: Literal["told", "inferred", "missing"] = "told"


def noted(layout: Layout) -> ToldOutlet | None:
    """The one known outlet that notes on writers name, else the one that the page's notices to its readers name.

    "Lind covers the north for The Morrow Herald", "Download the Morrow app", "By Mara Lind, Associated Press".
    """
    for wanted, reason in ((_on_writers, "the note on its writers names it"), (_in_notice, "its notices name it")):
        found: dict[str, ToldOutlet] = {}
        for sign, kind in zip(layout.signs, layout.kinds, strict=True):
            if len(sign.segment.text) > 600 or sign.evidence is Evidence.CAPTION or kind is BlockKind.PARAGRAPH:
                continue
            for begin, end, outlet in outlets_in(sign.segment.text) if wanted(sign, kind) else ():
                before = sign.segment.text[:begin]
                if kind is BlockKind.BYLINE or wanted is _in_notice or _WORKS_FOR.search(before):
                    start = sign.segment.start
                    told = ToldOutlet(outlet.name, start + begin, start + end, reason, "inferred")
                    found.setdefault(outlet.name, told)
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _on_writers(sign: Sign, kind: BlockKind) -> bool:
    """Whether a segment tells of the writers, by name or in a note."""
    note = sign.evidence is Evidence.CREDIT and "contributed" not in sign.segment.folded
    return kind is BlockKind.BYLINE or note


def _in_notice(sign: Sign, kind: BlockKind) -> bool:
    """Whether a segment is the page's word to its readers."""
    return kind is BlockKind.BOILERPLATE and sign.evidence in {Evidence.WALL, Evidence.LINE, Evidence.END}


def asking(layout: Layout) -> ToldOutlet | None:
    """The known outlet that several people of the report told what they said, where no other is named so."""
    found: Counter[str] = Counter()
    places: dict[str, tuple[int, int]] = {}
    for sign, kind in zip(layout.signs, layout.kinds, strict=True):
        if kind is BlockKind.PARAGRAPH:
            for begin, end, outlet in _asked(sign.segment.text[:3_000]):
                if outlet.agency:
                    continue
                found[outlet.name] += 1
                places.setdefault(outlet.name, (sign.segment.start + begin, sign.segment.start + end))
    if len(found) != 1:
        return None
    name, mentions = next(iter(found.items()))
    if mentions < _LEAST_MENTIONS:
        return None
    start, end = places[name]
    return ToldOutlet(name, start, end, f"{mentions} sentences say that it was told or reported so", "inferred")


def _asked(text: str) -> Iterator[tuple[int, int, KnownOutlet]]:
    """Where a paragraph says that an outlet asked or was told."""
    for match in _ASKED.finditer(text):
        name = _NAME_AHEAD.match(text, match.end())
        found = _longest(name.group().split()) if name is not None else None
        if found is not None:
            yield match.end(), match.end() + found[0], found[1]
    for match in _ITS_REPORTER.finditer(text):
        found = _longest(match["name"].removesuffix("'s").removesuffix("’s").split())
        if found is not None and found[0] == len(match["name"]):
            yield match.start("name"), match.end("name"), found[1]


def _longest(words: Sequence[str]) -> tuple[int, KnownOutlet] | None:
    """The known outlet that the most of these words name, from the first on, and their length with single spaces."""
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count]).rstrip(".,;:")
        named = outlet_line(name)
        if named is not None:
            return len(name), named[0]
    return None
