"""Which persons told under one surname are one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from onrecord.fusing.names import name_words, skeleton, slug, sound, surname
from onrecord.fusing.words import table
from onrecord.model.marks import Profile

#: Jaro-Winkler similarity from which two spellings are one name ("Anthony" and "Antony" have 0.95).
SAME_SPELLING = 0.88


@dataclass(frozen=True, slots=True)
class Person:
    """How some reports name a person. `letters` are what a given name may begin with in another spelling."""

    told: Profile
    given: tuple[str, ...]
    surname: str
    letters: frozenset[str]

    @property
    def form(self) -> tuple[str, ...]:
        """All words of the name."""
        return (*self.given, self.surname)


def person_of(told: Profile) -> Person:
    """A profile read as a person's name."""
    words = name_words(told.name)
    family = surname(words, told.country)
    # Each syllable of "Jong-il" counts, or he would be "Jong-un".
    given = tuple(part for word in words if word != family for part in word.split("-") if part)
    letters = frozenset(spelling[0] for spelling in spellings(given))
    return Person(told, given, family, letters)


def spellings(given: Iterable[str]) -> tuple[str, ...]:
    """Given names, what they are short for and their skeletons: names that agree by either have one in common."""
    nick = table("nicknames")
    found = dict.fromkeys(told for word in given for told in (word, nick.get(word, word), skeleton(word)))
    return tuple(told for told in found if told)


class _Groups:
    """Groups of persons, found by the letters of their given names: only those can hold the same person."""

    def __init__(self) -> None:
        self.members: list[list[Person]] = []
        self._by_letter: dict[str, list[int]] = {}

    def add(self, person: Person) -> None:
        """Put a person into the first group that it fits, else into a new one."""
        near = sorted({n for letter in person.letters for n in self._by_letter.get(letter, ())})
        home = next((n for n in near if fits(person, self.members[n])), None)
        if home is None:
            home = len(self.members)
            self.members.append([])
        self.members[home].append(person)
        for letter in person.letters:
            numbers = self._by_letter.setdefault(letter, [])
            if home not in numbers[-1:] and home not in numbers:
                numbers.append(home)


def group_persons(told: Iterable[Profile]) -> tuple[list[list[Profile]], list[Profile]]:
    """Part the profiles of one block into persons; the result does not depend on their order.

    Returns:
        The persons, and the profiles whose entities each stay apart: told by a surname that several persons have.
    """
    people = [person_of(one) for one in told]
    full = group_full([p for p in people if p.given], times_told(people))
    alone = sorted((p for p in people if not p.given), key=lambda p: p.told.first)
    apart, unsure = _by_surname_alone(alone, full)
    return [[person.told for person in group] for group in (*full, *apart)], unsure


def times_told(people: Iterable[Person]) -> Counter[tuple[str, ...]]:
    """How many entities are told in each form."""
    forms = Counter[tuple[str, ...]]()
    for person in people:
        forms[person.form] += person.told.number
    return forms


def group_full(people: Iterable[Person], forms: Mapping[tuple[str, ...], int]) -> list[list[Person]]:
    """The persons that those who are told with a given name are, by how often each form is told in the block."""
    full = _Groups()
    # Most told forms first: a rare spelling joins the usual one, never the other way round.
    for person in sorted(people, key=lambda p: (-forms[p.form], -len("".join(p.given)), p.form, p.told.first)):
        full.add(person)
    return full.members


def touched_by(changed: Iterable[Profile], told: Sequence[Profile]) -> list[Profile] | None:
    """The profiles of a block whose person may be another one because some profiles are new or count for more.

    Those are all that chains of compatible or equal full names lead to: what is beyond them is grouped without them.
    Who is told by surname alone is compared with all persons, and stays unsure while two of them fit.

    Args:
        changed: some of the profiles.
        told: all profiles of the block; those that did not change have their actor.

    Returns:
        The profiles, those told by surname alone included; None where it takes all profiles to tell.
    """
    people = [person_of(one) for one in told]
    full, alone = [p for p in people if p.given], [p for p in people if not p.given]
    marks = {id(one) for one in changed}
    reached = [p for p in full if id(p.told) in marks]
    rest = [p for p in full if id(p.told) not in marks]
    for person in reached:  # grows while it is gone through
        near = [p for p in rest if near_to(person, p)]
        if near:
            reached += near
            gone = {id(p) for p in near}
            rest = [p for p in rest if id(p) not in gone]
    beyond: dict[str | None, list[Person]] = {}
    for person in rest:
        beyond.setdefault(person.told.actor, []).append(person)
    groups = list(beyond.values())
    for person in alone:
        if len([n for n, _ in zip(_fitting(person, groups), range(2), strict=False)]) < 2:
            return None
    return [p.told for p in (*reached, *alone)]


def near_to(a: Person, b: Person) -> bool:
    """Whether one of two persons who are told with given names may decide which person the other is."""
    # Of two with as many given names, one may agree with the other but not the other with it: "Ann Ann", "Ann Mira".
    return a.form == b.form or bool(a.letters & b.letters and (one_person(a, b) or one_person(b, a)))


def _by_surname_alone(
    people: Sequence[Person], full: Sequence[list[Person]]
) -> tuple[list[list[Person]], list[Profile]]:
    """Who is told by surname alone joins the only person who fits; gives those whom none and whom several fit."""
    apart: list[list[Person]] = []
    unsure: list[Profile] = []
    whole = [tuple(group) for group in full]
    for person in people:
        fitting = [n for n, _ in zip(_fitting(person, whole), range(2), strict=False)]
        if len(fitting) > 1:
            unsure.append(person.told)
        elif fitting:
            full[fitting[0]].append(person)
        elif (home := next((group for group in apart if fits(person, group)), None)) is not None:
            home.append(person)
        else:
            apart.append([person])
    return apart, unsure


def _fitting(person: Person, groups: Sequence[Sequence[Person]]) -> Iterator[int]:
    return (n for n, group in enumerate(groups) if fits(person, group))


def has_given_name(told: Profile) -> bool:
    """Whether more than the surname is told."""
    return bool(person_of(told).given)


def fits(person: Person, group: Iterable[Person]) -> bool:
    """Whether a person may be the one whom a group tells."""
    return all(one_person(person, other) for other in group)


def person_id(group: Sequence[Profile], name: str) -> str:
    """The id of a person whom most of its reports call `name`."""
    # Read as its own report reads it: which name is the surname may hang on the country told there.
    person = person_of(min((one for one in group if one.name == name), key=lambda one: one.first))
    return "person:" + slug((person.surname, *person.given))


def one_person(a: Person, b: Person) -> bool:
    """Whether two tellings may be of one person."""
    if a.surname != b.surname and not _same_surname(a, b):
        return False
    contradict = countries_contradict(a.told, b.told)
    if a.form == b.form and a.given:
        return not (contradict and _titles_contradict(a.told, b.told))
    if contradict:
        return False
    if not a.given or not b.given:
        return True
    return _given_names_agree(a.given, b.given)


def _same_surname(a: Person, b: Person) -> bool:
    """Spelt alike, or sounding alike where given names bear it out: "Igor Kovalenko" and "Ihar Kavalenka"."""
    if JaroWinkler.similarity(a.surname, b.surname) >= SAME_SPELLING:
        return True
    return bool(a.given and b.given) and len(a.surname) > 4 and sound(a.surname) == sound(b.surname)


def _given_names_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return all(any(_one_given_name(name, other) for other in longer) for name in shorter)


def _one_given_name(a: str, b: str) -> bool:
    nick = table("nicknames")
    if len(a) == 1 or len(b) == 1:
        return bool({a[0], nick.get(a, a)[0]} & {b[0], nick.get(b, b)[0]})
    if nick.get(a, a) == nick.get(b, b) or skeleton(a) == skeleton(b):
        return True
    return a[0] == b[0] and JaroWinkler.similarity(a, b) >= SAME_SPELLING


def countries_contradict(a: Profile, b: Profile) -> bool:
    """Whether both are told with countries, and with none in common."""
    one, other = countries(a), countries(b)
    return bool(one and other and not one & other)


def countries(told: Profile) -> frozenset[str]:
    """Those that a profile is told with."""
    return frozenset(one for one in (told.country, *(role.country for role in told.roles)) if one)


def _titles_contradict(a: Profile, b: Profile) -> bool:
    one, other = ({role.title for role in told.roles} for told in (a, b))
    return bool(one and other and not one & other)


__all__ = [
    "SAME_SPELLING",
    "Person",
    "countries",
    "countries_contradict",
    "fits",
    "group_full",
    "group_persons",
    "has_given_name",
    "near_to",
    "one_person",
    "person_id",
    "person_of",
    "spellings",
    "times_told",
    "touched_by",
]
