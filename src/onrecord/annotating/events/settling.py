"""Time, place and numbers of an event: what hangs on its words in the parse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.grammar import DEEPEST
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import EventType, Modality, Place, PlaceMention, TimeMention

#: Types that are done in words: the time of saying is the time of the event.
SPOKEN = frozenset(
    {EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT, EventType.CONCEDE}
)


_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "xcomp", "pcomp", "acl"})
#: Prepositions of a place where something happens; "to", "towards" and "of" name a direction or a party.
_WHERE = frozenset("in at near on outside inside across off along around over".split())


@dataclass(frozen=True, slots=True)
class Anchored:
    """A mark and the token where it starts."""

    token: Token
    mark: TimeMention | PlaceMention


def anchored(
    parsed: ParsedBlock, tokens: Sequence[Token], marks: Sequence[TimeMention | PlaceMention]
) -> tuple[Anchored, ...]:
    """The marks of a sentence with their tokens, in text order."""
    starts = {parsed.start + token.idx: token for token in tokens}
    ends = {parsed.start + token.idx + len(token.text): token for token in tokens}
    # the last token of a phrase is its head more often than its first
    found = [(ends.get(m.span.end) or starts.get(m.span.start), m) for m in marks]
    return tuple(Anchored(token, mark) for token, mark in found if token is not None)


def links_up(token: Token, anchors: frozenset[int], blocked: frozenset[int] = frozenset()) -> int | None:
    """How many links up from a token one of the anchors stands, None where another event's word comes first."""
    node = token
    for depth in range(DEEPEST):
        if node.i in anchors:
            return depth
        # another clause's time or place is not this event's
        clause = node.dep_ in _CLAUSES and (node.pos_ in ("VERB", "AUX"))
        if node.i in blocked or node.head.i == node.i or clause:
            return None
        node = node.head
    return None


def date_of(
    times: Iterable[Anchored],
    anchors: frozenset[int],
    blocked: frozenset[int],
    day: str | None,
    modality: Modality,
) -> str | None:
    """The EDTF time that hangs on the event's words: for what is to come a time after `day`, else one not after it."""
    near: list[tuple[int, int, str]] = []
    for one in times:
        mark = one.mark
        if not isinstance(mark, TimeMention) or mark.edtf is None or mark.form not in ("date", "deadline"):
            continue
        later = day is not None and mark.edtf[: len(day)] > day and mark.edtf[:4] >= day[:4]
        if day is not None and later != (modality in (Modality.PLANNED, Modality.CONDITIONAL)):
            continue
        depth = links_up(one.token, anchors, blocked)
        if depth is not None:
            near.append((depth, one.token.i, mark.edtf))
    return min(near)[2] if near else None


def _locates(token: Token) -> bool:
    head = token.head
    return token.dep_ == "compound" or (token.dep_ == "pobj" and head.lower_ in _WHERE)


def place_of(places: Iterable[Anchored], anchors: frozenset[int], blocked: frozenset[int]) -> Place | None:
    """The place that hangs on the event's words; a town before a country, as it tells more."""
    near = [
        (one.mark.place.lat is None, depth, one.token.i, one.mark.place)
        for one in places
        if isinstance(one.mark, PlaceMention)
        and _locates(one.token)
        and (depth := links_up(one.token, anchors, blocked)) is not None
    ]
    return min(near, key=lambda row: row[:3])[3] if near else None
