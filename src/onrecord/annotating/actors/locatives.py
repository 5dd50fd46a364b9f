"""Place or government: "talks in Moscow" against "Moscow denies"."""

from onrecord.annotating.actors.words import Passage

_ALWAYS = frozenset(
    "in near at outside inside around across via through throughout towards toward within beyond into onto "
    "above below along off over".split()
)
_MOVING = frozenset(
    "travel fly go return visit arrive head trip visits flight journey tour drive move come back fled flee flew went "
    "visited sail march way route road train bus walk invite transfer evacuate deport exile extradite ship transport "
    "relocate welcome rush race trek migrate send dispatch deploy close home run ferry train road railway "
    "border corridor".split()
)
_SETTING_OUT = frozenset("leave depart head bind bound sail fly flee make set".split())
_VISITING = frozenset("visit leave reach enter tour flee depart bomb shell hit strike besiege storm capture".split())
_FROM_MOVING = (_MOVING - {"come"}) | frozenset(
    "report broadcast live withdraw leave depart miles km kilometres kilometers away originate escape hail fire "
    "speak evacuation withdrawal".split()
)
_PARTS = frozenset("city capital streets north south east west outskirts centre center suburb port".split())
_EVENTS = frozenset(
    "talks summit meeting conference negotiations residents resident airport suburb suburbs embassy office street "
    "streets university school court hospital hotel agreement agreements accords accord protocol process round "
    "venue mayor police region area district bureau headquarters bombing attack attacks convention treaty born native "
    "based skyline metro subway theatre stock event session gathering ceremony time".split()
)


def in_place_position(passage: Passage, first: int, last: int) -> bool:
    """Whether a capital's name at words first..last-1 is meant as a place.

    Elsewhere (subject, object, "with", "to" after words and goods) it stands for the government.
    """
    words = passage.words
    if last < len(words) and words[last].text in "-‐–" and last + 1 < len(words) and words[last + 1].lower == "based":
        return True
    if last < len(words) and words[last].lower in _EVENTS and not words[last].capital:
        return True
    if last < len(words) and words[last].text in ("—", "–", "(") and first == 0:
        return True
    before = first - 1
    while before >= 0 and words[before].lower in ("the", "central", "downtown", "western", "eastern", "nearby"):
        before -= 1
    if before < 0:
        return (
            last < len(words) and words[last].text == "," and last + 2 < len(words) and words[last + 2].text.isdigit()
        )
    preposition = words[before].lower
    if preposition in ("and", "or", ",") and before >= 1:
        return _coordinated(passage, before)
    if preposition in _ALWAYS:
        return True
    if preposition in ("to", "for", "from", "of", "between"):
        governors = {word.lemma for word in words[max(before - 4, 0) : before]}
        governors |= {word.lower for word in words[max(before - 4, 0) : before]}
        governor = words[words[before].head].lemma
        if preposition == "from":
            return bool((governors | {governor}) & _FROM_MOVING)
        if preposition == "of":
            return bool(governors & _PARTS)
        if preposition == "for":
            return bool((governors | {governor}) & _SETTING_OUT)
        return governor in _MOVING or bool(governors & _MOVING)
    return words[before].lemma in _VISITING and not words[before].tag.startswith("NN")


def _coordinated(passage: Passage, connector: int) -> bool:
    """Whether the name before a connector is one in a place position, so that the next one is too."""
    words = passage.words
    while True:
        start = connector
        while start > 0 and (words[start - 1].capital or words[start - 1].text == "-") and connector - start < 4:
            start -= 1
        if not 0 < start < connector:
            return False
        if words[start - 1].lower not in ("and", "or", ","):
            return in_place_position(passage, start, connector)
        connector = start - 1  # a list: "Nairobi, Kessin and Dorn"


__all__ = ["in_place_position"]
