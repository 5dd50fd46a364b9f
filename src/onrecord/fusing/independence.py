"""How many tellings of a claim are independent, and what its status is by that."""

import re
from collections.abc import Mapping, Sequence

from onrecord.fusing.outlets import known_families, outlet_family
from onrecord.fusing.scene import Scene
from onrecord.model import Disagreement, DisagreementKind, SourceClass, Status

#: A name as outlets have them: words that begin with capitals, one after another.
_NAME = re.compile(r"[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,4}")
#: Disagreements that make a claim disputed; wording never does.
CONTRADICTIONS = frozenset(DisagreementKind) - {DisagreementKind.WORDING}


def status_of(
    scene: Scene, reports: Sequence[str], disagreements: Sequence[Disagreement], members: Sequence[str] = ()
) -> tuple[int, Status, str]:
    """Count of independent tellings, status, and the rule behind it in one sentence.

    Reports count once for each origin: those whose text depends on one another have one, those of one outlet too,
    and one that tells it on another outlet's word ("according to the Morrow Herald") has that outlet's.
    """
    groups = _groups(scene, reports, _credited(scene, members))
    independent = len(groups)
    kinds = sorted({one.kind.value for one in disagreements if one.kind in CONTRADICTIONS})
    if kinds:
        return independent, Status.DISPUTED, f"tellings differ in {' and '.join(kinds)}"
    if independent >= 2:
        official = sum(scene.reports[one].source_class is SourceClass.MINISTRY for one in reports)
        told = f", {official} of them a ministry's own text" if official else ""
        return independent, Status.CORROBORATED, f"{independent} reports without a common text or outlet tell it{told}"
    if len(reports) > 1:
        others = ", ".join(reports[1:])
        return (
            independent,
            Status.SINGLE,
            f"one origin: {reports[0]} and {others} share a text or an outlet, or one credits the other",
        )
    return independent, Status.SINGLE, "one report only"


def one_word(scene: Scene, members: Sequence[str]) -> str | None:
    """The one whose word all tellings rest on, the second axis of independence: several outlets, one speaker.

    None where a reporter tells it on their own account, or on different words.
    """
    shared: dict[str, str] | None = None
    for member in members:
        event = scene.events.get(member)
        statement = scene.statements.get(event.statement or "") if event is not None else scene.statements.get(member)
        if statement is None:
            return None
        speakers = {party.actor: party.name for party in scene.parties(statement.speakers)}
        shared = speakers if shared is None else {actor: shared[actor] for actor in shared if actor in speakers}
    return shared[min(shared)] if shared else None


def _credited(scene: Scene, members: Sequence[str]) -> dict[str, set[str]]:
    """The outlets on whose word each report tells some statements or events: "told AFP", "the Herald reported"."""
    known = known_families() | {outlet_family(one.outlet) for one in scene.reports.values() if one.outlet}
    found: dict[str, set[str]] = {}
    for member in members:
        event = scene.events.get(member)
        statement = scene.statements.get(member if event is None else event.statement or "")
        if statement is not None:
            told = " ; ".join(scene.text(statement.report, span) for span in (*statement.source, *statement.setting))
            named = {outlet_family(match) for match in _NAME.findall(told)} & known
            found.setdefault(statement.report, set()).update(named)
    return found


def _groups(scene: Scene, reports: Sequence[str], credited: Mapping[str, set[str]]) -> list[set[str]]:
    """Reports of one origin or one outlet are one telling, transitively."""
    groups: list[set[str]] = []
    for report in sorted(reports):
        outlet = scene.reports[report].outlet
        marks = {
            f"origin {scene.origin_of.get(report, report)}",
            *([f"outlet {outlet_family(outlet)}"] if outlet else []),
            *(f"outlet {family}" for family in sorted(credited.get(report, ()))),
        }
        touching = [group for group in groups if group & marks]
        for group in touching:
            groups.remove(group)
            marks |= group
        groups.append(marks)
    return groups
