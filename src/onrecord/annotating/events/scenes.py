"""A trigger with what the grammar says of it, and the frame that fits there."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.grammar import (
    direct_objects,
    logical_subjects,
)
from onrecord.annotating.events.lexicon import Frame
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.tree import children
from onrecord.annotating.parse import ParsedBlock

_PARTS = frozenset(
    "number batch group team part piece dozen hundred thousand million billion euro dollar pound yen ton tonne most"
    " rest bulk convoy column shipment wave series round string set package worth half third quarter remainder".split()
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A trigger with what the grammar says of it.

    Attributes:
        carrier: the verb itself, the light verb of a noun, or None for a bare noun.
        clause: the verb of the clause that the trigger governs.
    """

    parsed: ParsedBlock
    parties: Parties
    trigger: Token
    carrier: Token | None
    clause: Token | None

    @property
    def subjects(self) -> tuple[Token, ...]:
        """Who does it, by the verb that tells or carries it."""
        return () if self.carrier is None else tuple(logical_subjects(self.carrier))

    @property
    def objects(self) -> tuple[Token, ...]:
        """What it is done to; empty for nouns."""
        return tuple(direct_objects(self.trigger)) if self.carrier == self.trigger else ()

    def lemmas(self, tokens: Iterable[Token]) -> frozenset[str]:
        """The tokens' lemmas in lower case; "some of its troops" counts as troops."""
        found = list(tokens)
        parts = [t for t in found if t.lemma_.lower() in _PARTS or t.pos_ in ("DET", "NUM", "PRON", "SYM")]
        parts = [one for t in parts for one in (t, *children(t, "appos"))]
        holders = [one for t in parts for one in ((t, t.head) if t.pos_ in ("NUM", "SYM") else (t,))]
        inside = [p for t in holders for p in children(t, "prep") if p.lower_ in ("of", "in", "worth")]
        found += [o for of in inside for o in children(of, "pobj")]
        return frozenset(lemma for token in found for lemma in _lemmas_of(token))


def _lemmas_of(token: Token) -> tuple[str, ...]:
    """A token's lemma; "Rockets" at a sentence's start and "sit - in" have one that the tagger does not give."""
    lemma = token.lemma_.lower()
    if token.tag_ == "NNPS":
        return lemma, lemma.removesuffix("s")
    if lemma in ("in", "out"):
        return (lemma, *(f"{c.lemma_.lower()}-{lemma}" for c in children(token, "compound")))
    return (lemma,)


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits; `chance` is that of its type where the network's event head alone tells it."""

    frame: Frame
    scene: Scene
    chance: float | None = None

    @property
    def trigger(self) -> Token:
        """The word that tells the event."""
        return self.scene.trigger
