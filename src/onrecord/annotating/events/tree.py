"""A parse as a tree that is walked again and again: children by label, and answers that the document keeps."""

from collections.abc import Callable
from functools import wraps

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Token

_BELOW = "onrecord.events.children"
"""Where a document keeps its children by place; its parse does not change once the events are looked for."""


def children(token: Token, *deps: str) -> list[Token]:
    """The token's children with one of the dependency labels, in text order."""
    doc = token.doc
    below = doc.user_data.get(_BELOW)
    if below is None:
        below = doc.user_data[_BELOW] = _children_of(doc)
    firsts, places, labels = below
    at = token.i
    return [doc[place] for place in places[firsts[at] : firsts[at + 1]] if labels[place] in deps]


def _children_of(doc: Doc) -> tuple[list[int], list[int], list[str]]:
    """Where each token's children begin in a list of all of them, as places; and all tokens' labels.

    spaCy searches the sentence for a token's children whenever it is asked.
    """
    heads, deps = doc.to_array([HEAD, DEP]).view(np.int64).T
    strings = doc.vocab.strings
    labels = {dep: strings[dep] for dep in np.unique(deps.view(np.uint64)).tolist()}
    below = np.flatnonzero(heads)
    heads = heads[below] + below
    order = np.argsort(heads, kind="stable")
    firsts = np.searchsorted(heads[order], np.arange(len(doc) + 1))
    return firsts.tolist(), below[order].tolist(), [labels[dep] for dep in deps.view(np.uint64).tolist()]


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
