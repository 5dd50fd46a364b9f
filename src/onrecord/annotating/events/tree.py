"""A parse as a tree that is walked again and again: children by label, and answers that the document keeps."""

from collections.abc import Callable
from functools import wraps

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Token

_BELOW = "onrecord.events.children"
"""Where a document keeps its children by place; its parse does not change once the events are looked for."""
#: How many links up or down a parse are followed: deeper trees are parser errors or lists.
DEEPEST = 12
#: Phrases that tell when or about what, and so are no part of a name or a thing.
_OUTSIDE = frozenset("about amid after before since following during ahead despite".split())


def children(token: Token, *deps: str) -> list[Token]:
    """The token's children with one of the dependency labels, in text order."""
    doc = token.doc
    below = doc.user_data.get(_BELOW)
    if below is None:
        below = doc.user_data[_BELOW] = _children_of(doc)
    firsts, places, labels = below
    at = token.i
    start, end = firsts[at], firsts[at + 1]
    if start == end:
        return []
    return [doc[place] for place in places[start:end] if labels[place] in deps]


def _children_of(doc: Doc) -> tuple[list[int], list[int], list[str]]:
    """Where each token's children begin in a list of all of them, as places; and all tokens' labels.

    spaCy searches the sentence for a token's children whenever it is asked.
    """
    heads, deps = doc.to_array([HEAD, DEP]).view(np.int64).T
    strings = doc.vocab.strings
    told = deps.view(np.uint64).tolist()
    labels = {dep: strings[dep] for dep in set(told)}
    below = np.flatnonzero(heads)
    heads = heads[below] + below
    order = np.argsort(heads, kind="stable")
    firsts = np.searchsorted(heads[order], np.arange(len(doc) + 1))
    return firsts.tolist(), below[order].tolist(), [labels[dep] for dep in told]


def once(ask: Callable[[Token], list[Token]]) -> Callable[[Token], list[Token]]:
    """What is asked of a token again and again, answered once; the document keeps the answers, as places."""
    key = f"onrecord.events.{ask.__name__}"

    @wraps(ask)
    def answered(token: Token) -> list[Token]:
        doc = token.doc
        known = doc.user_data.setdefault(key, {})
        if token.i not in known:
            known[token.i] = [one.i for one in ask(token)]
        return [doc[place] for place in known[token.i]]

    return answered


def noun_phrase_end(token: Token, depth: int = 0) -> int:
    """Index of the last token of the noun phrase, without relative clauses and appositions."""
    end = token.i
    for child in token.children:
        if child.i < token.i or child.dep_ in ("relcl", "acl", "appos", "advcl", "punct", "cc", "ccomp"):
            continue
        if child.dep_ == "prep" and child.lower_ in _OUTSIDE:
            continue
        if depth < DEEPEST and child.dep_ in ("prep", "pobj", "conj", "compound", "nummod", "case", "prt", "agent"):
            end = max(end, noun_phrase_end(child, depth + 1))
        elif child.dep_ == "pcomp":
            inner = children(child, "dobj", "prep", "prt")[:3]
            end = max([end, child.i, *(noun_phrase_end(one, depth + 1) for one in inner if depth < DEEPEST)])
    return end


def noun_phrase_start(token: Token) -> int:
    """Index of the first token of the noun phrase."""
    return min(
        (child.left_edge.i for child in token.children if child.i < token.i and child.dep_ != "punct"), default=token.i
    )


def names_land(token: Token) -> bool:
    """Whether a word looks like an unknown country's name, whatever the tagger takes it for: "Tarvia", "Selmia"."""
    text: str = token.text
    return len(text) > 4 and text[0].isupper() and text.endswith(("ia", "land", "stan"))
