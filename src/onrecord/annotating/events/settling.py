"""Time, place and numbers of an event: what hangs on its words in the parse."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from spacy.tokens import Doc, Token

from onrecord.annotating.events.grammar import is_verb
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import DEEPEST, children
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import EventType, Modality, Place, PlaceMention, TimeMention

#: Types that are done in words: the time of saying is the time of the event.
SPOKEN = frozenset(
    {EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT, EventType.CONCEDE}
)


_TO_COME = frozenset({Modality.PLANNED, Modality.CONDITIONAL, Modality.DEMANDED})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "xcomp", "pcomp", "acl"})
#: Prepositions of a place where something happens; "to", "towards" and "of" name a direction or a party.
_WHERE = frozenset("in at near on outside inside across off along around over".split())
#: Between a time and the clause that says what happened then stands at most a comma.
_BEHIND = 2

Mark = TypeVar("Mark")
Spanned = TypeVar("Spanned", TimeMention, PlaceMention)


class Hanging(Generic[Mark]):
    """Marks of one sentence, found by the words that they hang on, in time that does not grow with the sentence."""

    def __init__(self, marks: Iterable[tuple[Token, Mark]]) -> None:
        self._under: dict[int, list[tuple[tuple[int, ...], Mark]]] = {}
        for token, mark in marks:
            path: list[int] = []
            for node in _upwards(token):
                path.append(node.i)
                self._under.setdefault(node.i, []).append((tuple(path), mark))

    def on(self, anchors: frozenset[int], others: frozenset[int]) -> list[tuple[int, int, Mark]]:
        """The marks that hang on one of the anchors with no other event's word between, nearest first.

        Returns:
            Rows of links between, index of the mark's token, and the mark; each mark once.
        """
        rows: dict[int, tuple[int, int, Mark]] = {}
        for anchor in sorted(anchors):
            for path, mark in self._under.get(anchor, ()):
                clear = not any(node in others and node not in anchors for node in path[:-1])
                row = (len(path) - 1, path[0], mark)
                if clear and (path[0] not in rows or row[0] < rows[path[0]][0]):
                    rows[path[0]] = row
        return sorted(rows.values(), key=lambda row: row[:2])


def _upwards(token: Token) -> Iterator[Token]:
    """The token and what it hangs on, up to the verb of its own clause."""
    node = token
    for _ in range(DEEPEST):
        yield node
        # another clause's time or place is not this event's
        if node.head.i == node.i or (node.dep_ in _CLAUSES and node.pos_ in ("VERB", "AUX")):
            return
        if node.dep_ == "conj" and node.pos_ == "VERB" and any(c.dep_ == "mark" for c in node.children):
            # "that it would pay, and that nobody would wait until Friday"
            return
        node = node.head


def anchored(parsed: ParsedBlock, tokens: Sequence[Token], marks: Iterable[Spanned]) -> Iterator[tuple[Token, Spanned]]:
    """The marks of a sentence with the token that stands for each."""
    starts = {parsed.start + token.idx: token for token in tokens}
    ends = {parsed.start + token.idx + len(token.text): token for token in tokens}
    for mark in marks:
        # the last token of a phrase is its head more often than its first
        token = ends.get(mark.span.end) or starts.get(mark.span.start)
        if token is not None:
            yield token, mark


def whens(times: Iterable[tuple[Token, TimeMention]]) -> Iterator[tuple[Token, TimeMention]]:
    """The times with, for "on Saturday, when soldiers fired", the verb whose time it is too."""
    for token, mark in times:
        yield token, mark
        for verb in (*children(token, "relcl", "advcl"), *_clauses_behind(token)):
            if any(child.lower_ == "when" for child in children(verb, "advmod")) and verb.tag_ in ("VBD", "VBN"):
                yield verb, mark


def _clauses_behind(token: Token) -> list[Token]:
    """The clauses of the verb that a time right before them hangs on."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    return [one for one in children(verb, "advcl") if 0 < one.left_edge.i - token.i <= _BEHIND]


def ahead(
    parsed: ParsedBlock, tokens: Sequence[Token], marks: Iterable[TimeMention], day: str | None
) -> list[tuple[Token, TimeMention]]:
    """The days to come, today among them, that a sentence tells, by the token that stands for each."""
    found = []
    for token, mark in anchored(parsed, tokens, marks):
        if mark.edtf is None or day is None or mark.form not in ("date", "deadline"):
            continue
        # "will hold fire from 18:00 on Tuesday", told on that Tuesday, is still to come
        if mark.edtf.rpartition("/")[2][: len(day)] >= day[: len(mark.edtf)]:
            found.append((token, mark))
    return found


def date_of(
    times: Hanging[TimeMention], anchors: frozenset[int], others: frozenset[int], day: str | None, modality: Modality
) -> str | None:
    """The EDTF time that hangs on the event's words: for what is to come a time after `day`, else one not after it."""
    for _, _, mark in times.on(anchors, others):
        if mark.edtf is None or mark.form not in ("date", "deadline"):
            continue
        if day is None or _later(mark.edtf, day) == (modality in _TO_COME):
            return mark.edtf
    return None


def set_ahead(times: Hanging[TimeMention], anchors: frozenset[int], others: frozenset[int], doc: Doc, day: str) -> bool:
    """As in "called a strike for Monday", told on a Friday."""
    hanging = times.on(anchors, others)
    return any(mark.edtf and _later(mark.edtf, day) and doc[at].head.lower_ == "for" for _, at, mark in hanging)


def _later(edtf: str, day: str) -> bool:
    return edtf[: len(day)] > day


def anchors_of(match: Match, reality: Reality, telling: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The tokens whose dependents belong to the event, and those whose dependents belong to other events.

    Args:
        match: what tells the event.
        reality: how it is told.
        telling: the tokens that tell an event in the sentence, with those that carry one.
    """
    own = {match.trigger.i}
    if match.scene.carrier is not None:
        own.add(match.scene.carrier.i)
    if match.frame.type in (EventType.AGREE, EventType.CONSULT) and match.scene.clause is not None:
        own.add(match.scene.clause.i)
    if match.frame.type in SPOKEN and reality.speech is not None:
        own.add(reality.speech.i)
    noun, above = match.trigger, match.trigger.head
    if match.scene.carrier is None and noun.dep_.startswith("nsubj"):
        # "talks will resume on Monday"
        own.add(above.i)
    if match.scene.carrier is None and noun.dep_ == "pobj" and above.lower_ in ("in", "during") and is_verb(above.head):
        # "was damaged in air strikes in June"
        own.add(above.head.i)
    held = {o.i for o in match.scene.objects}
    return frozenset(own | (held & telling)), telling


def place_of(places: Hanging[PlaceMention], anchors: frozenset[int], others: frozenset[int]) -> Place | None:
    """The place that hangs on the event's words; a town before a country, as it tells more."""
    near = [(mark.place.lat is None, depth, at, mark.place) for depth, at, mark in places.on(anchors, others)]
    return min(near, key=lambda row: row[:3])[3] if near else None


def locates(token: Token) -> bool:
    """Whether a place's word says where something is, not whose or whereto."""
    return token.dep_ == "compound" or (token.dep_ == "pobj" and token.head.lower_ in _WHERE)
