"""Numbers as reports tell them, and whether two tellings of one number go together."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from onrecord.fusing.words import lexicon
from onrecord.model import Quantity, Span

#: How far two numbers told as "about" may lie apart, as a share of the larger.
ABOUT = 0.15
#: Times that one count may be another's, where both may be of one thing.
ORDER = 30.0


@cache
def lexicon_of_numbers() -> dict[str, Any]:
    """Number words, bounds, and what words tell that a number counts."""
    text = resources.files("onrecord.fusing").joinpath("lexicons", "numbers.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a telling allows; `low` or `high` is None where it sets no bound."""

    low: float | None
    high: float | None
    about: bool = False


def span_of_values(quantity: Quantity) -> Range:
    """The values that a quantity allows.

    >>> span_of_values(Quantity(Span(0, 11), 40, "soldier", "at-least"))
    Range(low=40, high=None, about=False)
    """
    if quantity.high is not None:
        return Range(quantity.value, quantity.high)
    if quantity.bound == "at-least":
        return Range(quantity.value, None)
    if quantity.bound == "at-most":
        return Range(None, quantity.value)
    return Range(quantity.value, quantity.value, quantity.bound == "about")


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether two tellings can both hold: "at least 40" and 43 can, 40 and 43 can't."""
    one, other = span_of_values(a), span_of_values(b)
    slack = ABOUT * max(abs(a.value), abs(b.value)) if one.about or other.about else 0.0
    low = max((edge for edge in (one.low, other.low) if edge is not None), default=None)
    high = min((edge for edge in (one.high, other.high) if edge is not None), default=None)
    return low is None or high is None or low <= high + slack


def of_one_order(a: Quantity, b: Quantity) -> bool:
    """Whether two counts are so near that they may be of one thing: "at least 12" and 320,000 dead are not.

    Reports of one happening differ, and one may be hours old; a toll that is thirty times another is that of a war,
    not of a raid.

    >>> of_one_order(Quantity(Span(0, 2), 12, "dead", "at-least"), Quantity(Span(0, 7), 320000, "dead"))
    False
    """
    low, high = sorted((abs(a.value), abs(b.value)))
    return high <= ORDER * max(low, 1.0)


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two tellings give one value, whatever their bounds ("some 100,000" and 100,000)."""
    return a.value == b.value and (a.high or a.value) == (b.high or b.value)


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities count the same thing."""
    return family(a.unit) == family(b.unit)


def family(unit: str) -> str:
    """What a counted thing is: soldiers and troops are one, so are dead and killed."""
    unit = unit.lower()
    for name, members in lexicon_of_numbers()["families"].items():
        if unit in members or unit.removesuffix("s") in members:
            return str(name)
    return unit.removesuffix("s")


@cache
def _number_pattern() -> re.Pattern[str]:
    units = "|".join(
        sorted([*lexicon_of_numbers()["small"], *lexicon_of_numbers()["scales"]], key=lambda word: (-len(word), word))
    )
    spelt = rf"(?:{units})(?:[\s-]+(?:and\s+)?(?:{units}))*"
    return re.compile(
        rf"(?<![\w.,/$€£+:-])(?P<low>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<scale>\s+(?:hundred|thousand|million|billion))?(?![\w/%]|[.,:]\d|-[^\W\d])"
        rf"|(?<!\w)(?P<spelt>{spelt})(?!\w)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1 << 12)
def numbers(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text with their bounds; the unit is empty, since nothing is parsed here.

    >>> [(one.value, one.bound) for one in numbers("At least twenty-one died, up to 1,300 fled")]
    [(21.0, 'at-least'), (1300.0, 'at-most')]
    """
    found = []
    for match in _number_pattern().finditer(text):
        value = None if _is_date(text, match) else _value(match)
        if value is not None:
            bound = _bound(text, match.start(), match.end())
            found.append(Quantity(Span(match.start(), match.end()), value, "", bound))
    return tuple(_with_ranges(text, found))


@cache
def _month() -> re.Pattern[str]:
    names = "|".join(sorted(lexicon("calendar")))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether digits are a year, the day of a month, a clock time, or a run that no one would count with."""
    told = match["low"]
    if told is None or match["scale"] or "," in told:
        return False
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
    beside = _month().search(before.rsplit(maxsplit=1)[-1] if before.split() else "") or (
        len(told) <= 2 and _month().match(after.lstrip())
    )
    if len(told) > 2 and told.startswith("0"):
        return True
    year = len(told) == 4 and told[:2] in ("18", "19", "20")
    in_date = bool(re.search(r"(?:\d|[-/.])\s*$", before))
    return bool(beside) or (year and (in_date or not _counted_noun(after))) or len(told) >= 6


def _counted_noun(after: str) -> bool:
    """Whether the word after a number is one that the lexicon counts."""
    words = re.findall(r"[a-z]+", after.lower())
    return bool(words) and any(
        words[0].removesuffix("s") in members for members in lexicon_of_numbers()["families"].values()
    )


def _value(match: re.Match[str]) -> float | None:
    if match["low"]:
        scale = float(lexicon_of_numbers()["scales"].get((match["scale"] or "").strip().lower(), 1))
        return float(match["low"].replace(",", "")) * scale
    value = _spelt_value(match["spelt"].lower())
    if (
        value is None
        and match.string[: match.start()].lower().endswith(("a ", "a\n"))
        and not match["spelt"].endswith("s")
    ):
        return float(lexicon_of_numbers()["scales"][match["spelt"].lower()])
    return value


def _spelt_value(told: str) -> float | None:
    total, part, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", told):
        if word in lexicon_of_numbers()["small"]:
            part += lexicon_of_numbers()["small"][word]
            seen = True
        elif word in lexicon_of_numbers()["scales"]:
            part = (part or 1.0) * lexicon_of_numbers()["scales"][word]
            if lexicon_of_numbers()["scales"][word] >= 1000:
                total, part = total + part, 0.0
    return total + part if seen else None


def _bound(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 24) : start].lower().rstrip(), text[end : end + 16].lower().lstrip()
    for bound, cues in lexicon_of_numbers()["bounds"].items():
        if any(before == cue or before.endswith((f" {cue}", f"({cue}", f"\n{cue}")) for cue in cues["before"]):
            return str(bound)
        if any(after.startswith(cue) for cue in cues["after"]):
            return str(bound)
    return "exact"


def _with_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    joined: list[Quantity] = []
    for one in found:
        before = joined[-1] if joined else None
        between = text[before.span.end : one.span.start].strip().lower() if before else None
        opened = before is not None and text[max(0, before.span.start - 9) : before.span.start].lower().endswith(
            "between "
        )
        if before and (between in ("to", "-", "–") or (between == "and" and opened)) and before.value < one.value:
            joined[-1] = Quantity(Span(before.span.start, one.span.end), before.value, "", "exact", one.value)
        else:
            joined.append(one)
    return joined
