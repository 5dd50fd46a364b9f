"""Full names, surnames and spellings that name one person of a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from onrecord.annotating.actors.lexicon import given_names, offices
from onrecord.annotating.actors.references import Reference
from onrecord.annotating.actors.voting import tokens_of

_PARTICLES = frozenset("van von der den de del della di da dos bin ibn bint al el ben abu".split())
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
#: Given names this alike are one name in two transliterations: "Sergei" / "Sergey" is 0.83, "Antony" / "Anthony" 0.86.
_SAME_GIVEN = 0.7


@dataclass(slots=True)
class Person:
    """One person while a report is read; grows with each mention.

    Attributes:
        number: in order of the first full naming.
        roles: (title, country code, state key) as told.
    """

    number: int
    given: tuple[str, ...]
    surname: str
    gender: str | None = None
    suffix: str = ""
    age: str = ""
    roles: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add_role(self, title: str, country: str | None, state: str | None) -> None:
        """Keep a role; one with a country replaces the same without."""
        if not title:
            return
        for at, (known, _, known_state) in enumerate(self.roles):
            if known == title and (known_state is None or known_state == state or state is None):
                if known_state is None and state is not None:
                    self.roles[at] = (title, country, state)
                return
        self.roles.append((title, country, state))

    def tell_country(self, reference: Reference) -> None:
        """A description tells the country of an office that was told without: "the Vardan leader" of a president."""
        if self.states():
            return
        for at, (title, _, state) in enumerate(self.roles):
            if state is None and offices().fits(reference.title, title):
                self.roles[at] = (title, reference.country, reference.state)

    def states(self) -> frozenset[str]:
        """Keys of the states of the person's roles."""
        return frozenset(state for _, _, state in self.roles if state is not None)


def parts(name: str) -> tuple[tuple[str, ...], str]:
    """Given names and surname, folded; particles belong to the surname.

    >>> parts("Ana von der Kell")
    (('ana',), 'von der kell')
    """
    tokens = [token for token in tokens_of(name) if token not in _SUFFIXES]
    if not tokens:
        return (), ""
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in _PARTICLES:
        start -= 1
    if start == 1 and tokens[0] in _PARTICLES:
        start = 0
    return tuple(tokens[:start]), " ".join(tokens[start:])


def suffix(name: str) -> str:
    """Jr, Sr, II ... behind a name: another one is another person.

    >>> suffix("Jon Orlec Jr."), suffix("Jon Orlec")
    ('jr', '')
    """
    tokens = tokens_of(name)
    return tokens[-1] if len(tokens) > 1 and tokens[-1] in _SUFFIXES else ""


class People:
    """The persons of a report, found by surname."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}

    def add_full(self, reference: Reference) -> Person:
        """The person of a full name, a new one where none fits."""
        given, surname = parts(reference.name)
        for person in self._near(surname):
            if _same_person(person, given, surname, reference):
                _learn(person, reference, given)
                return person
        person = Person(len(self.all), given, surname, suffix=suffix(reference.name))
        _learn(person, reference, given)
        self.all.append(person)
        for key in _keys(surname):
            self._by_surname.setdefault(key, []).append(person)
        if given:
            self._by_given.setdefault(given[0], []).append(person)
        return person

    def by_surname(self, reference: Reference, recent: Sequence[Person] = ()) -> Person | None:
        """The person that a bare surname (or a given name) means.

        Of several the one whose office, country and gender fit best is taken, then the most recent.
        """
        given, surname = parts(reference.name)
        found = [person for person in self._near(surname) if _spelt_alike(person.surname, surname) and not given]
        if not found and not given:
            found = list(self._by_given.get(surname, ()))
            found = found if len(found) == 1 else []
        fitting = [person for person in found if _gender_fits(person, reference)]
        told = suffix(reference.name)
        fitting = [person for person in fitting if person.suffix == told] or fitting
        if not fitting:
            return None
        return max(fitting, key=lambda person: (*_fit(person, reference), _recency(person, recent), -person.number))

    def _near(self, surname: str) -> list[Person]:
        seen: dict[int, Person] = {}
        for key in _keys(surname):
            for person in self._by_surname.get(key, ()):
                seen.setdefault(person.number, person)
        return list(seen.values())


def _keys(surname: str) -> tuple[str, ...]:
    """What the surname is looked up by: its last word, and its sound skeleton for other spellings."""
    last = surname.rsplit(" ", 1)[-1]
    return (last, "~" + skeleton(last)) if len(last) > 4 else (last,)


def skeleton(word: str) -> str:
    """Consonants without doublings, for transliterations.

    >>> skeleton("lukashenko") == skeleton("lukashenka")
    True
    """
    folded = word.replace("iy", "y").replace("ii", "y").replace("kh", "h").replace("ck", "k").replace("ph", "f")
    kept = [char for at, char in enumerate(folded) if at == 0 or (char not in "aeiouyj'" and char != folded[at - 1])]
    return "".join(kept)


def _spelt_alike(one: str, other: str) -> bool:
    if one == other or one.endswith(" " + other) or other.endswith(" " + one):
        return True
    longest = max(len(one), len(other))
    return longest > 4 and Levenshtein.distance(one, other, score_cutoff=2) <= (1 if longest < 8 else 2)


def _same_person(person: Person, given: tuple[str, ...], surname: str, reference: Reference) -> bool:
    if person.suffix != suffix(reference.name) or not _gender_fits(person, reference):
        return False
    if not _spelt_alike(person.surname, surname):
        return False
    if given and person.given and not given_alike(person.given, given):
        return False
    exact = person.surname == surname
    if not exact and reference.state and person.states() and reference.state not in person.states():
        return False
    return exact or bool(given and person.given)


def given_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of given names may be one person's.

    >>> given_alike(("sergei",), ("sergey",)), given_alike(("recep", "tayyip"), ("tayyip",))
    (True, True)
    >>> given_alike(("hunter",), ("joe",)), given_alike(("j",), ("joe",))
    (False, True)
    """
    short = given_names()[1]
    for first in one:
        for second in other:
            a, b = short.get(first, first), short.get(second, second)
            if a == b or (1 in (len(a), len(b)) and a[0] == b[0]):
                return True
            if len(a) > 3 and len(b) > 3 and (a[0] == b[0] or a[1:] == b[1:]) and _ratio(a, b) >= _SAME_GIVEN:
                return _same_gender(first, second)
    return False


def _ratio(a: str, b: str) -> float:
    return Levenshtein.normalized_similarity(a, b)


def _same_gender(first: str, second: str) -> bool:
    genders = given_names()[0]
    one, other = genders.get(first), genders.get(second)
    return not one or not other or one == other


def _gender_fits(person: Person, reference: Reference) -> bool:
    return person.gender is None or reference.gender is None or person.gender == reference.gender


def _fit(person: Person, reference: Reference) -> tuple[int, int]:
    """How well the office and the country told with a surname fit a person."""
    if not reference.title:
        return 0, 0
    fits = offices().fits
    titles = [title for title, _, _ in person.roles]
    office = 2 if reference.title in titles else int(any(fits(reference.title, title) for title in titles))
    return office, int(reference.state is not None and reference.state in person.states())


def _recency(person: Person, recent: Sequence[Person]) -> int:
    return next((-at for at, other in enumerate(recent) if other is person), -len(recent) - 1)


def _learn(person: Person, reference: Reference, given: tuple[str, ...]) -> None:
    if reference.name not in person.names:
        person.names.append(reference.name)
    if len(given) > len(person.given):
        person.given = given
    person.age = person.age or reference.age
    person.gender = person.gender or reference.gender or _given_gender(given)
    person.add_role(reference.title, reference.country, reference.state)


def learn(person: Person, reference: Reference) -> None:
    """Take over what a mention by surname tells of a person."""
    _learn(person, reference, ())


def _given_gender(given: Iterable[str]) -> str | None:
    genders = given_names()[0]
    return next((gender for name in given if (gender := genders.get(name))), None)


def holders(persons: dict[int, Person]) -> dict[str | None, list[tuple[str, Person]]]:
    """The offices of each state anywhere in the report, so that a headline's description finds a name told later."""
    found: dict[str | None, list[tuple[str, Person]]] = {}
    for person in {one.number: one for _, one in sorted(persons.items())}.values():
        for title, _, state in person.roles:
            found.setdefault(state, []).append((title, person))
    return found


__all__ = ["People", "Person", "given_alike", "holders", "learn", "parts", "skeleton", "suffix"]
