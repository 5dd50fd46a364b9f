"""Sources by grammar: the subject that a cue shares with another verb, and what an unnamed source is called."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import Span

_SUBJECTS = frozenset(("nsubj", "csubj"))
_PASSIVE = frozenset(("auxpass", "nsubjpass"))
#: Relations by which a verb shares the subject of the verb that it hangs on.
_SHARING = frozenset(("conj", "advcl", "xcomp"))
_STEPS = 3
_NOBODY = frozenset("it there this that what which who whom".split())
#: Words that name nobody, whatever they stand for.
_PRONOUNS = frozenset(
    "i me we us you he him she her it they them who whom which that this these those one some many others both all "
    "none what whoever himself herself themselves itself".split()
)
_QUOTING = frozenset(("quote", "cite"))
#: Words at most of a name with its title and "as saying".
_LONGEST_NAME = 9
_HYPHENS = frozenset("-‐–")
_WITHIN_NOUN = frozenset(("compound", "amod", "nummod", "punct", "nmod", "advmod", "quantmod", "det", "npadvmod"))
_LONGEST_ADDED = 80
#: Heads of phrases that tell what happened, not who spoke; lemmas.
_EVENTS = frozenset(
    "meeting talk summit visit crisis war attack conflict violence fighting clash unrest strike blast storm".split()
)
_RELATIVE = frozenset("who which that".split())
_ANYONE = frozenset(
    ("no one", "nobody", "everyone", "everybody", "anyone", "anybody", "someone", "somebody", "no-one", "nothing")
)
_KEPT_PREPOSITIONS = frozenset("of for to".split())
_CUT = frozenset(("acl", "relcl", "appos", "advcl", "prep", "punct"))
_EDGES = " \t\n\r,;:.“”\"‘’'()[]–—-"


def omitted_source(parse: Parse, cue: Iterable[Span], content: Iterable[Span]) -> Span | None:
    """The words for the source of a cue that has none beside it.

    A passive cue has an agent ("was described by Kell as"); an active one may share the subject of the verb that it
    hangs on ("Kell left, saying that ..."). None where neither is told outside the content.
    """
    told = tuple(content)
    for span in cue:
        found = parse.at(span)
        verb = _verb(found[1]) if found is not None else None
        if found is None or verb is None:
            continue
        noun = _agent(verb) if _passive(verb) else subject_of(verb)
        if noun is None or noun.lower_ in _NOBODY:
            continue
        source = noun_phrase(found[0], noun)
        if noun.is_upper and len(noun) > 3:
            continue  # a dateline: "KELM - Kell left, saying ..."
        if not any(source.overlaps(part) for part in told):
            return source
    return None


def whole_source(parse: Parse, source: Span) -> Span:
    """The source with the words that it breaks off before: "The two-" of "The two-hour meeting", "Soldiers in"."""
    found = parse.at(source)
    if found is None:
        return source
    parsed, tokens = found
    last = tokens[-1]
    if last.pos_ == "ADP":
        end = parsed.span(last.right_edge).end
    elif last.pos_ == "DET" and last.head.i > last.i:
        end = parsed.span(last.head).end
    elif last.text in _HYPHENS or (tokens.end_char < len(parsed.text) and parsed.text[tokens.end_char] in _HYPHENS):
        noun = last
        while noun.dep_ in _WITHIN_NOUN and noun.head.i != noun.i:
            noun = noun.head
        end = parsed.span(noun).end
    else:
        return source
    return Span(source.start, end) if source.end < end <= source.end + _LONGEST_ADDED else source


def is_event(parse: Parse, source: Span) -> bool:
    """Whether a source is a happening, which says nothing: "The meeting sought to end the crisis"."""
    found = parse.at(source)
    return found is not None and found[1].root.pos_ == "NOUN" and found[1].root.lemma_.lower() in _EVENTS


def trailing_agent(parse: Parse, content: Sequence[Span]) -> tuple[Span, Span] | None:
    """The last content span without the "by" that it ends with, and the words for who follows it."""
    found = parse.at(content[-1]) if content else None
    if found is None or found[1][-1].lower_ != "by" or len(found[1]) < 2:
        return None
    parsed, tokens = found
    noun = next((one for one in tokens[-1].children if one.dep_ in ("pobj", "pcomp")), None)
    if noun is None:
        return None
    rest = parsed.text[tokens.start_char : tokens[-1].idx].rstrip()
    start = parsed.start + tokens.start_char
    return (Span(start, start + len(rest)), noun_phrase(parsed, noun)) if rest else None


def quoted_speaker(parse: Parse, cue: Sequence[Span], content: Sequence[Span]) -> tuple[tuple[Span, ...], Span] | None:
    """Who is quoted, where the tagger took the name for content: "the agency quoted Kell as saying: ...".

    Returns:
        The content without it, and the words for who is quoted; None where nobody is.
    """
    if len(content) < 2 or not any(_QUOTING & _lemmas_of(parse, span) for span in cue):
        return None
    for span in content:
        found = parse.at(span)
        if found is None:
            continue
        parsed, tokens = found
        words = [token for token in tokens if not token.is_punct]
        as_saying = [token.lower_ for token in words[-2:]] == ["as", "saying"]
        last = words[-3] if as_saying and len(words) > 2 else (words[-1] if words and not as_saying else None)
        if last is None or len(words) > _LONGEST_NAME or last.pos_ != "PROPN" or tokens[0].is_quote:
            continue
        start = parsed.start + tokens.start_char
        return tuple(one for one in content if one != span), Span(start, parsed.span(last).end)
    return None


def _lemmas_of(parse: Parse, span: Span) -> set[str]:
    found = parse.at(span)
    return set() if found is None else {token.lemma_.lower() for token in found[1]}


def particle_of(parse: Parse, content: Span, cue: Iterable[Span]) -> bool:
    """Whether a content begins with the cue's own particle, so that the cue says nothing: "called up reservists"."""
    found = parse.at(content)
    verbs = [token for span in cue if (told := parse.at(span)) is not None for token in told[1]]
    return found is not None and found[1][0].dep_ == "prt" and found[1][0].head in verbs


def told_name(parse: Parse, span: Span, is_state: Callable[[Span], bool]) -> str:
    """What a source of which no actor was made is called: "Two diplomats" of "Two diplomats briefed on the talks".

    Empty for a pronoun: that nobody can be told is no name. "in Varda" stays where it tells the state (`is_state`).
    """
    found = parse.at(span)
    if found is None:
        return ""
    parsed, tokens = found
    root = tokens.root
    if root.lower_ in _RELATIVE and len(tokens) == 1:
        noun = _antecedent(root)
        return "" if noun is None else parsed.text[noun.left_edge.idx : noun.idx + len(noun)]
    end = tokens.end_char
    if root.pos_ in ("NOUN", "PROPN"):
        for child in root.rights:
            of_state = child.lower_ == "in" and any(is_state(parsed.span(noun)) for noun in child.children)
            cut = child.dep_ in _CUT and child.lower_ not in _KEPT_PREPOSITIONS and not of_state
            if cut and child.left_edge.idx > root.idx:
                end = min(end, child.left_edge.idx)
                break
    name = parsed.text[tokens.start_char : end].strip(_EDGES)
    words = name.split()
    if len(words) > 1 and tokens[-1].pos_ == "ADP" and words[-1] == tokens[-1].text:
        name = " ".join(words[:-1])
    return "" if name.lower() in _PRONOUNS or name.lower() in _ANYONE else name


def _antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative clause hangs on."""
    verb = pronoun.head
    while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.i < verb.i:
        verb = verb.head
    noun = verb.head if verb.dep_ == "relcl" else None
    return noun if noun is not None and noun.pos_ in ("NOUN", "PROPN") else None


def _verb(tokens: TokenSpan) -> Token | None:
    return next((token for token in tokens if token.pos_ == "VERB"), None)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in _PASSIVE for child in verb.children) or (
        verb.tag_ == "VBN" and not any(child.dep_ in ("aux", "nsubj") for child in verb.children)
    )


def _agent(verb: Token) -> Token | None:
    return next(
        (noun for by in verb.children if by.dep_ == "agent" for noun in by.children if noun.dep_ == "pobj"), None
    )


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb in the active voice, its own or one that it shares."""
    for one in _up(verb):
        subject = next((child for child in one.lefts if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            return subject
        if one is not verb and any(child.dep_ == "nsubjpass" for child in one.lefts):
            return next(child for child in one.lefts if child.dep_ == "nsubjpass")
    return None


def _up(verb: Token) -> Iterator[Token]:
    """A verb and those whose subject it shares."""
    for _ in range(_STEPS):
        yield verb
        ruled = verb.dep_ == "xcomp" and any(child.dep_ in ("dobj", "iobj") for child in verb.head.children)
        if verb.dep_ not in _SHARING or ruled or verb.head.pos_ not in ("VERB", "AUX"):
            return
        verb = verb.head


def noun_phrase(parsed: ParsedBlock, noun: Token) -> Span:
    """The noun with what stands before it, "of" and coordinated nouns."""
    end = noun.i
    for child in noun.rights:
        if child.dep_ in ("cc", "conj") or (child.dep_ == "prep" and child.lower_ in _KEPT_PREPOSITIONS):
            end = child.right_edge.i
        elif child.dep_ not in ("punct", "case"):
            break
    return parsed.span(noun.doc[noun.left_edge.i : end + 1])


__all__ = [
    "is_event",
    "noun_phrase",
    "omitted_source",
    "particle_of",
    "quoted_speaker",
    "subject_of",
    "told_name",
    "trailing_agent",
    "whole_source",
]
