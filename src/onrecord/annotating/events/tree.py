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
    row = below.get(token.i)
    if row is None:
        return []
    places = [place for dep in deps if dep in row for place in row[dep]]
    if len(places) > 1:
        places.sort()
    return [doc[place] for place in places]


def _children_of(doc: Doc) -> dict[int, dict[str, list[int]]]:
    """Each token's children by label, as places: spaCy searches the sentence for them whenever it is asked."""
    strings = doc.vocab.strings
    below: dict[int, dict[str, list[int]]] = {}
    heads, deps = doc.to_array([HEAD, DEP]).view(np.int64).T
    labels = {dep: strings[dep] for dep in np.unique(deps.view(np.uint64)).tolist()}
    heads = heads + np.arange(len(doc))
    for place, (head, dep) in enumerate(zip(heads.tolist(), deps.view(np.uint64).tolist(), strict=True)):
        if head != place:
            below.setdefault(head, {}).setdefault(labels[dep], []).append(place)
    return below


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
