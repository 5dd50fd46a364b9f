"""Parties that the actor stage made no entity of: an unknown proper name, a crowd or a body told by a description.

They become entities of the report only where an event names them; the same words are the same party in one report.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotating.events.covering import Cover
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.tree import names_land, noun_phrase_start
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import ActorKind, Entity, Mention, Span

#: Named-entity labels of the parser that are no party.
_NO_PARTY = frozenset(
    "DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL LAW LANGUAGE WORK_OF_ART EVENT PRODUCT LOC FAC".split()
)
#: What stands in front of or behind a place's name: "the Tarn neighbourhood", "Mirta Camp".
_PLACES = frozenset(
    "neighbourhood neighborhood district village town city suburb camp area province region street square".split()
)
#: Endings of words for people of a trade, a creed or a place.
PEOPLE = ("ist", "man", "woman", "worker", "holder", "goer", "keeper")
#: Endings that trades and offices share with some things: asked only of whom the network points to.
_TRADES = ("er", "or", "ian", "ant", "ee", "eer")
#: Words of the lists of people that are numbers, remains or things where nothing else is told.
_NOBODY = frozenset(
    "dozen hundred thousand million ten scores other body remains boat ship fleet line equipment".split()
)
_MONTHS = frozenset("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_LAND = ("ia", "land", "stan")
#: Surer than a guess, less sure than an entity that the actor stage proved.
_CONFIDENCE = 0.6


class Described:
    """Makes parties of words that no entity covers, each once a report."""

    def __init__(self, report: str, first: int, places: Iterable[Span] = ()) -> None:
        """Start a report.

        Args:
            report: its id.
            first: number of the first entity that may be made.
            places: where the report names known places, which are no parties.
        """
        self._report = report
        self._first = first
        self._places = Cover((place, "place") for place in places)
        self._by_words: dict[str, Entity] = {}

    def party(self, parsed: ParsedBlock, token: Token) -> Entity | None:
        """The party that the phrase of a token describes, or None where it describes none."""
        kind = _kind(token)
        return None if kind is None else self._made(parsed, token, kind)

    def victim(self, parsed: ParsedBlock, token: Token) -> Entity | None:
        """The people, or what shelters them, that the phrase of a token describes: "civilians", "a village clinic"."""
        lemma, classes = token.lemma_.lower(), event_lexicon().classes
        if token.pos_ != "NOUN" or lemma in classes["weapon"]:
            return None
        if lemma in classes["shelter"] | classes["described_body"]:
            return self._made(parsed, token, ActorKind.ORGANISATION)
        people = (
            classes["person"] | classes["crowd"] | classes["doer"] | classes["described_group"] | classes["captive"]
        )
        people = people - _NOBODY
        return self._made(parsed, token, ActorKind.GROUP) if lemma in people or lemma.endswith(PEOPLE) else None

    def acting(self, parsed: ParsedBlock, token: Token) -> Entity | None:
        """Who is told by a trade or office that no list has: "the rector", "grid operators"; never a thing."""
        lemma, classes = token.lemma_.lower(), event_lexicon().classes
        things = classes["weapon"] | classes["violence_target"] | classes["force"] | classes["property"]
        acts = lemma in classes["agent"] or lemma.endswith(_TRADES)
        if token.pos_ != "NOUN" or lemma in things | classes["artefact"] or not acts:
            return None
        return self._made(parsed, token, ActorKind.GROUP)

    def _made(self, parsed: ParsedBlock, token: Token, kind: ActorKind) -> Entity | None:
        if self._places.at(parsed.start + token.idx) is not None:
            return None
        words = parsed.doc[_start(token) : token.i + 1]
        known = self._known(words.text)
        name = known.name if known is not None else words.text
        span = parsed.span(words)
        mention = Mention(span, "name" if token.pos_ == "PROPN" else "description", _CONFIDENCE)
        if known is None:
            known = Entity(f"{self._report}.a{self._first + len(self._by_words)}", name, kind, ())
        if mention not in known.mentions:
            mentions = tuple(sorted((*known.mentions, mention), key=lambda one: one.span))
            known = replace(known, mentions=mentions, aliases=_aliases(known, mention, words.text))
        self._by_words[name.lower()] = known
        return known

    def _known(self, words: str) -> Entity | None:
        """The party of the same words; "Cestrian" after "Cestria" is Cestria."""
        lower = words.lower()
        stems = (
            lower,
            lower + "s",
            lower.removesuffix("n"),
            lower.removesuffix("an"),
            lower.removesuffix("ian") + "ia",
        )
        return next((self._by_words[one] for one in stems if one in self._by_words), None)

    def entity(self, name: str) -> Entity | None:
        """A party made so far, by id."""
        return next((one for one in self._by_words.values() if one.id == name), None)

    def used(self, names: frozenset[str]) -> Iterator[Entity]:
        """The parties that events name, in order of their ids."""
        yield from sorted(
            (one for one in self._by_words.values() if one.id in names), key=lambda one: one.mentions[0].span
        )


def _aliases(known: Entity, mention: Mention, words: str) -> tuple[str, ...]:
    return tuple(sorted({*known.aliases, words})) if mention.form == "name" else known.aliases


def _start(token: Token) -> int:
    """The phrase without its articles, numbers and possessors."""
    start = noun_phrase_start(token)
    counted = [c.i for c in token.children if c.dep_ == "nummod" and c.i < token.i]
    start = max([start, *(at + 1 for at in counted)])
    while start < token.i and token.doc[start].pos_ not in ("ADJ", "NOUN", "PROPN"):
        start += 1
    if token.pos_ == "PROPN":
        while start < token.i and token.doc[start].pos_ != "PROPN":
            start += 1
    return start


def _kind(token: Token) -> ActorKind | None:
    classes = event_lexicon().classes
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN":
        date = token.text[:3] in _MONTHS and len(token.text) < 5
        if date or token.ent_type_ in _NO_PARTY or not token.text[:1].isupper() or lemma in event_lexicon().nouns:
            return None
        blast = lemma in classes["blast"] | classes["weapon"]
        if blast or lemma in _PLACES or token.head.lemma_.lower() in _PLACES:
            return None
        if token.ent_type_ == "PERSON" and not token.text.endswith(_LAND):
            return ActorKind.PERSON
        return ActorKind.STATE if token.text.endswith(_LAND) else ActorKind.ORGANISATION
    if token.pos_ != "PROPN" and names_land(token):
        return ActorKind.STATE
    if token.pos_ != "NOUN" or lemma in classes["weapon"]:
        return None
    if lemma in classes["described_body"]:
        return ActorKind.ORGANISATION
    crowd = (classes["crowd"] | classes["doer"] | classes["described_group"]) - classes["faceless"]
    return ActorKind.GROUP if lemma in crowd else None


__all__ = ["Described"]
