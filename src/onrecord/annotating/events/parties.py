"""Which entities a phrase of an event's parties names."""

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.annotating.actors.lexicon import country_adjective
from onrecord.annotating.events.covering import Cover
from onrecord.annotating.events.describing import PEOPLE, Described
from onrecord.annotating.events.grammar import owner, with_conjuncts
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.tree import DEEPEST, children, noun_phrase_start
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import ActorKind, Annotation, Entity, Span

#: "Borvia, Cestria and Selmia ... the three governments": so many tokens back, and what may stand in the list.
_LIST_REACH = 120
_COUNTS = frozenset(
    "dozen hundred thousand million score group number most many some part half majority rest batch".split()
)
_HOLDING = frozenset("held controlled run occupied ruled dominated".split())
_LISTED = frozenset({ActorKind.STATE, ActorKind.ORGANISATION})
_FOR = frozenset({"of", "for", "at"})
_OFFICES = frozenset(
    "head chief director chairman chairwoman chair secretary spokesman spokeswoman spokesperson commander governor"
    " coordinator commissioner president manager secretary-general".split()
)
_GOVERNING = frozenset(
    "government official authority police rebel leader military army court prosecutor parliament junta insurgent"
    " militant separatist opposition ministry party court group movement faction activist protester".split()
)


def _speaks(noun: Token) -> bool:
    return noun.lemma_.lower() in event_lexicon().classes["agent"] or noun.lemma_.lower() in _OFFICES


def names_people(lemma: str) -> bool:
    """Whether a noun's form says that it is people.

    >>> names_people("cyclist"), names_people("tower")
    (True, False)
    """
    return lemma.endswith(PEOPLE) or lemma in event_lexicon().classes["person"]


def _lemma(token: Token) -> str:
    """The lemma in lower case; "Rebels" at a sentence's start, taken for a name, is "rebel"."""
    lemma: str = token.lemma_.lower()
    return lemma.removesuffix("s") if token.pos_ == "PROPN" else lemma


class Parties:
    """Finds entities by the tokens that name them, in constant time a token."""

    def __init__(self, marks: Annotation, described: Described | None = None) -> None:
        """Take the report's entities.

        Args:
            marks: with entities.
            described: makes parties of words that no entity covers; None to leave them out.
        """
        self._described = described
        self._entities = {entity.id: entity for entity in marks.entities}
        self._states = {e.country: e.id for e in reversed(marks.entities) if e.kind is ActorKind.STATE and e.country}
        self._keys = {e.key: e.id for e in reversed(marks.entities) if e.kind is ActorKind.STATE and e.key}
        self._adjectives = {
            adjective.lower(): name
            for land, name in self._states.items()
            if (adjective := country_adjective(land)) is not None
        }
        self._within = _described_states(marks)
        self._lands = Cover((m.span, m.place.country) for m in marks.places if m.place.country)
        self._mentions = Cover((m.span, e.id) for e in marks.entities for m in e.mentions)

    def entity(self, parsed: ParsedBlock, token: Token) -> Entity | None:
        """The entity of the smallest mention that the token stands in."""
        name = self._mentions.at(parsed.start + token.idx)
        return None if name is None else self._entities[name]

    def of(
        self, parsed: ParsedBlock, tokens: Iterable[Token], *, agents_only: bool = False, describe: bool = False
    ) -> tuple[str, ...]:
        """The entities that the phrases headed by `tokens` name, in text order, each once.

        An office holder who acts for a state is given with his state after him, and so is a government body or a
        group: readers ask for the state, and the person stays visible as (person, state).

        Args:
            parsed: the block of the tokens.
            tokens: heads of phrases.
            agents_only: a noun that is no actor itself ("economy", "poet") stands for its country only where it can
                act for it ("forces", "officials", "airstrike").
            describe: make parties of names and descriptions that no entity covers.
        """
        heads = list(tokens)
        found: list[str] = []
        for token in heads:
            for name in self._phrase(parsed, token, agents_only):
                found.extend(one for one in (name, self._state_of(name)) if one is not None)
        if describe and not found:
            found = [one for token in heads if (one := self._describe(parsed, token)) is not None]
        return tuple(dict.fromkeys(found))

    def victims(self, parsed: ParsedBlock, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Whom something was done to: the people or bodies that some phrases describe, and those that they belong to.

        "Four staff of the Borvian Relief Union" are staff and the union; "rebel-held districts" are the rebels.
        """
        found: list[str] = []
        for token in (inside for one in tokens for inside in counted(one)):
            known = self.entity(parsed, token)
            made = self._described.victim(parsed, token) if known is None and self._described is not None else None
            if made is not None:
                self._entities[made.id] = made
                found.append(made.id)
            found += [
                one for n in self._phrase(parsed, token, False) for one in (n, self._state_of(n)) if one is not None
            ]
            if made is None and token.lemma_.lower() in event_lexicon().classes["held"]:
                for holder in _holders(token):
                    described = self._describe(parsed, holder)
                    found += self._phrase(parsed, holder, False) or ([] if described is None else [described])
        return tuple(dict.fromkeys(found))

    def acting_alone(self, parsed: ParsedBlock, token: Token) -> tuple[str, ...]:
        """Who a word of no list tells by a trade or office: "the rector"."""
        made = self._described.acting(parsed, token) if self._described is not None else None
        if made is None:
            return ()
        self._entities[made.id] = made
        return (made.id,)

    def with_states(self, names: Iterable[str]) -> tuple[str, ...]:
        """Known entities among some names, each followed by the state it acts for."""
        known = [name for name in names if name in self._entities]
        found = [one for name in known for one in (name, self._state_of(name)) if one is not None]
        return tuple(dict.fromkeys(found))

    def named(self, parsed: ParsedBlock, token: Token) -> bool:
        """Whether the token is the head of an actor's name, or of a word for one ("the Borvian envoy")."""
        if self.entity(parsed, token) is not None:
            return True
        return token.lemma_.lower() in event_lexicon().classes["agent"] and bool(self.of(parsed, [token]))

    def person(self, parsed: ParsedBlock, token: Token) -> bool:
        """Whether the token names or describes people."""
        entity = self.entity(parsed, token)
        if entity is not None and entity.kind in (ActorKind.PERSON, ActorKind.GROUP):
            return True
        classes = event_lexicon().classes
        return names_people(token.lemma_.lower()) or token.lemma_.lower() in classes["agent"]

    def kinds(self, names: Iterable[str]) -> frozenset[ActorKind]:
        """The kinds of some entities."""
        return frozenset(self._entities[name].kind for name in names if name in self._entities)

    def bodies(self, names: Iterable[str]) -> bool:
        """Whether only bodies whose members may meet are among some entities: no person, no state."""
        found = self.kinds(names)
        return bool(found) and found <= {ActorKind.ORGANISATION}

    def body_of(self, parsed: ParsedBlock, heads: Iterable[Token]) -> tuple[str, ...]:
        """The body that a person is told to speak for: "Olle Brant, the representative of the Bank"."""
        found: list[str] = []
        for token in heads:
            roles = [token, *children(token, "appos")]
            roles = [one for one in roles if one.pos_ == "NOUN" and _speaks(one)]
            named = [o for one in roles for p in children(one, "prep") for o in children(p, "pobj") if p.lower_ in _FOR]
            named += [owner(one) for role in roles for one in children(role, "poss", "compound")]
            bodies = [e for one in named if (e := self.entity(parsed, one)) is not None]
            found += [e.id for e in bodies if e.kind in _LISTED]
            if not self.of(parsed, [token]) or self.stateless(self.of(parsed, [token])):
                found += self._demonyms(token)
        return tuple(dict.fromkeys(found))

    def _demonyms(self, name: Token) -> list[str]:
        """The state without a code whose adjective stands before a person's name: "Tarvian Water Minister Jon Abel"."""
        before = {one.lower_ for one in name.doc[noun_phrase_start(name) : name.i]}
        states = [e for e in self._entities.values() if e.kind is ActorKind.STATE and not e.country]
        return [e.id for e in states if before & _adjectives(e.name.lower())]

    def acting(self, names: Iterable[str]) -> bool:
        """Whether a person among some entities holds an office or acts for a state."""
        known = (self._entities[name] for name in names if name in self._entities)
        return any(e.kind is ActorKind.PERSON and (e.roles or e.country or self._state_of(e.id)) for e in known)

    def stateless(self, names: Iterable[str]) -> bool:
        """Whether some entities are persons of whom no state is known."""
        known = [self._entities[name] for name in names if name in self._entities]
        return bool(known) and all(e.kind is ActorKind.PERSON and self.sides([e.id]) == {e.id} for e in known)

    def sides(self, names: Iterable[str]) -> frozenset[str]:
        """What sides some entities stand for: their countries, else themselves."""
        known = [self._entities[name] for name in names if name in self._entities]
        # "Delta rebels" and "Delta" stand on one side
        own = [e for e in known if e.country or not any(o is not e and o.name in e.name for o in known)]
        return frozenset(entity.country or self._state_of(entity.id) or entity.id for entity in own)

    def listed(self, parsed: ParsedBlock, token: Token, count: int) -> tuple[str, ...]:
        """So many states or bodies that stand side by side in a token's block before it; the last such list."""
        found: tuple[str, ...] = ()
        for first in parsed.doc[max(0, token.i - _LIST_REACH) : token.i]:
            if first.dep_ == "conj" or not children(first, "conj"):
                continue
            group = with_conjuncts([first])
            known = [e for one in group if (e := self.entity(parsed, one)) is not None]
            if len(group) == len(known) == count and all(e.kind in _LISTED for e in known):
                found = tuple(dict.fromkeys(e.id for e in known))
        return found if len(found) == count else ()

    def pair(self) -> tuple[str, ...]:
        """The two states that a report is about, for "the two countries"; empty where others are told as often."""
        often = sorted(
            (e for e in self._entities.values() if e.kind is ActorKind.STATE), key=lambda e: -len(e.mentions)
        )
        counts = [len(e.mentions) for e in often[:3]] + [0]
        clear = len(often) > 1 and counts[1] > 1 and counts[2] * 2 <= counts[1]
        return tuple(e.id for e in often[:2]) if clear else ()

    def _state_of(self, name: str) -> str | None:
        """The state that an entity acts for; an invented one is known by its key, or by "the Vardan minister"."""
        entity = self._entities[name]
        body = (entity.key or "").startswith("gov:")
        acts = {ActorKind.PERSON: bool(entity.roles), ActorKind.ORGANISATION: body, ActorKind.GROUP: True}
        if entity.country is not None:
            return self._states.get(entity.country) if acts.get(entity.kind) else None
        if body:
            return self._keys.get("state:" + (entity.key or "").split(":")[1])
        return self._within.get(name) if acts.get(entity.kind) or entity.kind is ActorKind.PERSON else None

    def _phrase(self, parsed: ParsedBlock, token: Token, agents_only: bool) -> list[str]:
        entity = self._apposed(parsed, token) or self.entity(parsed, token)
        if entity is not None and entity.kind is not ActorKind.GROUP:
            # "an Iranian lawmaker, Ilan Dresk": the country stands with the description
            with_land = entity.country is None and token.pos_ == "NOUN" and entity.kind is ActorKind.PERSON
            # "Borvian and Cestrian border guards": bodies of both, though the name is that of one
            with_land = with_land or any(children(one, "conj") for one in children(token, "amod"))
            return [entity.id, *(self._modifiers(parsed, token) if with_land else ())]
        around = [] if agents_only and not self._can_act(token) and entity is None else self._modifiers(parsed, token)
        return ([entity.id] if entity else []) + around

    def _apposed(self, parsed: ParsedBlock, token: Token) -> Entity | None:
        """The person named behind a description: "a hard-line lawmaker, Ilan Dresk"."""
        if token.pos_ != "NOUN":
            return None
        for name in children(token, "appos"):
            entity = self.entity(parsed, name) if name.pos_ == "PROPN" else None
            if entity is not None and entity.kind is ActorKind.PERSON:
                return entity
        return None

    def _describe(self, parsed: ParsedBlock, token: Token) -> str | None:
        """The party that no entity covers, made of the words that describe it."""
        made = self._described.party(parsed, token) if self._described is not None else None
        if made is None:
            return None
        self._entities[made.id] = made
        return made.id

    def _can_act(self, token: Token) -> bool:
        classes = event_lexicon().classes
        lemma = _lemma(token)
        return any(lemma in classes[name] for name in ("agent", "force", "hostility", "soldier"))

    def _modifiers(self, parsed: ParsedBlock, token: Token) -> list[str]:
        """Entities named by possessives and adjectives, else by "of", "in" or "including" phrases."""
        left = [owner(one) for one in with_conjuncts(children(token, "poss", "amod", "compound", "nmod"))]
        for one in list(left):
            # "the alliance's top envoy", "US-Russian": one level down, as the parser nests them
            left += children(one, "compound", "amod", "poss", "nmod")
        own = self.entity(parsed, token)
        found = [e.id for one in sorted(left, key=lambda t: t.i) if (e := self.entity(parsed, one)) not in (None, own)]
        # "Kenyan and Ugandan border guards": the name of one body covers the adjectives of both
        unnamed = [one for one in left if self.entity(parsed, one) in (None, own)]
        lands = [state for one in unnamed if (state := self._adjectives.get(one.lower_)) is not None]
        found += [state for state in lands if state not in found]
        behind = children(token, "prep")[:DEEPEST]
        if not behind and _lemma(token) in _GOVERNING and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "in":
            # "prompted the government in Norhaven to act": the parser hangs the place on the verb
            behind = [token.nbor(1)]
        for preposition in () if found else behind:
            inside = preposition.lower_ == "in" and _lemma(token) in _GOVERNING
            if inside or preposition.lower_ in ("of", "from", "including", "for"):
                objects = with_conjuncts(children(preposition, "pobj"))
                found += [e.id for one in objects if (e := self.entity(parsed, one)) is not None]
                if inside and not found:
                    # "the government in Norhaven": that of the land where it sits
                    seats = [self._lands.at(parsed.start + one.idx) for one in objects]
                    found += [state for land in seats if (state := self._states.get(land or "")) is not None]
        return found


def counted(token: Token) -> list[Token]:
    """What a number or a measure is of: "two of the monitors", "dozens of captives"."""
    measure = token.pos_ in ("NUM", "PRON", "DET") or token.lemma_.lower() in _COUNTS
    inside = [o for p in children(token, "prep") if p.lower_ == "of" for o in children(p, "pobj")] if measure else []
    return with_conjuncts(inside) or [token]


def _holders(place: Token) -> list[Token]:
    """As in "rebel positions", "rebel-held areas"."""
    found: list[Token] = []
    for one in children(place, "amod", "compound", "nmod"):
        found += children(one, "npadvmod", "compound", "amod", "nmod") if one.lower_ in _HOLDING else [one]
    return found


def _described_states(marks: Annotation) -> dict[str, str]:
    """The state without a code that each person or group is described by: "Varda's envoy", "the Vardan minister"."""
    states = Cover(
        (m.span, e.id) for e in marks.entities if e.kind is ActorKind.STATE and not e.country for m in e.mentions
    )
    found: dict[str, str] = {}
    for entity in marks.entities:
        if entity.country or entity.kind not in (ActorKind.PERSON, ActorKind.GROUP):
            continue
        for mention in entity.mentions:
            if mention.form == "description" and (state := _first(states, mention.span)) is not None:
                found.setdefault(entity.id, state)
    return found


def _adjectives(land: str) -> set[str]:
    return {land + ending for ending in ("n", "an", "ian", "ese", "i", "ish")} | {land.removesuffix("ia") + "ian"}


def _first(states: Cover, span: Span) -> str | None:
    return next((state for at in range(span.start, span.end) if (state := states.at(at)) is not None), None)
