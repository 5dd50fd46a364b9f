"""One story's reports and marks made into what they tell together."""

from collections.abc import Mapping, Sequence

from onrecord.fusing.claims import find_claims
from onrecord.fusing.commitments import find_commitments
from onrecord.fusing.copies import find_copies, origins
from onrecord.fusing.demands import find_demands
from onrecord.fusing.following import find_trails
from onrecord.fusing.judging import settle, standing_commitments, standing_demands
from onrecord.fusing.offices import with_holders
from onrecord.fusing.prospects import find_prospects
from onrecord.fusing.scene import prepare
from onrecord.fusing.signatures import cosine, terms_of
from onrecord.model import Actor, Annotation, Fusion, Judgement, Report, Story


def fuse_story(
    reports: Sequence[Report],
    annotations: Sequence[Annotation],
    actor_of: Mapping[str, Actor],
    *,
    today: str | None = None,
    judgements: Sequence[Judgement] = (),
) -> Fusion:
    """Fuse the reports of one story: copies, claims, demands and commitments.

    The same reports, marks and actors give the same fusion in whatever order they come.

    Args:
        reports: at least one.
        annotations: their marks.
        actor_of: the actor of each entity id.
        today: EDTF day by which promises are overdue; without one none is, as what is stored must not depend on the
            day (`onrecord.model.state_on` reckons it when the record is shown).
        judgements: those that hold about marks of these reports, oldest first; they go before what is found here.
    """
    story = story_of(reports)
    copies = find_copies(reports)
    settled = settle(annotations, judgements)
    scene = prepare(reports, settled, with_holders(settled, actor_of), origins(reports, copies))
    claims = find_claims(scene, story.id, judgements)
    demands = standing_demands(find_demands(scene, claims), claims, judgements)
    commitments = standing_commitments(find_commitments(scene, claims, today), claims, judgements)
    prospects = find_prospects(scene, claims)
    return Fusion(
        story=story,
        copies=copies,
        claims=claims,
        demands=demands,
        commitments=commitments,
        prospects=prospects,
        trails=find_trails(scene, claims, (*demands, *commitments, *prospects)),
    )


def story_of(reports: Sequence[Report]) -> Story:
    """The story of some reports: titled as its most central report is.

    Its id is made of its earliest report, so that it stays as the story grows with later ones.
    """
    ordered = sorted(reports, key=lambda report: (report.day or "9999", report.id))
    days = sorted(report.day for report in ordered if report.day is not None)
    return Story(
        id="s" + ordered[0].id.removeprefix("r"),
        title=_title(ordered),
        reports=tuple(sorted(report.id for report in ordered)),
        start=days[0] if days else None,
        end=days[-1] if days else None,
    )


def _title(reports: Sequence[Report]) -> str:
    """The title of the report that is most like all others, of those that have one."""
    if len(reports) == 1:
        return reports[0].title or ""
    weighings = [terms_of(report) for report in reports]
    centre = _sum(weighings)
    titled = [
        (cosine(dict(terms), centre), report) for terms, report in zip(weighings, reports, strict=True) if report.title
    ]
    if not titled:
        return ""
    return min(titled, key=lambda one: (-round(one[0], 9), one[1].day or "9999", one[1].id))[1].title or ""


def _sum(weighings: Sequence[Sequence[tuple[str, float]]]) -> dict[str, float]:
    parts: dict[str, list[float]] = {}
    for terms in weighings:
        for term, weight in terms:
            parts.setdefault(term, []).append(weight)
    return {term: sum(sorted(weights)) for term, weights in parts.items()}
