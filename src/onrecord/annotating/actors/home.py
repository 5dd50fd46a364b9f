"""Which state's body "the foreign ministry" is where no word before it tells: by a place beside it, by who reports."""

from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from onrecord.annotating.actors.lexicon import names, plain, rows
from onrecord.annotating.actors.references import Reference
from onrecord.annotating.actors.words import Passage, Word, split
from onrecord.annotating.gazetteer import cities
from onrecord.model import BlockKind

_PLACES = ("capital", "country")


def home_of(outlet: str | None, blocks: Sequence[Passage]) -> str | None:
    """The key of the state whose bodies a report names without saying so: its agency's own, unless sent from abroad."""
    home = home_state(outlet)
    sent = None if home is None else _sent_from(blocks)
    return home if sent is None or home == f"state:{sent}" else None


def home_state(outlet: str | None) -> str | None:
    """The key of an agency's own state; None for outlets that write from outside.

    >>> home_state("TASS"), home_state("Kuwait News Agency"), home_state("BBC News")
    ('state:RUS', 'state:KWT', None)
    """
    if not outlet:
        return None
    if (known := _homes().get(outlet.lower())) is not None:
        return known
    words = [plain(word) for word in split(outlet)]
    if words[-1].lower() not in ("agency", "agence"):
        return None
    terms = (found[1] for at in range(len(words)) if (found := names().at(words, at)) is not None)
    return next((term.key for term in terms if term.key.startswith("state:")), None)


def _sent_from(blocks: Sequence[Passage]) -> str | None:
    """The country of the town that a report's dateline opens with: "COLOMBO, Oct. 19 (Xinhua) --"."""
    first = next((one.words for one in blocks if one.kind is BlockKind.PARAGRAPH), ())
    told = " ".join(word.text for word in takewhile(lambda word: word.capital, first[:4]))
    after = first[told.count(" ") + 1].text if told and len(first) > told.count(" ") + 1 else ""
    alone = bool(told) and told.isupper() and len(first) == told.count(" ") + 1
    if not alone and after not in (",", "(", "-", "–", "—", "."):
        return None
    found = max(cities(told.title() if told.isupper() else told), key=lambda one: one.population, default=None)
    return found.place.country if found is not None else None


def state_of_place(passage: Passage, reference: Reference) -> str | None:
    """The key of the state whose place stands with a body: "the foreign ministry in Kessin", "In Kessin, the army"."""
    words = passage.words
    if reference.last + 1 < len(words) and words[reference.last].lower == "in":
        found = _place(words, reference.last + 1)
        if found is not None and (found[0] == len(words) or words[found[0]].tag[:2] not in ("NN", "PO")):
            return found[1]
    opens = max(reference.first - 5, 0)
    for at in range(opens, reference.first - 2):
        if words[at].text == "In" and words[at].sentence == words[reference.first].sentence:
            found = _place(words, at + 1)
            if found is not None and found[0] == reference.first - 1 and words[found[0]].text == ",":
                return found[1]
    return None


def _place(words: tuple[Word, ...], at: int) -> tuple[int, str] | None:
    """Where the name of a capital or a state ends that begins at `at`, and the state's key."""
    told = [plain(word.text) for word in words[at : at + 5]]
    found = names().at(told, 0)
    if found is None or found[1].sort not in _PLACES or not found[1].key.startswith("state:"):
        return None
    return at + found[0], found[1].key


@cache
def _homes() -> dict[str, str]:
    return {name.lower(): f"state:{state}" for state, outlets in rows("actors-home.tsv") for name in outlets.split(";")}


__all__ = ["home_of", "home_state", "state_of_place"]
