"""What a sentence shows of what one party does to the other, as named cues for a linear model.

The lexicon's own choices are among them: the model weighs them, it does not replace them.
"""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from onrecord.annotating.events.grammar import is_verb, modals, negated, passive
from onrecord.annotating.events.tree import DEEPEST
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import Span

#: Words on either side of the target that are looked at, and words between the parties.
_AFTER, _BETWEEN = 6, 25


def cues(
    parse: Parse, source: Sequence[Span], target: Sequence[Span], chosen: Iterable[tuple[str, str, float]]
) -> frozenset[str]:
    """The cues of two given parties.

    Args:
        parse: of a text that tells it.
        source: where the text names who does it.
        target: where the text names to whom.
        chosen: type, trigger and score of what the lexicon finds, the best first.
    """
    found = set(_chosen(chosen))
    for parsed in parse.blocks:
        one, other = _head(parsed, source), _head(parsed, target)
        found.update(_words(parsed, one, other))
        if one is not None:
            found.update(_governing("source", one))
        if other is not None:
            found.update(_governing("target", other))
        if one is not None and other is not None:
            found.update(_path(one, other))
    return frozenset(found)


def _chosen(chosen: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    before: float | None = None
    for rank, (kind, trigger, score) in enumerate(chosen):
        if rank > 2:
            break
        yield f"lexicon{rank}={kind}"
        yield f"trigger{rank}={trigger}"
        if rank == 0:
            yield f"lexicon={kind}&sure={score > 3}"
        if before is not None and before - score < 0.5:
            yield f"close={kind}"
        before = score


def _head(parsed: ParsedBlock, spans: Sequence[Span]) -> Token | None:
    """The head of the party's first mention in the block."""
    for span in sorted(spans):
        inside = [t for t in parsed.doc if span.start <= parsed.start + t.idx < span.end]
        if inside:
            return min(inside, key=lambda t: (_depth(t), t.i))
    return None


def _depth(token: Token) -> int:
    node, depth = token, 0
    while node.head.i != node.i and depth < DEEPEST * 2:
        node, depth = node.head, depth + 1
    return depth


def _lemma(token: Token) -> str:
    return "0" if token.like_num else token.lemma_.lower()


def _words(parsed: ParsedBlock, one: Token | None, other: Token | None) -> Iterator[str]:
    for token in parsed.doc:
        if token.is_alpha and not token.is_stop and token.pos_ in ("VERB", "NOUN", "ADJ"):
            yield f"word={_lemma(token)}"
    if one is None or other is None:
        return
    low, high = sorted((one.i, other.i))
    yield f"first={'source' if one.i < other.i else 'target'}"
    for token in parsed.doc[low + 1 : min(high, low + _BETWEEN)]:
        if token.is_alpha:
            yield f"between={_lemma(token)}"
    for token in parsed.doc[high + 1 : high + 1 + _AFTER]:
        if token.is_alpha:
            yield f"after={_lemma(token)}"


def _governing(party: str, head: Token) -> Iterator[str]:
    """The verbs above a party, with how they are told."""
    node, found = head, 0
    for _ in range(DEEPEST):
        if node.head.i == node.i or found == 2:
            return
        node = node.head
        if is_verb(node):
            manner = ("not " if negated(node) else "") + ("by " if passive(node) else "")
            yield f"{party}{found}={manner}{_lemma(node)}"
            yield f"{party}{found}&dep={_lemma(node)}&{head.dep_}"
            for modal in sorted(modals(node)):
                yield f"{party}{found}&modal={modal}"
            for child in node.children:
                if child.dep_ in ("dobj", "xcomp", "ccomp", "prt", "prep", "acomp", "attr"):
                    yield f"{party}{found}&below={_lemma(node)} {_lemma(child)}"
            found += 1


def _path(one: Token, other: Token) -> Iterator[str]:
    """The words on the way from one party to the other over the parse."""
    up = [one, *one.ancestors]
    down = [other, *other.ancestors]
    shared = next((t for t in up if any(t.i == d.i for d in down)), None)
    if shared is None:
        return
    way = [t for t in up if _depth(t) >= _depth(shared)][1:DEEPEST]
    way += [t for t in down if _depth(t) > _depth(shared)][1:DEEPEST]
    for token in way:
        if token.is_alpha:
            yield f"path={_lemma(token)}"
    yield "way=" + " ".join(_lemma(t) for t in way if is_verb(t) or t.pos_ in ("ADP", "NOUN"))[:60]
