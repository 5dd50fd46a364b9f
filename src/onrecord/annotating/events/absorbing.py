"""Words that tell no event of their own, because they say what is wanted, promised, threatened or refused."""

from collections.abc import Iterator, Sequence

from onrecord.annotating.events.grammar import modals
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import children
from onrecord.model import EventType

#: Token indices, both ends inside.
Range = tuple[int, int]

_ABSORBING = frozenset(
    {EventType.AGREE, EventType.REQUEST, EventType.THREATEN, EventType.REJECT, EventType.SUPPORT, EventType.CONCEDE}
)
#: Types that absorb what their prepositions govern too ("calls for an end to the attacks").
_FAR = frozenset({EventType.REQUEST, EventType.REJECT, EventType.AGREE, EventType.THREATEN})
_UNSURE = frozenset("may might could would should must will".split())


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


def told_aside(match: Match) -> frozenset[int]:
    """Tokens of relative clauses that tell what was: "demands an end to the siege, which has killed 30"."""
    inside: set[int] = set()
    for token in (t for low, high in absorbed(match) for t in match.trigger.doc[low : high + 1]):
        past = token.tag_ == "VBD" or any(c.lower_ in ("has", "have", "had") for c in children(token, "aux"))
        # "demands that it be moved, which Borvia has refused": the parser hangs the clause on the verb
        aside = token.dep_ == "relcl" or any(c.lower_ == "which" for c in children(token, "dobj", "nsubj", "nsubjpass"))
        if aside and past and not modals(token) & _UNSURE:
            inside.update(one.i for one in token.subtree)
    return frozenset(inside)


def quiet_tokens(matches: Sequence[Match], stretches: Sequence[Range]) -> frozenset[int]:
    """The tokens that tell no event of their own.

    Args:
        matches: of a sentence.
        stretches: other words that tell none, such as those of advice.
    """
    ranges = [one for match in matches if match.chance is None for one in absorbed(match)]
    ranges += stretches
    inside: set[int] = set()
    reach = -1
    for low, high in sorted(ranges):
        inside.update(range(max(low, reach + 1), high + 1))
        reach = max(reach, high)
    return frozenset(inside).difference(*(told_aside(match) for match in matches))
