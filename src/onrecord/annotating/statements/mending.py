"""Contents as grammar has them: not cut before their last word's object, one statement for each of two joined cues."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.annotating.parse import Parse
from onrecord.annotating.statements.typing import is_cue
from onrecord.model import Span

#: Parts of speech that no content ends with.
_OPEN = frozenset(("ADP", "DET", "SCONJ", "CCONJ", "PART"))
#: Tags of words that open a clause about the noun before them.
_RELATIVE_TAGS = frozenset(("WP", "WP$", "WDT", "WRB"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
#: Verbs that say something of their object.
_NAMING = frozenset("call describe put brand label term dub deem".split())
_SAID_OF = frozenset(("oprd", "acomp", "ccomp", "prep", "attr"))
#: Longest stretch that may be added, in code points.
_LONGEST = 160


def whole(parse: Parse, cue: Sequence[Span], content: Sequence[Span], taken: Sequence[int]) -> tuple[Span, ...]:
    """The content with a last span that does not break off: "a deal unless" -> "a deal unless troops leave".

    Args:
        parse: of the report.
        cue: where a verb stands that says something of its object ("called the day" -> "called the day difficult").
        content: spans in text order.
        taken: where spans of any role begin, sorted; nothing may run into one.
    """
    if not content:
        return ()
    content = _joined(parse, content, taken)
    last = content[-1]
    found = parse.at(last)
    if found is None:
        return tuple(content)
    parsed, tokens = found
    token = tokens[-1]
    named = _named_so(parse, cue, token)
    if named is not None:
        said = Span(last.end, parsed.span(named.right_edge).end)
        free = len(said) <= _LONGEST and _free(said, taken)
        return (*content[:-1], Span(last.start, said.end)) if free else tuple(content)
    if token.pos_ not in _OPEN or token.tag_ == "RP" or parsed.span(token).end != last.end:
        return tuple(content)
    if token.i + 1 == len(parsed.doc) or token.nbor().is_punct or token.nbor().is_quote:
        return tuple(content)  # "the offer that she had spoken of."
    governed = token.head if token.pos_ in ("SCONJ", "DET", "PART") and token.head.i > token.i else token
    end = parsed.span(governed.right_edge).end
    added = Span(last.end, end) if last.end < end <= last.end + _LONGEST else None
    if added is None or token.sent != governed.right_edge.sent or not _free(added, taken):
        cut = parsed.span(token).start
        rest = parsed.text[last.start - parsed.start : cut - parsed.start].rstrip()
        return (*content[:-1], Span(last.start, last.start + len(rest))) if rest else tuple(content)
    return (*content[:-1], Span(last.start, end))


def _joined(parse: Parse, content: Sequence[Span], taken: Sequence[int]) -> tuple[Span, ...]:
    """The spans, those joined of which the first breaks off before the second: "Kell, whose" ... "is safe"."""
    made = [content[0]]
    for span in content[1:]:
        found = parse.at(made[-1])
        gap = Span(made[-1].end, span.start) if made[-1].end < span.start else None
        breaks = found is not None and found[1][-1].tag_ in _RELATIVE_TAGS
        if (
            gap is not None
            and breaks
            and len(gap) <= _LONGEST
            and bisect_right(taken, gap.start) == bisect_left(taken, gap.end)
        ):
            made[-1] = Span(made[-1].start, span.end)
        else:
            made.append(span)
    return tuple(made)


def _free(added: Span, taken: Sequence[int]) -> bool:
    return bisect_left(taken, added.start) == bisect_left(taken, added.end)


def _named_so(parse: Parse, cue: Sequence[Span], last: Token) -> Token | None:
    """What a cue says of its object, where the content ends with the object or within it.

    "called the day" ... "difficult", "dismissed the charge, made by two envoys," ... "as absurd".
    """
    told = parse.at(cue[-1]) if cue else None
    verb = next((token for token in told[1] if token.pos_ == "VERB"), None) if told is not None else None
    if verb is None or verb.doc is not last.doc or verb.i > last.i:
        return None
    naming = verb.lemma_.lower() in _NAMING
    told_of = next((one for one in verb.rights if one.dep_ == "dobj"), None)
    for one in verb.rights:
        first = one.left_edge.i
        judged = one.lower_ == "as" and one.dep_ == "prep" and told_of is not None
        if first <= last.i or not (judged or (naming and one.dep_ in _SAID_OF)):
            continue
        if first == last.i + 1:
            return one
        between = last.doc[last.i + 1 : first]
        if judged and told_of is not None and all(word.is_punct or _under(word, told_of) for word in between):
            return one
    return None


def _under(word: Token, above: Token) -> bool:
    return above.left_edge.i <= word.i <= above.right_edge.i


def joined_cues(
    parse: Parse, cue: Sequence[Span], content: Sequence[Span]
) -> tuple[Span, tuple[Span, Span] | None] | None:
    """Where a content swallowed what its source did besides: "said that he was ready and accused Varda of ...".

    Returns:
        What stays of the content's last span; and, where what follows is a cue too, that and its content. None where
        nothing was swallowed.
    """
    if not cue or not content:
        return None
    found = parse.at(content[-1])
    said = parse.at(cue[0])
    if found is None or said is None or found[0] is not said[0]:
        return None
    parsed, tokens = found
    verbs = {token.i for token in said[1] if token.pos_ == "VERB"}
    for token in tokens:
        if token.i == tokens.start or not (_joins(token, verbs) or _goes_along(token, verbs)):
            continue
        first = _first(token)
        before = parsed.doc[first.i - 1]
        if (before.dep_ != "cc" and before.text != ",") or before.i <= tokens.start:
            continue
        last = _last(token)
        rest = _stripped(parsed.text, tokens.start_char, before.idx)
        after = _stripped(parsed.text, last.idx + len(last), content[-1].end - parsed.start)
        if rest is None:
            continue
        shift = parsed.start
        left = Span(shift + rest[0], shift + rest[1])
        if not is_cue(token.lemma_.lower()) or token.dep_ == "advcl":
            if token.head.i in verbs and token.i > token.head.i:
                return left, None
            continue  # "that it had dissolved the house, closed the borders and ..."
        if after is not None:
            second = Span(shift + first.idx, shift + last.idx + len(last))
            return left, (second, Span(shift + after[0], shift + after[1]))
    return None


def _goes_along(token: Token, cues: set[int]) -> bool:
    """Whether a participle behind a comma tells what the source did besides: "demanded money, holding them ..."."""
    return token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.i in cues and token.nbor(-1).text == ","


def _joins(token: Token, cues: set[int]) -> bool:
    """Whether a verb goes on from a cue; the parser may hang "and accused" on the infinitive nearest before it."""
    if token.dep_ != "conj" or token.pos_ != "VERB" or any(child.dep_ in _SUBJECTS for child in token.children):
        return False
    if token.head.i in cues:
        return True
    past = token.tag_ == "VBD" and any(token.doc[cue].tag_ == "VBD" for cue in cues)
    return past and token.head.dep_ == "ccomp" and token.head.tag_ != "VBD"


def _first(verb: Token) -> Token:
    """The verb's first auxiliary or adverb, itself where there is none."""
    own = [child for child in verb.lefts if child.dep_ in ("aux", "neg", "advmod") and child.i == child.left_edge.i]
    for child in reversed(own):
        if child.i == verb.i - 1:
            return child
    return verb


def _last(verb: Token) -> Token:
    """The verb's particle or preposition where both are one cue: "called for", "ruled out"."""
    after = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    if after is not None and (
        after.dep_ == "prt" or (after.dep_ == "prep" and is_cue(f"{verb.lemma_} {after.lower_}"))
    ):
        return after
    return verb


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip(" ,"))
    return (start + left, end - right) if left + right < len(words) else None


__all__ = ["joined_cues", "whole"]
