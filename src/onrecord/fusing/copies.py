"""Which reports of a story took their text from one another or from one wire."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations, pairwise

from onrecord.fusing.outlets import outlet_family
from onrecord.fusing.shingles import MEASURED_WORDS, containment, shingles
from onrecord.model import READABLE, Copy, CopyKind, Report

#: From which `sameness` two reports are copies, and how much the shingles of both count in it beside those of the
#: smaller: a cut copy shares nearly all of its own, an edited one of full length fewer than a report that is built
#: around another, but more of both. Measured on the 41 pairs of copies.jsonl that have both texts, 2026-11-27, f1 with
#: the best threshold, and with one chosen for each pair on the others: weight 0 .889 .800, 0.3 .923 .846, 0.5 .960
#: .917, 0.6 .960 .960, 0.7 .960 .923; it may move by .01 only, so unseen pairs may do worse.
COPY_AT = 0.905
BOTH_WEIGHT = 0.6
#: Share of the smaller report's shingles that the larger has, from which part of it was taken over.
PARTLY_AT = 0.28
#: Fewer shingles than this prove nothing, however many are shared.
_LEAST_SHARED = 8
#: Reports with one shingle of which every pair is compared.
_FEW = 24


def find_copies(reports: Sequence[Report]) -> tuple[Copy, ...]:
    """The pairs of dependent reports, sorted: by shared text, or by a credit to the other's outlet.

    Only pairs that share a shingle or name one another's outlet are looked at.
    """
    ordered = sorted(reports, key=lambda report: report.id)
    grams = {report.id: shingles(report) for report in ordered}
    found = []
    pairs = sorted(_sharing(grams))
    paired = {report for pair in pairs for report in pair}
    measured = {one.id: shingles(one, MEASURED_WORDS) for one in ordered if one.id in paired}
    for a, b in pairs:
        copy = compare_texts(a, b, measured[a], measured[b])
        if copy is not None:
            found.append(copy)
    told = {copy.reports for copy in found}
    found += [copy for copy in _credited(ordered) if copy.reports not in told]
    return tuple(sorted(found, key=lambda copy: copy.reports))


def compare_texts(a: str, b: str, left: frozenset[str], right: frozenset[str]) -> Copy | None:
    """Whether the texts of two reports depend on one another, by their shingles of MEASURED_WORDS."""
    share = containment(left, right)
    if share < PARTLY_AT or len(left & right) < _LEAST_SHARED:
        return None
    first, second = sorted((a, b))
    return Copy(
        (first, second), CopyKind.COPY if sameness(left, right) >= COPY_AT else CopyKind.PARTLY, round(share, 4)
    )


def sameness(left: frozenset[str], right: frozenset[str]) -> float:
    """How far two texts are one: what the smaller shares, and with less weight what both together share.

    >>> sameness(frozenset("abcd"), frozenset("abcd")), sameness(frozenset("abcd"), frozenset("abcdefgh"))
    (1.6, 1.3)
    """
    shared, both = len(left & right), len(left | right)
    return containment(left, right) + BOTH_WEIGHT * shared / both if both else 0.0


def _sharing(grams: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    holders: dict[str, list[str]] = {}
    for report in sorted(grams):
        for gram in grams[report]:
            holders.setdefault(gram, []).append(report)
    groups = {tuple(reports) for reports in holders.values() if len(reports) > 1}
    return {pair for group in groups for pair in _pairs(group)}


def _pairs(group: Sequence[str]) -> Iterable[tuple[str, str]]:
    """All pairs of a few; of many each with the first and with its neighbour, which joins copies just as well."""
    if len(group) <= _FEW:
        return combinations(group, 2)
    return chain(pairwise(group), ((group[0], other) for other in group[1:]))


def _credited(reports: Sequence[Report]) -> list[Copy]:
    """Reports that say of themselves that their text is another outlet's, which is in the story too."""
    by_outlet: dict[str, list[Report]] = {}
    for report in reports:
        if report.outlet:
            by_outlet.setdefault(outlet_family(report.outlet), []).append(report)
    found = []
    for report in reports:
        own = outlet_family(report.outlet) if report.outlet else None
        for outlet in credits(report):
            family = outlet_family(outlet)
            for source in by_outlet.get(family, ()) if family != own else ():
                first, second = sorted((report.id, source.id))
                found.append(Copy((first, second), CopyKind.PARTLY, 0.0, "credit"))
    return found


_NAME = r"([A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3})"
#: "KELM (Morrow Wire) -" at the start, "-- Morrow Wire" at the end, "Originally published by Morrow Wire" anywhere.
_CREDIT_LINES = (
    re.compile(rf"^\s*(?:[A-Z][\w ,.’'-]{{1,40}} )?\({_NAME}\)\s*[-–—:]"),
    re.compile(rf"(?:--|—)\s*{_NAME}\s*\.?\s*$"),
    re.compile(
        rf"(?i:originally (?:published|appeared) (?:at|by|in|on)|with (?:reporting|files) (?:by|from)) (?:the )?{_NAME}"
    ),
)


def credits(report: Report) -> tuple[str, ...]:
    """The outlets that a report's credit lines name ("KELM (Morrow Wire) -", "Originally published by ...")."""
    found: set[str] = set()
    for block in report.blocks:
        if block.kind in READABLE:
            for line in _CREDIT_LINES:
                found.update(match[1].strip(" .") for match in line.finditer(block.span.of(report.text)))
    return tuple(sorted(found))


def origins(reports: Sequence[Report], copies: Sequence[Copy]) -> dict[str, str]:
    """For each report the smallest id among the reports it shares an origin with.

    Text that was taken over in part makes two reports dependent too: what they share may be what counts.
    """
    origin = {report.id: report.id for report in reports}

    def root(report: str) -> str:
        while origin[report] != report:
            report = origin[report]
        return report

    for copy in sorted(copies, key=lambda one: one.reports):
        if copy.reports[0] in origin and copy.reports[1] in origin:
            first, second = sorted(map(root, copy.reports))
            origin[second] = first
    return {report: root(report) for report in sorted(origin)}
