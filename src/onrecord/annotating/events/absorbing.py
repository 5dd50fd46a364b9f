"""Words that tell no event of their own, because they say what is wanted, promised, threatened or refused."""

from collections.abc import Iterator

from onrecord.annotating.events.frames import Match
from onrecord.model import EventType

#: Token indices, both ends inside.
Range = tuple[int, int]

_ABSORBING = frozenset(
    {EventType.AGREE, EventType.REQUEST, EventType.THREATEN, EventType.REJECT, EventType.SUPPORT, EventType.CONCEDE}
)
#: Types that absorb what their prepositions govern too ("calls for an end to the attacks").
_FAR = frozenset({EventType.REQUEST, EventType.REJECT, EventType.AGREE, EventType.THREATEN})


def absorbed(match: Match) -> Iterator[Range]:
    """The stretches in which a match leaves no event of its own."""
    scene = match.scene
    if match.frame.type not in _ABSORBING:
        return
    if scene.clause is not None:
        yield scene.clause.left_edge.i, scene.clause.right_edge.i
    for one in scene.objects:
        if one.i > scene.trigger.i:
            yield one.left_edge.i, one.right_edge.i
    if match.frame.type in _FAR:
        for child in scene.trigger.children:
            if child.dep_ == "prep" and child.i > scene.trigger.i and child.lower_ in ("for", "of", "to", "on", "from"):
                yield child.left_edge.i, child.right_edge.i
