"""Time expressions and what they mean, counted from the report's day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from onrecord.annotating import edtf
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.annotating.time_clocks import with_clocks
from onrecord.annotating.time_meanings import MEANINGS, Anchor, Meaning, time_words
from onrecord.model import Annotation, Report, Span, TimeMention

_FUTURE_WORDS = frozenset("due scheduled set planned expected slated".split())
_AHEAD_OF = re.compile(r"\bahead of\s+(?:the\s+)?\Z")
_MODALS = frozenset("will would shall 'll ’ll to can could should must may might".split())
_REACH = 120
"""Characters that a match and what its pattern looks at around it span at most, from any word of it: the longest
patterns are of some 15 words and 70 letters."""
_LONG_RUN = re.compile(r"\s{4}|\d{12}")
"""White space or digits that might stretch a match further."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """`needs` are words of which every match, or what stands around it, holds one."""

    pattern: re.Pattern[str]
    meaning: Meaning
    needs: tuple[str, ...]


def find_times(report: Report, parse: Parse, marks: Annotation) -> Annotation:
    """Mark time expressions with their EDTF value, counted from the report's day.

    A weekday or a month is the nearest one back, today included, unless its verb looks ahead. Without a report's
    day relative expressions have no value. Durations, deadlines ("by Friday") and sets ("every week") keep their form.
    """
    day = edtf.day_in(report.day) if report.day is not None else None
    found: list[TimeMention] = []
    for parsed in parse.blocks:
        found += with_clocks(parsed.text, parsed.start, list(_of_block(parsed, day)))
    return replace(marks, times=tuple(found))


def _of_block(parsed: ParsedBlock, day: date | None) -> Iterator[TimeMention]:
    text = parsed.text
    matches = [
        (match, rule)
        for rule, stretches in _rules_for(text)
        for start, end in stretches
        for match in rule.pattern.finditer(text, start, end)
    ]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    end = 0
    for match, rule in matches:
        if match.start() < end:
            continue
        ahead = (
            _looks_ahead(parsed, match.start())
            or _AHEAD_OF.search(text[max(match.start() - 16, 0) : match.start()]) is not None
        )
        anchor = Anchor(day, ahead, near=_planned_in_the_past(parsed, match.start()))
        value, form = rule.meaning(match, anchor)
        if form == "":
            continue
        end = match.end()
        yield TimeMention(Span(parsed.start + match.start(), parsed.start + match.end()), value, form)


def _planned_in_the_past(parsed: ParsedBlock, at: int) -> bool:
    """Whether the words are of a plan told in the past: "was due on Saturday"."""
    tokens = parsed.doc.char_span(at, at + 1, alignment_mode="expand")
    token = tokens[0] if tokens is not None and len(tokens) else None
    for _ in range(6):
        if token is None or token.lower_ in _FUTURE_WORDS or token.head is token:
            break
        token = token.head
    told = token is not None and token.lower_ in _FUTURE_WORDS
    return (
        told and token is not None and any(child.lower_ in ("was", "were") for child in (*token.children, token.head))
    )


def _looks_ahead(parsed: ParsedBlock, at: int) -> bool:
    """Whether the verb above the word at `at` is about what is to come."""
    tokens = parsed.doc.char_span(at, at + 1, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return False
    token: Token = tokens[0]
    if _set_for(token):
        return True
    for _ in range(8):
        if token.lower_ in _FUTURE_WORDS:
            return not any(child.lower_ in ("was", "were", "been", "had") for child in token.children)
        if token.tag_ in ("VBD", "VBN") and not any(
            child.lower_ in ("be", "will", "would") for child in token.children
        ):
            return False
        if token.pos_ in ("VERB", "AUX"):
            helpers = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
            if helpers & _MODALS or _subjunctive(token, helpers):
                return True
            if token.tag_ in ("VBZ", "VBP", "VBG") and "have" not in {child.lemma_ for child in token.children}:
                return token.tag_ != "VBG" or bool(helpers & {"is", "are", "am"})
        if token.head is token:
            return False
        token = token.head
    return False


def _set_for(token: Token) -> bool:
    """As in "a strike for Monday", not in "thanked it for Monday's vote"; figures are told for past months."""
    if token.dep_ != "pobj" or token.head.lower_ != "for" or not token.lower_.endswith("day"):
        return False
    return token.i + 1 == len(token.doc) or token.nbor(1).lower_ not in ("'s", "’s")


def _subjunctive(verb: Token, helpers: set[str]) -> bool:
    """As in "proposed that a conference be held on 5 June", "demanded that Borvia withdraw by Friday"."""
    if verb.dep_ != "ccomp":
        return False
    return helpers == {"be"} or (verb.tag_ == "VB" and not helpers and any(c.dep_ == "nsubj" for c in verb.children))


def _rules_for(text: str) -> Iterator[tuple[_Rule, list[tuple[int, int]]]]:
    """The rules that may match, and where: a pattern takes a hundred times as long as to find its words."""
    folded = text.casefold()
    everywhere = [(0, len(text))]
    traceable = len(folded) == len(text) and _LONG_RUN.search(text) is None
    held: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for rule in _rules():
        stretches = held.get(rule.needs)
        if stretches is None:
            if traceable:
                stretches = _around(_places_of(rule.needs, text, folded), len(text))
            else:
                sought = f"{text}\n{folded}"
                stretches = everywhere if any(word in sought for word in rule.needs) else []
            held[rule.needs] = stretches
        if stretches:
            yield rule, stretches


def _places_of(words: tuple[str, ...], text: str, folded: str) -> list[int]:
    """Where the words stand: lower-case ones in any case, others as they are."""
    found = list[int]()
    for word in words:
        sought = folded if word == word.casefold() else text
        at = sought.find(word)
        while at >= 0:
            found.append(at)
            at = sought.find(word, at + 1)
    found.sort()
    return found


def _around(places: Iterable[int], length: int) -> list[tuple[int, int]]:
    """What lies within reach of the places, as half-open stretches that do not overlap."""
    stretches = list[tuple[int, int]]()
    for place in places:
        start, end = max(place - _REACH, 0), min(place + _REACH, length)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], end
        else:
            stretches.append((start, end))
    return stretches


@cache
def _rules() -> tuple[_Rule, ...]:
    """The grammar; the longest of the leftmost matches wins."""
    words = time_words()
    parts = {
        "M": _capitalised(words.months),
        "W": _capitalised(words.weekdays),
        "P": "|".join(re.escape(name).replace("'", "['’]") for name in _by_length(words.periods)),
    }
    needs = {
        "<M>": _spelt(words.months),
        "<W>": _spelt(words.weekdays),
        "<Y>": ("15", "16", "17", "18", "19", "20"),
        "<U>": ("minute", "hour", "day", "week", "fortnight", "month", "year", "decade"),
        "<P>": tuple(name.partition("'")[0] for name in words.periods),
    }
    rules = []
    grammar = (files("onrecord.annotating") / "lexicons" / "times_grammar.tsv").read_text(encoding="utf-8")
    for line in grammar.splitlines():
        name, _, pattern = line.partition("\t")
        if name.startswith("="):
            parts[name[1:]] = pattern.replace("<number-words>", "|".join(_by_length(words.numbers)))
        elif pattern and not line.startswith("#"):
            pattern, _, told = pattern.partition("\t")
            needed = tuple(word for one in told.split() for word in needs.get(one, (one,)))
            rules.append(_Rule(re.compile(_filled(pattern, parts), re.IGNORECASE), MEANINGS[name], needed))
    return tuple(rules)


def _spelt(names: Iterable[str]) -> tuple[str, ...]:
    """How names of months or days begin, where they are names."""
    return tuple(sorted({begun for name in names for begun in (name[:3].capitalize(), name[:3].upper())}))


def _capitalised(words: dict[str, int]) -> str:
    """Names of months or days, as proper names or all in capitals: "sun" and "march" are none."""
    spellings = []
    for name in _by_length(words):
        dot = "\\.?" if len(name) < 6 and name not in ("may", "june", "july", "march", "april") else ""
        spellings += [name.capitalize() + dot, name.upper() + dot]
    return f"(?-i:{'|'.join(spellings)})"


def _by_length(words: dict[str, int] | dict[str, str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"<([A-Z])>", lambda match: parts[match.group(1)], pattern)


__all__ = ["find_times"]
