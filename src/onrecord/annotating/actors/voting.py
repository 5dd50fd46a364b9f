"""What kind of thing a name is, by all its occurrences in the report: the small model alone errs too often."""

import itertools
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from onrecord.annotating.actors.lexicon import given_names, offices, plain
from onrecord.annotating.actors.references import Reference
from onrecord.annotating.actors.words import Passage, split
from onrecord.annotating.folding import fold
from onrecord.annotating.gazetteer import largest, regions
from onrecord.model import ActorKind

PERSON, ORGANISATION, PLACE, THING, NOTHING = "person", "organisation", "place", "thing", ""
_LABELS = {"PERSON": PERSON, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE, "NORP": NOTHING}
_THING_LABELS = frozenset(("EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE", "DATE", "TIME", "MONEY", "CARDINAL"))
_PLACE_NOUNS = frozenset(("town", "city", "village", "province", "district", "region", "port", "suburb", "island"))
_STORMS = frozenset(("cyclone", "hurricane", "typhoon", "storm", "operation", "operations", "exercise"))
#: Whom and what a person has and a state has not.
_STAFF = frozenset(
    "spokesman spokeswoman spokesperson aide aides wife husband lawyer lawyers brother son daughter".split()
)
_IN = frozenset(("in", "near", "at", "around", "across"))
_PLACES_BEGIN = frozenset(("port", "lake", "mount", "fort", "cape", "camp"))
_ITS_WITHIN = 4


@lru_cache(maxsize=4096)
def tokens_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, marks left out.

    >>> tokens_of("Ana-Lena von Kell")
    ('ana', 'lena', 'von', 'kell')
    """
    return tuple(word for text in split(name) if (word := fold(text).strip(".'")) and word[0].isalnum())


def kinds_of_names(references: Sequence[Reference], all_passages: Sequence[Passage]) -> dict[tuple[str, ...], str]:
    """The kind of each name, by its words."""
    votes: dict[tuple[str, ...], Counter[str]] = {}
    spelt: dict[tuple[str, ...], str] = {}
    quiet: set[tuple[str, ...]] = set()
    seen: Counter[tuple[str, ...]] = Counter()
    seen_small = _lower_words(all_passages)
    for reference in references:
        if reference.form != "name" or reference.key is not None or not reference.name:
            continue
        tokens = tokens_of(reference.name)
        if not tokens:
            continue
        ballot = votes.setdefault(tokens, Counter())
        seen[tokens] += 1
        spelt.setdefault(tokens, plain(reference.name))
        if not reference.loud:
            quiet.add(tokens)
        if reference.kind is ActorKind.PERSON:
            ballot[PERSON] += 4
        elif reference.loud:
            ballot[NOTHING] += 0
        else:
            _vote(ballot, reference, all_passages[reference.passage], seen_small)
    for tokens, ballot in votes.items():
        if tokens not in quiet and not ballot[PERSON]:
            continue
        _by_form(ballot, tokens)
        ballot[PLACE] += _known_place(spelt[tokens], seen[tokens])
    _share_surnames(votes)
    return {tokens: _winner(ballot) for tokens, ballot in votes.items()}


def _lower_words(all_passages: Sequence[Passage]) -> frozenset[str]:
    return frozenset(word.text for passage in all_passages for word in passage.words if word.text.islower())


def _vote(ballot: Counter[str], reference: Reference, passage: Passage, seen_small: frozenset[str]) -> None:
    words = passage.words
    stretch = words[reference.first : reference.last]
    labels = Counter(word.label for word in stretch if word.label)
    label = labels.most_common(1)[0][0] if labels else ""
    if label in _LABELS:
        # The small model calls any unknown capitalised word an organisation.
        guess = label == "ORG" and len(stretch) == 1 and not stretch[0].text.isupper()
        ballot[_LABELS[label]] += 1 if guess else 2
    elif label in _THING_LABELS:
        ballot[THING] += 2
    if reference.subject and reference.reporting:
        ballot[PERSON] += 2 if not label and stretch[0].tag == "NNP" else 1
    elif reference.genitive and label in ("ORG", "GPE") and _has_staff(passage, reference.last):
        ballot[PERSON] += 2  # "Kell's spokeswoman"
    elif (reference.subject or reference.genitive) and not label and len(stretch) == 1:
        ballot[PERSON] += 1
    before = words[reference.first - 1] if reference.first else None
    if before is not None and before.lemma == "tell" and label in ("", "ORG", "GPE") and len(stretch) == 1:
        ballot[PERSON] += 2  # "told Kell that"
    after = words[reference.last] if reference.last < len(words) else None
    if before is not None and before.lower in _IN and before.sentence == stretch[0].sentence:
        ballot[PLACE] += 2
    if before is not None and before.lower == "of" and reference.first > 1:
        ballot[PLACE] += 4 if words[reference.first - 2].lower in _PLACE_NOUNS else 0
    if before is not None and before.lower == "the" and len(stretch) == 1:
        ballot[PERSON] -= 2
        ballot[ORGANISATION] += 1
    if after is not None and after.lower in ("who", "whose"):
        ballot[PERSON] += 2
    if len(stretch) == 1 and _has_its_own(passage, reference.last):
        ballot[PERSON] -= 4  # "that Varda withdraw its troops"
    if after is not None and after.lower in ("-", "–") and not after.spaced:
        ballot[THING] += 1
    starts = before is None or before.sentence != stretch[0].sentence or before.text in '“"‘:'
    plain_word = stretch[0].text.lower() in seen_small
    if len(stretch) == 1 and starts and (plain_word or (not label and stretch[0].tag != "NNP")):
        ballot[NOTHING] += 2
    if all(word.tag[:2] != "NN" for word in stretch):
        ballot[NOTHING] += 2


def _has_its_own(passage: Passage, at: int) -> bool:
    """Whether "its" follows within a few words, and nothing else with a name that it could mean."""
    for word in passage.words[at : at + _ITS_WITHIN]:
        if word.capital or word.text in ",.;:":
            return False
        if word.lower == "its":
            return True
    return False


def _has_staff(passage: Passage, at: int) -> bool:
    return at + 1 < len(passage.words) and passage.words[at + 1].lower in _STAFF


def _known_place(name: str, times_seen: int) -> int:
    """How much the gazetteer speaks for a place: regions and large cities outweigh the parser, not a title."""
    if name in regions():
        return 3 + 3 * times_seen
    population = largest(name)
    return 2 + 2 * times_seen if population >= 200_000 else (1 if population else 0)


def _by_form(ballot: Counter[str], tokens: tuple[str, ...]) -> None:
    """What the words of the name itself say."""
    told, given = offices(), given_names()[0]
    if len(tokens) >= 2 and tokens[0] in given:
        ballot[PERSON] += 2
    last = tokens[-1]
    if tokens[0] in _PLACES_BEGIN and len(tokens) > 1:
        ballot[PLACE] += 4
    if tokens[0] in _STORMS:
        ballot[THING] += 6
    heads = told.words["organisation_heads"]
    if any(one in heads and other in ("of", "for") for one, other in itertools.pairwise(tokens)):
        ballot[ORGANISATION] += 4
    if last in told.words["organisation_heads"] and len(tokens) > 1:
        ballot[ORGANISATION] += 4
    elif last in told.words["place_heads"] and len(tokens) > 1:
        ballot[PLACE] += 4
    if last in told.words["thing_heads"]:
        ballot[THING] += 4
    if len(tokens) > 5:
        ballot[THING] += 2


def _share_surnames(votes: dict[tuple[str, ...], Counter[str]]) -> None:
    """A surname alone is a person where the full name is one."""
    surnames = {tokens[-1] for tokens, ballot in votes.items() if len(tokens) > 1 and _winner(ballot) == PERSON}
    surnames |= {tokens[-1] for tokens, ballot in votes.items() if ballot[PERSON] >= 4}
    given = given_names()[0]
    surnames |= {
        tokens[0]
        for tokens, ballot in votes.items()
        if len(tokens) == 3 and tokens[0] not in given and ballot[PERSON] >= 4  # "Han Ji-won"
    }
    for tokens, ballot in votes.items():
        alone = len(tokens) == 1 or (len(tokens) == 2 and tokens[0] in ("al", "el"))
        if alone and tokens[-1] in surnames:
            ballot[PERSON] += 6
            ballot[NOTHING] = 0


def _winner(ballot: Counter[str]) -> str:
    order = (PERSON, ORGANISATION, PLACE, THING, NOTHING)
    best = max(order, key=lambda kind: (ballot[kind], -order.index(kind)))
    return best if ballot[best] > (1 if best == ORGANISATION else 0) else NOTHING


__all__ = ["NOTHING", "ORGANISATION", "PERSON", "PLACE", "THING", "kinds_of_names", "tokens_of"]
