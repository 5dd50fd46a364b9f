"""Whom "I" and "we" in a quotation stand for: its speaker, and the speaker's side."""

from collections import deque
from collections.abc import Callable

from onrecord.annotating.actors.references import MINE, OURS, Reference
from onrecord.annotating.actors.salience import Cluster
from onrecord.model import ActorKind

#: How many speakers back one is looked for.
_SPEAKERS = 12
#: How many sentences may lie between a quotation and the words that tell who speaks.
_SENTENCES = 3
_CONFIDENCE = 0.5


class Speaking:
    """Keeps first persons of a passage until its speakers are known."""

    def __init__(self, side_of: Callable[[Cluster], Cluster | None]) -> None:
        self._side_of = side_of
        self._waiting: list[Reference] = []
        self._speakers: deque[tuple[Reference, Cluster]] = deque(maxlen=_SPEAKERS)

    def waits(self, reference: Reference) -> bool:
        """Whether a reference is a first person, which then waits for the end of its passage."""
        first = reference.form == "pronoun" and (reference.name in OURS or reference.name in MINE)
        if first:
            self._waiting.append(reference)
        return first

    def heard(self, reference: Reference, meant: tuple[Cluster, ...]) -> None:
        """Remember who speaks."""
        if reference.reporting and not reference.quoted and len(meant) == 1:
            self._speakers.append((reference, meant[0]))

    def settle(self, following: Reference | None) -> None:
        """Link the first persons of a passage that ended with `following`, None at the report's end."""
        if not self._waiting or (following is not None and following.passage == self._waiting[0].passage):
            return
        waiting, self._waiting = self._waiting, []
        for reference in waiting:
            speaker = self._speaker(reference)
            meant = speaker if speaker is None or reference.name in MINE else self._side_of(speaker)
            if meant is not None and (reference.name in OURS or meant.kind is ActorKind.PERSON):
                meant.mentions.append((reference.span, "pronoun", _CONFIDENCE))

    def _speaker(self, reference: Reference) -> Cluster | None:
        """The nearest speaker, of the same passage if there is one; the later of two."""
        near = [
            (told.passage != reference.passage, abs(told.sentence - reference.sentence), -n, cluster)
            for n, (told, cluster) in enumerate(self._speakers)
            if abs(told.passage - reference.passage) <= 1 and abs(told.sentence - reference.sentence) <= _SENTENCES
        ]
        return min(near, key=lambda one: one[:3])[3] if near else None


__all__ = ["Speaking"]
