"""Short names that the report itself explains: "the Rapid Relief Front (RRF)" is no RRF that a lexicon knows."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotating.actors.lexicon import known_names, plain
from onrecord.annotating.actors.references import Reference
from onrecord.annotating.actors.voting import tokens_of
from onrecord.annotating.actors.words import Passage
from onrecord.model import ActorKind

_SMALL = frozenset("of the and for in on de".split())


def initials_of(name: str) -> str:
    """The first letters of a name's words, small words left out.

    >>> initials_of("Front for the Liberation of Varda")
    'flv'
    """
    return "".join(token[0] for token in tokens_of(name) if token not in _SMALL)


def with_own_initials(references: Sequence[Reference], blocks: Sequence[Passage]) -> list[Reference]:
    """The references, with initials meaning the report's own organisation where it names one that they fit.

    A lexicon's reading of initials stands only where the report tells the lexicon's full name too, or no other
    organisation with these initials.
    """
    full: dict[str, str] = {}
    told: set[str] = set()
    for one in references:
        if one.kind is not ActorKind.ORGANISATION or one.form != "name":
            continue
        words = blocks[one.passage].text(one.first, one.last).removeprefix("the ").removeprefix("The ")
        if one.key is not None and not words.isupper():
            told.add(one.key)
        if one.key is None and len(tokens_of(one.name)) > 1:
            full.setdefault(initials_of(one.name), one.name)
    return [_own(one, full, told, blocks) for one in references]


def _own(one: Reference, full: dict[str, str], told: set[str], blocks: Sequence[Passage]) -> Reference:
    if one.kind is not ActorKind.ORGANISATION or one.form != "name" or one.key is None or one.key in told:
        return one
    if not one.key.startswith("org:"):
        return one
    words = blocks[one.passage].text(one.first, one.last)
    words = words.removeprefix("the ").removeprefix("The ")
    short = plain(words).replace(".", "")
    if not (2 < len(short) <= 6 and short.isupper() and short.lower() in full) or short not in known_names():
        return one
    return replace(one, key=None, name=short, calls=frozenset(), country=None, state=None)


__all__ = ["initials_of", "with_own_initials"]
