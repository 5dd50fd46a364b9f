"""The event coder's lexicon: frames of verbs and nouns, word classes, and words that decide modality."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from onrecord.model import EventType

_FOLDER = "onrecord.annotating.lexicons"


@dataclass(frozen=True, slots=True)
class Step:
    """One need or one slot of a frame, "place.part:word|word".

    Attributes:
        place: where to look from the trigger: "obj", "prep:", "comp", "subj" and so on, with its part ("obj.poss").
        words: prepositions, particles or lemmas that are looked for; empty for any.
        lemmas: for a preposition, the lemmas that its object must have; empty for any.
    """

    place: str
    words: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a trigger lemma needs around it to be an event of a type, and where the parties stand.

    Attributes:
        needs: all must hold.
        sources: slots of a noun's own source, tried in order; empty for verbs, whose source is the subject.
        targets: slots tried in order until one gives an actor.
        light: verbs that carry the noun ("hold talks"); empty for verbs.
    """

    lemma: str
    type: EventType
    needs: tuple[Step, ...]
    targets: tuple[Step, ...]
    sources: tuple[Step, ...] = ()
    light: frozenset[str] = frozenset()

    @property
    def specificity(self) -> int:
        """How much the frame asks for: the more specific of two frames that match wins."""
        return sum(_weight(step) for step in self.needs)


def _weight(step: Step) -> int:
    if step.place in ("-", "noobj", "noprt", "noharm", "notto", "noname"):
        return 0
    # a governed clause says more than a preposition, which may belong to a time or place
    clause = step.place in ("to", "that", "that.base", "that.will", "that.must")
    return 1 + bool(step.words) + bool(step.lemmas) + 2 * clause


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of it: frames by trigger lemma, most specific first, and the word lists by name."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    light: Mapping[str, frozenset[str]]
    modality: Mapping[str, frozenset[str]]
    figures: Mapping[str, frozenset[str]]


@cache
def event_lexicon() -> Lexicon:
    """The lexicon that ships, read once a process.

    >>> [frame.type.value for frame in event_lexicon().verbs["bombard"]]
    ['ASSAULT']
    """
    folder = resources.files(_FOLDER)
    words = tomllib.loads(folder.joinpath("events_words.toml").read_text(encoding="utf-8"))
    lists = {part: {name: frozenset(value.split()) for name, value in words[part].items()} for part in words}
    classes, light = lists["classes"], lists["light"]
    verbs = [_frame(row, classes, light) for row in _rows("events_verbs.tsv")]
    nouns = [_frame(row, classes, light) for row in _rows("events_nouns.tsv")]
    return Lexicon(
        _by_lemma(verbs),
        _by_lemma(nouns),
        MappingProxyType(classes),
        MappingProxyType(light),
        MappingProxyType(lists["modality"]),
        MappingProxyType(lists["figures"]),
    )


def _rows(name: str) -> list[list[str]]:
    text = resources.files(_FOLDER).joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _frame(row: list[str], classes: Mapping[str, frozenset[str]], light: Mapping[str, frozenset[str]]) -> Frame:
    lemma, kind, needs, *slots = row
    if len(slots) == 1:
        return Frame(lemma, EventType(kind), _steps(needs, classes), _steps(slots[0], classes))
    sources, targets, carriers = slots
    return Frame(
        lemma,
        EventType(kind),
        _steps(needs, classes),
        _steps(targets, classes),
        _steps(sources, classes),
        light.get(carriers, frozenset()),
    )


def _steps(text: str, classes: Mapping[str, frozenset[str]]) -> tuple[Step, ...]:
    return tuple(_step(word, classes) for word in text.split() if word not in ("-", "none"))


def _step(text: str, classes: Mapping[str, frozenset[str]]) -> Step:
    place, *rest = text.removesuffix(".actor").split(":")
    if text.endswith(".actor"):
        place += ".actor"
    lists = [
        frozenset().union(*(classes[w[1:]] if w.startswith("@") else {w} for w in part.split("|"))) for part in rest
    ]
    return Step(place, *lists)


def _by_lemma(frames: list[Frame]) -> Mapping[str, tuple[Frame, ...]]:
    grouped: dict[str, list[Frame]] = {}
    for frame in frames:
        grouped.setdefault(frame.lemma, []).append(frame)
    # sorted() is stable: frames that ask for equally much keep their order in the file
    return MappingProxyType({k: tuple(sorted(v, key=lambda frame: -frame.specificity)) for k, v in grouped.items()})
