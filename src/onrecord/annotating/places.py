"""Places that a report names as places, resolved to GeoNames."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log10

from onrecord.annotating.actors.lexicon import Term, country_name, known_names, offices, plain
from onrecord.annotating.actors.locatives import in_place_position
from onrecord.annotating.actors.words import Passage, passages
from onrecord.annotating.gazetteer import City, capital, cities, is_city, regions
from onrecord.annotating.parse import Parse
from onrecord.model import ActorKind, Annotation, Place, PlaceMention, Report, Span

_LONGEST_WORDS = 5
_CERTAIN = 100_000
#: A city of this size is taken for itself even where the parser sees a person or nothing.
_WELL_KNOWN = 300_000
_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_IN = frozenset("in near at outside around across via through throughout to from towards toward into of".split())
_COMPASS = frozenset(
    "eastern western central southern northern west east north south north-eastern north-western south-eastern "
    "south-western northeastern northwestern southeastern southwestern".split()
)
_DIRECTIONS = tuple(f"{word} " for word in sorted(_COMPASS))
#: What is named after the place where it is held: "the Geneva talks".
_HELD_THERE = frozenset("talks summit conference meeting negotiations accord accords convention protocol".split())
_SETTLEMENTS = frozenset("town city village port region district island province oblast suburb hamlet".split())
#: A country that the report names weighs as much as a population three hundred times as large.
_SAME_COUNTRY = 2.5


def find_places(report: Report, parse: Parse, marks: Annotation) -> Annotation:
    """Mark the places: cities of GeoNames (15,000 people and more), countries and regions of the world.

    A capital that acts ("Kessin denies") is no place. Of cities with one name the more populous is taken, those in
    countries that the report names first. A place that the gazetteer does not know ("talks in Kessin") is kept by its
    name alone where the words around it show that it is one.
    """
    del report  # Every stage has one signature; this one works on the parse alone.
    blocks = passages(parse, marks)
    names = _Named(marks)
    at_home = _countries_of(blocks, marks)
    found = [mention for block in blocks for mention in _of_passage(block, names, at_home)]
    return replace(marks, places=tuple(found))


class _Named:
    """Spans that actors took, and states that the report proved."""

    def __init__(self, marks: Annotation) -> None:
        self._taken: dict[int, int] = {}
        self.states: dict[str, tuple[str, str | None]] = {}
        for entity in marks.entities:
            for mention in entity.mentions:
                named = mention.form == "name" and entity.kind in (ActorKind.PERSON, ActorKind.ORGANISATION)
                if named:
                    start = mention.span.start
                    self._taken[start] = max(self._taken.get(start, 0), mention.span.end)
            if entity.kind is ActorKind.STATE:
                for alias in (entity.name, *entity.aliases):
                    self.states[alias] = (entity.name, entity.country)

    def takes(self, span: Span) -> bool:
        """Whether a person's or organisation's name covers the span."""
        return any(self._taken.get(start, 0) >= span.end for start in range(max(span.start - 80, 0), span.start + 1))


def _countries_of(blocks: Sequence[Passage], marks: Annotation) -> frozenset[str]:
    told = {entity.country for entity in marks.entities if entity.kind is ActorKind.STATE and entity.country}
    if not told:
        known = known_names()
        terms = (known.get(word.text) for block in blocks for word in block.words if word.capital)
        told = {term.country for term in terms if term is not None and term.country}
    return frozenset(country for country in told if country)


def _of_passage(block: Passage, names: _Named, at_home: frozenset[str]) -> Iterator[PlaceMention]:
    texts = [plain(word.text) for word in block.words]
    at, before = 0, -9
    while at < len(texts):
        end, place = _place_at(block, texts, at, names, at_home, after_place=0 < at - before <= 1)
        if place is None:
            at = max(end, at + 1)
            continue
        yield PlaceMention(block.span(at, end), place)
        at = before = end


def _place_at(
    block: Passage, texts: list[str], at: int, names: _Named, at_home: frozenset[str], *, after_place: bool
) -> tuple[int, Place | None]:
    """The place that begins at a word and where it ends; no place, and where to go on."""
    word = block.words[at]
    if not (word.capital or word.text in _COMPASS):
        return at + 1, None
    for length in range(min(_LONGEST_WORDS, len(texts) - at), 0, -1):
        name = _joined(block, texts, at, at + length)
        place = _known(block, name, at, at + length, names, at_home, after_place=after_place)
        if place is not None:
            taken = names.takes(block.span(at, at + length))
            return at + length, None if taken else place
    return _unknown(block, at, names)


def _joined(block: Passage, texts: list[str], first: int, last: int) -> str:
    parts = [(" " if n and block.words[first + n].spaced else "") + text for n, text in enumerate(texts[first:last])]
    return "".join(parts)


def _known(
    block: Passage, name: str, first: int, last: int, names: _Named, at_home: frozenset[str], *, after_place: bool
) -> Place | None:
    region = regions().get(name)
    if region is not None:
        return Place(name, region or None)
    if not (name in known_names() or name in names.states or is_city(name) or name.lower().startswith(_DIRECTIONS)):
        return None  # as most words and nearly all runs of words
    part, _, whole = name.partition(" ")
    if part.lower() in _COMPASS and (lying := known_names().get(whole)) is not None and lying.sort == "country":
        return Place(name, lying.country)
    term = known_names().get(name)
    if term is not None and term.sort == "country":
        there = after_place or _locative(block, first, last)
        return Place(country_name(term.country or "") or term.name, term.country) if there else None
    if term is not None and term.sort != "capital":
        return None
    if term is None and name in names.states:
        shown, country = names.states[name]
        return (
            Place(name if name != shown and country is None else shown, country)
            if _locative(block, first, last)
            else None
        )
    return _city(block, name, first, last, at_home, term, after_place=after_place)


def _locative(block: Passage, first: int, last: int) -> bool:
    """Whether a country's name stands where a place does: "troops in Varda", "flew to Varda"."""
    follower = block.words[last] if last < len(block.words) else None
    if follower is not None and (follower.text in ("'s", "’s") or (follower.tag.startswith("NN") and follower.spaced)):
        return False
    return in_place_position(block, first, last)


def _city(
    block: Passage,
    name: str,
    first: int,
    last: int,
    at_home: frozenset[str],
    term: Term | None,
    *,
    after_place: bool,
) -> Place | None:
    found = cities(name) if name not in offices().words["not_names"] else ()
    if not found and term is not None and term.country is not None:
        found = cities(capital(term.country))  # another name of the capital: "Washington DC"
    follower = block.words[last].lower if last < len(block.words) else ""
    if not found or (term is None and follower in offices().words["place_heads"]):
        return None
    words = block.words
    country = _country_after(block, last)
    if term is not None:
        if not (in_place_position(block, first, last) or country):
            return None
        told = [city for city in found if city.place.country in at_home]
        home = country or (term.country if term.country in at_home or not told else None)
        found = tuple(city for city in found if home is None or city.place.country == home) or found
    else:
        labels = {word.label for word in words[first:last]}
        before = words[first - 1].lower if first else ""
        well_known = max(city.population for city in found) >= _WELL_KNOWN
        placed = before in _IN or follower in _HELD_THERE
        if not (labels & _PLACE_LABELS or placed or country or after_place or (well_known and before)):
            return None
        if "PERSON" in labels and before not in _IN and not well_known:
            return None
        if last - first == 1 and _part_of_name(block, first, last):
            return None
    best = max(found, key=lambda city: (_score(city, at_home, country), -(city.place.geonames or 0)))
    near = best.place.country in at_home or country is not None or best.population >= _CERTAIN
    # A small town far from all that the report tells of is more likely a namesake that the gazetteer lacks.
    return best.place if near or not at_home else Place(name, None)


def _part_of_name(block: Passage, first: int, last: int) -> bool:
    """Whether a capitalised word beside a name makes it something else: "Lincoln Tosk", "Mr Lincoln"."""
    words = block.words
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    told = offices()
    if before is not None and (before.lower in told.honorifics or before.lower in told.calls) and before.capital:
        return True
    if before is not None and before.capital and before.label == "PERSON" == words[first].label:
        return True
    if block.loud or after is None or not after.capital or not after.text.isalpha():
        return False
    return after.tag.startswith("NNP") and after.label == words[first].label and after.sentence == words[first].sentence


def _country_after(block: Passage, last: int) -> str | None:
    """The country of "Kell, Varda": a known one, as ISO code."""
    words = block.words
    if last + 1 >= len(words) or words[last].text != ",":
        return None
    known = known_names()
    for length in (3, 2, 1):
        text = " ".join(word.text for word in words[last + 1 : last + 1 + length])
        term = known.get(text)
        if term is not None and term.sort == "country":
            return term.country
        if regions().get(text):
            return regions()[text]
    return None


def _score(city: City, at_home: frozenset[str], country: str | None) -> float:
    weight = log10(max(city.population, 1))
    weight += _SAME_COUNTRY if city.place.country in at_home else 0.0
    return weight + (10.0 if country is not None and city.place.country == country else 0.0)


def _unknown(block: Passage, at: int, names: _Named) -> tuple[int, Place | None]:
    """A name that no gazetteer has, where the words around it and the parser both say place."""
    words = block.words
    word = words[at]
    told = offices()
    end = at + 1
    while end < len(words) and words[end].capital and words[end].text.isalpha() and end - at < 4:
        end += 1
    before = words[at - 1].lower if at else ""
    single = " ".join(other.text for other in words[at:end])
    if before == "of" and at > 1 and words[at - 2].lower in _SETTLEMENTS:
        before = "in"
    if before not in ("in", "near", "at", "outside") or not word.text.isalpha() or block.loud:
        return at + 1, None
    if any(other.text in told.words["not_names"] or other.text.isupper() for other in words[at:end]):
        return at + 1, None
    if single in known_names() or names.takes(block.span(at, end)) or len(word.text) < 4:
        return at + 1, None
    place_like = any(other.label in _PLACE_LABELS for other in words[at:end]) or (
        before in ("in", "near", "outside") and not any(other.label for other in words[at:end])
    )
    follower = words[end] if end < len(words) else None
    modifies = follower is not None and follower.spaced and follower.tag[:2] in ("NN", "VB") and follower.tag != "VBD"
    if not place_like or (modifies and follower is not None and follower.tag.startswith("NN")):
        return at + 1, None
    return end, Place(single, None)


__all__ = ["find_places"]
