"""Numbers with their units: "at least 40 people", "between 20 and 30 tanks", "100,000 troops"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.parse import ParsedBlock
from onrecord.model import Quantity, Span

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_WORDS: dict[str, float] = {**{word: n for n, word in enumerate(_ONES)}, **_TENS}
_SCALES: dict[str, float] = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d[\d,]*)[-–](\d[\d,]*)")
#: Words right before a number that bound it, longest first.
_BOUNDS = (
    (("at", "least"), "at-least"), (("more", "than"), "at-least"), (("no", "fewer", "than"), "at-least"),
    (("no", "less", "than"), "at-least"), (("over",), "at-least"), (("at", "most"), "at-most"),
    (("up", "to"), "at-most"), (("fewer", "than"), "at-most"), (("less", "than"), "at-most"),
    (("no", "more", "than"), "at-most"), (("as", "many", "as"), "at-most"), (("nearly",), "about"),
    (("almost",), "about"), (("about",), "about"), (("around",), "about"), (("some",), "about"),
    (("roughly",), "about"), (("approximately",), "about"), (("an", "estimated"), "about"), (("estimated",), "about"),
)  # fmt: skip
_LONGEST_FIRST = tuple(sorted(_BOUNDS, key=lambda row: -len(row[0])))
#: Nouns that count the dead or the hurt only together with the verb.
_PEOPLE = frozenset({"people", "person", "other", "victim", "-"})
_TOLLS = {"kill": "dead", "die": "dead", "murder": "dead", "wound": "wounded", "injure": "wounded", "hurt": "wounded"}
_HURT = {"injure": "wounded", "injured": "wounded", "wound": "wounded", "kill": "dead", "die": "dead"}
_NO_UNIT = frozenset({"percent", "%", "year", "month", "week", "day", "hour", "minute", "o'clock", "time", "age"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: its tokens, value and counted noun (None where none is told)."""

    first: Token
    last: Token
    value: float
    high: float | None
    bound: str
    unit: Token | None

    def span(self, parsed: ParsedBlock) -> Span:
        """The words from the bound to the counted noun."""
        ends = (parsed.span(self.last).end, parsed.span(self.unit or self.last).end)
        return Span(parsed.span(self.first).start, max(ends))

    def counts(self, verb: str) -> bool:
        """Whether it is known what the number counts: its noun is told, or the verb counts people."""
        alone = self.first.lower_ == "one" or self.value == 0
        return self.unit is not None or (verb in _TOLLS and not alone)

    def quantity(self, parsed: ParsedBlock, verb: str) -> Quantity:
        """The number as a mark; `verb` is the lemma of the event's verb, which names the unit of a bare toll."""
        span = self.span(parsed)
        lemma = self.unit.lemma_.lower() if self.unit is not None else "-"
        unit = _TOLLS.get(verb, "person") if lemma in _PEOPLE else _HURT.get(lemma, lemma)
        return Quantity(span, self.value, unit, self.bound, self.high)


def numbers_in(tokens: Iterable[Token]) -> tuple[Number, ...]:
    """The counting numbers of a sentence, in text order; money, shares, times and ordinals are left out."""
    return tuple(_numbers(list(tokens)))


def _numbers(tokens: list[Token]) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        value = _value(tokens, at)
        if value is None:
            at += 1
            continue
        amount, high, end = value
        unit = _unit(tokens, at, end)
        start, bound = _bound(tokens, at)
        money = tokens[at - 1].text in ("$", "€", "£", "¥", "#", "No.") if at else False
        counted = unit is not None and unit.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY")
        dated = not counted and any(
            t.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL") for t in tokens[at:end]
        )
        if not money and not dated and (unit is None or unit.lemma_.lower() not in _NO_UNIT):
            yield Number(tokens[start], tokens[end - 1], amount, high, bound, unit)
        at = end


def _value(tokens: list[Token], at: int) -> tuple[float, float | None, int] | None:
    """Value, upper end and the index after the number that starts at `at`."""
    text = tokens[at].lower_
    joined = _RANGE.fullmatch(text)
    if joined is not None:
        return _digits(joined[1]), _digits(joined[2]), at + 1
    one = _single(tokens, at)
    if one is None:
        return None
    low, end = one
    # "between 20 and 30", "20 to 30"
    joins = end < len(tokens) and (
        tokens[end].lower_ in ("to", "-", "–")
        or (tokens[end].lower_ == "and" and at > 0 and tokens[at - 1].lower_ == "between")
    )
    other = _single(tokens, end + 1) if joins and end + 1 < len(tokens) else None
    if other is not None and other[0] > low:
        return low, other[0], other[1]
    return low, None, end


def _digits(text: str) -> float:
    return float(text.replace(",", ""))


def _single(tokens: list[Token], at: int) -> tuple[float, int] | None:
    text = tokens[at].lower_
    if _DIGITS.fullmatch(text) and len(text) <= 15:
        value, end = _digits(text), at + 1
    elif text in _WORDS and tokens[at].pos_ == "NUM":
        value, end = _WORDS[text], at + 1
        # "twenty - five"
        if (
            text in _TENS
            and end + 1 < len(tokens)
            and tokens[end].text == "-"
            and tokens[end + 1].lower_ in _ONES[1:10]
        ):
            value, end = value + _WORDS[tokens[end + 1].lower_], end + 2
    elif text in ("a", "an") and at + 1 < len(tokens) and tokens[at + 1].lower_ in ("hundred", "thousand", "million"):
        value, end = 1.0, at + 1
    else:
        return None
    while end < len(tokens) and tokens[end].lower_ in _SCALES:
        value, end = value * _SCALES[tokens[end].lower_], end + 1
    return value, end


def _bound(tokens: list[Token], at: int) -> tuple[int, str]:
    for words, bound in _LONGEST_FIRST:
        start = at - len(words)
        # "handed over 24 men": a particle bounds nothing
        bounds = start >= 0 and tokens[start].dep_ != "prt"
        if bounds and tuple(t.lower_ for t in tokens[start:at]) == words:
            return start, bound
    return at, "exact"


def _unit(tokens: list[Token], at: int, end: int) -> Token | None:
    """The counted noun: the head that the number modifies, else the noun right after it."""
    for token in tokens[at:end]:
        head = token.head
        counted = token.dep_ in ("nummod", "quantmod", "compound") and head.pos_ in ("NOUN", "PROPN")
        # "38 A missile strike": a stray number before a noun phrase counts nothing
        if counted and head.i >= token.i and not any(t.tag_ == "DT" for t in token.doc[token.i : head.i]):
            return head
    if end < len(tokens) and tokens[end].pos_ == "NOUN":
        return tokens[end]
    if end < len(tokens) and tokens[end].lower_ in ("dead", "wounded", "injured"):
        return tokens[end]
    return None


def quantities_of(numbers: Iterable[Number], verb: str, parsed: ParsedBlock) -> tuple[Quantity, ...]:
    """The quantities among the numbers that hang on an event, in text order; `verb` is the lemma that tells it."""
    counted = sorted((one for one in numbers if one.counts(verb)), key=lambda number: number.first.i)
    told = [number.quantity(parsed, verb) for number in counted]
    # a heading and its dateline may tell one number twice in a row
    return tuple({(one.value, one.unit): one for one in reversed(told)}.values())[::-1]
