"""What is known before any report is read: countries, organisations, government bodies, offices, given names."""

import json
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from onrecord.annotating.actors.words import split
from onrecord.annotating.folding import fold

#: Offices that a later description may tell more of.
_ANY_OFFICE = frozenset("leader chief head spokesman spokeswoman spokesperson envoy commander official".split())
#: States that "the kingdom" may be (ISO 3166-1; CIA World Factbook, government type, 2024).
KINGDOMS = frozenset("SAU BHR JOR MAR GBR NLD BEL ESP SWE NOR DNK THA KHM BTN LSO SWZ TON OMN".split())
_FOLDER = files("onrecord.annotating") / "lexicons"


@dataclass(frozen=True, slots=True)
class Term:
    """A known name.

    Attributes:
        sort: country, adjective ("Russian"), people ("Russians"), capital, metonym ("Kremlin"), organisation, or body
            ("Pentagon").
        key: "state:RUS", "org:nato", "gov:USA:treasury".
        calls: nouns that may stand for it later ("alliance").
        adjective: of a country that only the report knows.
    """

    sort: str
    key: str
    name: str
    country: str | None = None
    calls: frozenset[str] = frozenset()
    adjective: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of government body ("foreign ministry") that each country has."""

    slug: str
    canonical: str
    calls: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offices:
    """Offices, honorifics and the nouns that make groups and bodies.

    Attributes:
        calls: office -> other nouns that may stand for its holder ("prime minister" -> "leader").
        phrases: every office, as tuples of lower-case words by their first word, longest first.
    """

    calls: dict[str, frozenset[str]]
    canonical: dict[str, str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    male: frozenset[str]
    female: frozenset[str]
    same_person: dict[str, frozenset[str]]
    modifiers: frozenset[str]
    kept_modifiers: frozenset[str]
    honorifics: dict[str, str]
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def gender(self, title: str) -> str | None:
        """m or f where the office tells it ("queen")."""
        last = title.rsplit(" ", 1)[-1]
        if title in self.male or last in self.male:
            return "m"
        return "f" if title in self.female or last in self.female else None

    def fits(self, called: str, title: str) -> bool:
        """Whether the holder of `title` may be called `called`: "the minister" for a foreign minister."""
        if called == title:
            return True
        if title in self.same_person.get(called, ()) or called in self.calls.get(title, ()):
            return True
        bare = title.removeprefix("former ").removeprefix("acting ")
        if bare != title:
            return self.fits(called, bare)
        if title in _ANY_OFFICE and called.endswith(" " + title):
            return True  # "the union leader" for "its leader, Ana Kell"
        return title.endswith(" " + called) and not title.startswith("deputy ") and not called.startswith("deputy ")


class Names:
    """Known names, found by their words.

    Names are compared as written, accents and kinds of apostrophe aside, so that "US" is not "us".
    """

    def __init__(self, terms: dict[str, Term]) -> None:
        self.terms = tuple(terms.values())
        self._by_words: dict[tuple[str, ...], Term] = {}
        self._loud: dict[tuple[str, ...], Term] = {}
        self._longest: dict[str, int] = {}
        for text, term in terms.items():
            words = tuple(plain(word) for word in split(text))
            self._by_words.setdefault(words, term)
            loud = tuple(word.upper() for word in words)
            self._loud.setdefault(loud, term)
            for first in (words[0], loud[0]):
                self._longest[first] = max(self._longest.get(first, 0), len(words))

    def at(self, words: list[str], first: int, *, shouted: bool = False) -> tuple[int, Term] | None:
        """The longest known name that begins at `first`, and the index after it."""
        longest = self._longest.get(words[first])
        if longest is None:
            return None
        for length in range(min(longest, len(words) - first), 0, -1):
            stretch = tuple(words[first : first + length])
            term = self._by_words.get(stretch) or (self._loud.get(stretch) if shouted else None)
            if term is not None:
                return first + length, term
        return None


def plain(word: str) -> str:
    """As written, without accents, one kind of apostrophe."""
    return word if word.isascii() else _unaccented(word)


def _unaccented(word: str) -> str:
    folded = fold(word)
    if len(folded) != len(word):
        return word.replace("’", "'")
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, folded, strict=True))


def rows(name: str) -> list[list[str]]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def countries() -> dict[str, Term]:
    """Names, adjectives, capitals and metonyms of the world's countries, CLDR's names included."""
    terms: dict[str, Term] = {}
    for iso3, names, adjectives, capitals, metonyms in rows("actors-countries.tsv"):
        shown = names.split(";")[0]
        columns = (("country", names), ("adjective", adjectives), ("capital", capitals), ("metonym", metonyms))
        for sort, column in columns:
            for text in column.split(";"):
                if text.strip() not in ("", "-"):
                    terms.setdefault(text.strip(), Term(sort, f"state:{iso3}", shown, iso3))
    for iso3, people in _peoples():
        shown = _shown()[iso3][0]
        terms.setdefault(people, Term("people", f"state:{iso3}", shown, iso3))
    for iso3, name in _cldr():
        terms.setdefault(name, Term("country", f"state:{iso3}", country_name(iso3) or name, iso3))
    return terms


#: Nouns of nationality that no "s" makes of the adjective.
_NATIONALS = {
    "TUR": "Turks", "GBR": "Britons", "POL": "Poles", "ESP": "Spaniards", "SWE": "Swedes", "DNK": "Danes",
    "FIN": "Finns", "SRB": "Serbs", "HRV": "Croats", "SVN": "Slovenes", "TKM": "Turkmens", "KAZ": "Kazakhs",
    "UZB": "Uzbeks", "TJK": "Tajiks", "ISL": "Icelanders", "NZL": "New Zealanders", "PHL": "Filipinos",
    "SAU": "Saudis", "ARG": "Argentines", "LUX": "Luxembourgers", "SVK": "Slovaks", "CZE": "Czechs", "GRC": "Greeks",
    "THA": "Thais", "AFG": "Afghans", "IRL": "Irishmen",
}  # fmt: skip


def _peoples() -> list[tuple[str, str]]:
    """Country and noun of nationality in the plural: "Vardans" stands for Varda where "the" is before it."""
    found = sorted(_NATIONALS.items())
    for iso3, _, adjectives, *_ in rows("actors-countries.tsv"):
        adjective = adjectives.split(";")[0]
        if adjective.endswith(("an", "i")) and " " not in adjective:
            found.append((iso3, adjective + "s"))
    return found


def _cldr() -> list[tuple[str, str]]:
    import pycountry
    from babel import Locale

    named = Locale("en").territories
    pairs = []
    for country in pycountry.countries:
        name = named.get(country.alpha_2)
        if name:
            pairs.append((country.alpha_3, name.split(" (")[0]))
    return sorted(pairs)


@cache
def _shown() -> dict[str, tuple[str, str | None]]:
    found = {}
    for iso3, names, adjectives, *_ in rows("actors-countries.tsv"):
        adjective = adjectives.split(";")[0]
        found[iso3] = (names.split(";")[0], adjective if adjective != "-" else None)
    return found


def country_name(iso3: str) -> str | None:
    """The name that is shown: "United States"."""
    return _shown().get(iso3, (None, None))[0]


def country_adjective(iso3: str) -> str | None:
    """The adjective: "Russian"."""
    return _shown().get(iso3, (None, None))[1]


@cache
def known_names() -> dict[str, Term]:
    """Every known name: countries, organisations, named government bodies."""
    terms: dict[str, Term] = {}
    for key, names, calls in rows("actors-named-bodies.tsv"):
        for text in names.split(";"):
            terms[text] = Term("body", key, names.split(";")[0], key.split(":")[1], frozenset(calls.split()))
    for key, names, calls, *seats in rows("actors-organisations.tsv"):
        known = Term("organisation", f"org:{key}", names.split(";")[0], None, frozenset(calls.split()))
        terms |= dict.fromkeys(names.split(";"), known)
        # "Brussels wants an answer" is the union; "talks in Brussels" are in a city, as with a state's capital
        terms |= dict.fromkeys(seats, replace(known, sort="capital"))
    return {**countries(), **terms}


@cache
def names() -> Names:
    """The known names, ready to be found."""
    return Names(known_names())


@cache
def bodies() -> dict[str, tuple[tuple[tuple[str, ...], Body], ...]]:
    """Kinds of government body by the first word of their phrase, longest phrase first."""
    by_first: dict[str, list[tuple[tuple[str, ...], Body]]] = {}
    for slug, phrases, canonical, calls in rows("actors-bodies.tsv"):
        for phrase in phrases.split(";"):
            words = tuple(split(phrase))
            by_first.setdefault(words[0], []).append((words, Body(slug, canonical, frozenset(calls.split()))))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in by_first.items()}


@cache
def offices() -> Offices:
    """Offices and the nouns of politics."""
    told = json.loads((_FOLDER / "actors-offices.json").read_text(encoding="utf-8"))
    calls = {title: frozenset(called.split()) for title, called in told["offices"].items()}
    for portfolio in told["portfolios"]:
        for form in told["portfolio_forms"]:
            calls.setdefault(form.format(p=portfolio), frozenset({"minister", "politician", "official"}))
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for title in calls:
        words = tuple(split(title))
        by_first.setdefault(words[0], []).append(words)
    lists = (
        "group_nouns group_adjectives government_nouns crowd_nouns name_prefixes state_nouns organisation_nouns "
        "not_names organisation_heads place_heads thing_heads politics_nouns not_countries"
    ).split()
    return Offices(
        calls=calls,
        canonical=told["canonical"],
        phrases={first: tuple(sorted(rows, key=lambda row: (-len(row), row))) for first, rows in by_first.items()},
        male=frozenset(told["male"]),
        female=frozenset(told["female"]),
        same_person={called: frozenset(titles) for called, titles in told["same_person"].items()},
        modifiers=frozenset(told["modifiers"]),
        kept_modifiers=frozenset(told["kept_modifiers"]),
        honorifics=told["honorifics"],
        words={name: frozenset(told[name]) for name in lists},
    )


@cache
def given_names() -> tuple[dict[str, str], dict[str, str]]:
    """Given names with m or f, and the full form of short ones; folded."""
    told = json.loads((_FOLDER / "actors-given-names.json").read_text(encoding="utf-8"))
    genders = dict.fromkeys(told["female"].split(), "f")
    for name in told["male"].split():
        genders[name] = "" if name in genders else "m"
    return {fold(name): gender for name, gender in genders.items()}, told["nicknames"]


__all__ = [
    "KINGDOMS",
    "Body",
    "Names",
    "Offices",
    "Term",
    "bodies",
    "countries",
    "country_adjective",
    "country_name",
    "given_names",
    "known_names",
    "names",
    "offices",
    "plain",
]
