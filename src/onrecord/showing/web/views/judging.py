"""What can be judged on a page, and what was."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import Claim, Fusion, Judged, Judgement, Record
from onrecord.recording.targets import fields_of
from onrecord.showing.references import References
from onrecord.showing.web.views.claims import words

#: Claims that can be chosen to merge with, and letters of each that are shown.
_OTHERS, _LETTERS = 80, 90


@dataclass(frozen=True, slots=True)
class Judging:
    """The forms below one thing.

    Attributes:
        fields: what can be corrected.
        others: (id, words) of what it can be merged with.
        members: (id, words) of what can be split off.
        back: where the browser goes then.
        made: the judgements that hold of it, oldest first.
        names: of the actors that its judgements name, by id.
    """

    kind: Judged
    target: str
    fields: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str], ...]
    back: str
    made: tuple[Judgement, ...]
    names: Mapping[str, str]


def judging(
    record: Record,
    kind: Judged,
    target: str,
    back: str,
    others: tuple[tuple[str, str], ...] = (),
    members: tuple[tuple[str, str], ...] = (),
) -> Judging:
    """The forms below one thing of a record."""
    made = record.judged().get(target, ())
    return Judging(
        kind, target, fields_of(kind), others, members, back, tuple(made), {one.id: one.name for one in record.actors}
    )


def claim_choices(
    refs: References, fusion: Fusion, claim: Claim
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The other claims of its story of the same kind, and its own tellings."""
    others = [one for one in fusion.claims if one.kind == claim.kind and one.id != claim.id][:_OTHERS]
    members = claim.members if len(claim.members) > 1 else ()
    return tuple((one.id, _label(refs, one.members[0])) for one in others), tuple(
        (one, _label(refs, one)) for one in members
    )


def _label(refs: References, mark: str) -> str:
    if mark in refs.statement:
        one = refs.statement[mark]
        who = ", ".join(refs.names(refs.actor_ids(one.speakers)))
        told = f"{who}: {refs.joined(one.report, one.content)}" if who else refs.joined(one.report, one.content)
    else:
        told = words(refs, refs.event[mark])
    told = told if len(told) <= _LETTERS else f"{told[:_LETTERS]}…"
    return f"{told} ({refs.outlet(mark.rpartition('.')[0])})"


__all__ = ["Judging", "claim_choices", "judging"]
