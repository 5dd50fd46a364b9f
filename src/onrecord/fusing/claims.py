"""Claims: what the reports of a story assert, each with who tells it and how the tellings differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from onrecord.fusing.disagreements import denials, event_disagreements, statement_disagreements
from onrecord.fusing.happenings import join_events, sides_of, stance
from onrecord.fusing.independence import one_word, status_of
from onrecord.fusing.judging import hold
from onrecord.fusing.meeting import meet
from onrecord.fusing.scene import Scene
from onrecord.fusing.starring import Star
from onrecord.fusing.utterances import join_statements
from onrecord.fusing.variants import variants_of
from onrecord.model import Claim, Disagreement, Judgement, Modality, Reason

#: Told claims held against one denial at most; more of one type and doer would say nothing.
_DENIALS_LIMIT = 32


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its status is known."""

    star: Star
    kind: Literal["statement", "event"]
    disagreements: tuple[Disagreement, ...]


def find_claims(scene: Scene, story: str, judgements: Sequence[Judgement] = ()) -> tuple[Claim, ...]:
    """All claims of a story, sorted by id; every statement and event is in one."""
    statements = hold(join_statements(scene), judgements)
    claim_of = {member: star.hub for star in statements for member in star.members}
    stars = meet(scene, [*statements, *join_events(scene, claim_of)])
    stars = hold(stars, judgements)
    told = [star for star in stars if star.hub in scene.statements]
    done = [star for star in stars if star.hub in scene.events]
    drafts = [Draft(star, "statement", statement_disagreements(scene, star.members)) for star in told]
    drafts += _with_denials(scene, [Draft(star, "event", event_disagreements(scene, star.members)) for star in done])
    return tuple(sorted((_claim(scene, story, draft) for draft in drafts), key=lambda claim: claim.id))


def _with_denials(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Put a denial and what it denies against one another: both claims show the disagreement."""
    told: dict[tuple[str, str], list[int]] = {}
    for n, draft in enumerate(drafts):
        hub = scene.events[draft.star.hub]
        if stance(hub.modality) == "told":
            for side in sides_of(scene.parties(hub.sources)):
                told.setdefault((hub.type.value, side), []).append(n)
    extra: dict[int, list[Disagreement]] = {}
    for n, draft in enumerate(drafts):
        hub = scene.events[draft.star.hub]
        if hub.modality is not Modality.DENIED:
            continue
        against = {m for side in sides_of(scene.parties(hub.sources)) for m in told.get((hub.type.value, side), ())}
        for m in sorted(against)[:_DENIALS_LIMIT]:
            found = denials(scene, draft.star.members, drafts[m].star.members)
            if found is not None:
                extra.setdefault(n, []).append(found)
                extra.setdefault(m, []).append(found)
    return [
        replace(draft, disagreements=(*draft.disagreements, *extra[n])) if n in extra else draft
        for n, draft in enumerate(drafts)
    ]


def _claim(scene: Scene, story: str, draft: Draft) -> Claim:
    members = tuple(sorted(draft.star.members))
    reports = tuple(sorted({_report_of(scene, member) for member in members}))
    independent, status, rule = status_of(scene, reports, draft.disagreements, members)
    root = one_word(scene, members) if len(reports) > 1 else None
    return Claim(
        id=claim_id(members[0]),
        story=story,
        kind=draft.kind,
        members=members,
        reports=reports,
        independent=independent,
        status=status,
        rule=f"{rule}; all on the word of {root}" if root else rule,
        disagreements=draft.disagreements,
        variants=variants_of(scene, draft.star.hub, draft.star.members),
        reasons=_reasons(draft.star),
    )


def claim_id(first: str) -> str:
    """The id of the claim whose first member is `first`.

    Claims that begin in one report begin alike, so that a store keeps them side by side (decision 0018).

    >>> claim_id("r1.e1")
    'c82f3c1511ccc03f6'
    """
    report = first.partition(".")[0]
    return f"c{sha256(report.encode()).hexdigest()[:4]}{sha256(first.encode()).hexdigest()[:12]}"


def _report_of(scene: Scene, member: str) -> str:
    mark = scene.statements.get(member) or scene.events.get(member)
    return mark.report if mark is not None else ""


def _reasons(star: Star) -> tuple[Reason, ...]:
    """The features of the weakest join: what the claim hangs by."""
    if not star.matches:
        return ()
    weakest = min(sorted(star.matches), key=lambda member: star.matches[member].score)
    return star.matches[weakest].reasons
