"""Countries that no lexicon knows, proved by the report: "Varda's president", "the Vardan government"."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.annotating.actors.lexicon import Names, Term, given_names, names, offices, plain
from onrecord.annotating.actors.words import Passage, Word
from onrecord.annotating.folding import fold
from onrecord.annotating.gazetteer import regions

_OF_HEADS = frozenset(
    "president premier minister ministers presidents leaders governments government republic kingdom king queen "
    "chancellor army parliament capital state ambassador sultanate emirate federation principality duchy union "
    "invasion".split()
)
#: Endings of adjectives, longest first, and of country names; a stem is what stays.
_ADJECTIVE_ENDINGS = ("ovian", "avian", "anian", "onian", "inian", "inese", "anese", "landic", "landish", "ean", "ian",
                      "ese", "ish", "ine", "ite", "ic", "an", "er", "en", "i", "n", "s", "")  # fmt: skip
_NAME_ENDINGS = ("istan", "stan", "land", "lands", "avia", "ovia", "onia", "ania", "inia", "ina", "ea", "ia", "ya",
                 "us", "os", "is", "a", "e", "i", "o", "u", "y", "")  # fmt: skip
_SHORTEST_STEM = 3
#: What any noun may stand before: "the Vardan water minister", "Varda's river ministry".
_COMPOUND_HEADS = frozenset("minister ministers ministry".split())
_COUNTRY_FORMS = ("ia", "land", "stan")
#: What an adjective proves only where the report tells the name that it is made of.
_WEAK_HEADS = frozenset(
    "president government army parliament officials official troops counterpart colleague delegation".split()
)


def proved_countries(all_passages: Sequence[Passage]) -> Names | None:
    """The unknown countries of a report with their adjectives and capitals; None where there are none."""
    told: Counter[str] = Counter()
    adjectives: Counter[str] = Counter()
    people = _people(all_passages)
    inner = _capitalised(all_passages)
    for passage in all_passages:
        if passage.loud or passage.shouted:
            continue
        for name, is_adjective in _proofs(passage, inner):
            surname = fold(name.split()[-1])
            if surname not in people and names().at([plain(part) for part in name.split()], 0) is None:
                (adjectives if is_adjective else told)[name] += 1
    places = Counter({name: n for name, n in _standing(all_passages).items() if fold(name) not in people})
    adjectives.update(_weakly_proved(all_passages, places, adjectives))
    if not told and not adjectives:
        return None
    paired = _paired(told, adjectives, places)
    told.update(_beside(all_passages, told, places))
    terms = _terms(told, adjectives, paired)
    by_start = _by_start(told)
    for name in inner:
        country = _country_of(name, by_start) if name not in terms and _political_ending(name) else None
        if country is not None:
            terms[name] = Term("adjective", _key(country), country, adjective=name)
    for capital, state in _capitals(all_passages, terms):
        if capital not in terms and fold(capital) not in people:
            terms[capital] = replace(state, sort="capital")
    return Names(terms)


def _paired(told: Counter[str], adjectives: Counter[str], inner: Counter[str]) -> dict[str, str]:
    """The country of each adjective: a proved one, else any name of the report with its stem, proved by it."""
    paired: dict[str, str] = {}
    for candidates in (told, inner):
        by_start = _by_start(candidates)
        for adjective in sorted(set(adjectives) - set(paired)):
            country = _country_of(adjective, by_start)
            if country is not None:
                told[country] += 0 if candidates is told else adjectives[adjective]
                paired[adjective] = country
    return paired


def _weakly_proved(all_passages: Sequence[Passage], places: Counter[str], proved: Counter[str]) -> Iterator[str]:
    """Adjectives before "counterpart" or "health officials" whose name the report tells: "Vardan" beside "Varda"."""
    candidates = Counter({name: n for name, n in places.items() if name not in regions()})
    by_start = _by_start(candidates)
    for passage in all_passages:
        for at, word in enumerate(passage.words[:-1]):
            if passage.loud or word.text in proved or not _unknown(word) or not _political_ending(word.text):
                continue
            after = at + 1 + _compound(passage.words, at + 1, _WEAK_HEADS)
            if passage.words[after].lower in _WEAK_HEADS and _country_of(word.text, by_start) is not None:
                yield word.text


def _beside(all_passages: Sequence[Passage], told: Counter[str], places: Counter[str]) -> list[str]:
    """Names formed as countries that "and" joins to a proved one: "Varda and Oskelia"."""
    found = []
    for passage in all_passages:
        for one, joint, other in zip(passage.words, passage.words[1:], passage.words[2:], strict=False):
            if joint.lower != "and" or passage.loud:
                continue
            for known, new in ((one.text, other.text), (other.text, one.text)):
                formed = new.endswith(_COUNTRY_FORMS) and new in places and new not in regions()
                if known in told and new not in told and formed:
                    found.append(new)
    return found


def _compound(words: tuple[Word, ...], at: int, heads: frozenset[str]) -> int:
    """1 where a plain noun or adjective stands at `at` before one of the heads, else 0."""
    if at + 1 >= len(words) or words[at + 1].lower not in heads or words[at].sentence != words[at + 1].sentence:
        return 0
    return int(words[at].text.isalpha() and words[at].tag in ("NN", "NNS", "NNP", "JJ"))


def _political_ending(adjective: str) -> bool:
    return adjective.endswith(("n", "ese", "ish", "ic", "i", "ite"))


def _terms(told: Counter[str], adjectives: Counter[str], paired: dict[str, str]) -> dict[str, Term]:
    terms = {}
    adjective_of = {paired.get(adjective, adjective): adjective for adjective in sorted(adjectives, reverse=True)}
    for country in sorted(told):
        terms[country] = Term("country", _key(country), country, adjective=adjective_of.get(country))
        for full in ("Republic", "Kingdom", "Federation", "State"):
            terms[f"{full} of {country}"] = replace(terms[country])
    for adjective in sorted(adjectives):
        country = paired.get(adjective, adjective)
        terms.setdefault(adjective, Term("adjective", _key(country), country, adjective=adjective))
    return terms


def _key(country: str) -> str:
    return "state:" + "-".join(fold(country).split())


def _people(all_passages: Sequence[Passage]) -> frozenset[str]:
    """Surnames that stand after an honorific or a given name: "the Clinton government" names no country."""
    found = set()
    told, given = offices(), given_names()[0]
    for passage in all_passages:
        for before, word in zip(passage.words, passage.words[1:], strict=False):
            if (
                word.capital
                and word.spaced
                and before.capital
                and (before.lower in told.honorifics or before.lower in given)
            ):
                found.add(word.lower)
    return frozenset(found)


def _proofs(passage: Passage, inner: Counter[str]) -> Iterator[tuple[str, bool]]:
    """(name, whether it is an adjective) of each unknown capitalised name that acts as a country."""
    words = passage.words
    politics = offices().words["politics_nouns"]
    for at, word in enumerate(words):
        if word.lower in _OF_HEADS:
            name = _of_name(words, at + 1)
            if name:
                yield name, False
        follows_name = at > 0 and word.spaced and _unknown(words[at - 1]) and words[at - 1].text.isalpha()
        if not _unknown(word) or follows_name:
            continue
        follower = at + 1
        genitive = follower < len(words) and words[follower].text in ("'s", "’s", "'", "’")
        if word.text not in inner and not (genitive and word.tag == "NNP"):
            continue
        if genitive:
            follower += 1
        noun = _noun_from(words, follower, politics)
        if noun and (genitive or words[at].spaced):
            if genitive and noun in ("people", "leader", "leaders", "side", "officials", "capital"):
                continue
            adjective = not genitive and _political_ending(word.text)
            if genitive or adjective:
                yield word.text, adjective


def _unknown(word: Word) -> bool:
    return word.capital and _unknown_name(word.text, word.lower)


@lru_cache(maxsize=10_000)
def _unknown_name(text: str, lower: str) -> bool:
    """Whether no lexicon knows a capitalised word; asked often for each word of a report."""
    told = offices()
    if not (text.isalpha() and len(text) > 3 and not text.isupper()):
        return False
    if text in told.words["not_countries"] or text in told.words["not_names"] or lower in told.calls:
        return False
    return names().at([plain(text)], 0) is None and lower not in given_names()[0]


def _noun_from(words: tuple[Word, ...], at: int, politics: frozenset[str]) -> str:
    """The political noun at `at`, modifiers skipped ("former", "deputy"), else nothing."""
    skipped = 0
    while at < len(words) and skipped <= 2:
        for length in (3, 2, 1):
            phrase = " ".join(word.lower for word in words[at : at + length])
            if phrase in politics:
                return phrase
        if words[at].lower not in offices().modifiers:
            compound = _compound(words, at, _COMPOUND_HEADS)
            return words[at + 1].lower if compound else ""
        at, skipped = at + 1, skipped + 1
    return ""


def _of_name(words: tuple[Word, ...], at: int) -> str:
    """X of "president of X", where X is one unknown capitalised name that ends there."""
    if at + 1 >= len(words) or words[at].lower != "of":
        return ""
    at += 1
    if words[at].lower == "the":
        return ""
    end = at
    while end < len(words) and words[end].capital and words[end].text.isalpha() and end - at < 3:
        end += 1
    if end == at or end - at > 2 or not all(_unknown(word) for word in words[at:end]):
        return ""
    return " ".join(word.text for word in words[at:end])


def _by_start(countries: Counter[str]) -> dict[str, list[str]]:
    """Countries by their first letters, the most told first: a long report is not searched for each adjective."""
    found: dict[str, list[str]] = {}
    for country in sorted(countries, key=lambda name: (-countries[name], name)):
        found.setdefault(fold(country)[:_SHORTEST_STEM], []).append(country)
    return found


def _country_of(adjective: str, by_start: dict[str, list[str]]) -> str | None:
    """The country whose stem the adjective shares ("Vardan" ~ "Varda"); the most told, then the first by name."""
    near = by_start.get(fold(adjective)[:_SHORTEST_STEM], ())
    return next((country for country in near if country != adjective and related(adjective, country)), None)


def related(adjective: str, country: str) -> bool:
    """Whether an adjective may be made of a country's name.

    >>> related("Vardan", "Varda"), related("Oskelian", "Oskelia"), related("Merovian", "Varda")
    (True, True, False)
    """
    told, name = fold(adjective), fold(country)
    if told[:_SHORTEST_STEM] != name[:_SHORTEST_STEM]:
        return False
    stems = {told[: len(told) - len(end)] for end in _ADJECTIVE_ENDINGS if told.endswith(end) and end}
    roots = {name[: len(name) - len(end)] for end in _NAME_ENDINGS if name.endswith(end)}
    return any(len(stem) >= _SHORTEST_STEM for stem in stems & roots)


def _capitalised(all_passages: Sequence[Passage]) -> Counter[str]:
    """Unknown capitalised words of the report that stand inside a sentence."""
    found: Counter[str] = Counter()
    for passage in all_passages:
        if not passage.loud:
            words = passage.words
            found.update(
                word.text
                for before, word in itertools.pairwise(words)
                if _unknown(word) and before.sentence == word.sentence and before.text not in '“"‘:'
            )
    return found


def _standing(all_passages: Sequence[Passage]) -> Counter[str]:
    """Unknown names of one word, wherever they stand: "Varda", not the first word of "Varda Monitor"."""
    found: Counter[str] = Counter()
    for passage in all_passages:
        words = passage.words
        for at, word in enumerate(words):
            if passage.loud or word.tag[:3] != "NNP" or not _unknown(word):
                continue
            near = [words[n] for n in (at - 1, at + 1) if 0 <= n < len(words) and words[n].sentence == word.sentence]
            if not any(other.capital and other.tag[:3] == "NNP" and other.text.isalpha() for other in near):
                found[word.text] += 1
    return found


def _capitals(all_passages: Sequence[Passage], terms: dict[str, Term]) -> Iterator[tuple[str, Term]]:
    """Capitals told as such: "the Vardan capital Kessin", "Kessin, the capital of Varda"."""
    for passage in all_passages:
        words = passage.words
        for at, word in enumerate(words):
            if word.lower != "capital":
                continue
            near = [other.text for other in words[max(at - 3, 0) : at + 4]]
            country = next((terms[text] for text in near if text in terms), None)
            if country is None:
                continue
            after = at + 2 if at + 1 < len(words) and words[at + 1].text == "," else at + 1
            if after < len(words) and _unknown(words[after]):
                yield words[after].text, country
            before = at - 1
            while before >= 0 and at - before <= 4 and words[before].text != ",":
                before -= 1
            if before >= 1 and words[before].text == "," and _unknown(words[before - 1]):
                yield words[before - 1].text, country


__all__ = ["proved_countries", "related"]
