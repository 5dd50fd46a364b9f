"""Which persons told under one surname are one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from onrecord.fusing.names import name_words, skeleton, slug, sound, surname
from onrecord.fusing.words import table
from onrecord.model.marks import Profile

#: Jaro-Winkler similarity from which two spellings are one name ("Anthony" and "Antony" have 0.95).
SAME_SPELLING = 0.88


@dataclass(frozen=True, slots=True)
class _Person:
    """How some reports name a person. `letters` are what a given name may begin with in another spelling."""

    told: Profile
    given: tuple[str, ...]
    surname: str
    letters: frozenset[str]

    @property
    def form(self) -> tuple[str, ...]:
        return (*self.given, self.surname)


def _person(told: Profile) -> _Person:
    words = name_words(told.name)
    family = surname(words, told.country)
    # Each syllable of "Jong-il" counts, or he would be "Jong-un".
    given = tuple(part for word in words if word != family for part in word.split("-") if part)
    nick = table("nicknames")
    letters = frozenset(
        spelling[0] for word in given for spelling in (word, nick.get(word, word), skeleton(word)) if spelling
    )
    return _Person(told, given, family, letters)


class _Groups:
    """Groups of persons, found by the letters of their given names: only those can hold the same person."""

    def __init__(self) -> None:
        self.members: list[list[_Person]] = []
        self._by_letter: dict[str, list[int]] = {}

    def add(self, person: _Person) -> None:
        """Put a person into the first group that it fits, else into a new one."""
        near = sorted({n for letter in person.letters for n in self._by_letter.get(letter, ())})
        home = next((n for n in near if _fits(person, self.members[n])), None)
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
    people = [_person(one) for one in told]
    # Most told forms first: a rare spelling joins the usual one, never the other way round.
    forms = Counter[tuple[str, ...]]()
    for person in people:
        forms[person.form] += person.told.number
    full = _Groups()
    for person in sorted(
        (p for p in people if p.given), key=lambda p: (-forms[p.form], -len("".join(p.given)), p.form, p.told.first)
    ):
        full.add(person)
    alone = sorted((p for p in people if not p.given), key=lambda p: p.told.first)
    apart, unsure = _by_surname_alone(alone, full.members)
    return [[person.told for person in group] for group in (*full.members, *apart)], unsure


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
    people = [_person(one) for one in told]
    full, alone = [p for p in people if p.given], [p for p in people if not p.given]
    marks = {id(one) for one in changed}
    reached = [p for p in full if id(p.told) in marks]
    rest = [p for p in full if id(p.told) not in marks]
    for person in reached:  # grows while it is gone through
        near = [p for p in rest if p.form == person.form or (p.letters & person.letters and _one_person(person, p))]
        if near:
            reached += near
            gone = {id(p) for p in near}
            rest = [p for p in rest if id(p) not in gone]
    beyond: dict[str | None, list[_Person]] = {}
    for person in rest:
        beyond.setdefault(person.told.actor, []).append(person)
    groups = list(beyond.values())
    for person in alone:
        if len([n for n, _ in zip(_fitting(person, groups), range(2), strict=False)]) < 2:
            return None
    return [p.told for p in (*reached, *alone)]


def _by_surname_alone(
    people: Sequence[_Person], full: Sequence[list[_Person]]
) -> tuple[list[list[_Person]], list[Profile]]:
    """Who is told by surname alone joins the only person who fits; gives those whom none and whom several fit."""
    apart: list[list[_Person]] = []
    unsure: list[Profile] = []
    whole = [tuple(group) for group in full]
    for person in people:
        fits = [n for n, _ in zip(_fitting(person, whole), range(2), strict=False)]
        if len(fits) > 1:
            unsure.append(person.told)
        elif fits:
            full[fits[0]].append(person)
        elif (home := next((group for group in apart if _fits(person, group)), None)) is not None:
            home.append(person)
        else:
            apart.append([person])
    return apart, unsure


def _fitting(person: _Person, groups: Sequence[Sequence[_Person]]) -> Iterator[int]:
    return (n for n, group in enumerate(groups) if _fits(person, group))


def has_given_name(told: Profile) -> bool:
    """Whether more than the surname is told."""
    return bool(_person(told).given)


def _fits(person: _Person, group: Sequence[_Person]) -> bool:
    return all(_one_person(person, other) for other in group)


def person_id(group: Sequence[Profile], name: str) -> str:
    """The id of a person whom most of its reports call `name`."""
    # Read as its own report reads it: which name is the surname may hang on the country told there.
    person = _person(min((one for one in group if one.name == name), key=lambda one: one.first))
    return "person:" + slug((person.surname, *person.given))


def _one_person(a: _Person, b: _Person) -> bool:
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


def _same_surname(a: _Person, b: _Person) -> bool:
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
    one, other = _countries(a), _countries(b)
    return bool(one and other and not one & other)


def _countries(told: Profile) -> frozenset[str]:
    countries = {role.country for role in told.roles} | {told.country}
    return frozenset(country for country in countries if country)


def _titles_contradict(a: Profile, b: Profile) -> bool:
    one, other = ({role.title for role in told.roles} for told in (a, b))
    return bool(one and other and not one & other)


__all__ = ["SAME_SPELLING", "countries_contradict", "group_persons", "has_given_name", "person_id", "touched_by"]
