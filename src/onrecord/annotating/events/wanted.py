"""What a demand asks for, as events of their own: "demanded that Borvia withdraw" is a REQUEST and a demanded RETREAT.

The REQUEST is what happened and keeps the words of what is wanted as its topic; the wanted deed has not happened, so it
has the modality "demanded", those who should do it as its sources, and is never joined with a told one.
"""

from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotating.events.grammar import is_verb, modals, negated, passive
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.sides import Sides
from onrecord.annotating.events.tree import children
from onrecord.model import EventType

#: Verbs between the demand and the deed that change nothing of what is wanted.
_PASSING = frozenset("begin start continue help let make have come go".split())
_FOR = frozenset({"for", "of"})


#: Deeds of which nothing is said without whose they are.
_AIMED = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.ACCUSE, EventType.MOBILIZE, EventType.REJECT}
)


def told_enough(kind: EventType, sides: Sides, asking: Sides) -> bool:
    """Whether the parties of a wanted deed suffice; a ceasefire may be asked of nobody by name.

    What one asks to be able to do oneself ("appealed for money to feed the displaced") is no demand of that deed.
    """
    if sides.sources and set(sides.sources) <= set(asking.sources):
        return False
    return bool(sides.sources) or kind not in _AIMED


def wanted_heads(request: Match, kind: EventType) -> frozenset[int]:
    """Indices of the words that say what is wanted: the verbs of a REQUEST's clause, or the nouns it asks for.

    What a refusal waits for is wanted too.
    """
    scene = request.scene
    if kind is EventType.REJECT and scene.carrier is scene.trigger:
        return frozenset(one.i for clause in _unless(request) for one in (clause, *_coordinated(clause)))
    if kind is not EventType.REQUEST:
        return frozenset()
    first = [] if scene.clause is None else [scene.clause]
    holders = {scene.trigger, *([scene.carrier] if scene.carrier is not None else [])}
    wanted = [o for h in holders for p in children(h, "prep") if p.lower_ in _FOR for o in children(p, "pobj", "pcomp")]
    if scene.carrier is scene.trigger:
        wanted += [o for o in scene.objects if o.i > scene.trigger.i or passive(scene.trigger)]
    heads = [one for token in (*first, *wanted) for one in (token, *_coordinated(token))]
    heads += [c for h in heads if h.lemma_.lower() in _PASSING for c in children(h, "xcomp", "ccomp", "dobj")]
    return frozenset(h.i for h in heads if not _unwanted(h))


def _unless(refusal: Match) -> list[Token]:
    """As in "ruled out a deal unless the rebels left", "will not sign until they leave": what is wanted first."""
    heads = [refusal.trigger, *([refusal.scene.clause] if refusal.scene.clause is not None else [])]
    clauses = [c for head in heads for c in children(head, "advcl")]
    return [c for c in clauses if any(m.lower_ in ("unless", "until") for m in children(c, "mark"))]


def _coordinated(token: Token) -> list[Token]:
    return [one for one in token.conjuncts if one.i > token.i and is_verb(one) == is_verb(token)]


def _unwanted(head: Token) -> bool:
    if is_verb(head):
        return negated(head) or bool(modals(head) & {"would", "will"})
    return any(c.lower_ in ("no", "not") for c in head.children)


def as_wanted(sides: Sides, asking: Sides) -> Sides:
    """The sides of a wanted deed: those who are asked do it where its words name nobody else.

    "Called on Borvia to release them": the grammar alone would have the caller release them.
    """
    others = tuple(one for one in sides.sources if one not in asking.sources)
    sources = others or asking.targets or sides.sources
    targets = tuple(one for one in sides.targets if one not in sources)
    return replace(sides, sources=sources, targets=targets)
