"""Who is bound by a promise: an actor that can keep it, not the troops that will march or "the top diplomats"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.fusing.happenings import Happening, sides_of
from onrecord.fusing.ledger import Carriers, cue_words, spokesmen
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.words import lexicon, words
from onrecord.model import Actor, ActorKind, Event, Span

_BODIES = (ActorKind.STATE, ActorKind.ORGANISATION)
#: "that the two governments will": a clause's subject begins within so many code points of it.
_AT_ONCE = 12
_FROM = len("from ")
#: "received assurances | from the government of Borvia": who gave it is named so many code points behind at most.
_BEHIND = 40


@dataclass(frozen=True, slots=True)
class Register:
    """A story's actors and states, looked up by id: made once, as every promise asks.

    Attributes:
        actors: by their id.
        states: the state of each country.
    """

    actors: Mapping[str, Actor]
    states: Mapping[str, Party]

    @classmethod
    def of(cls, scene: Scene) -> "Register":
        """That of a story."""
        actors = {actor.id: actor for entity in scene.entities if (actor := scene.actor_of.get(entity)) is not None}
        known = sorted(one.id for one in scene.entities.values() if one.kind is ActorKind.STATE and one.country)
        first = {scene.entities[one].country or "": one for one in reversed(known)}
        return cls(actors, {country: scene.party(one) for country, one in first.items()})

    def states_of(self, by: Iterable[Party]) -> list[Party]:
        """The states of those who hold an office of state: another report may tell whose minister he is."""
        found = []
        for party in by:
            actor = self.actors.get(party.actor)
            if party.kind is not ActorKind.PERSON or party.country is None or actor is None:
                continue
            titles = [role.title.lower() for role in actor.roles]
            if any(set(title.split()) & lexicon("offices") and not title.startswith("former") for title in titles):
                found += [self.states[party.country]] if party.country in self.states else []
        return found

    def without_bystanders(self, by: Sequence[Party]) -> tuple[Party, ...]:
        """Debtors without a bare name of nobody known, where another telling names the state that is bound.

        "Brellin promises a written answer" may name a town: of an invented or unknown one nobody told whose it is.
        """
        if not any(party.kind is ActorKind.STATE for party in by):
            return tuple(by)
        return tuple(party for party in by if not self._bare(party))

    def _bare(self, party: Party) -> bool:
        actor = self.actors.get(party.actor)
        lone = party.kind is ActorKind.PERSON and party.country is None and " " not in party.name
        return lone and actor is not None and not actor.roles


def debtors(scene: Scene, register: Register, carriers: Carriers, one: Happening) -> tuple[Party, ...]:
    """Who is bound: who promises in so many words ("promised that they would have it"), else who is to do it."""
    bound = able(scene, one.event, _promising(scene, carriers, one.event))
    got = bool(one.tokens) and one.tokens[0].form in lexicon("getting")
    doing = able(scene, one.event, _givers(scene, one.event) if got else one.sources)
    if bound and not set(sides_of(bound)) & set(sides_of(doing)):
        # Whose minister it is nobody told: he promises for the state that is to do it.
        own = any(p.kind is ActorKind.PERSON and p.country is None for p in bound)
        for_a_state = own and any(party.kind is ActorKind.STATE for party in doing)
        return (*doing, *bound) if for_a_state else bound
    said = spokesmen(scene, carriers, one.event, doing)
    return (*doing, *register.states_of(doing), *said)


def _givers(scene: Scene, event: Event) -> tuple[Party, ...]:
    """From whom a promise was got: "has received assurances from Cestria" binds Cestria."""
    near = Span(event.span.start, event.span.end + _BEHIND)
    found = [
        entity.id
        for entity in scene.annotations[event.report].entities
        for mention in entity.mentions
        if near.contains(mention.span)
        and scene.text(event.report, Span(max(0, mention.span.start - _FROM), mention.span.start)).endswith("from ")
    ]
    return scene.parties(found)


def _promising(scene: Scene, carriers: Carriers, event: Event) -> tuple[Party, ...]:
    cues = ((one, cue_words(scene, one)) for one in carriers.of(event))
    promised = [one for one, cue in cues if cue & lexicon("promising") and not cue & lexicon("getting")]
    return tuple(party for s in promised for party in scene.parties(s.speakers))


def concerned(scene: Scene, carriers: Carriers, one: Happening) -> tuple[Party, ...]:
    """Who may be owed it, besides debtors: to whom it is done, and who will have it.

    Troops that will march are owed nothing; "promised that the envoys would have an answer" owes it to the envoys.
    """
    receiving = bool(_promising(scene, carriers, one.event))
    return (*one.targets, *(party for party in one.sources if receiving or not acts_for_others(party)))


def able(scene: Scene, event: Event, by: Sequence[Party]) -> tuple[Party, ...]:
    """Those of some parties who can promise; for troops, ships or delegates who name no land, whom they act for.

    "The 40,000 troops will return, he said" binds who says it; "Bravonia will answer, the top diplomats agreed" binds
    Bravonia. Rebels, unions and villagers promise for themselves.
    """
    kept = tuple(party for party in by if not acts_for_others(party))
    if kept or not by:
        return kept
    return _subject(scene, event) or _speakers(scene, event)


def acts_for_others(party: Party) -> bool:
    """As "top diplomats", "40,000 troops", "countries": a group without a name or a land of its own."""
    named = party.name[:1].isupper() and not party.name.split(" ")[-1].islower()
    if party.kind is not ActorKind.GROUP or party.country is not None or named:
        return False
    told = words(party.name)
    return bool(told) and told[-1] in lexicon("acting_for")


def _subject(scene: Scene, event: Event) -> tuple[Party, ...]:
    """The state or body at the head of the words that tell what will be done."""
    about = event.topic or event.span
    head = Span(about.start, about.start + _AT_ONCE)
    found = [
        (mention.span.start, entity.id)
        for entity in scene.annotations[event.report].entities
        for mention in entity.mentions
        if entity.kind in _BODIES and head.contains(Span(mention.span.start, mention.span.start + 1))
    ]
    return (scene.party(min(found)[1]),) if found else ()


def _speakers(scene: Scene, event: Event) -> tuple[Party, ...]:
    """Who says it, if he can bind a side: a state, a body, a person who holds an office."""
    statement = scene.statements.get(event.statement or "")
    if statement is None:
        return ()
    official = {
        one.id
        for one in (scene.entities.get(name) for name in statement.speakers)
        if one is not None and (one.kind in _BODIES or (one.kind is ActorKind.PERSON and (one.roles or one.country)))
    }
    return scene.parties(name for name in statement.speakers if name in official)


__all__ = ["Register", "able", "acts_for_others", "concerned", "debtors"]
