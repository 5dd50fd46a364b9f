"""Links every reference of a report to its actor, in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from onrecord.annotating.actors.expletives import DOING, LINKING, expletive, of_a_doer
from onrecord.annotating.actors.home import state_of_place
from onrecord.annotating.actors.initials import initials_of
from onrecord.annotating.actors.lexicon import Term, country_adjective, country_name, names, offices, plain
from onrecord.annotating.actors.linking import Person, holders
from onrecord.annotating.actors.references import Reference, body_key, body_name
from onrecord.annotating.actors.salience import PAIR_KINDS, Cluster, Salience
from onrecord.annotating.actors.speaking import Speaking
from onrecord.annotating.actors.voting import tokens_of
from onrecord.annotating.actors.words import Passage, split
from onrecord.annotating.folding import fold
from onrecord.model import ActorKind, BlockKind

_HEADLINES = (BlockKind.TITLE, BlockKind.SUBTITLE)
_CLOSING = frozenset("\"”»'’")
_CONFIDENCE = {"name": 1.0, "description": 0.8, "pronoun": 0.7}


class Referring:
    """Walks the references once and grows a cluster for each actor."""

    def __init__(
        self,
        blocks: Sequence[Passage],
        persons: dict[int, Person],
        proved: dict[str, Term] | None = None,
        home: str | None = None,
    ) -> None:
        self._blocks, self._home = blocks, home
        self._persons = persons
        self._clusters: dict[str, Cluster] = {}
        self._holders = holders(persons)
        self._later: dict[tuple[str, str | None], Person | None] = {}
        self._salience = Salience()
        self._at_word: dict[tuple[int, int], Cluster] = {}
        self._initials: dict[str, str] = {}
        self._states = proved or {}
        self._speaking = Speaking(self._side_of)
        self._before: tuple[Reference, tuple[Cluster, ...]] | None = None

    def clusters(self, references: Sequence[Reference]) -> list[Cluster]:
        """The actors of all references; each reference is a mention of those that it means."""
        for reference in references:
            if reference.form == "name" and reference.kind is ActorKind.ORGANISATION and reference.key is None:
                self._explain(reference.name)
        for reference in references:
            self._speaking.settle(reference)
            if self._speaking.waits(reference):
                continue
            meant = self._meant(reference)
            for cluster in meant:
                self._mention(cluster, reference, shared=len(meant) > 1)
            if len(meant) > 1:
                self._salience.saw_together(meant, reference.sentence)
            self._side_by_side(reference, meant)
            self._speaking.heard(reference, meant)
        self._speaking.settle(None)
        return list(self._clusters.values())

    def _side_of(self, speaker: Cluster) -> Cluster | None:
        if speaker.person is None:
            return speaker if speaker.kind in (ActorKind.STATE, ActorKind.ORGANISATION) else None
        state = self._state_of(speaker)
        return self._state_cluster(state) if state is not None else None

    def _mention(self, cluster: Cluster, reference: Reference, *, shared: bool) -> None:
        confidence = min(reference.confidence, 0.6 if shared else _CONFIDENCE[reference.form])
        if all(span != reference.span for span, _, _ in cluster.mentions[-3:]):
            cluster.mentions.append((reference.span, reference.form, confidence))
        if reference.form == "name":
            told = reference.name if cluster.kind is ActorKind.PERSON else self._told(reference)
            if told not in cluster.names:
                cluster.names.append(told)
        self._salience.saw(cluster, reference)
        for word in (reference.first, reference.last - 1):
            self._at_word[reference.passage, word] = cluster

    def _told(self, reference: Reference) -> str:
        passage = self._blocks[reference.passage]
        text = passage.text(reference.first, reference.last)
        return text[4:] if text[:4].lower() == "the " else text

    def _side_by_side(self, reference: Reference, meant: tuple[Cluster, ...]) -> None:
        """Remember actors that "and" or a comma joins: "Ana Kell and Mira Tosk"."""
        if reference.nested or not meant or reference.form == "pronoun":
            return
        if self._before is not None:
            earlier, clusters = self._before
            words = self._blocks[reference.passage].words
            joined = earlier.passage == reference.passage and [
                word.lower for word in words[earlier.last : reference.first]
            ] in (["and"], [","], [",", "and"], ["&"], ["and", "the"], ["with"], ["and", "his"], ["and", "her"])
            new = tuple(cluster for cluster in meant if cluster not in clusters)
            persons = [cluster.kind is ActorKind.PERSON for cluster in (*clusters, *new)]
            if joined and new and not reference.genitive and (all(persons) or not any(persons)):
                together = (*clusters, *new)
                self._salience.saw_together(together, reference.sentence)
                self._before = (reference, together)
                return
        self._before = (reference, meant)

    def _meant(self, reference: Reference) -> tuple[Cluster, ...]:
        if reference.form == "pronoun":
            return self._pronoun(reference)
        if reference.kind is ActorKind.PERSON:
            return self._one(self._person(reference))
        if reference.kind is ActorKind.GROUP and reference.key is None:
            return self._group(reference)
        if reference.key is not None:
            return self._one(self._keyed(reference, reference.key))
        if reference.kind is ActorKind.STATE:
            return self._one(self._state(reference))
        if reference.kind is ActorKind.ORGANISATION:
            return self._one(self._organisation(reference))
        return ()

    @staticmethod
    def _one(cluster: Cluster | None) -> tuple[Cluster, ...]:
        return () if cluster is None else (cluster,)

    def _cluster(self, identity: str, kind: ActorKind, name: str) -> Cluster:
        return self._clusters.setdefault(identity, Cluster(identity, kind, name))

    def _keyed(self, reference: Reference, key: str) -> Cluster:
        cluster = self._cluster(key, reference.kind or ActorKind.ORGANISATION, reference.name)
        cluster.key = key
        cluster.country = cluster.country or reference.country
        cluster.state = cluster.state or reference.state
        cluster.calls |= reference.calls - {"government"}
        if cluster.kind is ActorKind.ORGANISATION and reference.form == "name":
            cluster.calls |= set(tokens_of(reference.name)[-1:])
        return cluster

    # Persons -----------------------------------------------------------------------------------------------

    def _person(self, reference: Reference) -> Cluster | None:
        person = self._persons.get(reference.span.start)
        if person is not None and (reference.form in ("name", "description") or reference.apposed >= 0):
            return self._of(person)
        if reference.form == "name":
            return None
        if reference.age:
            return self._salience.aged(reference)
        owner = self._owner(reference)
        if owner is not None and reference.state is None and reference.title != "spokesman":
            reference = replace(reference, state=self._state_of(owner), country=owner.country)
        if reference.definite:
            found = self._salience.holder(reference)
            if found is not None and found is not owner:
                if found.person is not None and reference.state is not None:
                    found.person.tell_country(reference)
                return found
        only = self._later_holder(reference)
        if only is not None:
            return self._of(only)
        goes_on = self._salience.goes_on(reference) if self._after_quotation(reference) else None
        if goes_on is not None and goes_on.person is not None:
            goes_on.person.add_role(reference.title, reference.country, reference.state)
            return goes_on
        if not (reference.state or reference.members or reference.definite):
            return None
        return self._described(reference)

    def _later_holder(self, reference: Reference) -> Person | None:
        """The one person of the whole report whose office and country a headline's description fits."""
        if not reference.definite or not (reference.state or self._blocks[reference.passage].kind in _HEADLINES):
            return None
        key = (reference.title, reference.state)
        if key not in self._later:
            self._later[key] = self._only_holder(reference)
        return self._later[key]

    def _only_holder(self, reference: Reference) -> Person | None:
        fits = offices().fits
        for same in (True, False):
            fitting = {
                person.number: person
                for title, person in self._holding(reference.state)
                if title == reference.title or (not same and fits(reference.title, title))
            }
            if len(fitting) == 1:
                return next(iter(fitting.values()))
        return None

    def _after_quotation(self, reference: Reference) -> bool:
        words = self._blocks[reference.passage].words[max(reference.first - 2, 0) : reference.first]
        return any(word.text in _CLOSING for word in words)

    def _holding(self, state: str | None) -> Iterable[tuple[str, Person]]:
        """Who holds which office of a state; of any state where none is told."""
        return self._holders.get(state, ()) if state else chain.from_iterable(self._holders.values())

    def _of(self, person: Person) -> Cluster:
        cluster = self._cluster(f"person:{person.number}", ActorKind.PERSON, " ".join(person.names[:1]))
        cluster.person = person
        return cluster

    def _described(self, reference: Reference) -> Cluster:
        """A person without a name: "the Vardan finance minister"."""
        owner = self._owner(reference)
        if owner is not None and reference.name.split()[0].lower() in ("his", "her", "its", "their"):
            reference = replace(reference, name=f"{owner.name}'s {reference.name.partition(' ')[2]}")
        identity = f"described:{fold(reference.name)}"
        if not reference.definite:
            identity += f":{reference.span.start}"
        cluster = self._cluster(identity, ActorKind.PERSON, reference.name)
        if cluster.person is None:
            cluster.person = Person(-1, (), "", reference.gender)
        cluster.country = cluster.country or reference.country
        cluster.person.add_role(reference.title, reference.country, reference.state)
        return cluster

    # States, bodies, organisations ---------------------------------------------------------------------------

    def _owner(self, reference: Reference) -> Cluster | None:
        """The actor behind "its" or "the country's" before a noun."""
        return self._at_word.get((reference.passage, reference.owner)) if reference.owner >= 0 else None

    def _state_of(self, cluster: Cluster | None) -> str | None:
        if cluster is None:
            return None
        if cluster.kind is ActorKind.STATE:
            return cluster.key
        if cluster.person is not None:
            return next((state for _, _, state in cluster.person.roles if state and state.startswith("state:")), None)
        return cluster.state

    def _state_cluster(self, key: str) -> Cluster:
        term = self._states.get(key)
        iso = key.partition(":")[2]
        known = country_name(iso)
        name = term.name if term is not None else (known or iso)
        cluster = self._cluster(key, ActorKind.STATE, name)
        cluster.key = cluster.state = key
        cluster.country = iso if known else None
        return cluster

    def _state(self, reference: Reference) -> Cluster | None:
        if reference.owner >= 0:
            owner = self._owner(reference)
            state = self._state_of(owner)
            if state is None and owner is not None and owner.kind is ActorKind.PERSON and owner.names:
                return self._salience.state_beside(
                    reference
                )  # "Varda protested. Prime Minister Kell said her country ..."
            return self._state_cluster(state) if state else None
        return self._salience.state(reference)

    def _organisation(self, reference: Reference) -> Cluster | None:
        if reference.form == "name":
            return self._named_organisation(reference)
        slug = reference.title
        if slug:
            state = self._state_of(self._owner(reference)) if reference.owner >= 0 else None
            if state is None and reference.owner < 0:
                state = state_of_place(self._blocks[reference.passage], reference)
            if state is None and reference.owner < 0:
                found = None if self._home else self._salience.called(replace(reference, calls=frozenset((slug,))))
                if (known := found or self._known_to_all(reference)) is not None:
                    return known
                state = (
                    self._home
                    or self._state_of(self._salience.subject(reference))
                    or self._salience.main_state()
                    or self._state_of(self._salience.state(reference))
                )
            return self._body_of(reference, state, slug) if state else self._stateless(reference, slug)
        if reference.owner >= 0:
            state = self._state_of(self._owner(reference))
            return self._salience.called(replace(reference, state=state)) if state else None
        return self._salience.called(reference)

    def _known_to_all(self, reference: Reference) -> Cluster | None:
        """The organisation that goes by the same words as a country's body: "the Security Council"."""
        told = self._told(reference)
        words = [plain(word) for word in split(told)]
        found = names().at(words, 0)
        if found is None or found[0] != len(words) or found[1].sort != "organisation":
            return None
        term = found[1]
        return self._keyed(replace(reference, name=term.name, calls=term.calls), term.key)

    def _body_of(self, reference: Reference, state: str, slug: str) -> Cluster:
        cluster = self._state_cluster(state)
        term = self._states.get(state) or Term("country", state, cluster.name, cluster.country)
        body = self._cluster(body_key(state, slug), ActorKind.ORGANISATION, body_name(reference.name, term))
        body.key, body.country, body.state = body_key(state, slug), cluster.country, state
        body.calls |= reference.calls
        return body

    def _stateless(self, reference: Reference, slug: str) -> Cluster:
        """A body whose country the report does not tell: "the Supreme Court"."""
        passage = self._blocks[reference.passage]
        told = passage.text(reference.first, reference.last)
        name = told[4:] if told[:4].lower() == "the " else told
        cluster = self._cluster(f"body:{slug}", ActorKind.ORGANISATION, name)
        cluster.calls |= reference.calls
        return cluster

    def _explain(self, name: str) -> None:
        """Remember what the initials of a full name stand for."""
        tokens, short = tokens_of(name), initials_of(name)
        if len(tokens) > 1 and len(short) >= 3:
            self._initials.setdefault(short, "name:" + " ".join(tokens))

    def _named_organisation(self, reference: Reference) -> Cluster | None:
        tokens = tokens_of(reference.name)
        if not tokens:
            return None
        identity = "name:" + " ".join(tokens)
        earlier = self._salience.group(tokens[0]) if len(tokens) == 1 else None
        if earlier is not None and earlier.kind is ActorKind.ORGANISATION:
            return earlier
        if len(tokens) == 1 and reference.name.isupper():
            identity = self._initials.get(tokens[0], identity)
        cluster = self._cluster(identity, ActorKind.ORGANISATION, reference.name)
        if len(tokens) > 1:
            nouns = offices().words["organisation_heads"] | offices().words["organisation_nouns"]
            cluster.calls |= {tokens[-1], *nouns.intersection(tokens)}
        cluster.calls |= reference.calls
        return cluster

    # Groups and pronouns ---------------------------------------------------------------------------------------

    def _group(self, reference: Reference) -> tuple[Cluster, ...]:
        number = next((call for call in reference.calls if call in ("two", "both", "three", "four")), None)
        nouns = reference.calls - {"two", "both", "three", "four", "several", "many", "all"}
        noun = min(nouns, default="")
        anaphoric = reference.definite or number == "both"
        if anaphoric and not reference.members and reference.owner < 0:
            kinds = tuple(kind for kind, fitting in PAIR_KINDS.items() if noun in fitting)
            count = {"two": 2, "both": 2, "three": 3, "four": 4}.get(number or "")
            single = noun.removesuffix("s")
            title = single if single in offices().calls else ""
            found = self._salience.together(reference, kinds, count, title) if kinds else ()
            if found:
                return found
            last = self._salience.group(noun)
            if last is not None and self._alone(last, noun):
                return (last,)
        name = reference.name
        state = reference.state
        if reference.owner >= 0:
            owner = self._owner(reference)
            state = self._state_of(owner)
            if owner is None or state is None:
                return ()
            cluster = self._state_cluster(state)
            term = self._states.get(state)
            told = country_adjective(cluster.country) if cluster.country else (term.adjective if term else None)
            adjective = told or cluster.name
            name = f"{adjective} {noun}"
        made = self._cluster("group:" + fold(name), ActorKind.GROUP, name)
        made.plural = True
        made.calls |= {noun}
        made.country = made.country or reference.country
        made.state = made.state or state
        if reference.owner >= 0 and state:
            made.country = self._state_cluster(state).country
        return (made,)

    def _alone(self, last: Cluster, noun: str) -> bool:
        """Whether no second organisation is called so: with two rebel groups "the rebels" are neither for sure."""
        organisations = [one for one in self._clusters.values() if one.kind is ActorKind.ORGANISATION]
        return last.kind is not ActorKind.ORGANISATION or sum(noun in one.calls for one in organisations) == 1

    def _pronoun(self, reference: Reference) -> tuple[Cluster, ...]:
        if reference.plural:
            return self._salience.plural(reference)
        if reference.gender is not None:
            found = self._salience.person(reference, reference.reporting)
            if found is not None and found.person is not None and not reference.quoted:
                # "Prime Minister Kenji Morita said his country": from here on no "she" is meant.
                found.person.gender = found.person.gender or reference.gender
            return self._one(found)
        passage = self._blocks[reference.passage]
        word = passage.words[reference.first]
        if word.dep in ("nsubj", "nsubjpass"):
            lemma = passage.words[word.head].lemma
            told = self._salience.subject(reference)
            if expletive(passage, reference) and not (told is not None and of_a_doer(passage, reference)):
                return ()
            if told is not None and told.kind in (ActorKind.STATE, ActorKind.ORGANISATION):
                return (told,)
            if lemma in LINKING or lemma not in DOING:
                return ()
        elif not reference.genitive:
            return ()
        return self._one(self._salience.thing(reference))


__all__ = ["Referring"]
