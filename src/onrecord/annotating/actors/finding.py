"""The stage: from passages to entities with their mentions."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotating.actors.datelines import dateline_end
from onrecord.annotating.actors.home import home_of
from onrecord.annotating.actors.initials import initials_of, with_own_initials
from onrecord.annotating.actors.lexicon import Names, Term, countries, country_name, names, offices
from onrecord.annotating.actors.linking import People, Person, learn, parts
from onrecord.annotating.actors.phrases import PhraseReader
from onrecord.annotating.actors.pieces import known_by, pieces
from onrecord.annotating.actors.proving import proved_countries
from onrecord.annotating.actors.references import Reference
from onrecord.annotating.actors.referring import Referring
from onrecord.annotating.actors.salience import Cluster
from onrecord.annotating.actors.voting import NOTHING, ORGANISATION, PERSON, kinds_of_names, tokens_of
from onrecord.annotating.actors.words import Passage, passages
from onrecord.annotating.folding import fold
from onrecord.annotating.parse import Parse
from onrecord.model import ActorKind, Annotation, Entity, Mention, Report, Role


def find_actors(report: Report, parse: Parse, marks: Annotation) -> Annotation:
    """Mark every person, state, organisation and group, each mention linked to one entity of the report.

    Names are found by lexicons, by titles and by the parser's guesses, and judged by all their occurrences; a
    country that no lexicon knows is taken where the report itself proves it ("Varda's president"). Pronouns and
    descriptions are linked by rules over recency, grammatical role, gender, number and quotation.
    """
    blocks = passages(parse, marks)
    proved = proved_countries(blocks)
    references = _shared_offices(_references(blocks, proved), blocks)
    kinds = kinds_of_names(references, blocks)
    short = frozenset(tokens_of(one.name)[-1:] for one in references if one.kind is ActorKind.ORGANISATION)
    short |= {name[-1:] for name, kind in kinds.items() if kind == ORGANISATION and len(name) > 1}
    judged = [kept for reference in references if (kept := _judged(reference, kinds, short)) is not None]
    judged = with_own_initials(judged, blocks)
    people = People()
    judged = _counterparts(judged)
    persons = _persons(judged, people)
    judged = _known_in_headlines(judged, persons, blocks)
    clusters = Referring(blocks, persons, _by_key(proved), home_of(report.outlet, blocks)).clusters(judged)
    return replace(marks, entities=_entities(report.id, clusters))


def _references(blocks: Sequence[Passage], proved: Names | None) -> list[Reference]:
    known = known_by(*([proved] if proved else []), *_halves(blocks), names())
    found: list[Reference] = []
    for block in blocks:
        start = dateline_end(block)
        read = PhraseReader(block, pieces(block, known)).references()
        found.extend(one for one in read if one.first >= start)
    return sorted(found, key=lambda one: (one.span.start, one.span.end))


def _halves(blocks: Sequence[Passage]) -> list[Names]:
    """Names of the halves of a country that the report names: with "North Korea" in it, "the North" is that."""
    pairs = (pair for block in blocks for pair in itertools.pairwise(block.words))
    told = {(one.lower, other.lower) for one, other in pairs if one.text in ("North", "South")}
    found: dict[str, Term] = {}
    if not told:
        return []
    for text, term in sorted(countries().items()):
        half, _, rest = text.partition(" ")
        if term.sort == "country" and half in ("North", "South") and (half.lower(), fold(rest)) in told:
            found.setdefault(half, term)
    return [Names(found)] if found else []


def _by_key(proved: Names | None) -> dict[str, Term]:
    """The proved countries by key, adjectives and capitals giving way to names."""
    terms = sorted(proved.terms, key=lambda term: (term.sort != "country", term.key)) if proved else []
    return {term.key: term for term in reversed(terms)}


def _shared_offices(references: list[Reference], blocks: Sequence[Passage]) -> list[Reference]:
    """Give "the foreign ministers of Varda and Oskelia, Ana Kell and Jon Orlec" an office each, in their order."""
    found = list(references)
    for at, group in enumerate(references):
        if group.kind is not ActorKind.GROUP or group.form != "description":
            continue
        words = blocks[group.passage].words
        if group.last >= len(words) or words[group.last].text != ",":
            continue
        after = [n for n in range(at + 1, min(at + 10, len(references))) if references[n].first > group.last]
        named = [n for n in after if references[n].passage == group.passage and not references[n].nested][:2]
        people = [n for n in named if references[n].form == "name" and _may_be_person(references[n])]
        title = _singular(min(group.calls - _NUMBERS, default=""))
        if len(people) != 2 or references[people[0]].last + 1 != references[people[1]].first or not title:
            continue
        for place, n in enumerate(people):
            state = group.members[place] if len(group.members) == 2 else None
            iso = state.partition(":")[2] if state and country_name(state.partition(":")[2]) else None
            if not references[n].title:
                found[n] = replace(references[n], kind=ActorKind.PERSON, title=title, country=iso, state=state)
    return found


def _may_be_person(name: Reference) -> bool:
    """Whether a name is a person's, or may be one's: of two words, and nothing that is known."""
    return name.kind is ActorKind.PERSON or (name.key is None and len(tokens_of(name.name)) > 1)


_NUMBERS = frozenset(("two", "both", "three", "four", "several", "many", "all"))


def _singular(noun: str) -> str:
    """The office behind a plural: "foreign ministers" -> "foreign minister"; nothing where it is none."""
    single = noun.replace("secretaries of", "secretary of").replace("heads of", "head of")
    single = single.removesuffix("s") if single == noun else single
    return single if single in offices().calls else ""


def _counterparts(references: list[Reference]) -> list[Reference]:
    """A counterpart has the office of the last one told: "President Kell met his Vardan counterpart"."""
    found, last = [], ""
    for reference in references:
        if reference.title in ("counterpart", "colleague") and last:
            reference = replace(reference, title=last)
        elif reference.title and reference.kind is ActorKind.PERSON:
            last = reference.title
        found.append(reference)
    return found


def _judged(
    reference: Reference, kinds: dict[tuple[str, ...], str], short: frozenset[tuple[str, ...]]
) -> Reference | None:
    """The reference with the kind that its name was voted to be; None for places and other things.

    The last word of an organisation's name alone (`short`) is that organisation: "the Observatory".
    """
    if reference.form != "name" or reference.key is not None or reference.kind is ActorKind.ORGANISATION:
        return reference
    tokens = tokens_of(reference.name)
    kind = kinds.get(tokens, NOTHING)
    if tokens in short and kind in (NOTHING, ORGANISATION):
        kind = ORGANISATION
    if reference.kind is ActorKind.PERSON or kind == PERSON:
        return replace(reference, kind=ActorKind.PERSON)
    if kind == ORGANISATION:
        return replace(reference, kind=ActorKind.ORGANISATION)
    return reference if reference.loud else None


def _persons(references: Sequence[Reference], people: People) -> dict[int, Person]:
    """The person of each name, by the start of its mention; full names first, so that headlines find them."""
    named = [one for one in references if one.form == "name" and one.kind is ActorKind.PERSON and tokens_of(one.name)]
    found: dict[int, Person] = {}
    for reference in sorted(named, key=lambda one: one.loud):
        if parts(reference.name)[0]:
            found[reference.span.start] = people.add_full(reference)
    recent: list[Person] = []
    for reference in named:
        person = found.get(reference.span.start)
        if person is None:
            person = people.by_surname(reference, recent)
            if person is None:
                person = people.add_full(reference)
            learn(person, reference)
            found[reference.span.start] = person
        recent = [person, *[other for other in recent if other is not person][:7]]
    for reference in references:
        if reference.apposed >= 0:
            ends = (reference.span.start, reference.apposed)
            person = found.get(ends[0]) or found.get(ends[1])
            if person is not None:
                found.setdefault(ends[0], person)
                found.setdefault(ends[1], person)
                if reference.form == "description":
                    person.add_role(reference.title, reference.country, reference.state)
                    person.gender = person.gender or reference.gender
    return found


def _known_in_headlines(
    references: Sequence[Reference], persons: dict[int, Person], blocks: Sequence[Passage]
) -> list[Reference]:
    """In a headline set in capitals only names that the report's running text knows are kept."""
    surnames: dict[str, Person] = {}
    for start in sorted(persons):
        surnames.setdefault(persons[start].surname.rsplit(" ", 1)[-1], persons[start])
    kept: list[Reference] = []
    for reference in references:
        if not (reference.loud and reference.kind is None and reference.form == "name"):
            kept.append(reference)
            continue
        passage = blocks[reference.passage]
        for at in range(reference.first, reference.last):
            person = surnames.get(fold(passage.words[at].text))
            if person is not None:
                first = at
                while first > reference.first and fold(passage.words[first - 1].text) in person.given:
                    first -= 1
                span = passage.span(first, at + 1)
                name = passage.text(first, at + 1)
                kept.append(replace(reference, first=first, last=at + 1, span=span, kind=ActorKind.PERSON, name=name))
                persons.setdefault(span.start, person)
    return kept


def _entities(report: str, clusters: Sequence[Cluster]) -> tuple[Entity, ...]:
    told = [cluster for cluster in clusters if cluster.mentions]
    told.sort(key=lambda cluster: (min((span.start, span.end) for span, _, _ in cluster.mentions), cluster.identity))
    return tuple(_entity(f"{report}.a{number}", cluster) for number, cluster in enumerate(told, 1))


def _entity(identity: str, cluster: Cluster) -> Entity:
    mentions = sorted(cluster.mentions, key=lambda one: (one[0].start, one[0].end))
    roles: tuple[Role, ...] = ()
    country, name = cluster.country, cluster.name
    if cluster.person is not None:
        roles = tuple(dict.fromkeys(Role(title, iso) for title, iso, _ in cluster.person.roles))
        country = next((role.country for role in roles if role.country is not None), country)
        name = max(cluster.person.names, key=lambda told: (len(tokens_of(told)), len(told)), default=name)
    elif cluster.key is None and name.isupper():
        name = next((told for told in cluster.names if initials_of(told) == name.lower()), name)
    return Entity(
        id=identity,
        name=name,
        kind=cluster.kind,
        mentions=tuple(Mention(span, form, confidence) for span, form, confidence in mentions),
        key=cluster.key,
        country=country,
        roles=roles,
        aliases=tuple(sorted(set(cluster.names))),
    )


__all__ = ["find_actors"]
