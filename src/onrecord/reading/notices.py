"""Notices to the reader that only their neighbours give away: consent boxes, newsletter forms, error messages."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.furniture import Evidence, asks, reports_speech, unaddressed_points, wall_points
from onrecord.reading.signs import Sign

#: Furniture that such notices stand beside; links and captions stand amid sentences of the body.
_BESIDE = frozenset({Evidence.LINE, Evidence.WALL, Evidence.LIST, Evidence.END})
#: Points of `wall_points` that make a notice beside one piece of furniture, and between two.
_BESIDE_ONE, _BETWEEN_TWO = 2, 1
_LONGEST_WORDS = 45
#: A newsletter's description speaks of its editor rather than to the reader.
_LONGEST_BLURB = 25
_FORMS = frozenset({"newsletter", "newsletters", "subscribe", "digest", "inbox", "unlock", "briefing"})


def mark_notices(signs: Sequence[Sign]) -> list[Sign]:
    """`signs` with the notices marked as walls.

    By itself a segment has to speak plainly to the reader; beside buttons and other notices less will do, as long as
    it quotes nobody and reports nothing.
    """
    marked = list(signs)
    for index, sign in enumerate(signs):
        segment = sign.segment
        if not sign.plain or segment.quotes or not segment.words or len(segment.words) > _LONGEST_WORDS:
            continue
        sides = sum(0 <= other < len(signs) and marked[other].evidence in _BESIDE for other in (index - 1, index + 1))
        if not sides or (not segment.prose and len(segment.words) < 3):
            continue
        points = wall_points(segment)
        if not points and len(segment.words) <= _LONGEST_BLURB and _beside_form(marked, index):
            points = unaddressed_points(segment)
        if not segment.prose and asks(segment) and _beside_wall(marked, index):
            points = _BESIDE_ONE
        if points >= (_BESIDE_ONE if sides == 1 else _BETWEEN_TWO) and not reports_speech(segment):
            marked[index] = replace(sign, evidence=Evidence.WALL)
    return marked


def _beside_form(marked: Sequence[Sign], index: int) -> bool:
    """Whether the line right above belongs to the form of a newsletter, or a plain notice stands beside."""
    above = marked[index - 1] if index else None
    form = above is not None and above.evidence in _BESIDE and not _FORMS.isdisjoint(above.segment.words)
    return form or _beside_wall(marked, index)


def _beside_wall(marked: Sequence[Sign], index: int) -> bool:
    """Whether a notice to the reader stands right above or below."""
    around = (*marked[max(0, index - 1) : index], *marked[index + 1 : index + 2])
    return any(sign.evidence is Evidence.WALL for sign in around)
