"""Who met: the claims about meetings, the best told first."""

from dataclasses import dataclass

from onrecord.model import Claim, Fusion, Modality
from onrecord.showing.references import References
from onrecord.showing.web.views.claims import is_meeting, parties, ranked
from onrecord.showing.web.views.telling import Named, Teller, named, tellers


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with everybody named in it; `dates` are EDTF, each that is told."""

    claim: Claim
    who: tuple[Named, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]
    planned: bool
    told_by: tuple[Teller, ...]


def meetings(refs: References, fusion: Fusion) -> tuple[Meeting, ...]:
    """The meetings of a story."""
    return tuple(
        Meeting(
            claim,
            named(refs, parties(refs, events)),
            tuple(dict.fromkeys(one.date for one in events if one.date)),
            tuple(dict.fromkeys(one.place.name for one in events if one.place)),
            all(one.modality is Modality.PLANNED for one in events),
            tellers(refs, events),
        )
        for claim, events in ranked(refs, fusion)
        if is_meeting(refs, events)
    )


__all__ = ["Meeting", "meetings"]
